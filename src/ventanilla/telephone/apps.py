from django.apps import AppConfig


class TelephoneConfig(AppConfig):
    name = "ventanilla.telephone"
    label = "telephone"
