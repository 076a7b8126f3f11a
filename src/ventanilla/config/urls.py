"""The addresses of this installation."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("ventanilla.ui.urls")),
    path("", include("ventanilla.desk.urls")),
]
