from django.urls import path

from ventanilla.ui import views

app_name = "ui"

urlpatterns = [
    path("acento/<str:colour>.css", views.accent_style, name="accent"),
    path("apariencia/", views.choose_look, name="look"),
]
