"""The addresses of machines: a kiosk, a wall panel. Each carries a key that nobody can guess."""

from django.urls import path

from ventanilla.machines.views import kiosk, panel, telephone

app_name = "machines"

urlpatterns = [
    path("kiosco/<uuid:reference>/<str:key>/", kiosk.services, name="kiosk"),
    path("kiosco/<uuid:reference>/<str:key>/turno/<uuid:ticket>/", kiosk.ticket, name="ticket"),
    path("pantalla/<uuid:reference>/<str:key>/", panel.page, name="panel"),
    path("central/<uuid:reference>/", telephone.event, name="telephone"),
]
