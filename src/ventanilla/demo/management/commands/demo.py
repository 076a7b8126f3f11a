"""`ventanilla demo`: an installation with every pack and made-up data, ready to use."""

import shutil
from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from ventanilla.demo.building import PASSWORD, build
from ventanilla.demo.folders import Folders, InUse, demo_folders, held
from ventanilla.demo.logins import logins
from ventanilla.demo.running import CouldNotStart, Demonstration, PortTaken, require_port
from ventanilla.identity.selectors import organizations


class Command(BaseCommand):
    """Creates the demonstration when there is none, keeps its data when there is, and serves it."""

    help = "Crea la instalación de demostración, si no existe, y la sirve."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="puerto de las pantallas")
        parser.add_argument("--reset", action="store_true", help="empieza de nuevo, sin datos")
        parser.add_argument("--no-serve", action="store_true", help="solo la crea")

    def handle(self, *args: Any, **options: Any) -> None:
        folders = demo_folders(settings.ENVIRONMENT.database.name)
        port = options["port"]
        if not options["no_serve"]:
            _require_port(port)
        try:
            if options["reset"]:
                with held(folders, alone=True):
                    _forget(folders)
            with held(folders, alone=False):
                self._open(folders, port, serve=not options["no_serve"])
        except InUse:
            raise CommandError(
                "La demostración está en marcha: termínela con Ctrl+C y vuelva a pedirlo."
            ) from None
        except CouldNotStart as error:
            raise CommandError(f"La demostración no pudo comenzar. {error}") from error

    def _open(self, folders: Folders, port: int, *, serve: bool) -> None:
        for folder in (folders.root, folders.inbox, folders.sink):
            folder.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0)
        for line in build(datetime.now(UTC)):
            self.stdout.write(line)
        if serve:
            Demonstration(folders, port).serve(lambda address: self._tell(address, folders))

    def _tell(self, address: str, folders: Folders) -> None:
        self.stdout.write(f"\nVentanilla está en {address}")
        self.stdout.write(f"Correo enviado (nada sale de aquí): {address}demo/correo/")
        self.stdout.write(f"Correo que llega: deje archivos .eml en {_shown(folders.inbox)}\n\n")
        for organization in organizations():
            self.stdout.write(
                f"Portal de {organization.name}: {address}portal/{organization.slug}/"
            )
        self.stdout.write("")
        for login in logins():
            self.stdout.write(f"  {login.email:<44}{login.told}")
        self.stdout.write(f"\n  La contraseña de todas las cuentas: {PASSWORD}")
        self.stdout.write("\nPara terminar: Ctrl+C. Los datos se conservan.")
        self.stdout.flush()


def _require_port(port: int) -> None:
    try:
        require_port(port)
    except PortTaken:
        raise CommandError(
            f"El puerto {port} está ocupado: termine lo que escucha ahí o elija otro, "
            f"por ejemplo `make demo PORT={port + 1}`."
        ) from None


def _forget(folders: Folders) -> None:
    if connection.vendor == "sqlite":
        for path in folders.root.glob(f"{folders.database.name}*"):
            path.unlink()
    else:
        call_command("flush", interactive=False, verbosity=0)
    for folder in (folders.inbox, folders.sink):
        shutil.rmtree(folder, ignore_errors=True)


def _shown(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
