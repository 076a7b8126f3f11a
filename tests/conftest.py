"""What every test shares. Nothing here knows Django: the quick lane runs without it."""

import os

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("usual", deadline=None, max_examples=100)
settings.register_profile(
    "stress",
    deadline=None,
    max_examples=5_000,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("stress" if os.environ.get("VENTANILLA_STRESS") else "usual")

DJANGO_OPTIONS = ("DJANGO_SETTINGS_MODULE", "django_find_project")


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """Know the Django plugin's options also in the lane that runs without that plugin."""
    if pluginmanager.has_plugin("django"):
        return
    for name in DJANGO_OPTIONS:
        parser.addini(name, "read by the Django plugin, which is switched off")
