"""What must be so: an ``expect`` taken apart into single expectations, each with its line."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime

from ventanilla.core.definition.compile.shape import (
    YES,
    as_scalar,
    entries_of,
    open_form,
)
from ventanilla.core.definition.nodes import Mapping as MappingNode
from ventanilla.core.definition.nodes import Node, Scalar
from ventanilla.core.definition.problems import Code
from ventanilla.core.engine.commands import RefusalCode
from ventanilla.core.engine.figures import Weighed
from ventanilla.core.engine.state import TrackStatus
from ventanilla.core.engine.timely_state import Mark as ItemMark
from ventanilla.core.engine.timely_state import Meeting
from ventanilla.core.scenarios import sections
from ventanilla.core.scenarios.context import Context, texts
from ventanilla.core.scenarios.model import (
    NOT_BREACHED,
    Aspect,
    Clock,
    Expectation,
    ListState,
    Repeats,
)
from ventanilla.core.scenarios.reading_outside import read_answered, read_opened
from ventanilla.core.scenarios.reading_party import read_party_expected, truth, word

Read = Callable[[Node, Context], Iterator[Expectation]]

UNKNOWN_INSTANT = "unknown"
"""What an author writes for the limit of a clock that runs past the calendar's horizon."""


def read_expectations(node: Node | None, context: Context) -> tuple[Expectation, ...]:
    """The single expectations in written order."""
    form = open_form(node, context.problems, sections.EXPECT)
    if form is None:
        return ()
    return tuple(
        expectation
        for key, value in form.node.entries
        if key.text in _EXPECTS
        for expectation in _EXPECTS[key.text](value, context)
    )


# --- steps and people ----------------------------------------------------------------------------


def _at(node: Node, context: Context) -> Iterator[Expectation]:
    steps = context.procedure.steps
    found = texts(node, context.problems)
    names = tuple(sorted(context.known(Code.UNKNOWN_STEP, one, steps) for one in found))
    yield Expectation(aspect=Aspect.AT, wanted=names, mark=node.mark)


def _tasks(node: Node, context: Context) -> Iterator[Expectation]:
    """``[STEP, …]``, or ``{STEP: whose}`` where whose is a role or a login."""
    steps = context.procedure.steps
    owners = node.entries if isinstance(node, MappingNode) else ()
    found = [key for key, _ in owners] if owners else texts(node, context.problems)
    names = tuple(sorted(context.known(Code.UNKNOWN_STEP, one, steps) for one in found))
    yield Expectation(aspect=Aspect.TASKS, wanted=names, mark=node.mark)
    for key, value in owners:
        owner = as_scalar(value, context.problems)
        if owner is not None:
            whose = context.known(Code.UNKNOWN_PERSON, owner, context.people)
            yield Expectation(aspect=Aspect.OWNER, subject=key.text, wanted=whose, mark=owner.mark)


def _tracks(node: Node, context: Context) -> Iterator[Expectation]:
    states = ("none", *(str(status) for status in TrackStatus))
    for key, value in entries_of(node, context.problems):
        track = context.known(Code.UNKNOWN_TRACK, key, context.procedure.tracks)
        status = word(value, states, context)
        yield Expectation(aspect=Aspect.TRACK, subject=track, wanted=status, mark=key.mark)


def _may(node: Node, context: Context) -> Iterator[Expectation]:
    yield from _named(node, context, Aspect.MAY, wanted=True)


def _may_not(node: Node, context: Context) -> Iterator[Expectation]:
    yield from _named(node, context, Aspect.MAY, wanted=False)


def _named(node: Node, context: Context, aspect: Aspect, *, wanted: bool) -> Iterator[Expectation]:
    code, listed = _NAMES[aspect](context)
    names = tuple(listed)
    for found in texts(node, context.problems):
        name = context.known(code, found, names)
        yield Expectation(aspect=aspect, subject=name, wanted=wanted, mark=found.mark)


# --- data ----------------------------------------------------------------------------------------


def _fields(node: Node, context: Context) -> Iterator[Expectation]:
    fields = context.procedure.fields
    for key, value in entries_of(node, context.problems):
        name = context.known(Code.UNKNOWN_FIELD, key, fields)
        if name in fields:
            wanted = context.readable(fields[name], value)
            yield Expectation(aspect=Aspect.FIELD, subject=name, wanted=wanted, mark=key.mark)


