"""Django's settings, all of them following from the installation's environment variables."""

import os
from pathlib import Path
from typing import Any

from ventanilla.config.environment import (
    Database,
    Engine,
    Environment,
    MailSecurity,
    UnusableEnvironment,
    read_environment,
)
from ventanilla.config.logs import configure_logs


def _environment() -> Environment:
    try:
        return read_environment(os.environ)
    except UnusableEnvironment as problem:
        raise SystemExit(f"ventanilla: {problem}") from None


def _django_database(database: Database, *, wait_seconds: int) -> dict[str, Any]:
    match database.engine:
        case Engine.SQLITE:
            return {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": database.name,
                "OPTIONS": {
                    "transaction_mode": "IMMEDIATE",
                    "timeout": wait_seconds,
                    "init_command": (
                        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                    ),
                },
            }
        case Engine.POSTGRESQL:
            return {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": database.name,
                "HOST": database.host,
                "PORT": database.port or "",
                "USER": database.user,
                "PASSWORD": database.password,
                "CONN_MAX_AGE": 60,
                "CONN_HEALTH_CHECKS": True,
                "OPTIONS": {"server_side_binding": True, "prepare_threshold": 5},
            }


ENVIRONMENT = _environment()
configure_logs(readable=ENVIRONMENT.demo or ENVIRONMENT.debug)

# What is installed

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "lucide",
    "ventanilla.identity",
    "ventanilla.parties",
    "ventanilla.catalog",
    "ventanilla.cases",
    "ventanilla.reception",
    "ventanilla.telephone",
    "ventanilla.channels",
    "ventanilla.ui",
    "ventanilla.answers",
    "ventanilla.desk",
    "ventanilla.machines",
    "ventanilla.portal",
]

MIDDLEWARE = [
    "ventanilla.config.health.health",
    "ventanilla.config.middleware.trusted_proxies",
    "django.middleware.security.SecurityMiddleware",
    "ventanilla.config.middleware.security_headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "ventanilla.config.middleware.possible_addresses",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "ventanilla.config.urls"
WSGI_APPLICATION = "ventanilla.config.wsgi.application"

CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "django.template.context_processors.i18n",
    "django.contrib.messages.context_processors.messages",
    "ventanilla.ui.context.page",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": CONTEXT_PROCESSORS,
        },
    },
]

FORM_RENDERER = "ventanilla.ui.forms.Renderer"
CSRF_FAILURE_VIEW = "ventanilla.ui.views.refused_form"

# Data

DATABASES = {
    "default": _django_database(
        ENVIRONMENT.database, wait_seconds=ENVIRONMENT.database_wait_seconds
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Language and time

LANGUAGE_CODE = "es"
LANGUAGES = [("es", "Español"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).resolve().parent.parent / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

if ENVIRONMENT.demo:
    INSTALLED_APPS.append("ventanilla.demo")
    CONTEXT_PROCESSORS.append("ventanilla.demo.context.accounts")

# Who may come in

AUTH_USER_MODEL = "identity.User"
AUTHENTICATION_BACKENDS = ["ventanilla.identity.backend.AccountBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "full_name")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/entrar/"
TRACKING_PAGE = "/portal/{slug}/seguimiento/{key}/"
"""Where the portal shows a request; mails name it."""
LOGIN_REDIRECT_URL = "/"

# Safety

SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = ENVIRONMENT.debug
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.address]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.is_https
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "ventanilla_session"
CSRF_COOKIE_NAME = "ventanilla_csrf"
SESSION_COOKIE_AGE = 12 * 60 * 60
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if ENVIRONMENT.is_https else 0
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_PERMISSIONS = 0o600

# Static files: from a collected folder with hashed names if there is one, else straight from source

STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.static_folder
WHITENOISE_USE_FINDERS = ENVIRONMENT.static_folder is None
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if ENVIRONMENT.static_folder
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}

# Mail

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_TIMEOUT = 30
if ENVIRONMENT.mail is not None:
    EMAIL_HOST = ENVIRONMENT.mail.host
    EMAIL_PORT = ENVIRONMENT.mail.port
    EMAIL_HOST_USER = ENVIRONMENT.mail.user
    EMAIL_HOST_PASSWORD = ENVIRONMENT.mail.password
    EMAIL_USE_TLS = ENVIRONMENT.mail.security is MailSecurity.STARTTLS
    EMAIL_USE_SSL = ENVIRONMENT.mail.security is MailSecurity.TLS

INBOX_FOLDER = ENVIRONMENT.inbox_folder
REPLY_SEPARATOR = ENVIRONMENT.reply_separator

# Logs are structlog's; Django's own go the same way

LOGGING_CONFIG = None
