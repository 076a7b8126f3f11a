"""The desk's own stories, lived in a real Chromium."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.support.accessibility import accessibility_faults
from tests.support.desks import (
    PASSWORD,
    Desk,
    Person,
    case_at_desk,
    case_by_mail,
    known_person,
    mail,
    open_desk,
    receive,
)
from ventanilla.cases.selectors import case_file
from ventanilla.channels.smtp import Security, SmtpServer
from ventanilla.channels.worker import Worker
from ventanilla.demo.sink import kept_mails, mail_sink, read_kept_raw

pytestmark = pytest.mark.browser


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def desk(transactional_db: None) -> Desk:
    return open_desk(now())


@pytest.fixture
def sink(tmp_path: Path) -> Path:
    return tmp_path / "sink"


@pytest.fixture
def post(sink: Path) -> Iterator[Callable[[], int]]:
    """Does all that the worker owes now; what leaves ends in the sink."""
    with mail_sink(sink, port=0) as port:
        server = SmtpServer(host="127.0.0.1", port=port, security=Security.NONE)
        yield lambda: Worker(clock=now, server=server).run_once()


def enter(page: Page, server: LiveServer, person: Person) -> None:
    page.goto(f"{server.url}/entrar/")
    page.get_by_label("Correo de trabajo").fill(person.email)
    page.get_by_label("Contraseña").fill(PASSWORD)
    page.get_by_role("button", name="Entrar").click()
    expect(page.get_by_role("heading", name="Bandeja")).to_be_visible()


def answer_to(sink: Path, text: str) -> bytes:
    """A reply to the newest mail of the sink, as a mail program writes it."""
    raw = read_kept_raw(sink, kept_mails(sink)[0].name)
    assert raw is not None
    asked = message_from_bytes(raw, policy=default)
    reply = EmailMessage()
    reply["From"] = asked["To"]
    reply["To"] = asked["Reply-To"] or asked["From"]
    reply["Subject"] = f"Re: {asked['Subject']}"
    reply["Message-ID"] = f"<reply-{len(kept_mails(sink))}@agrovalle.example>"
    reply["In-Reply-To"] = asked["Message-ID"]
    reply["References"] = asked["Message-ID"]
    reply.set_content(text)
    return reply.as_bytes()


@pytest.mark.covers("PE-62", "PE-64", "PE-66", "PE-67", "PE-69")
def test_mail_it_becomes_a_case_that_is_asked_registered_answered_and_closed(
    desk: Desk,
    page: Page,
    live_server: LiveServer,
    post: Callable[[], int],
    sink: Path,
    tmp_path: Path,
) -> None:  # house: long-function, because the story is lived in one go
    guide = tmp_path / "guía del exportador.pdf"
    guide.write_bytes(b"%PDF-1.4 guide")
    number = case_by_mail(desk, now())
    enter(page, live_server, desk.agent)

    # The mail is on the worklist; the letter fills in as the answers are given.
    page.get_by_role("link", name="Pedir los datos de contacto").click()
    page.get_by_label("Sra.", exact=True).check()
    page.get_by_label("Apellidos").fill("Quispe Huamán")
    page.get_by_label("Apellidos").press("Tab")
    expect(page.locator("[name=texto]")).to_have_value(re.compile("Sra. Quispe Huamán"))
    page.get_by_role("button", name="Enviar «Solicitud de datos").click()
    expect(page.get_by_text("Nada que hacer por ahora")).to_be_visible()

    # The party gets it, answers, and the case moves on.
    post()
    assert kept_mails(sink)[0].recipient == "rosa@agrovalle.example"
    receive(desk, answer_to(sink, "Rosa Quispe Huamán, DNI 45678901, Trujillo, 987654321"), now())
    page.reload()
    expect(page.get_by_role("heading", name="Registrar los datos recibidos")).to_be_visible()

    # Only what the answers call for is shown; a wrong number is refused beside its field.
    expect(page.get_by_label("Nombre completo")).to_be_hidden()
    page.get_by_label("Entregó los datos").check()
    page.get_by_label("Nombre completo").fill("Rosa Quispe Huamán")
    page.get_by_label("N.º de documento de identidad").fill("45678901")
    page.get_by_label("Dirección").fill("Av. España 100, Trujillo")
    page.get_by_label("Teléfono", exact=False).first.fill("987654321")
    page.get_by_label("Razón social").fill("Agrovalle S.A.C.")
    page.get_by_label("RUC").fill("20100070971")
    page.get_by_role("button", name="Completar").click()
    expect(page.locator(".wrong")).to_contain_text("La última cifra no corresponde a ese RUC")
    expect(page.get_by_label("Nombre completo")).to_have_value("Rosa Quispe Huamán")
    page.get_by_label("RUC").fill("20100070970")
    page.get_by_role("button", name="Completar").click()

    # Classified, answered with an attachment, closed.
    expect(page.get_by_role("heading", name="Clasificar la consulta")).to_be_visible()
    page.locator("[name=dato-preparacion]").first.check()
    page.locator("[name=dato-tiene_productos][value=true]").check()
    page.get_by_label("Cuáles").fill("Palta Hass")
    page.get_by_label("General", exact=True).check()
    page.get_by_role("button", name="Completar").click()
    expect(page.get_by_role("heading", name="Responder la consulta")).to_be_visible()
    page.get_by_label("Información solicitada").fill("los requisitos de Corea para la palta")
    page.get_by_label("Clase, fila 1").select_option("Adjunto")
    page.get_by_label("Detalle, fila 1").fill("Guía del exportador")
    page.locator("[name=adjuntos]").set_input_files(guide)
    page.get_by_role("button", name="Enviar «").click()
    expect(page.get_by_text("El caso está cerrado")).to_be_visible()

    post()
    sent = message_from_bytes(read_kept_raw(sink, kept_mails(sink)[0].name) or b"", policy=default)
    assert isinstance(sent, EmailMessage)
    assert [part.get_filename() for part in sent.iter_attachments()] == ["guía del exportador.pdf"]
    body = sent.get_body(("plain",))
    assert body is not None
    assert "los requisitos de Corea para la palta" in body.get_content()
    case = case_file(actor=desk.agent.actor, number=number)
    assert case.party_name == "Rosa Quispe Huamán"
    assert case.state.result == "atendida"


@pytest.mark.covers("PE-45", "PE-47", "PE-48")
def test_call_it_is_answered_with_its_clock_and_its_words(
    desk: Desk, page: Page, live_server: LiveServer
) -> None:
    known_person(desk, now())
    enter(page, live_server, desk.agent)

    page.get_by_role("link", name="Nuevo contacto").first.click()
    page.get_by_label("Nombre, documento, RUC, teléfono o correo").press_sequentially("kispe ros")
    page.get_by_role("radio", name="Rosa Quispe Huamán").check()
    page.get_by_label("Motivo, en sus palabras").fill("Quinua a Canadá")
    page.get_by_role("button", name="Abrir el caso y atender").click()

    expect(page.get_by_role("heading", name="Saludar")).to_be_visible()
    expect(page.locator(".speech").first).to_contain_text("Atención al Exportador")
    clock = page.get_by_role("timer")
    first = clock.inner_text()
    expect(clock).not_to_have_text(first)
    expect(page.get_by_text("de 10 minutos")).to_be_visible()
    expect(page.get_by_role("link", name="Ofrecer completar la atención después")).to_be_visible()


def test_desk_it_is_lived_without_script(
    desk: Desk, new_context: Callable[..., BrowserContext], live_server: LiveServer
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    enter(page, live_server, desk.agent)

    page.get_by_role("link", name="Nuevo contacto").first.click()
    page.get_by_label("En ventanilla", exact=True).check()
    page.get_by_label("Motivo, en sus palabras").fill("Quinua a Canadá")
    page.get_by_role("button", name="Abrir el caso y atender").click()
    page.get_by_role("button", name="Completar").click()
    expect(page.get_by_label("Cuáles")).to_be_visible()
    page.get_by_label("Qué necesita").fill("Exportar quinua")
    page.locator("[name=dato-preparacion]").first.check()
    page.locator("[name=dato-tiene_productos][value=false]").check()
    page.get_by_label("General", exact=True).check()
    page.get_by_role("button", name="Completar").click()
    expect(page.get_by_role("heading", name="Dar la información y el material")).to_be_visible()
    page.get_by_role("link", name="Anotar").click()
    page.get_by_label("Qué quiere dejar anotado").fill("Vino con su hija.")
    page.get_by_role("button", name="Guardar la nota").click()

    expect(page.get_by_text("Vino con su hija.")).to_be_visible()


def test_second_person_it_sees_who_was_first_and_what_was_typed(
    desk: Desk, new_context: Callable[..., BrowserContext], live_server: LiveServer
) -> None:
    number = case_at_desk(desk, now())
    ana, luis = new_context().new_page(), new_context().new_page()
    for page, person in ((ana, desk.agent), (luis, desk.colleague)):
        enter(page, live_server, person)
        page.goto(f"{live_server.url}/casos/{number}/")
    luis.get_by_role("button", name="Completar").click()
    expect(luis.get_by_role("heading", name="Clasificar la consulta")).to_be_visible()

    ana.get_by_role("button", name="Completar").click()

    expect(ana.get_by_role("alert")).to_contain_text("Luis Soto completó «Saludar»")


def test_worklist_it_is_walked_by_keyboard_and_shows_what_arrives(
    desk: Desk, page: Page, live_server: LiveServer
) -> None:
    case_by_mail(desk, now(), number=1)
    enter(page, live_server, desk.agent)
    case_by_mail(desk, now(), number=2)

    expect(page.locator("[data-row-link]")).to_have_count(2, timeout=20_000)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    first = page.locator("[data-row-link]").first
    expect(first).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Pedir los datos de contacto")).to_be_visible()


def test_note_it_is_written_in_a_dialog_that_gives_the_focus_back(
    desk: Desk, page: Page, live_server: LiveServer
) -> None:
    number = case_by_mail(desk, now())
    enter(page, live_server, desk.agent)
    page.goto(f"{live_server.url}/casos/{number}/")

    page.get_by_role("link", name="Anotar").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    assert accessibility_faults(page) == []
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.get_by_role("link", name="Anotar").click()
    dialog.get_by_label("Qué quiere dejar anotado").fill("Volverá a llamar.")
    dialog.get_by_role("button", name="Guardar la nota").click()

    expect(page.get_by_text("Volverá a llamar.")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 360])
def test_pages_they_are_accessible(
    desk: Desk, page: Page, live_server: LiveServer, theme: str, width: int
) -> None:
    by_mail, by_phone = case_by_mail(desk, now()), case_at_desk(desk, now(), channel="phone")
    person = known_person(desk, now())
    lost = receive(desk, mail(sender="exportador@promperu.example", number=7), now())
    clock = case_file(actor=desk.agent.actor, number=by_mail).clocks[0].name
    addresses = [
        "/bandeja/",
        f"/casos/{by_mail}/",
        f"/casos/{by_phone}/",
        f"/casos/{by_mail}/plazos/{clock}/",
        f"/casos/{by_mail}/nota/",
        f"/casos/{by_mail}/persona/?q=quispe",
        f"/casos/{by_mail}/acciones/datos_ya_obtenidos/",
        "/contactos/nuevo/",
        "/buzon/",
        f"/buzon/{lost.reference}/",
        "/envios/",
        "/clientes/?q=quispe",
        f"/clientes/{person}/",
        "/procedimientos/",
        "/procedimientos/IN-DX-EXP-001/",
        "/perfil/",
        "/atajos/",
        "/no-existe/",
    ]
    page.set_viewport_size({"width": width, "height": 900})
    page.context.add_cookies([{"name": "tema", "value": theme, "url": live_server.url}])
    faults = []

    page.goto(f"{live_server.url}/entrar/")
    faults += accessibility_faults(page)
    enter(page, live_server, desk.agent)
    for address in addresses:
        page.goto(f"{live_server.url}{address}")
        faults += accessibility_faults(page)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        faults += [f"{address} is {wide} pixels too wide"] if wide > 0 else []

    assert faults == []


def test_frame_it_fits_on_screens_between_a_telephone_and_a_desk(
    desk: Desk, page: Page, live_server: LiveServer
) -> None:
    enter(page, live_server, desk.agent)

    wide = {}
    for width in (600, 700, 960, 1024, 1210, 1300, 1400):
        page.set_viewport_size({"width": width, "height": 800})
        wide[width] = page.evaluate("document.documentElement.scrollWidth - innerWidth")

    assert {width: more for width, more in wide.items() if more > 0} == {}
