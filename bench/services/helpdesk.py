"""Settings and entry of the peer, django-helpdesk, in the peer's own environment.

The same engine with the same options as ours; mail is thrown away instead of sent.
"""

import importlib
import os
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import django
from django.conf import settings

DJANGO_APPS = ("admin", "auth", "contenttypes", "humanize", "messages", "sessions", "sites")
PROCESSORS = (
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
)


def main(task: str) -> None:
    """`prepare` makes the tables; `serve` obeys the runner."""
    configure(os.environ["BENCH_DATABASE"])
    # Models can be imported only now that Django is configured.
    operations = importlib.import_module("bench.services.helpdesk_operations")
    getattr(operations, task)()


def configure(address: str) -> None:
    settings.configure(
        SECRET_KEY="benchmark",
        SITE_ID=1,
        USE_TZ=True,
        DATABASES={"default": _database(address)},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        INSTALLED_APPS=[*(f"django.contrib.{name}" for name in DJANGO_APPS), "helpdesk"],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {"context_processors": list(PROCESSORS)},
            }
        ],
        ROOT_URLCONF="bench.services.helpdesk_urls",
        EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
        MEDIA_ROOT=Path("var", "bench", "helpdesk-media"),
        HELPDESK_TEAMS_MODE_ENABLED=False,
        LOGGING_CONFIG=None,
    )
    django.setup()


def _database(address: str) -> dict[str, object]:
    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": parts.path.removeprefix("/"),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                ),
            },
        }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.removeprefix("/"),
        "USER": parts.username,
        "HOST": parse_qs(parts.query)["host"][0],
        "CONN_MAX_AGE": None,
    }


if __name__ == "__main__":
    main(sys.argv[1])