def _decided(node: Node, context: Context) -> Iterator[Expectation]:
    tables = context.procedure.tables
    for key, value in entries_of(node, context.problems):
        name = context.known(Code.UNKNOWN_TABLE, key, tables)
        rows = tuple(found.text.strip() for found in texts(value, context.problems))
        yield Expectation(aspect=Aspect.DECIDED, subject=name, wanted=rows, mark=key.mark)


# --- time ----------------------------------------------------------------------------------------


def _deadlines(node: Node, context: Context) -> Iterator[Expectation]:
    """``NAME: instant``, ``NAME: state``, or ``NAME: {due: instant, state: state}``."""
    for key, value in entries_of(node, context.problems):
        name = context.known(Code.UNKNOWN_DEADLINE, key, context.procedure.deadlines)
        if isinstance(value, MappingNode):
            open_form(value, context.problems, sections.DUE)
            parts = value.entries
        else:
            parts = ((Scalar(text="", mark=key.mark), value),)
        for part, written in parts:
            yield from _deadline(name, part, as_scalar(written, context.problems), context)


def _deadline(
    name: str, part: Scalar, written: Scalar | None, context: Context
) -> Iterator[Expectation]:
    if written is None:
        return
    if written.text in set(Clock) and part.text != "due":
        clocks = (Clock(written.text),)
        yield Expectation(aspect=Aspect.CLOCK, subject=name, wanted=clocks, mark=part.mark)
    elif part.text == "state":
        word(written, tuple(Clock), context)
    else:
        due = _due(written, context)
        yield Expectation(aspect=Aspect.DUE, subject=name, wanted=due, mark=part.mark)


def _due(written: Scalar, context: Context) -> datetime | None:
    return None if written.text == UNKNOWN_INSTANT else context.instant(written)


def _clock(*wanted: Clock) -> Read:
    def read(node: Node, context: Context) -> Iterator[Expectation]:
        for found in texts(node, context.problems):
            name = context.known(Code.UNKNOWN_DEADLINE, found, context.procedure.deadlines)
            yield Expectation(aspect=Aspect.CLOCK, subject=name, wanted=wanted, mark=found.mark)

    return read


def _alarms(node: Node, context: Context) -> Iterator[Expectation]:
    yield from _named(node, context, Aspect.ALARM, wanted=True)


def _alarm_names(context: Context) -> Iterable[str]:
    for deadline in context.procedure.deadlines.values():
        for alarm in deadline.alarms:
            yield f"{deadline.name}.{alarm.name}"


def _not_alarms(node: Node, context: Context) -> Iterator[Expectation]:
    yield from _named(node, context, Aspect.ALARM, wanted=False)


def _schedules(node: Node, context: Context) -> Iterator[Expectation]:
    """``NAME: state``, or ``NAME: instant`` for when it comes next."""
    for key, value in entries_of(node, context.problems):
        name = context.known(Code.UNKNOWN_SCHEDULE, key, context.procedure.schedules)
        written = as_scalar(value, context.problems)
        if written is None:
            continue
        if written.text in set(Repeats):
            aspect, wanted = Aspect.SCHEDULE, Repeats(written.text)
            yield Expectation(aspect=aspect, subject=name, wanted=wanted, mark=key.mark)
        else:
            at = context.instant(written)
            yield Expectation(aspect=Aspect.NEXT, subject=name, wanted=at, mark=key.mark)


def _checklists(node: Node, context: Context) -> Iterator[Expectation]:
    """``NAME: state``, or ``NAME: {ITEM: mark}``."""
    checklists = context.procedure.checklists
    for key, value in entries_of(node, context.problems):
        name = context.known(Code.UNKNOWN_CHECKLIST, key, checklists)
        if isinstance(value, MappingNode):
            items = {item.key for item in checklists[name].items} if name in checklists else ()
            for item, mark in value.entries:
                one = context.known(Code.EXPECTED_ONE_OF, item, tuple(items))
                wanted = word(mark, ("none", *ItemMark), context)
                subject = f"{name}.{one}"
                yield Expectation(
                    aspect=Aspect.ITEM, subject=subject, wanted=wanted, mark=item.mark
                )
        else:
            state = word(value, tuple(ListState), context)
            yield Expectation(aspect=Aspect.LIST, subject=name, wanted=state, mark=key.mark)


