"""What every answer carries, whom a request is believed to be, and what a log line may hold."""

import os
import subprocess
import sys

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from ventanilla.config import middleware
from ventanilla.config.logs import only_allowed_keys


def test_an_answer_it_forbids_inline_code_framing_and_caches(db: None) -> None:
    headers = Client().get("/no-such-page/").headers

    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe-inline" not in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store, private"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("peer", "forwarded", "seen"),
    [
        ("10.0.0.2", "198.51.100.9", "198.51.100.9"),
        ("10.0.0.2", "1.1.1.1, 198.51.100.9", "198.51.100.9"),
        ("10.0.0.2", "", "10.0.0.2"),
        ("203.0.113.5", "198.51.100.9", "203.0.113.5"),
    ],
)
def test_a_forwarded_address_it_is_believed_of_a_listed_proxy_only(
    monkeypatch: pytest.MonkeyPatch, peer: str, forwarded: str, seen: str
) -> None:
    monkeypatch.setattr(middleware, "listed_proxies", lambda: frozenset({"10.0.0.2"}))
    addresses: list[str] = []

    def view(request: HttpRequest) -> HttpResponse:
        addresses.append(request.META["REMOTE_ADDR"])
        return HttpResponse()

    request = RequestFactory().get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded)
    middleware.trusted_proxies(view)(request)

    assert addresses == [seen]


def test_a_scheme_told_by_a_listed_proxy_it_makes_the_request_secure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(middleware, "listed_proxies", lambda: frozenset({"10.0.0.2"}))
    secure: list[bool] = []

    def view(request: HttpRequest) -> HttpResponse:
        secure.append(request.is_secure())
        return HttpResponse()

    for peer in ("10.0.0.2", "203.0.113.5"):
        request = RequestFactory().get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_PROTO="https")
        middleware.trusted_proxies(view)(request)

    assert secure == [True, False]


def test_a_log_line_it_keeps_listed_facts_and_drops_the_rest() -> None:
    line = only_allowed_keys(None, "info", {"event": "x", "case": 7, "email": "a@b.example"})

    assert line == {"event": "x", "case": 7, "reason": "keys not allowed in the log: email"}


def test_an_installation_without_secret_it_does_not_start() -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(sys.path),
        "DJANGO_SETTINGS_MODULE": "ventanilla.config.settings",
        "VENTANILLA_DATABASE": "sqlite:////tmp/never-made.sqlite3",
    }

    ended = subprocess.run(
        [sys.executable, "-m", "django", "check"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode != 0
    assert "VENTANILLA_SECRET_KEY is missing" in ended.stderr
    assert "Traceback" not in ended.stderr
