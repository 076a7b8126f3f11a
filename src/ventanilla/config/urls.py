"""The addresses of this installation."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("ventanilla.ui.urls")),
    path("", include("ventanilla.desk.urls")),
    path("", include("ventanilla.machines.urls")),
    path("portal/", include("ventanilla.portal.urls")),
]
if settings.ENVIRONMENT.demo:
    urlpatterns.append(path("demo/correo/", include("ventanilla.demo.urls")))
