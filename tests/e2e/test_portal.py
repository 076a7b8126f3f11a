"""The public asks for something, in a real Chromium: with script on a desk, without on a phone."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.support.accessibility import accessibility_faults
from tests.support.desks import Desk, open_desk

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(transactional_db: None) -> Desk:
    return open_desk(datetime.now(UTC))


def ask(page: Page, server: LiveServer) -> None:
    """From the list of services to the page where the request stands."""
    page.goto(f"{server.url}/portal/promperu/")
    page.get_by_role("link", name="Consulta sobre exportación").click()
    page.get_by_role("button", name="Enviar la solicitud").click()
    expect(page.get_by_role("heading", name="Falta corregir algo")).to_be_visible()
    page.get_by_label("Su nombre").fill("Nélida Quispe")
    page.get_by_label("Correo electrónico").fill("nelida@correo.example")
    page.get_by_label("Qué necesita").fill("Exportar quinua")
    page.get_by_label("Sí", exact=True).check()
    page.get_by_role("button", name="Enviar la solicitud").click()
    page.get_by_label("Cuáles").fill("Quinua")
    page.get_by_role("button", name="Enviar la solicitud").click()
    expect(page.get_by_role("heading", name="En atención")).to_be_visible()


def add_file(page: Page) -> None:
    file = {"name": "ficha.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 ficha"}
    page.get_by_label("Su mensaje").fill("Adjunto la ficha")
    page.get_by_label(re.compile("^Archivos")).set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Enviar", exact=True).click()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_public_it_asks_follows_and_adds(
    desk: Desk,
    new_context: Callable[..., BrowserContext],
    live_server: LiveServer,
    script: bool,
) -> None:
    page = new_context(java_script_enabled=script).new_page()
    if not script:
        page.set_viewport_size({"width": 360, "height": 740})
    ask(page, live_server)
    add_file(page)

    expect(page.get_by_role("link", name="ficha.pdf")).to_be_visible()
    expect(page.get_by_text("Lo recibimos")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pages_they_are_accessible(
    desk: Desk, new_context: Callable[..., BrowserContext], live_server: LiveServer, theme: str
) -> None:
    page = new_context(color_scheme=theme).new_page()
    page.goto(f"{live_server.url}/portal/promperu/")
    faults = accessibility_faults(page)
    page.get_by_role("link", name="Consulta sobre exportación").click()
    page.get_by_role("button", name="Enviar la solicitud").click()
    faults += accessibility_faults(page)
    ask(page, live_server)
    faults += accessibility_faults(page)

    assert faults == []
