"""Makes the pictures of the screens in docs/screens again, from a demonstration of its own.

Everything is made up and begins anew each time; nothing of an installation is touched.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "screens"
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync --hide-scrollbars"
).split()
AGENT, PASSWORD = "orientadora.lima@promperu.example", "ventanilla-demo"
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 360, "height": 780}
PATIENCE_SECONDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Studio:
    """A browser before the demonstration, and the folder for what it sees."""

    address: str
    browser: Browser
    folder: Path

    def context(self, theme: str, size: dict[str, int]) -> BrowserContext:
        context = self.browser.new_context(
            locale="es-PE",
            timezone_id="America/Lima",
            viewport={"width": size["width"], "height": size["height"]},
            reduced_motion="reduce",
        )
        context.add_cookies([{"name": "tema", "value": theme, "url": self.address}])
        return context

    def take(self, page: Page, name: str, *, whole: bool = True) -> None:
        page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=self.folder / f"{name}.png", full_page=whole)
        print(f"docs/screens/{name}.png")


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="ventanilla-screens-") as folder:
        new = Path(folder) / "screens"
        new.mkdir()
        with demonstration(Path(folder)) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
            studio = Studio(address=address, browser=browser, folder=new)
            for scene in (story, post, people, portal, waiting_room, telephone, narrow, dark):
                scene(studio)
            browser.close()
        PICTURES.mkdir(parents=True, exist_ok=True)
        for old in PICTURES.glob("*.png"):
            old.unlink()
        for picture in sorted(new.glob("*.png")):
            shutil.copy(picture, PICTURES)
    return 0


def story(studio: Studio) -> None:
    """The day of an agent: worklist, a mail answered, a call taken."""
    page = entered(studio, "light", WIDE)
    studio.take(page, "bandeja")
    page.get_by_role("link", name="Pedir los datos de contacto").first.click()
    page.get_by_label("Sra.", exact=True).check()
    studio.take(page, "caso-pedir-datos")
    number = page.url.split("/casos/")[1].split("/")[0]
    page.get_by_role("link", name=re.compile("^Explicar")).first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    studio.take(page, "plazo-explicado", whole=False)
    page.goto(f"{studio.address}/casos/{number}/")
    page.get_by_role("button", name="Enviar «").click()
    studio.take(page, "caso-en-espera")
    page.get_by_role("link", name="Anotar").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    studio.take(page, "nota", whole=False)
    page.goto(f"{studio.address}/bandeja/")
    page.get_by_role("link", name="Clasificar la consulta").first.click()
    studio.take(page, "caso-clasificar")
    page.goto(f"{studio.address}/contactos/nuevo/")
    page.get_by_label("Nombre, documento, RUC, teléfono o correo").press_sequentially("kispe")
    page.get_by_role("radio", name="Quispe").first.check()
    page.get_by_label("Motivo, en sus palabras").fill("Aranceles para chompas en Canadá")
    studio.take(page, "nuevo-contacto")
    page.get_by_role("button", name="Abrir el caso y atender").click()
    expect(page.get_by_role("timer")).to_be_visible()
    studio.take(page, "llamada")
    page.context.close()


def post(studio: Studio) -> None:
    """The mail of the clients, the inbox, and what did not leave."""
    page = entered(studio, "light", WIDE)
    page.goto(f"{studio.address}/demo/correo/dejar/")
    page.get_by_label("Su correo").fill("exportador@promperu.example")
    page.get_by_label("Para").fill("exportador@promperu.example")
    page.get_by_label("Quién escribe").fill("Exportador")
    studio.take(page, "demo-escribir")
    page.get_by_role("button", name="Enviar el correo").click()
    expect(page.get_by_text("espera una decisión")).to_be_visible()
    until(lambda: "solicitud" in _mails(page, studio) or "consulta" in _mails(page, studio))
    studio.take(page, "demo-correo")
    page.goto(f"{studio.address}/buzon/")
    studio.take(page, "buzon")
    page.locator("[data-row-link]").first.click()
    studio.take(page, "buzon-mensaje")
    page.goto(f"{studio.address}/envios/")
    studio.take(page, "envios")
    page.context.close()


def people(studio: Studio) -> None:
    """The registry, the procedures, and a person's own page."""
    page = entered(studio, "light", WIDE)
    page.goto(f"{studio.address}/clientes/?q=quispe")
    studio.take(page, "clientes")
    page.locator("[data-row-link]").first.click()
    studio.take(page, "cliente")
    page.goto(f"{studio.address}/procedimientos/")
    studio.take(page, "procedimientos")
    page.locator("[data-row-link]").first.click()
    studio.take(page, "procedimiento")
    page.goto(f"{studio.address}/perfil/")
    studio.take(page, "perfil")
    page.goto(f"{studio.address}/atajos/")
    studio.take(page, "atajos")
    page.goto(f"{studio.address}/no-existe/")
    studio.take(page, "no-encontrado")
    page.context.close()


