"""`ventanilla erase REFERENCE --yes`: forgets a person everywhere, for good."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import UTC, datetime
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from ventanilla.channels.forgetting import Forgotten, forget_person
from ventanilla.identity.actor import system_actor
from ventanilla.identity.selectors import organizations
from ventanilla.parties.selectors import PartyNotFound


class Command(BaseCommand):
    """The reference is the one in the address of the person's page; it says nothing of them."""

    help = "Borra los datos personales de una persona atendida, en todas partes y para siempre."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("reference", help="la referencia de la persona, de su página")
        parser.add_argument("--yes", action="store_true", help="borrar de verdad")

    def handle(self, *args: object, reference: str, yes: bool, **options: object) -> None:
        party = _reference(reference)
        if not yes:
            raise CommandError(
                "Se cerrarán sus casos abiertos y se borrarán sus datos, también en los mensajes. "
                "No se puede deshacer. Repita la orden con --yes.",
                returncode=2,
            )
        forgotten = _forget(party)
        self.stdout.write(f"Borrado: {forgotten.cases} casos, {forgotten.messages} mensajes.")


def _forget(party: UUID) -> Forgotten:
    """References are never given twice, so the first organisation that knows it is the one."""
    now = datetime.now(UTC)
    for organization in organizations():
        try:
            return forget_person(actor=system_actor(organization.id, "erase"), party=party, now=now)
        except PartyNotFound:
            continue
    raise CommandError(f"No hay ninguna persona con la referencia {party}.", returncode=1)


def _reference(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as problem:
        raise CommandError(
            f"«{text}» no es una referencia: cópiela de la dirección de la página de la persona.",
            returncode=2,
        ) from problem
