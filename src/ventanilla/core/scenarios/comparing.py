"""Holding the journals of two drivers against each other: same commands, same facts."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any

from ventanilla.core.definition.expressions import Value
from ventanilla.core.definition.model import Field, FieldType, Procedure
from ventanilla.core.engine import facts as f
from ventanilla.core.engine.commands import Refused
from ventanilla.core.engine.state import PartyView
from ventanilla.core.scenarios.journal import Journal, JournalEntry

NUMBER = "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Where two journals part: in which entry, and what each says there (none: it has ended)."""

    entry: int
    one: JournalEntry | None
    other: JournalEntry | None


def compare(procedure: Procedure, one: Journal, other: Journal) -> Disagreement | None:
    """The first entry in which two runs of a scenario differ, whatever each calls its references.

    Numbers of cases and references to parties, messages and files are each driver's own: they are
    renamed in the order in which they appear. Everything else must be equal.
    """
    pairs = zip_longest(normalised(procedure, one), normalised(procedure, other))
    for number, (left, right) in enumerate(pairs):
        if left != right:
            return Disagreement(entry=number, one=left, other=right)
    return None


def normalised(procedure: Procedure, journal: Journal) -> Journal:
    """The journal with references in the order in which they appear."""
    names = _Names(procedure)
    return tuple(
        replace(
            entry,
            subject="",
            facts=tuple(names.fact(fact) for fact in entry.facts),
            refused=_bare(entry.refused),
        )
        for entry in journal
    )


def _bare(refused: Refused | None) -> Refused | None:
    """What was refused and why; the words around it are each driver's own."""
    return Refused(code=refused.code, datum=refused.datum) if refused is not None else None


class _Names:
    """Renames references; the same one always to the same name."""

    def __init__(self, procedure: Procedure) -> None:
        self._procedure = procedure
        self._number = ""
        self._known: dict[tuple[str, str], str] = {}

    def fact(self, fact: f.Fact) -> f.Fact:
        match fact:
            case f.Opened():
                self._number = fact.number
                return replace(fact, number=NUMBER)
            case f.PartyLinked():
                return replace(fact, party=self._party(fact.party))
            case f.PartyRecorded():
                attributes = self._values(self._procedure.party.attributes, fact.attributes)
                return replace(fact, ref=self._name("party", fact.ref), attributes=attributes)
            case f.Entrusted() | f.ActivityCounted():
                return replace(fact, ref=self._name("party", fact.ref))
            case f.FieldsSet() | f.Corrected():
                return replace(fact, values=self._values(self._procedure.fields, fact.values))
            case f.CaseOwed():
                given = {name: self._handed(value) for name, value in fact.given.items()}
                return replace(fact, given=given)
            case f.MessageReceived():
                ref = self._name("message", fact.ref)
                return replace(fact, ref=ref, files=self._files(fact.files))
            case f.MessageOwed():
                return replace(
                    fact,
                    subject=self._text(fact.subject),
                    body=self._text(fact.body),
                    attachments=self._files(fact.attachments),
                )
            case _:
                return fact

    def _party(self, party: PartyView) -> PartyView:
        attributes = self._values(self._procedure.party.attributes, party.attributes)
        return replace(party, ref=self._name("party", party.ref), attributes=attributes)

    def _values(
        self, fields: Mapping[str, Field], values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        return {name: self._value(fields[name], value) for name, value in values.items()}

    def _value(self, of: Field, value: Any) -> Value:
        if of.type is FieldType.FILES and value is not None:
            return self._files(value)
        found: Value = self._text(value) if isinstance(value, str) else value
        return found

    def _handed(self, value: Any) -> Any:
        return self._text(value) if isinstance(value, str) else value

    def _files(self, files: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(self._name("file", file) for file in files)

    def _name(self, family: str, ref: str) -> str:
        return self._known.setdefault((family, ref), f"{family}-{len(self._known) + 1}")

    def _text(self, text: str) -> str:
        """The number of the case stands in texts, and may be all that a text says."""
        if text == self._number:
            return NUMBER
        if len(self._number) <= len(NUMBER):
            return text
        return text.replace(self._number, NUMBER)
