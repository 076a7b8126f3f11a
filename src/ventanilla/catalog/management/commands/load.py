"""`ventanilla load PATH…`: publishes packs in this installation, each whole or not at all."""

from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from ventanilla.catalog.services import (
    Change,
    Loaded,
    LoadedProcedure,
    PackRefused,
    RoleReserved,
    VersionChanged,
    VersionOutdated,
    load_pack,
)
from ventanilla.core.definition.problems import Problem
from ventanilla.packs.check_command import pack_folders
from ventanilla.packs.reader import read_pack
from ventanilla.packs.sentences import tell

UNUSABLE = 2


class Command(BaseCommand):
    help = "Carga paquetes: organización, oficinas, roles y procedimientos."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument(
            "--redraft",
            action="store_true",
            help="reemplaza el texto de una versión ya publicada; solo en la demostración",
        )

    def handle(self, *, paths: list[Path], redraft: bool, **_options: object) -> None:
        """Loads one pack after the other; stops at the first that is refused."""
        if redraft and not settings.ENVIRONMENT.demo:
            raise CommandError(
                _("--redraft solo se admite en una instalación de demostración."),
                returncode=UNUSABLE,
            )
        for folder in _folders(paths):
            self._load(folder, redraft=redraft)

    def _load(self, folder: Path, *, redraft: bool) -> None:
        try:
            loaded = load_pack(files=read_pack(folder), now=datetime.now(UTC), may_redraft=redraft)
        except PackRefused as refused:
            self._tell(folder, refused.problems)
            raise CommandError(
                _("El paquete %(pack)s tiene errores; no se cargó nada de él.")
                % {"pack": folder.name}
            ) from refused
        except (VersionChanged, VersionOutdated, RoleReserved) as refused:
            raise CommandError(_sentence(refused)) from refused
        self._tell(folder, loaded.problems)
        self._report(loaded)

    def _tell(self, folder: Path, problems: tuple[Problem, ...]) -> None:
        for problem in problems:
            told = tell(problem)
            place = f"{folder / problem.mark.file}:{problem.mark.line}:{problem.mark.column}"
            self.stderr.write(f"{place}: {told.message} [{problem.code}]")
            if told.hint:
                self.stderr.write(f"    {told.hint}")

    def _report(self, loaded: Loaded) -> None:
        self.stdout.write(loaded.slug)
        for procedure in loaded.procedures:
            self.stdout.write(f"  {procedure.code} v{procedure.version}: {_change(procedure)}")


def _folders(paths: list[Path]) -> list[Path]:
    folders: list[Path] = []
    for path in paths:
        found = pack_folders(path)
        if not found:
            raise CommandError(
                _("No hay ningún paquete en «%(path)s»: falta el archivo pack.yaml.")
                % {"path": path},
                returncode=UNUSABLE,
            )
        folders += found
    return list(dict.fromkeys(folders))


def _change(procedure: LoadedProcedure) -> str:
    return {
        Change.UNCHANGED: _("sin cambios"),
        Change.PUBLISHED: _("publicada"),
        Change.REISSUED: _("publicada de nuevo, con lo que cambió a su alrededor"),
        Change.REDRAFTED: _("redactada de nuevo"),
        Change.WITHDRAWN: _("retirada: no abre casos nuevos"),
    }[procedure.change]


def _sentence(refused: VersionChanged | VersionOutdated | RoleReserved) -> str:
    match refused:
        case VersionChanged():
            return _(
                "La versión %(version)s de %(code)s ya está publicada con otro texto, y una "
                "versión publicada no cambia. Escriba «version: %(next)s» y diga en «changes» "
                "qué cambió. En la demostración puede usar --redraft."
            ) % {"code": refused.code, "version": refused.version, "next": refused.version + 1}
        case VersionOutdated():
            return _(
                "La versión %(version)s de %(code)s es anterior a la %(latest)s, que ya está "
                "publicada. Para volver al texto anterior, publíquelo como versión %(next)s."
            ) % {
                "code": refused.code,
                "version": refused.version,
                "latest": refused.latest,
                "next": refused.latest + 1,
            }
        case RoleReserved():
            return _(
                "El rol «%(role)s» es de la instalación. Dé otro nombre al rol del paquete."
            ) % {"role": refused.role}
