"""`ventanilla staff SHEET`: accounts and roles of the people of the house, from a CSV sheet."""

import csv
from argparse import ArgumentParser
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_urlsafe

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from ventanilla.identity.actor import ADMINISTRATOR, Actor, system_actor
from ventanilla.identity.selectors import offices, organizations, roles, staff
from ventanilla.identity.services import EmailTaken, UnusableEmail, create_user, grant_role

UNUSABLE = 2
COLUMNS = ("login", "full_name", "phone", "role", "office")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One role of one person, as the sheet has it."""

    number: int
    login: str
    full_name: str
    phone: str
    role: str
    office: str | None


class Command(BaseCommand):
    """A sheet is taken whole or not at all; what is there already stays as it is."""

    help = (
        "Abre las cuentas de una hoja (login, full_name, phone, role, office) y da sus roles. "
        "Escribe cada cuenta nueva con su contraseña, una sola vez."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("sheet", type=Path, help="la hoja, en CSV")
        parser.add_argument("--organization", help="la organización, si hay varias")

    @transaction.atomic
    def handle(
        self, *args: object, sheet: Path, organization: str | None, **options: object
    ) -> None:
        actor = system_actor(_organization(organization), "staff")
        lines = _lines(sheet)
        _require_known(actor, sheet, lines)
        now = datetime.now(UTC)
        accounts = {person.email: person.id for person in staff(actor)}
        for line in lines:
            if line.login not in accounts:
                password = token_urlsafe(12)
                accounts[line.login] = _open(actor, now, sheet, line, password)
                self.stdout.write(f"{line.login}  {password}")
            grant_role(
                actor=actor,
                now=now,
                user_id=accounts[line.login],
                role=line.role,
                office=line.office,
            )


def _organization(slug: str | None) -> int:
    known = {row.slug: row.id for row in organizations()}
    if slug is None and len(known) == 1:
        return next(iter(known.values()))
    if slug is None or slug not in known:
        named = ", ".join(known) or "ninguna: cargue un paquete con `ventanilla load`"
        raise CommandError(f"Diga con --organization cuál es. Hay: {named}.", returncode=UNUSABLE)
    return known[slug]


def _lines(sheet: Path) -> list[Line]:
    try:
        with sheet.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if missing := [name for name in COLUMNS if name not in (rows.fieldnames or ())]:
                raise CommandError(
                    f"{sheet}: falta la columna «{missing[0]}». Las columnas son "
                    f"{', '.join(COLUMNS)}.",
                    returncode=UNUSABLE,
                )
            return [_line(number, row) for number, row in enumerate(rows, start=2)]
    except (OSError, UnicodeDecodeError) as problem:
        raise CommandError(f"{sheet}: no se puede leer.", returncode=UNUSABLE) from problem


def _line(number: int, row: dict[str, str | None]) -> Line:
    said = {name: (row.get(name) or "").strip() for name in COLUMNS}
    return Line(
        number=number,
        login=said["login"].casefold(),
        full_name=said["full_name"],
        phone=said["phone"],
        role=said["role"],
        office=said["office"] or None,
    )


def _require_known(actor: Actor, sheet: Path, lines: Iterable[Line]) -> None:
    """Refuse the sheet when a role or an office is none of the organisation's."""
    known_roles = {ADMINISTRATOR, *(role.code for role in roles(actor))}
    known_offices = {None, *(office.code for office in offices(actor))}
    for line in lines:
        if line.role not in known_roles:
            raise CommandError(
                f"{sheet}:{line.number}: no hay ningún rol «{line.role}». "
                f"Hay: {', '.join(sorted(known_roles))}."
            )
        if line.office not in known_offices:
            raise CommandError(
                f"{sheet}:{line.number}: no hay ninguna oficina «{line.office}». "
                f"Hay: {', '.join(sorted(office for office in known_offices if office))}."
            )


def _open(actor: Actor, now: datetime, sheet: Path, line: Line, password: str) -> int:
    try:
        return create_user(
            actor=actor,
            now=now,
            email=line.login,
            full_name=line.full_name,
            password=password,
            phone=line.phone,
        )
    except UnusableEmail as problem:
        raise CommandError(
            f"{sheet}:{line.number}: «{line.login}» no es un correo electrónico."
        ) from problem
    except EmailTaken as problem:
        raise CommandError(
            f"{sheet}:{line.number}: «{line.login}» ya es de otra organización."
        ) from problem
