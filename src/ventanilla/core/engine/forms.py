"""What a person hands in with a task or an action: who may, what is asked, what is owed."""

from collections.abc import Callable, Iterator

from ventanilla.core.definition.expressions import Scope, Value
from ventanilla.core.definition.model import Action, Ask, Checklist, Procedure, Step, Who
from ventanilla.core.definition.values import well_typed
from ventanilla.core.engine import checklists, sheets, standing, words
from ventanilla.core.engine.commands import (
    Act,
    Complete,
    RefusalCode,
    Refused,
    Wording,
)
from ventanilla.core.engine.flow import Run
from ventanilla.core.engine.scope import zone_of
from ventanilla.core.engine.state import State
from ventanilla.core.engine.words import VOICE


def may_do(run: Run, who: Who, assignee: str) -> Refused | None:
    """Refuse a person who neither is the assignee nor holds the role at the case's office."""
    if sheets.may_do(who, run.scope(), run.state, run.by, assignee):
        return None
    return Refused(code=RefusalCode.NOT_YOURS, params={"role": who.role})


def defaults(procedure: Procedure) -> dict[str, Value]:
    """The values a case begins with."""
    return {
        name: field.default for name, field in procedure.fields.items() if field.default is not None
    }


def unfit(procedure: Procedure, name: str, value: Value) -> Refused | None:
    """Refuse a value for a field that does not exist or cannot hold it."""
    field = procedure.fields.get(name)
    if field is None:
        return Refused(code=RefusalCode.FIELD_UNKNOWN, datum=name)
    if value is not None and not well_typed(field, value):
        return Refused(code=RefusalCode.FIELD_UNREADABLE, datum=name)
    return None


def _out_of_date(run: Run, name: str, value: Value) -> Refused | None:
    """Refuse a code that may not be chosen that day; one the case already has stays."""
    field = run.procedure.fields[name]
    if field.catalogue is None or value is None or run.state.fields.get(name) == value:
        return None
    day = run.at.astimezone(zone_of(run.procedure, run.state.office)).date()
    chosen = value if isinstance(value, tuple) else (value,)
    if run.procedure.catalogues[field.catalogue].codes_on(day).issuperset(map(str, chosen)):
        return None
    params = {"why": "not-an-option"}
    return Refused(code=RefusalCode.FIELD_UNREADABLE, datum=name, params=params)


def fill_in(run: Run, part: Step | Action, command: Complete | Act) -> Refused | None:
    """Take in the values, the checklist and the message of a task or action, or refuse it."""
    asked = {ask.field for ask in part.ask}
    for name, value in command.values.items():
        if name not in asked:
            return Refused(code=RefusalCode.FIELD_UNKNOWN, datum=name)
        refusal = unfit(run.procedure, name, value) or _out_of_date(run, name, value)
        if refusal is not None:
            return refusal
    run.set(dict(command.values))
    refusal = _missing(run, part, command.checked)
    if refusal is not None:
        return refusal
    refusal = _unmet(run, part)
    if refusal is not None:
        return refusal
    if isinstance(part, Step) and part.decide is not None:
        run.decide(part.decide)
    if isinstance(part, Step) and part.score is not None:
        run.score(part.score)
    refusal = _change_clocks(run, part) or _record(run, part, command.new_party)
    if refusal is not None:
        return refusal
    return _send(run, part, command.wording)


def asked_now(run: Run, part: Step | Action) -> Iterator[Ask]:
    """What the form asks as the case stands."""
    for ask in part.ask:
        if run.holds(ask.condition) and run.holds(run.procedure.fields[ask.field].show_if):
            yield ask


def _missing(run: Run, part: Step | Action, checked: tuple[str, ...]) -> Refused | None:
    for ask in asked_now(run, part):
        required = ask.required or (ask.required_if is not None and run.holds(ask.required_if))
        if required and run.state.fields.get(ask.field) in (None, "", ()):
            return Refused(code=RefusalCode.FIELD_REQUIRED, datum=ask.field)
    for item in part.do:
        if not item.optional and item.key not in checked:
            return Refused(
                code=RefusalCode.ITEM_UNCHECKED, datum=item.key, params={"item": item.text}
            )
    return None


def _unmet(run: Run, part: Step | Action) -> Refused | None:
    for requirement in part.requires:
        if run.holds(requirement.condition):
            continue
        if requirement.checklist:
            return _incomplete(run, requirement.checklist, checklists.missing)
        return Refused(code=RefusalCode.REQUIREMENT, params={"say": requirement.say})
    if not isinstance(part, Step):
        return None
    if part.wait is not None and part.wait.checklist is not None:
        return _incomplete(run, part.wait.checklist, checklists.not_received)
    if part.checklist is not None:
        return _incomplete(run, part.checklist, checklists.not_judged)
    return None


def _incomplete(
    run: Run, name: str, lacking: Callable[[Checklist, State, Scope], tuple[str, ...]]
) -> Refused | None:
    checklist = run.procedure.checklists[name]
    found = lacking(checklist, run.state, run.scope())
    if not found:
        return None
    params = {"checklist": checklist.title, "missing": "; ".join(found)}
    return Refused(code=RefusalCode.CHECKLIST_INCOMPLETE, params=params)


def _change_clocks(run: Run, part: Step | Action) -> Refused | None:
    """Suspend, resume or extend what an action says, before its letter is written."""
    if not isinstance(part, Action):
        return None
    for answer in _clock_acts(run, part):
        if isinstance(answer, Refused):
            return answer
        run.tell(answer)
    return None


def _clock_acts(run: Run, action: Action) -> Iterator[standing.Answer]:
    if action.suspend is not None:
        yield standing.suspended(run.procedure, run.state, action.suspend, run.scope(), run.at)
    if action.resume is not None:
        yield standing.resumed(run.procedure, run.state, action.resume, run.at)
    if action.extend is not None:
        yield standing.prolonged(run.procedure, run.state, action.extend, run.scope(), run.at)


def _record(run: Run, part: Step | Action, new_party: str) -> Refused | None:
    saved: dict[str, Value] = {}
    for ask in asked_now(run, part):
        target = run.procedure.fields[ask.field].saves
        value = run.state.fields.get(ask.field)
        if target is not None and value is not None:
            saved[target] = value
    lifecycle, record, scope = "", part.record, run.scope()
    if record is not None and not run.holds(record.condition):
        record = None
    if record is not None:
        saved |= {name: expr.evaluate(scope) for name, expr in record.attributes}
        lifecycle = record.lifecycle or ""
    if not saved and not lifecycle and (record is None or not record.cares):
        return None
    if run.state.party is None and not new_party:
        return Refused(code=RefusalCode.PARTY_NEEDED)
    run.record_values(saved, lifecycle, new_party)
    if record is not None:
        run.record_care(record, scope)
    return None


def _send(run: Run, part: Step | Action, wording: Wording | None) -> Refused | None:
    if part.send is None:
        return None
    via = wording.via if wording else ""
    message = run.procedure.messages[part.send.message]
    if via and via not in (*message.via, VOICE):
        return Refused(code=RefusalCode.MEDIUM_UNKNOWN, params={"via": via})
    draft = words.adapted(
        words.draft(run.procedure, run.state, part.send, run.scope(), via), wording
    )
    if not draft.to:
        return Refused(code=RefusalCode.NO_ADDRESS, params={"via": draft.via})
    if not draft.body.strip():
        return Refused(code=RefusalCode.WORDING_EMPTY, datum="body")
    run.send(part.send, wording, person=True)
    return None
