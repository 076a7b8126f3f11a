"""Deadlines and their alarms."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ventanilla.core.businesstime import Span
from ventanilla.core.definition.compile import events, sections
from ventanilla.core.definition.compile.names import Names
from ventanilla.core.definition.compile.organization import known_rule
from ventanilla.core.definition.compile.shape import Form, as_span, is_name, open_form
from ventanilla.core.definition.compile.steps import Within
from ventanilla.core.definition.expressions import Expression, Kind
from ventanilla.core.definition.expressions import types as t
from ventanilla.core.definition.model import (
    Alarm,
    Deadline,
    Event,
    EventKind,
    Extend,
    FieldType,
    Side,
    Suspend,
    Trigger,
    Who,
)
from ventanilla.core.definition.nodes import Mapping, Node, Scalar
from ventanilla.core.definition.problems import Code, Problems

_DAYS = frozenset({Kind.DATE, Kind.DATETIME})
_SHARE = re.compile(r"at\s+(\d{1,3})\s*%")
_BETWEEN = re.compile(r"\s*(\d{1,7})\s*\.\.\s*(\d{1,7})\s+(\S.*)")
_BESIDE = re.compile(r"(.+)\s+(before|after)")


def compile_deadline(key: Scalar, node: Node, owner: str, names: Names) -> Deadline | None:
    form = open_form(node, names.problems, sections.DEADLINE)
    term = compile_term(form.get("within"), names) if form is not None else None
    if form is None or term is None:
        return None
    return Deadline(
        name=key.text,
        title=form.text("title") or key.text.replace("_", " ").capitalize(),
        starts=events.compile_triggers(form, "from", names),
        stops=events.compile_triggers(form, "until", names),
        within=term.span,
        earliest=term.earliest,
        agreement=term.agreement,
        term=term.value,
        calendar=_calendar(form, names),
        rule=known_rule(form.scalar("rule"), names.problems),
        restart=form.boolean("restart"),
        drops=events.compile_triggers(form, "cancel", names),
        since=_since(form, names),
        alarms=_alarms(form, owner, names),
        cites=form.text("cites"),
        waits=tuple(names.step(scalar) for scalar in form.scalars("waits")),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """The time given: what was agreed with the party, else a value, else a span."""

    span: Span
    earliest: Span | None = None
    agreement: str | None = None
    value: Expression | None = None


def compile_term(node: Node | None, names: Names) -> Term | None:
    """``within``: a span alone, or what goes before it."""
    if node is None:
        return None
    if isinstance(node, Scalar):
        return _plain_term(node, names.problems)
    form = open_form(node, names.problems, sections.TERM)
    span = form.span("else") if form is not None else None
    if form is None or span is None:
        return None
    return Term(
        span=span,
        agreement=_agreement(form.scalar("agreement"), names),
        value=names.expression(form.scalar("value"), t.DURATION),
    )


def _plain_term(node: Scalar, problems: Problems) -> Term | None:
    """A span alone, or ``2..15 days``: promised for no earlier than, and by."""
    found = _BETWEEN.fullmatch(node.text)
    if found is None:
        plain = as_span(node, problems)
        return None if plain is None else Term(span=plain)
    low, high = (
        as_span(Scalar(text=f"{amount} {found[3]}", mark=node.mark), problems)
        for amount in (found[1], found[2])
    )
    if low is None or high is None:
        return None
    if low.amount >= high.amount:
        problems.add(Code.BAD_SPAN, node.mark, found=node.text[:40], near="")
    return Term(span=high, earliest=low)


def _agreement(scalar: Scalar | None, names: Names) -> str | None:
    """An agreement about a duration."""
    if scalar is None:
        return None
    agreements = names.shared.party.agreements
    name = names.resolve(scalar, agreements, Code.UNKNOWN_AGREEMENT)
    if name in agreements and agreements[name].field.type is not FieldType.DURATION:
        names.problems.add(
            Code.EXPRESSION_WRONG_TYPE,
            scalar.mark,
            expected=t.DURATION.describe(),
            found=str(agreements[name].field.type),
        )
    return name


def compile_suspend(form: Form, names: Names) -> Suspend | None:
    """``suspend`` of an action: a deadline, from when, and where its reason is asked."""
    inner = open_form(form.get("suspend"), names.problems, sections.SUSPEND)
    scalar = inner.scalar("deadline") if inner is not None else None
    if inner is None or scalar is None:
        return None
    return Suspend(
        deadline=names.resolve(scalar, names.deadlines, Code.UNKNOWN_DEADLINE),
        since=_day_or_instant(inner.scalar("from"), names),
        reason=names.expression(inner.scalar("reason"), t.TEXT),
    )


def compile_resume(form: Form, names: Names) -> str | None:
    scalar = form.scalar("resume")
    if scalar is None:
        return None
    return names.resolve(scalar, names.deadlines, Code.UNKNOWN_DEADLINE)


def compile_extend(form: Form, names: Names) -> Extend | None:
    """``extend`` of an action: a deadline, by how much, how often and how far in all."""
    inner = open_form(form.get("extend"), names.problems, sections.EXTEND)
    scalar = inner.scalar("deadline") if inner is not None else None
    span = inner.span("by") if inner is not None else None
    if inner is None or scalar is None or span is None:
        return None
    return Extend(
        deadline=names.resolve(scalar, names.deadlines, Code.UNKNOWN_DEADLINE),
        by=span,
        times=inner.integer("times", 1, least=1, most=100) if inner.has("times") else None,
        percent=inner.integer("percent", 100, least=1, most=1000) if inner.has("percent") else None,
        reason=names.expression(inner.scalar("reason"), t.TEXT),
    )


def _since(form: Form, names: Names) -> Expression | None:
    """The instant or date that the limit is counted from."""
    return _day_or_instant(form.scalar("since"), names)


def _day_or_instant(scalar: Scalar | None, names: Names) -> Expression | None:
    found = names.expression(scalar)
    if scalar is not None and found is not None and found.type.kind not in _DAYS:
        kind = found.type.describe()
        names.problems.add(
            Code.EXPRESSION_WRONG_TYPE, scalar.mark, expected="date / datetime", found=kind
        )
        return None
    return found


def deadline_of_step(limit: Within, names: Names) -> Deadline | None:
    """What ``within`` on a step stands for: from entering the step until it is done."""
    term = compile_term(limit.written, names)
    if term is None:
        return None
    return Deadline(
        name=limit.step,
        title=limit.title,
        starts=(Trigger(on=Event(EventKind.ENTERED, limit.step)),),
        stops=(Trigger(on=Event(EventKind.DONE, limit.step)),),
        within=term.span,
        earliest=term.earliest,
        agreement=term.agreement,
        term=term.value,
        step=limit.step,
    )


def promises_of(entries: Iterable[tuple[Scalar, Node]]) -> frozenset[str]:
    """The names under which a ``within`` has an earliest time too."""
    found = ((key.text, node.get("within")) for key, node in entries if isinstance(node, Mapping))
    return frozenset(
        name
        for name, within in found
        if isinstance(within, Scalar) and _BETWEEN.fullmatch(within.text)
    )


def alarm_names(node: Node) -> tuple[str, ...]:
    """The names of the alarms a deadline writes, told before anything else is read."""
    listed = node.get("alarms") if isinstance(node, Mapping) else None
    if listed is None or isinstance(listed, Scalar):
        return ()
    items = (listed,) if isinstance(listed, Mapping) else listed.items
    return tuple(_alarm_name(item, number) for number, item in enumerate(items, start=1))


def _alarm_name(node: Node, number: int) -> str:
    written = node.get("name") if isinstance(node, Mapping) else None
    if isinstance(written, Scalar) and is_name(written.text):
        return written.text
    return f"alarm{number}"


def _calendar(form: Form, names: Names) -> str | None:
    scalar = form.scalar("calendar")
    if scalar is None:
        return None
    return names.resolve(scalar, names.shared.calendar_names, Code.UNKNOWN_CALENDAR)


def _alarms(form: Form, owner: str, names: Names) -> tuple[Alarm, ...]:
    found: dict[str, Alarm] = {}
    for number, node in enumerate(form.items("alarms"), start=1):
        inner = open_form(node, names.problems, sections.ALARM)
        at = inner.scalar("at") if inner is not None else None
        if inner is None or at is None:
            continue
        name = inner.scalar("name")
        if name is not None and not is_name(name.text):
            form.problems.add(Code.BAD_NAME, name.mark, name=name.text[:40])
        alarm = _alarm(_alarm_name(node, number), at, _to(inner, owner, names), inner.text("say"))
        if alarm is None:
            names.problems.add(Code.ALARM_AT, at.mark, found=at.text[:40])
            continue
        if alarm.name in found:
            names.problems.add(Code.REPEATED, inner.mark, name=alarm.name)
        found[alarm.name] = alarm
    return tuple(found.values())


def _to(form: Form, owner: str, names: Names) -> Who | None:
    node = form.get("to")
    return events.compile_who(node, names, owner) if node is not None else None


def _alarm(name: str, at: Scalar, to: Who | None, say: str) -> Alarm | None:
    text = at.text.strip()
    share = _SHARE.fullmatch(text)
    if share is not None and 0 < int(share[1]) <= 100:
        return Alarm(name=name, side=Side.SHARE, percent=int(share[1]), to=to, say=say)
    beside = _BESIDE.fullmatch(text)
    span = _span(at, beside[1]) if beside is not None else None
    if beside is None or span is None:
        return None
    return Alarm(name=name, side=Side(beside[2]), span=span, to=to, say=say)


def _span(at: Scalar, text: str) -> Span | None:
    return as_span(Scalar(text=text, mark=at.mark), Problems())
