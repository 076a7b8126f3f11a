"""What the person at the window has in front of them: what to say, ask, do and send, now."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from ventanilla.core.definition.expressions import Expression, Value
from ventanilla.core.definition.model import (
    Action,
    Ask,
    CheckItem,
    Field,
    Option,
    Procedure,
    Step,
    Who,
)
from ventanilla.core.engine.commands import Performer, PerformerKind
from ventanilla.core.engine.scope import Scope
from ventanilla.core.engine.state import State
from ventanilla.core.engine.words import Draft, Said, draft, said


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A datum to ask. ``depends`` names data of the same sheet that decide whether it applies."""

    field: Field
    required: bool
    value: Value
    depends: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """The message that leaves with the sheet, as drafted, and the media it may leave by."""

    title: str
    draft: Draft
    media: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A task or an action as a person sees it."""

    title: str
    said: tuple[Said, ...]
    questions: tuple[Question, ...]
    checklist: tuple[CheckItem, ...]
    letter: Letter | None
    leads_to: tuple[str, ...]
    """Titles of the steps that may come next; none: the case or its track ends here."""


def task_sheet(
    procedure: Procedure, state: State, step: Step, now: datetime, by: Performer
) -> Sheet:
    """The sheet of a task of the case."""
    return _sheet(procedure, state, step, now, by, _leads_to(procedure, step))


def action_sheet(
    procedure: Procedure, state: State, action: Action, now: datetime, by: Performer
) -> Sheet:
    """The sheet of an action of the case."""
    after = (procedure.steps[action.go].title,) if action.go else ()
    return _sheet(procedure, state, action, now, by, after)


def available_actions(
    procedure: Procedure, state: State, now: datetime, by: Performer
) -> tuple[Action, ...]:
    """The actions that the person may take at this moment, in written order."""
    scope = Scope(procedure, state, now, by)
    return tuple(
        action
        for action in procedure.actions.values()
        if (action.condition is None or action.condition.evaluate(scope))
        and (not action.who or any(may_do(who, scope, state, by) for who in action.who))
    )


def owed_by(step: Step, state: State) -> Who | None:
    """Who owes the step as the case stands: of those who sign the next, of systems nobody."""
    if step.check is not None:
        asked = any(one.step == step.name and one.asks for one in state.active.values())
        return None if asked else step.who
    if step.approve is None:
        return step.who
    signers = step.approve.signers
    return signers[min(len(state.signed.get(step.name, ())), len(signers) - 1)]


def may_do(who: Who, scope: Scope, state: State, by: Performer, assignee: str = "") -> bool:
    """Whether somebody may do what the role owes at the case's office; the assignee always may.

    So may whoever stands in for the assignee. The system may do anything; the party does nothing
    but write.
    """
    if by.kind is not PerformerKind.PERSON:
        return by.kind is PerformerKind.SYSTEM
    if assignee and (by.id == assignee or assignee in by.stands_for):
        return True
    office = str(who.office.evaluate(scope) or "") if who.office else state.office
    return by.holds(who.role, office)


def _sheet(
    procedure: Procedure,
    state: State,
    part: Step | Action,
    now: datetime,
    by: Performer,
    leads_to: tuple[str, ...],
) -> Sheet:
    scope = Scope(procedure, state, now, by)
    spoken = (said(procedure.scripts[name], scope) for name in part.say)
    letter = None
    if part.send is not None:
        message = procedure.messages[part.send.message]
        letter = Letter(
            title=message.title,
            draft=draft(procedure, state, part.send, scope),
            media=message.via,
        )
    return Sheet(
        title=part.title,
        said=tuple(text for text in spoken if text is not None),
        questions=_questions(procedure, state, part.ask, scope, _anew(part)),
        checklist=part.do,
        letter=letter,
        leads_to=leads_to,
    )


def _anew(part: Step | Action) -> frozenset[str]:
    entry = part.entry if isinstance(part, Action) else None
    return frozenset() if entry is None else frozenset({entry.field})


def _questions(
    procedure: Procedure,
    state: State,
    asks: tuple[Ask, ...],
    scope: Scope,
    anew: frozenset[str],
) -> tuple[Question, ...]:
    """The questions that apply; those asked ``anew`` do not show what was answered before."""
    asked = {ask.field for ask in asks}
    found = []
    for ask in asks:
        field = as_of(procedure, procedure.fields[ask.field], scope.day, state)
        conditions = [c for c in (ask.condition, field.show_if) if c is not None]
        depends = frozenset(name for c in conditions for name in c.names if name in asked)
        demanded = ask.required_if is not None and ask.required_if.holds(scope)
        if not depends and not _all_hold(conditions, scope):
            continue
        found.append(
            Question(
                field=field,
                required=ask.required or demanded,
                value=None if field.name in anew else _known(state, field),
                depends=depends,
            )
        )
    return tuple(found)


def as_of(procedure: Procedure, field: Field, day: date, state: State) -> Field:
    """The field with the options that may be chosen that day, and the one chosen before."""
    if field.catalogue is None:
        return field
    catalogue = procedure.catalogues[field.catalogue]
    codes = catalogue.codes_on(day)
    offered = tuple(
        option
        for option in field.options
        if option.value in codes or option.value == state.fields.get(field.name)
    )
    if catalogue.renamed:
        named = ((one.value, catalogue.label_on(one.value, day)) for one in offered)
        offered = tuple(Option(value=value, label=label) for value, label in named)
    return field if offered == field.options else replace(field, options=offered)


def _all_hold(conditions: list[Expression], scope: Scope) -> bool:
    return all(bool(condition.evaluate(scope)) for condition in conditions)


def _known(state: State, field: Field) -> Value:
    """What the case or, failing that, the party's record already says."""
    value = state.fields.get(field.name)
    if value is None and field.saves is not None and state.party is not None:
        return state.party.attributes.get(field.saves)
    return value


def _leads_to(procedure: Procedure, step: Step) -> tuple[str, ...]:
    names = [branch.go for branch in step.next if branch.go is not None]
    names += [step.approve.back] if step.approve is not None else []
    titles = [procedure.steps[name].title for name in names]
    return tuple(dict.fromkeys(titles))
