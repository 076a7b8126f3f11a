"""Runs a task inside an installation: `python -m tests.runner.inside people|report`."""

import importlib
import os
import sys

import django

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "ventanilla.config.settings"
    django.setup()
    # Models can be imported only now that Django is configured.
    tasks = importlib.import_module("tests.runner.inside_tasks")
    getattr(tasks, sys.argv[1])()
