"""Fixtures for tests that live in a real Chromium, which meets this machine and nobody else."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Request

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
)
HERE = frozenset({"127.0.0.1", "localhost"})


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium; a browser is never downloaded."""
    if not CHROMIUM.exists():
        pytest.fail("Chromium is missing: make packages")
    return {
        **browser_type_launch_args,
        "executable_path": str(CHROMIUM),
        "args": list(ARGUMENTS),
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A reader in Lima."""
    return {
        **browser_context_args,
        "locale": "es-PE",
        "timezone_id": "America/Lima",
        "viewport": {"width": 1280, "height": 900},
    }


@pytest.fixture
def context(
    new_context: Callable[[], BrowserContext],
) -> Iterator[BrowserContext]:
    """A browser that fails the test when a page asks anybody else for anything, or errs."""
    outside: list[str] = []
    errors: list[str] = []

    def notice(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname not in HERE:
            outside.append(request.url)

    context = new_context()
    context.on("request", notice)
    context.on("weberror", lambda error: errors.append(str(error.error)))
    context.on(
        "console",
        lambda message: errors.append(message.text) if "Content Security" in message.text else None,
    )
    yield context
    assert not outside, f"pages asked other hosts: {outside}"
    assert not errors, f"pages erred: {errors}"