def waiting_room(studio: Studio) -> None:
    """The counter, the reception, the kiosk and the wall panel."""
    page = entered(studio, "light", WIDE)
    page.goto(f"{studio.address}/sala/")
    page.get_by_role("button", name="Ventanilla 1").click()
    studio.take(page, "sala")
    panel = machine(studio, page, "Pantalla", {"width": 1280, "height": 720})
    page.goto(f"{studio.address}/sala/")
    page.get_by_role("button", name="Llamar al siguiente").click()
    expect(page.get_by_role("button", name="Está aquí: atender")).to_be_visible()
    studio.take(page, "sala-llamado")
    expect(panel.get_by_role("row", name="Ventanilla 1")).to_be_visible()
    studio.take(panel, "pantalla", whole=False)
    panel.context.close()
    page.goto(f"{studio.address}/recepcion/")
    studio.take(page, "recepcion")
    page.get_by_role("button", name="Dar el turno").click()
    studio.take(page, "turno")
    page.goto(f"{studio.address}/recepcion/visitantes/")
    page.get_by_label("Nombre del visitante").fill("Jorge Mamani Prueba")
    page.get_by_label("Documento", exact=True).fill("DNI")
    page.get_by_label("Número").fill("45678901")
    page.get_by_label("A quién o qué sector visita").fill("Mesa de partes")
    page.get_by_label("Credencial que se entrega").fill("V-07")
    page.get_by_role("button", name="Entregar").click()
    studio.take(page, "visitantes")
    page.goto(f"{studio.address}/recepcion/tiempos/")
    studio.take(page, "tiempos")
    page.goto(f"{studio.address}/recepcion/equipos/")
    studio.take(page, "equipos")
    kiosk = machine(studio, page, "Dispensador", {"width": 1080, "height": 1200})
    studio.take(kiosk, "kiosco")
    kiosk.get_by_role("button", name="Consultar sobre").click()
    studio.take(kiosk, "kiosco-turno", whole=False)
    kiosk.context.close()
    page.context.close()


def telephone(studio: Studio) -> None:
    """A call lost and called back, another that was answered."""
    page = entered(studio, "light", WIDE)
    page.goto(f"{studio.address}/telefono/")
    page.get_by_label("Número que llamó").fill("987654321")
    page.get_by_role("button", name="Anotar", exact=True).click()
    studio.take(page, "telefono")
    page.locator("[data-row-link]").first.click()
    page.get_by_label("No contesta").check()
    page.get_by_label("Nota").fill("Suena y nadie contesta.")
    page.get_by_role("button", name="Anotar el intento").click()
    studio.take(page, "devolver-llamada")
    page.context.close()


def machine(studio: Studio, page: Page, title: str, size: dict[str, int]) -> Page:
    """The page of a machine of the Lima office, before nobody who has signed in."""
    page.goto(f"{studio.address}/recepcion/equipos/")
    row = page.get_by_role("listitem").filter(has_text=title).filter(has_text="Lima")
    address = row.get_by_role("link").get_attribute("href")
    other = studio.context("light", size).new_page()
    other.goto(str(address))
    return other


