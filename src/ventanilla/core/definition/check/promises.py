"""Promises that do not hold everywhere: no limit here, another start there, none on some way."""

import re
from collections.abc import Iterator, Mapping

from ventanilla.core.businesstime import Span, Unit
from ventanilla.core.definition.check.graph import Graph
from ventanilla.core.definition.check.parts import all_spans, step_sends
from ventanilla.core.definition.check.places import Places
from ventanilla.core.definition.check.titles import plain
from ventanilla.core.definition.model import (
    MAIN_TRACK,
    Deadline,
    Event,
    EventKind,
    Pack,
    Procedure,
    Step,
    StepKind,
)
from ventanilla.core.definition.nodes import Mark
from ventanilla.core.definition.problems import Code, Problems

WORDS_OF_AN_ACTIVITY = 4
"""A shorter title, such as “Responder”, is not taken for the same activity elsewhere."""

_AT_STEPS = frozenset({EventKind.ENTERED, EventKind.DONE, EventKind.SENT})


def check_same_activities(pack: Pack, places: Mapping[str, Places], problems: Problems) -> None:
    """Tell activities of one name with and without a limit, or owed by different roles."""
    steps: dict[str, tuple[Procedure, Step]] = {}
    for code, procedure in pack.procedures.items():
        for step in procedure.steps.values():
            title = plain(step.title)
            if step.kind is not StepKind.TASK or len(title.split()) < WORDS_OF_AN_ACTIVITY:
                continue
            other, theirs = steps.setdefault(title, (procedure, step))
            if theirs is step:
                continue
            mark = places[code].step(step)
            limit, their_limit = _limit(procedure, step), _limit(other, theirs)
            if (limit is None) != (their_limit is None):
                within = str(limit or their_limit)
                params = {"title": step.title, "within": within, "other": other.code}
                problems.add(Code.LIMIT_MISSING, mark, **params)
            if other is procedure:
                continue
            if step.who is not None and theirs.who is not None and step.who != theirs.who:
                params = {"title": step.title, "role": step.who.role, "other": other.code}
                problems.add(Code.WHO_DIFFERS, mark, **params, theirs=theirs.who.role)


def _limit(procedure: Procedure, step: Step) -> Span | None:
    deadline = procedure.deadlines.get(step.name)
    return deadline.within if deadline is not None and deadline.step == step.name else None


def check_starts(pack: Pack, places: Mapping[str, Places], problems: Problems) -> None:
    """Tell promises of one name and one length that are counted from different moments."""
    first: dict[str, tuple[str, Deadline]] = {}
    for code, procedure in pack.procedures.items():
        for deadline in procedure.deadlines.values():
            if deadline.step is not None:
                continue
            other, theirs = first.setdefault(plain(deadline.title), (code, deadline))
            if deadline.within == theirs.within and _moments(deadline) != _moments(theirs):
                problems.add(
                    Code.STARTS_DIFFER,
                    places[code].at("deadlines", deadline.name, "from"),
                    title=deadline.title,
                    within=str(deadline.within),
                    other=f"{other}: {theirs.name}",
                )


def _moments(deadline: Deadline) -> frozenset[EventKind]:
    return frozenset(trigger.on.kind for trigger in deadline.starts)


# --- on every way --------------------------------------------------------------------------------


def check_every_way(graph: Graph, places: Places, problems: Problems) -> None:
    """Tell promises of something that also happens on a way on which no clock for it begins."""
    procedure = graph.procedure
    for event, deadlines in _by_stop(procedure).items():
        triggers = [trigger for one in deadlines for trigger in one.starts]
        starts = {trigger.on for trigger in triggers}
        if any(one.condition for one in triggers) or any(
            one.kind not in _AT_STEPS for one in starts
        ):
            continue  # the author has told the ways apart, or the clock may begin anywhere
        ends = _steps_of(procedure, event)
        through = frozenset(step for start in starts for step in _steps_of(procedure, start))
        way = _way_around(graph, through, ends - through)
        if way and through:
            mark = places.at("deadlines", deadlines[0].name, "from")
            words = f"{event.kind} {event.subject}"
            problems.add(Code.NOT_ON_EVERY_WAY, mark, event=words, names=", ".join(way))