def _appointments(node: Node, context: Context) -> Iterator[Expectation]:
    for key, value in entries_of(node, context.problems):
        name = context.known(Code.UNKNOWN_APPOINTMENT, key, context.procedure.appointments)
        state = word(value, ("none", *Meeting), context)
        yield Expectation(aspect=Aspect.APPOINTMENT, subject=name, wanted=state, mark=key.mark)


def _indicators(node: Node, context: Context) -> Iterator[Expectation]:
    for key, value in entries_of(node, context.problems):
        name = context.known(Code.EXPECTED_ONE_OF, key, context.procedure.indicators)
        weighed = word(value, tuple(Weighed), context)
        yield Expectation(aspect=Aspect.INDICATOR, subject=name, wanted=weighed, mark=key.mark)


def _entries(node: Node, context: Context) -> Iterator[Expectation]:
    yield from _named(node, context, Aspect.ENTRY, wanted=True)


def _codes(context: Context) -> Iterable[str]:
    procedure = context.procedure
    for action in procedure.actions.values():
        if action.entry is not None:
            yield from (row.code for row in procedure.catalogues[action.entry.catalogue].rows)


# --- words ---------------------------------------------------------------------------------------


def _sent(node: Node, context: Context) -> Iterator[Expectation]:
    """``[MESSAGE, …]``, ``{MESSAGE: recipient}`` or ``{MESSAGE: {to, via, subject, body, …}}``."""
    if not isinstance(node, MappingNode):
        yield from _named(node, context, Aspect.SENT, wanted=True)
        return
    for key, value in node.entries:
        name = context.known(Code.UNKNOWN_MESSAGE, key, context.procedure.messages)
        yield Expectation(aspect=Aspect.SENT, subject=name, wanted=True, mark=key.mark)
        if isinstance(value, MappingNode):
            yield from _message(name, value, context)
        elif (to := as_scalar(value, context.problems)) is not None and to.text:
            yield Expectation(aspect=Aspect.SENT_TO, subject=name, wanted=to.text, mark=key.mark)


def _message(name: str, node: MappingNode, context: Context) -> Iterator[Expectation]:
    form = open_form(node, context.problems, sections.MESSAGE)
    if form is None:
        return
    for key in ("to", "via"):
        if form.has(key):
            yield Expectation(
                aspect=Aspect(key), subject=name, wanted=form.text(key), mark=form.mark_of(key)
            )
    for key in ("subject", "body"):
        for fragment in texts(form.get(key) or node, context.problems) if form.has(key) else ():
            yield Expectation(
                aspect=Aspect(key), subject=name, wanted=fragment.text, mark=fragment.mark
            )
    if form.has("times"):
        times = form.integer("times", 1)
        mark = form.mark_of("times")
        yield Expectation(aspect=Aspect.SENT_TIMES, subject=name, wanted=times, mark=mark)
    if form.has("by"):
        by = form.one_of("by", {"person": "person", "system": "system"})
        yield Expectation(aspect=Aspect.SENT_BY, subject=name, wanted=by, mark=form.mark_of("by"))
    if form.has("adapted"):
        adapted, mark = form.boolean("adapted"), form.mark_of("adapted")
        yield Expectation(aspect=Aspect.SENT_ADAPTED, subject=name, wanted=adapted, mark=mark)


def _not_sent(node: Node, context: Context) -> Iterator[Expectation]:
    yield from _named(node, context, Aspect.SENT, wanted=False)


def _impossible(node: Node, context: Context) -> Iterator[Expectation]:
    yield from _named(node, context, Aspect.IMPOSSIBLE, wanted=True)