def portal(studio: Studio) -> None:
    """What the public sees, without an account."""
    context = studio.context("light", WIDE)
    page = context.new_page()
    page.goto(f"{studio.address}/portal/promperu/")
    studio.take(page, "portal")
    page.get_by_role("link", name="Consulta sobre exportación").click()
    page.get_by_label("Su nombre").fill("Nélida Quispe Mamani")
    page.get_by_label("Correo electrónico").fill("nelida.quispe@correo.example")
    page.get_by_label("Qué necesita").fill(
        "Exportar quinua en grano a Chile, un contenedor al mes."
    )
    page.get_by_label("No", exact=True).check()
    studio.take(page, "portal-formulario")
    page.get_by_role("button", name="Enviar la solicitud").click()
    page.get_by_text("En atención").wait_for()
    studio.take(page, "portal-solicitud")
    request = page.url
    context.close()
    context = studio.context("light", NARROW)
    page = context.new_page()
    page.goto(request)
    studio.take(page, "portal-360", whole=False)
    context.close()


def narrow(studio: Studio) -> None:
    """The same on a telephone."""
    page = entered(studio, "light", NARROW)
    studio.take(page, "bandeja-360", whole=False)
    page.locator("[data-row-link]").first.click()
    studio.take(page, "caso-360", whole=False)
    page.goto(f"{studio.address}/contactos/nuevo/")
    studio.take(page, "nuevo-contacto-360", whole=False)
    page.context.close()


def dark(studio: Studio) -> None:
    """The same at night."""
    page = studio.context("dark", WIDE).new_page()
    page.goto(f"{studio.address}/entrar/")
    studio.take(page, "entrar-oscuro")
    page.context.close()
    page = entered(studio, "dark", WIDE)
    studio.take(page, "bandeja-oscura")
    page.locator("[data-row-link]").first.click()
    studio.take(page, "caso-oscuro")
    page.context.close()


def entered(studio: Studio, theme: str, size: dict[str, int]) -> Page:
    """A page on the worklist, signed in."""
    page = studio.context(theme, size).new_page()
    page.goto(f"{studio.address}/entrar/")
    if theme == "light" and size is WIDE and not (studio.folder / "entrar.png").exists():
        studio.take(page, "entrar")
    page.get_by_label("Correo de trabajo").fill(AGENT)
    page.get_by_label("Contraseña").fill(PASSWORD)
    page.get_by_role("button", name="Entrar").click()
    expect(page.get_by_role("heading", name="Bandeja")).to_be_visible()
    return page


@contextmanager
def demonstration(folder: Path) -> Iterator[str]:
    """A demonstration that begins anew, served until the block ends."""
    port = free_port()
    environment = {
        **os.environ,
        "VENTANILLA_DEMO": "1",
        "VENTANILLA_DATABASE": f"sqlite:///{folder / 'ventanilla.sqlite3'}",
    }
    call = [sys.executable, "-m", "ventanilla.config.cli", "demo", "--port", str(port)]
    with subprocess.Popen(call, env=environment, stdout=subprocess.DEVNULL) as running:
        try:
            address = f"http://127.0.0.1:{port}"
            until(lambda: answers(f"{address}/entrar/"))
            yield address
        finally:
            running.terminate()


def until(happened: Callable[[], bool]) -> None:
    """Waits until it has happened."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not happened():
        if time.monotonic() > deadline:
            raise SystemExit("screenshots: the demonstration did not get ready in time")
        time.sleep(0.25)


def answers(address: str) -> bool:
    """Whether somebody serves pages there."""
    try:
        with urllib.request.urlopen(address, timeout=2):
            return True
    except (urllib.error.URLError, OSError):
        return False


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _mails(page: Page, studio: Studio) -> str:
    page.goto(f"{studio.address}/demo/correo/")
    return page.content().lower()


if __name__ == "__main__":
    sys.exit(main())
