"""Entry of our side: the product's own settings on the benchmark's database."""

import importlib
import os
import sys

import django


def main(task: str) -> None:
    """`prepare` makes the installation and learns the rows; `serve` obeys the runner."""
    os.environ["VENTANILLA_DATABASE"] = os.environ["BENCH_DATABASE"]
    os.environ["VENTANILLA_SECRET_KEY"] = "benchmark-0123456789-abcdefghij-klmnopqrst"
    os.environ["DJANGO_SETTINGS_MODULE"] = "ventanilla.config.settings"
    django.setup()
    # Models can be imported only now that Django is configured.
    operations = importlib.import_module("bench.services.ours_operations")
    getattr(operations, task)()


if __name__ == "__main__":
    main(sys.argv[1])
