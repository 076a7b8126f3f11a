"""The waiting room, lived in a real Chromium: the kiosk, the counter and the wall at once."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.e2e.test_stories import enter
from tests.support.accessibility import accessibility_faults
from tests.support.desks import Desk, call_of, case_at_desk, open_desk, ring, turn_of, visit_of
from ventanilla.identity.devices import add_device, device_key
from ventanilla.identity.models import DeviceKind
from ventanilla.reception.calling import call_next, sit
from ventanilla.telephone.course import Happening

pytestmark = pytest.mark.browser


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def desk(transactional_db: None) -> Desk:
    return open_desk(now())


def machine(desk: Desk, server: LiveServer, kind: DeviceKind, name: str) -> str:
    """The address of a machine of the office."""
    reference = add_device(
        actor=desk.system, now=now(), kind=kind, office="lima", title="De la entrada"
    )
    return f"{server.url}{reverse(name, args=(reference, device_key(reference)))}"


def pages_of(desk: Desk, server: LiveServer) -> list[str]:
    names = ("hall", "reception", "visits", "figures", "machines", "telephone")
    ticket = turn_of(desk, now(), priority="preferente")
    _, back = call_of(desk, now())
    ring(desk, now(), call="c2")
    held = ring(desk, now(), Happening.ANSWERED, call="c3", agent=desk.agent.email)
    return [
        machine(desk, server, DeviceKind.KIOSK, "machines:kiosk"),
        machine(desk, server, DeviceKind.PANEL, "machines:panel"),
        *(f"{server.url}{reverse(f'desk:{name}')}" for name in names),
        f"{server.url}{reverse('desk:ticket', args=(ticket,))}",
        f"{server.url}{reverse('desk:call_back', args=(back,))}",
        f"{server.url}{reverse('desk:new_contact')}?llamada={held}",
        f"{server.url}{reverse('desk:case', args=(case_at_desk(desk, now(), 'phone'),))}",
    ]


@pytest.mark.covers("ID-47", "ID-48", "ID-49", "ID-50")
def test_somebody_comes_takes_a_ticket_is_called_on_the_wall_and_attended(
    desk: Desk, page: Page, context: BrowserContext, live_server: LiveServer
) -> None:
    kiosk, wall = context.new_page(), context.new_page()
    wall.goto(machine(desk, live_server, DeviceKind.PANEL, "machines:panel"))
    kiosk.goto(machine(desk, live_server, DeviceKind.KIOSK, "machines:kiosk"))
    kiosk.get_by_role("radio", name="Atención preferente").check()
    kiosk.get_by_role("button", name="Consultar sobre exportación").click()
    expect(kiosk.get_by_role("heading", name="Su turno A-001")).to_be_visible()

    enter(page, live_server, desk.agent)
    page.get_by_role("link", name="Sala", exact=True).click()
    page.get_by_role("button", name="Ventanilla 2").click()
    expect(page.get_by_role("heading", name="Sigue A-001")).to_be_visible()
    page.get_by_role("button", name="Llamar al siguiente").press("Enter")
    wall.bring_to_front()
    expect(wall.get_by_role("row", name="A-001 Ventanilla 2")).to_be_visible()
    expect(wall.locator("#voz")).to_have_text("Turno A 1, Ventanilla 2")

    page.bring_to_front()
    page.get_by_role("button", name="Está aquí: atender").press("Enter")
    expect(page.get_by_role("heading", name="Consultar sobre exportación").first).to_be_visible()
    page.get_by_role("button", name="Terminar el turno").press("Enter")
    expect(page.get_by_role("heading", name="Nadie espera en sus filas")).to_be_visible()


def test_two_calls_at_once_they_are_announced_one_after_the_other(
    desk: Desk, page: Page, live_server: LiveServer
) -> None:
    for person, counter in ((desk.agent, "ventanilla_1"), (desk.colleague, "ventanilla_2")):
        assert sit(actor=person.actor, now=now(), office="lima", counter=counter) is None
        turn_of(desk, now())
    page.goto(machine(desk, live_server, DeviceKind.PANEL, "machines:panel"))
    page.wait_for_load_state("networkidle")

    for person in (desk.agent, desk.colleague):
        call_next(actor=person.actor, now=now())

    expect(page.locator("#voz")).to_have_text("Turno A 1, Ventanilla 1")
    expect(page.locator("#voz")).to_have_text("Turno A 2, Ventanilla 2", timeout=9000)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_its_pages_they_are_accessible_and_no_wider_than_the_screen(
    desk: Desk, page: Page, live_server: LiveServer, theme: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.context.add_cookies([{"name": "tema", "value": theme, "url": live_server.url}])
    assert sit(actor=desk.agent.actor, now=now(), office="lima", counter="ventanilla_1") is None
    visit_of(desk, now())
    addresses = pages_of(desk, live_server)
    turn_of(desk, now())
    call_next(actor=desk.agent.actor, now=now())
    enter(page, live_server, desk.agent)

    faults: list[str] = []
    for address in addresses:
        page.goto(address)
        faults += accessibility_faults(page)
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            faults.append(f"{address} is wider than the screen")

    assert faults == []


def test_the_kiosk_and_the_wall_work_without_script(
    desk: Desk, new_context: object, live_server: LiveServer
) -> None:
    assert callable(new_context)
    context = new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(machine(desk, live_server, DeviceKind.KIOSK, "machines:kiosk"))
    page.get_by_role("button", name="Consultar sobre exportación").click()
    expect(page.get_by_role("heading", name="Su turno A-001")).to_be_visible()
    page.get_by_role("link", name="Listo").click()
    expect(page.get_by_role("heading", name="¿A qué viene?")).to_be_visible()
    page.goto(machine(desk, live_server, DeviceKind.PANEL, "machines:panel"))

    assert page.locator('meta[http-equiv="refresh"]').count() == 1


@pytest.mark.covers("VD-10")
def test_a_call_it_rings_on_any_page_and_opens_its_contact(
    desk: Desk, page: Page, live_server: LiveServer
) -> None:
    enter(page, live_server, desk.agent)
    page.goto(f"{live_server.url}{reverse('desk:procedures')}")

    ring(desk, now(), option="1")
    page.get_by_role("link", name="Abrir el contacto").press("Enter")

    expect(page.get_by_role("heading", name="Nuevo contacto")).to_be_visible()
    expect(page.get_by_label("Nombre, documento, RUC, teléfono o correo")).to_have_value(
        "+51987654321"
    )
    page.get_by_label("Motivo, en sus palabras").fill("Palta a Corea")
    page.get_by_role("button", name="Abrir el caso y atender").press("Enter")
    expect(page.get_by_role("heading", name="Su llamada")).to_be_visible()
    page.get_by_role("button", name="Dejar en espera").press("Enter")
    expect(page.get_by_role("button", name="Retomar")).to_be_visible()
