"""Events, who answers, and the other small forms that several sections share."""

from collections.abc import Mapping

from ventanilla.core.definition.compile import sections
from ventanilla.core.definition.compile.names import Names
from ventanilla.core.definition.compile.shape import NO, YES, Form, as_scalar, open_form
from ventanilla.core.definition.expressions import Expression, Kind
from ventanilla.core.definition.expressions import types as t
from ventanilla.core.definition.model import (
    Ask,
    CheckItem,
    Event,
    EventKind,
    Pick,
    Send,
    Trigger,
    Who,
)
from ventanilla.core.definition.nodes import Node, Scalar
from ventanilla.core.definition.problems import Code, near
from ventanilla.core.definition.values import type_of

_ALONE = frozenset({EventKind.OPENED, EventKind.RECEIVED, EventKind.CLOSED, EventKind.REOPENED})
_EITHER = frozenset({EventKind.CLOSED})
"""Events that may be of this case, or with a subject of one that it opened."""


def compile_triggers(form: Form, name: str, names: Names) -> tuple[Trigger, ...]:
    """The events under a key: one, or a list, each perhaps with a condition."""
    found = (_trigger(item, names) for item in form.items(name))
    return tuple(trigger for trigger in found if trigger is not None)


def _trigger(node: Node, names: Names) -> Trigger | None:
    if isinstance(node, Scalar):
        event = compile_event(node, names)
        return None if event is None else Trigger(on=event)
    form = open_form(node, names.problems, sections.TRIGGER)
    return None if form is None else trigger_of(form, names)


def trigger_of(form: Form, names: Names) -> Trigger | None:
    """The trigger that ``on`` and ``if`` of a form make."""
    scalar = form.scalar("on")
    event = compile_event(scalar, names) if scalar is not None and scalar.text else None
    if event is None:
        return None
    return Trigger(on=event, condition=names.condition(form.scalar("if")))


def compile_event(scalar: Scalar, names: Names) -> Event | None:
    """``done STEP``, ``sent MESSAGE``, ``opened``…; the subject must exist."""
    word, _, subject = scalar.text.strip().partition(" ")
    known = {str(kind): kind for kind in EventKind}
    kind = known.get(word)
    named = bool(subject.strip())
    if kind is None or (named is (kind in _ALONE) and kind not in _EITHER):
        names.problems.add(
            Code.UNKNOWN_EVENT,
            scalar.mark,
            found=scalar.text[:60],
            near="" if kind is not None else near(word, known),
        )
        return None
    if not named:
        return Event(kind)
    start = scalar.text.index(subject) if subject else 0
    written = Scalar(text=subject.strip(), mark=scalar.at(start))
    subjects, code = _subjects(names)[kind]
    return Event(kind, names.resolve(written, subjects, code))


def _subjects(names: Names) -> Mapping[EventKind, tuple[frozenset[str], Code]]:
    steps = (frozenset(names.steps), Code.UNKNOWN_STEP)
    deadlines = (names.deadlines, Code.UNKNOWN_DEADLINE)
    appointments = (names.appointments, Code.UNKNOWN_APPOINTMENT)
    return {
        EventKind.ENTERED: steps,
        EventKind.DONE: steps,
        EventKind.RETURNED: (names.approvals, Code.UNKNOWN_STEP),
        EventKind.SENT: (names.messages, Code.UNKNOWN_MESSAGE),
        EventKind.SET: (frozenset(names.fields), Code.UNKNOWN_FIELD),
        EventKind.ACTED: (names.actions, Code.UNKNOWN_ACTION),
        EventKind.ALARM: (names.alarms, Code.UNKNOWN_ALARM),
        EventKind.ENTRY: (names.entries, Code.UNKNOWN_ENTRY),
        EventKind.ANSWERED: (names.checks, Code.UNKNOWN_STEP),
        EventKind.UNANSWERED: (names.checks, Code.UNKNOWN_STEP),
        EventKind.CLOSED: (names.opened, Code.UNKNOWN_PROCEDURE),
        EventKind.REPEATED: (names.schedules, Code.UNKNOWN_SCHEDULE),
        EventKind.OPTED_OUT: (names.opt_outs, Code.UNKNOWN_SCHEDULE),
        EventKind.COMPLETE: (names.checklists, Code.UNKNOWN_CHECKLIST),
        EventKind.BOOKED: appointments,
        EventKind.MOVED: appointments,
        EventKind.KEPT: appointments,
        EventKind.MISSED: appointments,
        EventKind.CALLED_OFF: appointments,
        EventKind.LATE: deadlines,
        EventKind.MET: deadlines,
    }


EXECUTIVE = "party.executive"
"""The name by which the person is known to whom the party is entrusted."""

# --- who ---------------------------------------------------------------------------------------


