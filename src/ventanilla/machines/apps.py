from django.apps import AppConfig


class MachinesConfig(AppConfig):
    name = "ventanilla.machines"
    label = "machines"