def _by_stop(procedure: Procedure) -> Mapping[Event, list[Deadline]]:
    found: dict[Event, list[Deadline]] = {}
    for deadline in procedure.deadlines.values():
        if deadline.step is None and deadline.since is None:
            for trigger in deadline.stops:
                if trigger.on.kind in _AT_STEPS and trigger.condition is None:
                    found.setdefault(trigger.on, []).append(deadline)
    return found


def _steps_of(procedure: Procedure, event: Event) -> frozenset[str]:
    """The steps of the main track at which the event happens."""
    return frozenset(
        name
        for name, step in procedure.steps.items()
        if step.track == MAIN_TRACK
        and (
            any(send.message == event.subject for send in step_sends(step))
            if event.kind is EventKind.SENT
            else name == event.subject
        )
    )


def _way_around(graph: Graph, through: frozenset[str], ends: frozenset[str]) -> tuple[str, ...]:
    """A way from the first step to one of the ends past none of the others, or nothing."""
    first = graph.procedure.tracks[MAIN_TRACK].first
    ways: list[tuple[str, ...]] = [(first,)]
    seen = {first}
    while ways:
        way = ways.pop(0)
        if way[-1] in through:
            continue
        if way[-1] in ends:
            return way
        for name in graph.after(way[-1]):
            if name not in seen:
                seen.add(name)
                ways.append((*way, name))
    return ()


# --- in words ------------------------------------------------------------------------------------

_UNITS: Mapping[str, Unit] = {
    "minuto": Unit.MINUTE,
    "hora": Unit.HOUR,
    "dia": Unit.DAY,
    "semana": Unit.WEEK,
    "mes": Unit.MONTH,
}
_BUSINESS: Mapping[Unit, Unit] = {
    Unit.MINUTE: Unit.BUSINESS_MINUTE,
    Unit.HOUR: Unit.BUSINESS_HOUR,
    Unit.DAY: Unit.BUSINESS_DAY,
}
_PROMISE = re.compile(
    r"(?:dentro de|plazo(?: maximo)? de|maximo(?: de)?|a mas tardar en|no mas de)"
    r"(?: (?:las|los|unas|unos))? (\d{1,3}) "
    r"(minuto|hora|dia|semana|mes)(?:e?s)?( habiles| laborables)?"
)


def check_spoken(
    procedure: Procedure, places: Places, messages: Mapping[str, Mark], problems: Problems
) -> None:
    """Tell times that a text promises and no clock of the procedure keeps."""
    kept = {_length(span) for span in all_spans(procedure)}
    for name, words, mark in _spoken(procedure, places, messages):
        for said, span in promises_in(words):
            if kept and _length(span) not in kept:
                problems.add(Code.SPOKEN_NOT_KEPT, mark, name=name, said=said)


def promises_in(words: str) -> Iterator[tuple[str, Span]]:
    """The times that a text in Spanish promises, each as it is said."""
    for found in _PROMISE.finditer(plain(words)):
        unit = _UNITS[found[2]]
        if found[3]:
            unit = _BUSINESS.get(unit, unit)
        yield found[0], Span(amount=int(found[1]), unit=unit)


def _spoken(
    procedure: Procedure, places: Places, messages: Mapping[str, Mark]
) -> Iterator[tuple[str, str, Mark]]:
    for name, script in procedure.scripts.items():
        for text in script.texts.values():
            yield name, text.wording, places.at("scripts", name)
    for name, message in procedure.messages.items():
        yield name, message.body.wording, messages[name]


def _length(span: Span) -> tuple[str, int]:
    """Spans of one length by one name."""
    minutes = {Unit.MINUTE: 1, Unit.HOUR: 60, Unit.DAY: 1440, Unit.WEEK: 10080}
    if span.unit in minutes:
        return ("minutes", span.amount * minutes[span.unit])
    return (str(span.unit), span.amount)
