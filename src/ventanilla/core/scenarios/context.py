"""What reading a scenario rests on: the names that exist, and instants and values as authors write
them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from ventanilla.core.definition.compile.shape import Form, as_scalar
from ventanilla.core.definition.expressions import Person, Value
from ventanilla.core.definition.model import Field, Pack, Procedure
from ventanilla.core.definition.nodes import Mapping as MappingNode
from ventanilla.core.definition.nodes import Node, Scalar, Sequence
from ventanilla.core.definition.problems import Code, Problems, near
from ventanilla.core.definition.values import (
    IdentityCheck,
    Raw,
    Reading,
    Unreadable,
    read_value,
)
from ventanilla.core.engine.commands import Performer
from ventanilla.core.scenarios.model import Given

_NOTHING = frozenset({"", "null", "~"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The procedure, the cast and the place where problems are told."""

    pack: Pack
    procedure: Procedure
    zone: ZoneInfo
    people: Mapping[str, Performer]
    parties: frozenset[str]
    identity: IdentityCheck
    problems: Problems

    def known(self, code: Code, found: Scalar, names: Iterable[str]) -> str:
        """The name, after telling the problem if it is none of these."""
        name, allowed = found.text.strip(), tuple(names)
        if name not in allowed:
            self.problems.add(code, found.mark, name=name[:60], near=near(name, allowed))
        return name

    def name(self, form: Form, key: str, code: Code, names: Iterable[str]) -> str:
        """The name under a key; empty when there is none."""
        found = form.scalar(key)
        return "" if found is None else self.known(code, found, names)

    def person(self, form: Form, key: str = "as") -> str:
        """Somebody of the cast: a login, or a role for whoever holds it."""
        found = form.scalar(key)
        if found is None or not found.text.strip():
            return ""
        return self.known(Code.UNKNOWN_PERSON, found, self.people)

    def instant(self, found: Scalar | None) -> datetime | None:
        """An instant in UTC; without an offset it is local."""
        return None if found is None else read_instant(found, self.zone, self.problems)

    def value(self, of: Field, node: Node) -> Value | Unreadable:
        return read_value(of, raw(node), self._reading())

    def readable(self, of: Field, node: Node) -> Value:
        """The value, after telling the problem if the text is none."""
        found = self.value(of, node)
        if isinstance(found, Unreadable):
            self.problems.add(Code.VALUE_UNREADABLE, node.mark, name=of.name, why=str(found.code))
            return None
        return found

    def values(self, form: Form, key: str) -> Given:
        """What is typed into fields of the procedure."""
        typed = {}
        for name, node in form.entries(key):
            of = self.procedure.fields.get(name.text)
            if of is None:
                self.known(Code.UNKNOWN_FIELD, name, self.procedure.fields)
            else:
                typed[name.text] = self.value(of, node)
        return typed

    def _reading(self) -> Reading:
        return Reading(identity=self.identity, zone=self.zone, person=self.someone)

    def someone(self, login: str) -> Person | None:
        """Somebody of the cast as a value of the language."""
        found = self.people.get(login)
        if found is None:
            return None
        return Person(key=found.id, name=found.name, email=found.email, phone=found.phone)


def read_instant(found: Scalar, zone: ZoneInfo, problems: Problems) -> datetime | None:
    """An ISO 8601 instant in UTC; without an offset it is local."""
    try:
        moment = datetime.fromisoformat(found.text.strip())
        aware = moment if moment.tzinfo else moment.replace(tzinfo=zone)
        return aware.astimezone(UTC)
    except (ValueError, OverflowError):
        problems.add(Code.BAD_DATE, found.mark, found=found.text[:40])
        return None


def raw(node: Node) -> Raw:
    """A node as a form hands it in; nothing written is no value."""
    match node:
        case Scalar():
            return None if node.text.strip() in _NOTHING else node.text
        case Sequence():
            return [raw(item) for item in node]
        case MappingNode():
            return {key.text: raw(value) for key, value in node.entries}


def texts(node: Node, problems: Problems) -> tuple[Scalar, ...]:
    """The texts of a list; one text alone stands for a list of it, nothing for an empty one."""
    if isinstance(node, Scalar):
        return () if raw(node) is None else (node,)
    if isinstance(node, Sequence):
        found = (as_scalar(item, problems) for item in node)
        return tuple(scalar for scalar in found if scalar is not None)
    problems.add(Code.EXPECTED_LIST, node.mark)
    return ()
