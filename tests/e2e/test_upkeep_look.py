"""Checklists, appointments, what repeats and the moving of cases, in a real browser."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.support.accessibility import accessibility_faults
from tests.support.desks import PASSWORD, Person
from tests.web.test_moving import LONGER, NEXT, load
from tests.web.test_upkeep import Move, move
from ventanilla.identity.actor import ADMINISTRATOR
from ventanilla.identity.services import grant_role

__all__ = ["move"]

pytestmark = pytest.mark.browser


def _sign_in(page: Page, live_server: LiveServer, person: Person) -> None:
    page.goto(f"{live_server.url}/entrar/")
    page.fill("input[name=login], input[type=email], input[name=email]", person.email)
    page.fill("input[type=password]", PASSWORD)
    page.click("main button[type=submit]")


def test_upkeep_it_is_accessible_in_light_and_dark_on_a_narrow_screen(
    page: Page, live_server: LiveServer, move: Move
) -> None:
    grant_role(
        actor=load(datetime.now(UTC) - timedelta(days=3)),
        now=datetime.now(UTC),
        user_id=move.technician.id,
        role=ADMINISTRATOR,
        office=None,
    )
    _sign_in(page, live_server, move.technician)
    load(datetime.now(UTC), NEXT, LONGER)

    page.set_viewport_size({"width": 360, "height": 900})
    for path in (
        f"/casos/{move.number}/",
        f"/casos/{move.number}/listas/papeles/",
        f"/casos/{move.number}/citas/recojo/",
        f"/casos/{move.number}/envios/aviso/",
        "/procedimientos/TA-TRA/casos/",
    ):
        for theme in ("light", "dark"):
            page.context.add_cookies([{"name": "tema", "value": theme, "url": live_server.url}])
            page.goto(f"{live_server.url}{path}")

            assert accessibility_faults(page) == [], (path, theme)
            assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
