"""What a step or action asks of somebody at this moment, ready to become a form."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Final

from ventanilla.cases.selectors import CaseFile
from ventanilla.cases.transaction import performer_of
from ventanilla.core.definition.expressions import Person, Value
from ventanilla.core.definition.model import Action, Ask, Procedure
from ventanilla.core.definition.values import Reading
from ventanilla.core.engine import words
from ventanilla.core.engine.flow import Run
from ventanilla.core.engine.forms import may_do
from ventanilla.core.engine.scope import zone_of
from ventanilla.core.engine.sheets import owed_by
from ventanilla.core.engine.words import VOICE, Draft, Said
from ventanilla.desk.forms.sheet import Part, Questionnaire
from ventanilla.identity.actor import Actor
from ventanilla.identity.selectors import StaffRow
from ventanilla.packs.identifiers import identity_check

NOTHING_TRIED: Final[Mapping[str, Value]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The message that a step or action sends, before it leaves."""

    title: str
    to: str
    is_spoken: bool
    depends: bool
    """Whether its text is filled from answers of the same sheet."""


def position(
    case: CaseFile, actor: Actor, now: datetime, tried: Mapping[str, Value] = NOTHING_TRIED
) -> Run:
    """The case as the engine would see it now, with the tried answers in place."""
    state = replace(case.state, fields={**case.state.fields, **tried})
    return Run(case.published.procedure, state, now, now, performer_of(actor))


def questionnaire(
    run: Run, part: Part, *, staff: tuple[StaffRow, ...], draft: Draft | None
) -> Questionnaire:
    """The questions of the part: those asked now, and those that its own answers may call for."""
    procedure = run.procedure
    asked = {ask.field for ask in part.ask}
    asks = tuple(ask for ask in part.ask if _holds(run, ask) or _reads(procedure, ask) & asked)
    deciding = frozenset[str]().union(*(_reads(procedure, ask) & asked for ask in asks))
    deciding |= frozenset[str]().union(*(_demands(ask) & asked for ask in asks))
    if draft is not None:
        deciding |= _read_by_message(procedure, draft) & asked
    return Questionnaire(
        procedure=procedure,
        state=run.state,
        part=part,
        asks=asks,
        met=frozenset(ask.field for ask in asks if _holds(run, ask)),
        deciding=deciding,
        demanded=frozenset(ask.field for ask in asks if _demanded(run, ask, asked)),
        draft=draft,
        reading=reading(run, staff),
        people=tuple((person.email, person.full_name) for person in staff if person.is_active),
    )


def asked_now(run: Run, part: Part) -> frozenset[str]:
    """The fields that are asked with these answers; the others' answers count for nothing."""
    return frozenset(ask.field for ask in part.ask if _holds(run, ask))


def reading(run: Run, staff: tuple[StaffRow, ...]) -> Reading:
    """How what is typed is read here: with check digits, the office's clock, our people."""
    people = {person.email: person for person in staff}

    def person(key: str) -> Person | None:
        known = people.get(key)
        if known is None:
            return None
        return Person(key=known.email, name=known.full_name, email=known.email, phone=known.phone)

    zone = zone_of(run.procedure, run.state.office)
    return Reading(identity=identity_check, zone=zone, person=person)


def draft_of(run: Run, part: Part) -> Draft | None:
    """The message that the part sends, as the template has it."""
    if part.send is None:
        return None
    return words.draft(run.procedure, run.state, part.send, run.scope())


def preview_of(run: Run, part: Part, draft: Draft | None) -> Preview | None:
    """How the message is shown above its text."""
    if draft is None:
        return None
    asked = {ask.field for ask in part.ask}
    return Preview(
        title=run.procedure.messages[draft.message].title,
        to=draft.to,
        is_spoken=draft.via == VOICE,
        depends=bool(_read_by_message(run.procedure, draft) & asked),
    )


def speeches(run: Run, part: Part) -> tuple[Said, ...]:
    """What is said at this moment, with the names filled in."""
    scope = run.scope()
    said = (words.said(run.procedure.scripts[name], scope) for name in part.say)
    return tuple(one for one in said if one is not None)


def may(run: Run, part: Part, assignee: str = "") -> bool:
    """Whether the person may complete the step or do the action."""
    whos = part.who if isinstance(part, Action) else (owed_by(part, run.state),)
    known = [who for who in whos if who is not None]
    return not known or any(may_do(run, who, assignee) is None for who in known)


def _holds(run: Run, ask: Ask) -> bool:
    return run.holds(ask.condition) and run.holds(run.procedure.fields[ask.field].show_if)


def _reads(procedure: Procedure, ask: Ask) -> frozenset[str]:
    conditions = (ask.condition, procedure.fields[ask.field].show_if)
    return frozenset[str]().union(*(one.names for one in conditions if one is not None))


def _demands(ask: Ask) -> frozenset[str]:
    return ask.required_if.names if ask.required_if is not None else frozenset()


def _demanded(run: Run, ask: Ask, asked: set[str]) -> bool:
    """Whether the answer is demanded, or may be once the sheet's other answers are given."""
    if ask.required or ask.required_if is None:
        return ask.required
    pending = (name for name in _demands(ask) & asked if run.state.fields.get(name) is None)
    return run.holds(ask.required_if) or any(pending)


def _read_by_message(procedure: Procedure, draft: Draft) -> frozenset[str]:
    message = procedure.messages[draft.message]
    return message.subject.names | message.body.names
