"""What expressions see: the names with their types, and the questions they may ask."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from ventanilla.core.definition.compile.organization import Shared
from ventanilla.core.definition.compile.party import party_types
from ventanilla.core.definition.expressions import Asked, Env, Lookup, Type
from ventanilla.core.definition.expressions import types as t
from ventanilla.core.definition.model import Catalogue, Field
from ventanilla.core.definition.problems import Code
from ventanilla.core.definition.values import type_of

OFFICE_NAMES = ("title", "address", "region", "phone", "email", "hours_text")
AGENT_NAMES = ("name", "phone", "email")
SENDER_NAMES = ("name", "email", "phone")

APPOINTMENT_STATES = ("booked", "kept", "missed", "called_off")
"""What a condition reads as ``appointment.NAME``; nothing while no day is agreed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nameable:
    """The parts of a procedure that expressions can name."""

    fields: Mapping[str, Field]
    catalogues: Mapping[str, Catalogue]
    deadlines: frozenset[str]
    promises: frozenset[str]
    """The deadlines with an earliest time."""
    results: tuple[str, ...]
    entries: frozenset[str]
    """The codes that actions note."""
    entry_fields: frozenset[str]
    """What the forms of those actions ask besides the code."""
    checklists: frozenset[str]
    appointments: frozenset[str]


def environments(shared: Shared, of: Nameable) -> tuple[Env, Env]:
    """The names of conditions, and those of texts, which also know the agent."""
    types = {**_shared_types(shared), **_types(of)}
    lookups = {name: lookup_of(one) for name, one in of.catalogues.items()}
    asked = _asked(of)
    agent = {f"agent.{name}": t.TEXT for name in AGENT_NAMES}
    return (
        Env(types=types, catalogues=lookups, asked=asked),
        Env(types={**types, **agent}, catalogues=lookups, asked=asked),
    )


def _shared_types(shared: Shared) -> dict[str, Type]:
    types: dict[str, Type] = {
        "channel": t.choice_of(tuple((name, name) for name in shared.channels)),
        "today": t.DATE,
        "now": t.DATETIME,
        "case.number": t.TEXT,
        "case.subject": t.TEXT,
        "case.opened_at": t.DATETIME,
        "party.registered": t.BOOLEAN,
        "party.lifecycle": t.choice_of(tuple((one, one) for one in shared.party.lifecycle)),
    }
    types |= party_types(shared.party)
    agreed = shared.party.agreements
    types |= {f"agreement.{name}": type_of(one.field) for name, one in agreed.items()}
    types |= {f"office.{name}": t.TEXT for name in OFFICE_NAMES}
    return types | {f"sender.{name}": t.TEXT for name in SENDER_NAMES}


def _types(of: Nameable) -> dict[str, Type]:
    types: dict[str, Type] = {
        "case.result": t.choice_of(tuple((result, result) for result in of.results)),
    }
    types |= {f"deadline.{name}": t.DATETIME for name in of.deadlines}
    types |= {f"deadline.{name}.earliest": t.DATETIME for name in of.promises}
    states = t.choice_of(tuple((state, state) for state in APPOINTMENT_STATES))
    types |= {f"appointment.{name}": states for name in of.appointments}
    if of.entries:
        types["entry.code"] = t.choice_of(tuple((code, code) for code in sorted(of.entries)))
        types |= {f"entry.{name}": type_of(of.fields[name]) for name in of.entry_fields}
    return types | {name: type_of(one) for name, one in of.fields.items()}


def _asked(of: Nameable) -> dict[str, Asked]:
    return {
        "noted": _about(of.entries, t.NUMBER, Code.UNKNOWN_ENTRY),
        "met": _about(of.deadlines, t.BOOLEAN, Code.UNKNOWN_DEADLINE),
        "late": _about(of.deadlines, t.BOOLEAN, Code.UNKNOWN_DEADLINE),
        "running": _about(of.deadlines, t.BOOLEAN, Code.UNKNOWN_DEADLINE),
        "complete": _about(of.checklists, t.BOOLEAN, Code.UNKNOWN_CHECKLIST),
        "received": _about(of.checklists, t.BOOLEAN, Code.UNKNOWN_CHECKLIST),
        "missing": _about(of.checklists, t.list_of(t.TEXT), Code.UNKNOWN_CHECKLIST),
        "observed": _about(of.checklists, t.list_of(t.TEXT), Code.UNKNOWN_CHECKLIST),
    }


def _about(names: frozenset[str], gives: Type, code: Code) -> Asked:
    return Asked(names=names, gives=gives, code=code)


def lookup_of(catalogue: Catalogue) -> Lookup:
    rows = {row.code: {**row.extra, "code": row.code, "label": row.label} for row in catalogue.rows}
    columns = frozenset({*catalogue.columns, "code", "label"})
    if not catalogue.renamed:
        return Lookup(columns=columns, rows=rows)
    return Lookup(columns=columns, rows=rows, on=partial(_cells_on, catalogue))


def _cells_on(catalogue: Catalogue, code: str, day: date) -> Mapping[str, str] | None:
    row = catalogue.row_on(code, day)
    return None if row is None else {**row.extra, "code": row.code, "label": row.label}
