"""Who waits where for what: the lines of a reception, and what happens to a call that was lost."""

from collections.abc import Mapping
from dataclasses import dataclass

from ventanilla.core.businesstime import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """What somebody comes for, as the kiosk offers it; ``opens`` is the procedure it begins."""

    name: str
    title: str
    group: str = ""
    help: str = ""
    opens: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """One line, at each of its offices by itself; its services lead here."""

    name: str
    title: str
    letter: str
    offices: tuple[str, ...]
    who: tuple[str, ...]
    """The roles that call from it."""
    services: Mapping[str, Service]
    room: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """A place where people are attended, and the lines it calls from."""

    name: str
    title: str
    office: str
    serves: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Priority:
    """A head start in the line, in clock time: whoever has it counts as having come so much before.

    Because it is an amount and not a rank, nobody is overtaken by those who come later than that.
    """

    name: str
    title: str
    ahead: Span
    help: str = ""
    appointment: bool = False
    """Whether it belongs to those who come with an appointment, and nobody asks for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedCall:
    """What a lost call begins, and within what somebody calls back."""

    within: Span
    open: str | None = None
    tries: int = 3
    """How often it is tried before one may give up."""
