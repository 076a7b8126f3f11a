"""The made-up people of a pack's `data` folder: staff, parties and contacts, as CSV."""

from collections.abc import Iterator, Mapping
from csv import DictReader
from dataclasses import dataclass, field
from datetime import date
from io import StringIO

from ventanilla.core.definition.expressions import Value
from ventanilla.core.definition.model import Field, PartyModel
from ventanilla.core.definition.values import Reading, Unreadable, read_value
from ventanilla.packs.identifiers import identity_check
from ventanilla.packs.reader import PackFiles

USERS = "data/users.csv"
PARTIES = "data/parties.csv"
CONTACTS = "data/contacts.csv"
_BESIDE = ("activity", "agreement")


class UnusableSheet(ValueError):
    """A demonstration sheet has a cell that cannot be read; the sentence says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRow:
    login: str
    full_name: str
    phone: str
    role: str
    office: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyRow:
    """A party; what it did and what is agreed with it stand in columns ``activity.KIND`` (a date)
    and ``agreement.NAME``, and in ``executive`` the login of whom it is entrusted to."""

    lifecycle: str
    attributes: dict[str, Value]
    executive: str = ""
    activities: dict[str, date] = field(default_factory=dict)
    agreements: dict[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRow:
    """A contact that opens a case; ``hours_ago`` is counted from the making of the demo."""

    channel: str
    address: str
    name: str
    subject: str
    body: str
    hours_ago: int


def staff_rows(files: PackFiles) -> Iterator[StaffRow]:
    """The people who work there; one line for each role held."""
    for row in _rows(files, USERS):
        yield StaffRow(
            login=row["login"],
            full_name=row["full_name"],
            phone=row["phone"],
            role=row["role"],
            office=row["office"] or None,
        )


def party_rows(files: PackFiles, model: PartyModel) -> Iterator[PartyRow]:
    """The people and companies already known. Raises UnusableSheet."""
    for number, row in enumerate(_rows(files, PARTIES), start=2):
        lifecycle, executive = row.pop("lifecycle", ""), row.pop("executive", "")
        known = {of: dict(_about(row, of)) for of in _BESIDE}
        attributes = {
            name: _value(model.attributes, name, text, number)
            for name, text in row.items()
            if text and name.partition(".")[0] not in _BESIDE
        }
        agreed = {name: one.field for name, one in model.agreements.items()}
        yield PartyRow(
            lifecycle=lifecycle,
            attributes=attributes,
            executive=executive,
            activities={
                kind: _day(model, kind, text, number) for kind, text in known["activity"].items()
            },
            agreements={
                name: _value(agreed, name, text, number)
                for name, text in known["agreement"].items()
            },
        )


def contact_rows(files: PackFiles) -> Iterator[ContactRow]:
    """The contacts that the demonstration begins with."""
    for row in _rows(files, CONTACTS):
        yield ContactRow(
            channel=row["channel"],
            address=row["from"],
            name=row["name"],
            subject=row["subject"],
            body=row["body"],
            hours_ago=int(row.get("hours_ago") or 0),
        )


def _rows(files: PackFiles, path: str) -> Iterator[dict[str, str]]:
    for row in DictReader(StringIO(files.files.get(path, ""))):
        yield {name: (text or "").strip() for name, text in row.items()}


def _about(row: dict[str, str], of: str) -> Iterator[tuple[str, str]]:
    for name, text in row.items():
        before, _, kind = name.partition(".")
        if before == of and kind and text:
            yield kind, text


def _day(model: PartyModel, kind: str, text: str, number: int) -> date:
    if kind not in model.activities:
        raise UnusableSheet(f"{PARTIES}: «{kind}» no es una actividad del registro.")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UnusableSheet(f"{PARTIES}:{number}: «{text}» no es una fecha.") from error


def _value(fields: Mapping[str, Field], name: str, text: str, number: int) -> Value:
    attribute = fields.get(name)
    if attribute is None:
        raise UnusableSheet(f"{PARTIES}: la columna «{name}» no es un dato del registro.")
    raw = text
    found = read_value(attribute, raw, Reading(identity=identity_check))
    if isinstance(found, Unreadable):
        raise UnusableSheet(f"{PARTIES}:{number}: «{text}» no sirve para «{name}» ({found.code}).")
    return found
