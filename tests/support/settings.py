"""The product's settings for tests: SQLite in a file of its own, or the PostgreSQL named."""

import atexit
import os
import tempfile

os.environ.setdefault("VENTANILLA_SECRET_KEY", "tests-only-0123456789-abcdefghij-klmnopqrst")

if "VENTANILLA_DATABASE" not in os.environ:
    # A file, not memory: threads and processes must meet the real locks. New for each process.
    _folder = tempfile.TemporaryDirectory(prefix="ventanilla-test-")
    atexit.register(_folder.cleanup)
    os.environ["VENTANILLA_DATABASE"] = f"sqlite:///{_folder.name}/development.sqlite3"

from ventanilla.config import settings as product
from ventanilla.config.settings import *  # noqa: F403

DATABASES = {
    "default": {
        **product.DATABASES["default"],
        "CONN_MAX_AGE": 0,
        "TEST": (
            {"NAME": product.DATABASES["default"]["NAME"].replace("development", "test")}
            if product.DATABASES["default"]["ENGINE"].endswith("sqlite3")
            else {}
        ),
    }
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
