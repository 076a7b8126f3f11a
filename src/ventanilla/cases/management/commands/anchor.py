"""`ventanilla anchor`: the heads of all journals, to be kept outside the installation."""

from json import dumps
from typing import Any

from django.core.management.base import BaseCommand

from ventanilla.cases.verify import heads


class Command(BaseCommand):
    """Prints JSON; `ventanilla verify --anchors FILE` later finds what was cut or made anew."""

    help = "Escribe las cabezas de las bitácoras, para guardarlas fuera de la instalación."

    def handle(self, *args: Any, **options: Any) -> None:
        rows = [
            {"case": str(anchor.case), "entry": anchor.seq, "hash": anchor.hash}
            for anchor in heads()
        ]
        self.stdout.write(dumps(rows))
