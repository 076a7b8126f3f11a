"""The addresses of the portal: below `/portal/` and the organisation's short name."""

from django.urls import path

from ventanilla.portal import views

app_name = "portal"

urlpatterns = [
    path("<slug:slug>/", views.services, name="services"),
    path("<slug:slug>/pedir/<str:code>/", views.ask, name="ask"),
    path("<slug:slug>/seguimiento/<str:key>/", views.request_page, name="request"),
    path(
        "<slug:slug>/seguimiento/<str:key>/archivos/<uuid:reference>/",
        views.request_file,
        name="file",
    ),
]
