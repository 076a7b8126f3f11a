from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "ventanilla.ui"
    label = "ui"
    verbose_name = "Apariencia"
