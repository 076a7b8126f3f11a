from django.apps import AppConfig


class ReceptionConfig(AppConfig):
    name = "ventanilla.reception"
    label = "reception"
