"""What a load balancer asks, whatever host name it uses."""

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client, override_settings

from ventanilla.config.health import ALIVE, READY


@override_settings(ALLOWED_HOSTS=["mesa.example"], SECURE_SSL_REDIRECT=True)
@pytest.mark.parametrize("address", [ALIVE, READY])
def test_health_it_answers_whoever_asks_by_any_name_and_without_https(
    db: None, address: str
) -> None:
    answer = Client(headers={"host": "10.0.0.7:8000"}).get(address)

    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert answer.headers["Cache-Control"] == "no-store"


def test_ready_it_says_no_while_a_migration_is_missing(db: None) -> None:
    MigrationRecorder.Migration.objects.filter(app="cases").delete()

    answer = Client().get(READY)

    assert (answer.status_code, b"migrate" in answer.content) == (503, True)


def test_ready_it_says_no_while_the_database_is_away_and_still_lives(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise OperationalError

    with monkeypatch.context() as patched:
        patched.setattr(connection, "ensure_connection", away)
        patched.setattr(connection, "cursor", away)
        ready, alive = Client().get(READY), Client().get(ALIVE)

    assert (ready.status_code, alive.status_code) == (503, 200)
