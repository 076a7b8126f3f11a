"""`ventanilla verify`: recompute the chain of every journal and the replay of every case."""

from argparse import ArgumentParser
from json import dumps, loads
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from ventanilla.cases.verify import Anchor, Finding, FindingKind, verify

SENTENCES = {
    FindingKind.EDITED: "la anotación {seq} no es la que se escribió",
    FindingKind.DROPPED: "falta la anotación {seq}",
    FindingKind.CUT: "la bitácora termina antes de la anotación {seq}",
    FindingKind.RECHAINED: "la anotación {seq} no sigue a la anterior",
    FindingKind.VALUE_CHANGED: "un dato personal de la anotación {seq} no es el que se registró",
    FindingKind.VALUE_MISSING: "falta un dato personal de la anotación {seq}, sin haberse borrado",
    FindingKind.REPLAY_DIFFERS: "repetir las anotaciones no da el estado guardado",
    FindingKind.FILE_MISSING: "falta un archivo que nombra la bitácora",
    FindingKind.FILE_CHANGED: "un archivo no es el que llegó",
    FindingKind.CASE_MISSING: "falta el caso entero: su número se dio y ya no está",
    FindingKind.ANCHOR_MISSING: "la cabeza guardada fuera (anotación {seq}) ya no está",
}


class Command(BaseCommand):
    """Exits 1 when anything is not as it was written."""

    help = "Recalcula la cadena de la bitácora y la repetición de cada caso."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--anchors", type=Path, help="archivo escrito por `ventanilla anchor`")
        parser.add_argument("--json", action="store_true", help="respuesta en JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        verdict = verify(_read_anchors(options["anchors"]))
        if options["json"]:
            found = [
                {"case": finding.case, "entry": finding.seq, "kind": str(finding.kind)}
                for finding in verdict.findings
            ]
            answer = {
                "cases": verdict.cases,
                "entries": verdict.entries,
                "erased_values": verdict.erased_values,
                "findings": found,
            }
            self.stdout.write(dumps(answer, ensure_ascii=False))
        else:
            for finding in verdict.findings:
                self.stdout.write(f"Caso {finding.case}: {_sentence(finding)}.")
            self.stdout.write(
                f"{verdict.cases} casos, {verdict.entries} anotaciones, "
                f"{verdict.erased_values} datos borrados con constancia, "
                f"{len(verdict.findings)} hallazgos."
            )
        if verdict.findings:
            raise SystemExit(1)


def _sentence(finding: Finding) -> str:
    return SENTENCES[finding.kind].format(seq=finding.seq)


def _read_anchors(path: Path | None) -> tuple[Anchor, ...]:
    if path is None:
        return ()
    try:
        rows = loads(path.read_text(encoding="utf-8"))
        return tuple(
            Anchor(case=UUID(row["case"]), seq=int(row["entry"]), hash=str(row["hash"]))
            for row in rows
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CommandError(
            f"No se puede leer «{path}» como archivo de anclas: escríbalo con `ventanilla anchor`."
        ) from error
