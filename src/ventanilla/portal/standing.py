"""Where a request stands, in plain words: no step, no role, no name of ours."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ventanilla.answers.shown import shown
from ventanilla.cases.selectors import CaseFile, ClockRow, ContactRow
from ventanilla.core.definition.model import FieldType, Portal, StepKind, WaitFor
from ventanilla.core.engine.state import Status

_OF_THE_PARTY = frozenset({WaitFor.MESSAGE, WaitFor.FILES})


class Stands(StrEnum):
    """What the public needs to know: whose turn it is, or that it is over."""

    IN_HAND = "in_hand"
    WAITS_FOR_YOU = "waits_for_you"
    OVER = "over"


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A limit that the public is shown. ``kept`` is None while it runs."""

    title: str
    due_at: datetime | None
    is_late: bool
    kept: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    number: str
    title: str
    opened_at: datetime | None
    closed_at: datetime | None
    stands: Stands
    takes_more: bool
    answers: tuple[tuple[str, str], ...]
    """What whoever asked answered: the question and the words."""
    promises: tuple[Promise, ...]
    contacts: tuple[ContactRow, ...]


def standing_of(case: CaseFile, portal: Portal) -> Standing:
    """The case as whoever asked may see it: what was written both ways, and what was promised."""
    state = case.state
    clocks = {clock.name: clock for clock in case.clocks}
    return Standing(
        number=case.number,
        title=portal.title,
        opened_at=state.opened_at,
        closed_at=state.closed_at,
        stands=_stands(case),
        takes_more=state.status is Status.OPEN or case.published.procedure.reopen is not None,
        answers=tuple(_answers(case, portal)),
        promises=tuple(_promise(clocks[name]) for name in portal.deadlines if name in clocks),
        contacts=tuple(contact for contact in case.contacts if _is_shown(contact)),
    )


def _answers(case: CaseFile, portal: Portal) -> Iterator[tuple[str, str]]:
    """The answers of the form; files stand with the messages."""
    for ask in portal.ask:
        field = case.published.procedure.fields[ask.field]
        words = shown(field, case.state.fields.get(field.name))
        if words and field.type is not FieldType.FILES:
            yield field.label, words


def _stands(case: CaseFile) -> Stands:
    if case.state.status is not Status.OPEN:
        return Stands.OVER
    steps = (case.published.procedure.steps[active.step] for active in case.state.active.values())
    waits = [step.wait for step in steps if step.kind is StepKind.WAIT and step.wait is not None]
    asked = any(wait.until in _OF_THE_PARTY for wait in waits)
    return Stands.WAITS_FOR_YOU if asked else Stands.IN_HAND


def _promise(clock: ClockRow) -> Promise:
    ended = {"met": True, "met_late": False}
    return Promise(
        title=clock.title,
        due_at=clock.due_at,
        is_late=clock.status == "late",
        kept=ended.get(clock.status),
    )


def _is_shown(contact: ContactRow) -> bool:
    """What was written; not what a robot sent, nor what was said by word of mouth."""
    return not contact.robot and contact.medium != "voice" and bool(contact.text or contact.files)
