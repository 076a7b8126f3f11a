"""The made-up people of a pack's `data` folder: staff, parties and contacts, as CSV."""

from collections.abc import Iterator
from csv import DictReader
from dataclasses import dataclass
from io import StringIO

from ventanilla.core.definition.expressions import Value
from ventanilla.core.definition.model import PartyModel
from ventanilla.core.definition.values import Reading, Unreadable, read_value
from ventanilla.packs.identifiers import identity_check
from ventanilla.packs.reader import PackFiles

USERS = "data/users.csv"
PARTIES = "data/parties.csv"
CONTACTS = "data/contacts.csv"


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
    lifecycle: str
    attributes: dict[str, Value]


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
        lifecycle = row.pop("lifecycle", "")
        attributes = {name: _value(model, name, text, number) for name, text in row.items() if text}
        yield PartyRow(lifecycle=lifecycle, attributes=attributes)


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


def _value(model: PartyModel, name: str, text: str, number: int) -> Value:
    attribute = model.attributes.get(name)
    if attribute is None:
        raise UnusableSheet(f"{PARTIES}: la columna «{name}» no es un dato del registro.")
    raw = text
    found = read_value(attribute, raw, Reading(identity=identity_check))
    if isinstance(found, Unreadable):
        raise UnusableSheet(f"{PARTIES}:{number}: «{text}» no sirve para «{name}» ({found.code}).")
    return found