def _said(node: Node, context: Context) -> Iterator[Expectation]:
    """``[SCRIPT, …]``, or ``{SCRIPT: fragment}`` with one fragment or a list of them."""
    if not isinstance(node, MappingNode):
        for found in texts(node, context.problems):
            name = context.known(Code.UNKNOWN_SCRIPT, found, context.procedure.scripts)
            yield Expectation(aspect=Aspect.SAID, subject=name, wanted="", mark=found.mark)
        return
    for key, value in node.entries:
        name = context.known(Code.UNKNOWN_SCRIPT, key, context.procedure.scripts)
        for fragment in texts(value, context.problems):
            yield Expectation(
                aspect=Aspect.SAID, subject=name, wanted=fragment.text, mark=fragment.mark
            )


def _not_said(node: Node, context: Context) -> Iterator[Expectation]:
    for found in texts(node, context.problems):
        name = context.known(Code.UNKNOWN_SCRIPT, found, context.procedure.scripts)
        yield Expectation(aspect=Aspect.SAID, subject=name, wanted=None, mark=found.mark)


# --- the end, and being turned down --------------------------------------------------------------


def _closed(node: Node, context: Context) -> Iterator[Expectation]:
    """A result, or ``true`` for any."""
    found = as_scalar(node, context.problems)
    if found is None:
        return
    yield Expectation(aspect=Aspect.OPEN, wanted=False, mark=found.mark)
    if found.text.casefold() not in YES:
        results = (*context.procedure.results, "cancelled")
        result = word(found, results, context)
        yield Expectation(aspect=Aspect.RESULT, wanted=result, mark=found.mark)


def _open(node: Node, context: Context) -> Iterator[Expectation]:
    yield Expectation(aspect=Aspect.OPEN, wanted=truth(node, context), mark=node.mark)


def _refused(node: Node, context: Context) -> Iterator[Expectation]:
    """A code, or ``{code, datum}``; the step just before must have been turned down."""
    codes = tuple(str(code) for code in RefusalCode)
    if not isinstance(node, MappingNode):
        code = word(node, codes, context)
        yield Expectation(aspect=Aspect.REFUSED, wanted=code, mark=node.mark)
        return
    form = open_form(node, context.problems, sections.REFUSED)
    found = form.get("code") if form else None
    if form is None or found is None:
        return
    code = word(found, codes, context)
    yield Expectation(aspect=Aspect.REFUSED, wanted=code, mark=form.mark_of("code"))
    if form.has("datum"):
        datum, mark = form.text("datum"), form.mark_of("datum")
        yield Expectation(aspect=Aspect.DATUM, wanted=datum, mark=mark)


_NAMES: Mapping[Aspect, Callable[[Context], tuple[Code, Iterable[str]]]] = {
    Aspect.MAY: lambda context: (Code.UNKNOWN_ACTION, context.procedure.actions),
    Aspect.SENT: lambda context: (Code.UNKNOWN_MESSAGE, context.procedure.messages),
    Aspect.IMPOSSIBLE: lambda context: (Code.UNKNOWN_MESSAGE, context.procedure.messages),
    Aspect.ENTRY: lambda context: (Code.UNKNOWN_ENTRY, _codes(context)),
    Aspect.ALARM: lambda context: (Code.UNKNOWN_ALARM, _alarm_names(context)),
}

_EXPECTS: Mapping[str, Read] = {
    "at": _at,
    "tasks": _tasks,
    "tracks": _tracks,
    "fields": _fields,
    "party": read_party_expected,
    "decided": _decided,
    "opened": read_opened,
    "answered": read_answered,
    "deadlines": _deadlines,
    "running": _clock(Clock.RUNNING),
    "late": _clock(Clock.LATE, Clock.MET_LATE),
    "met": _clock(Clock.MET),
    "not_breached": _clock(*NOT_BREACHED),
    "alarms": _alarms,
    "not_alarms": _not_alarms,
    "schedules": _schedules,
    "checklists": _checklists,
    "appointments": _appointments,
    "indicators": _indicators,
    "entries": _entries,
    "sent": _sent,
    "not_sent": _not_sent,
    "impossible": _impossible,
    "said": _said,
    "not_said": _not_said,
    "may": _may,
    "may_not": _may_not,
    "open": _open,
    "closed": _closed,
    "refused": _refused,
}
EXPECTATIONS = tuple(_EXPECTS)
"""The words an ``expect`` understands."""