def compile_who(node: Node, names: Names, fallback: str) -> Who | None:
    """A role, a role of an office, or a person with the role that answers when there is none."""
    executive = names.shared.party.executive
    if isinstance(node, Scalar):
        if node.text.strip() == EXECUTIVE and executive is not None:
            return Who(role=executive, person=EXECUTIVE)
        return Who(role=names.role(node))
    form = open_form(node, names.problems, sections.PERSON)
    if form is None:
        return None
    role, person = form.scalar("role") or form.scalar("else"), _person(form, names)
    default = executive if person == EXECUTIVE else None
    if role is None and default is None:
        form.problems.add(Code.ELSE_MISSING, form.mark)
    return Who(
        role=names.role(role) if role is not None else default or fallback,
        office=names.expression(form.scalar("office"), t.TEXT),
        person=person,
        pick=form.one_of("pick", {str(one): one for one in Pick}) or Pick.QUEUE,
    )


def _person(form: Form, names: Names) -> str | None:
    scalar = form.scalar("person")
    if scalar is None:
        return None
    kind = names.conditions.types.get(scalar.text)
    if kind is None:
        people = {name for name, one in names.conditions.types.items() if one.kind is Kind.PERSON}
        form.problems.add(
            Code.UNKNOWN_FIELD,
            scalar.mark,
            name=scalar.text[:60],
            near=near(scalar.text, frozenset(people)),
        )
    elif kind.kind is not Kind.PERSON:
        form.problems.add(
            Code.PERSON_NOT_A_PERSON, scalar.mark, name=scalar.text, type=kind.describe()
        )
    return scalar.text


# --- what steps, actions and rules have in common ----------------------------------------------


def compile_asks(form: Form, names: Names) -> tuple[Ask, ...]:
    """The data a person is asked for; a bare name is asked as its field says."""
    found: dict[str, Ask] = {}
    for item in form.items("ask"):
        ask = _ask(item, names)
        if ask is None:
            continue
        if ask.field in found:
            form.problems.add(Code.REPEATED, item.mark, name=ask.field)
        found[ask.field] = ask
    return tuple(found.values())


def _ask(node: Node, names: Names) -> Ask | None:
    if isinstance(node, Scalar):
        name = names.field(node)
        field = names.fields.get(name)
        return None if field is None else Ask(field=name, required=field.required)
    form = open_form(node, names.problems, sections.ASK)
    scalar = form.scalar("field") if form is not None else None
    if form is None or scalar is None:
        return None
    name = names.field(scalar)
    field = names.fields.get(name)
    if field is None:
        return None
    required, required_if = _required(form, field.required, names)
    return Ask(
        field=name,
        required=required,
        required_if=required_if,
        condition=names.condition(form.scalar("if")),
    )


def _required(form: Form, default: bool, names: Names) -> tuple[bool, Expression | None]:
    """Yes, no, or the condition under which the answer must be given."""
    written = form.scalar("required")
    if written is None or written.text.strip().casefold() in YES | NO:
        return form.boolean("required", default=default), None
    return False, names.condition(written)


def compile_items(form: Form, names: Names) -> tuple[CheckItem, ...]:
    """A checklist; items are known by their place, so that their wording may be corrected."""
    found: list[CheckItem] = []
    for number, node in enumerate(form.items("do"), start=1):
        if isinstance(node, Scalar):
            found.append(CheckItem(key=str(number), text=node.text.strip()))
            continue
        inner = open_form(node, names.problems, sections.ITEM)
        if inner is not None:
            found.append(
                CheckItem(
                    key=str(number),
                    text=inner.text("item"),
                    optional=inner.boolean("optional"),
                )
            )
    return tuple(found)


def compile_scripts(form: Form, names: Names) -> tuple[str, ...]:
    return tuple(
        names.resolve(scalar, names.scripts, Code.UNKNOWN_SCRIPT) for scalar in form.scalars("say")
    )


def compile_send(form: Form, names: Names, key: str = "send") -> Send | None:
    node = form.get(key)
    if node is None:
        return None
    if isinstance(node, Scalar):
        return Send(message=names.message(node))
    inner = open_form(node, names.problems, sections.MESSAGE_SENT)
    message = inner.scalar("message") if inner is not None else None
    if inner is None or message is None:
        return None
    return Send(
        message=names.message(message),
        to=names.expression(inner.scalar("to"), t.TEXT),
        via=inner.one_of("via", {medium: medium for medium in sections.MEDIA}),
    )


def compile_set(form: Form, names: Names) -> tuple[tuple[str, Expression], ...]:
    """Fields and the values they get."""
    found: list[tuple[str, Expression]] = []
    for key, node in form.entries("set"):
        field = names.fields.get(names.field(key))
        scalar = as_scalar(node, form.problems)
        if field is None or scalar is None:
            continue
        value = names.expression(scalar, type_of(field))
        if value is not None:
            found.append((key.text, value))
    return tuple(found)
