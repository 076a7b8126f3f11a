"""What was done in a scenario and what came of it, as lines that a person can follow."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime, tzinfo
from enum import StrEnum
from typing import Any, TypeAlias

from ventanilla.core.businesstime import Span
from ventanilla.core.definition.expressions import Entry as Row
from ventanilla.core.definition.expressions import GeoPoint, Identity, Person
from ventanilla.core.engine import facts as f
from ventanilla.core.engine.commands import Performer, Refused

NOTHING = "—"
LONGEST = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalEntry:
    """One command of a scenario: when, by whom, and what came of it."""

    command: str
    subject: str
    by: Performer
    happened_at: datetime
    recorded_at: datetime
    facts: tuple[f.Fact, ...] = ()
    refused: Refused | None = None


Journal: TypeAlias = tuple[JournalEntry, ...]


def tell(journal: Journal, zone: tzinfo) -> tuple[str, ...]:
    """The journal as lines: one for each entry, and one, indented, for each fact."""
    lines: list[str] = []
    for entry in journal:
        lines.append(_head(entry, zone))
        if entry.refused is not None:
            lines.append(f"    refused {tell_refusal(entry.refused)}")
        lines += [f"    {tell_fact(fact, zone)}" for fact in entry.facts]
    return tuple(lines)


def _head(entry: JournalEntry, zone: tzinfo) -> str:
    happened = ""
    if entry.happened_at != entry.recorded_at:
        happened = f" (happened {show(entry.happened_at, zone)})"
    what = " ".join(part for part in (entry.command, entry.subject) if part)
    return f"{show(entry.recorded_at, zone)}  {what}{happened}  by {entry.by.id or entry.by.kind}"


def tell_refusal(refused: Refused) -> str:
    """A refusal in one line: code, datum and parameters."""
    params = [f"{name}={value}" for name, value in refused.params.items()]
    return " ".join([str(refused.code), *filter(None, [refused.datum]), *params])


def tell_fact(fact: f.Fact, zone: tzinfo) -> str:
    """A fact in one line."""
    words = _TOLD.get(type(fact))
    if words is not None:
        return words(fact, zone)
    parts = [
        f"{one.name}={show(getattr(fact, one.name), zone)}"
        for one in fields(fact)
        if getattr(fact, one.name) not in ("", (), None)
    ]
    return " ".join([type(fact).__name__, *parts])


def show(value: Any, zone: tzinfo, longest: int = LONGEST) -> str:
    """A value as an author would write it, in local time; long texts are cut."""
    match value:
        case None | "" | ():
            return NOTHING
        case bool():
            return "true" if value else "false"
        case datetime():
            return value.astimezone(zone).isoformat(timespec="minutes" if _whole(value) else "auto")
        case StrEnum() | Span():
            return str(value)
        case Identity():
            return f"{value.kind}:{value.number}"
        case Person():
            return value.key
        case GeoPoint():
            return f"{value.latitude},{value.longitude}"
        case Row():
            return show(dict(value.cells), zone)
        case tuple():
            return ", ".join(show(one, zone) for one in value)
        case Mapping():
            return "{" + ", ".join(f"{k}: {show(v, zone)}" for k, v in value.items()) + "}"
        case _:
            return _short(str(value), longest)


def _whole(moment: datetime) -> bool:
    return not moment.second and not moment.microsecond


def _short(text: str, longest: int = LONGEST) -> str:
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


_TOLD: Mapping[type[Any], Callable[[Any, tzinfo], str]] = {
    f.Opened: lambda fact, zone: f"opened by {fact.channel} at office {fact.office}",
    f.PartyLinked: lambda fact, zone: f"party {fact.party.ref} ({fact.party.lifecycle or NOTHING})",
    f.PartyRecorded: lambda fact, zone: (
        f"recorded party {fact.ref}: {show(fact.attributes, zone)} {fact.lifecycle}".rstrip()
    ),
    f.Entrusted: lambda fact, zone: f"party {fact.ref} entrusted to {show(fact.executive, zone)}",
    f.ActivityCounted: lambda fact, zone: (
        f"party {fact.ref} took part in {fact.kind} on {show(fact.on, zone)}"
    ),
    f.FieldsSet: lambda fact, zone: f"set {show(fact.values, zone)}",
    f.Corrected: lambda fact, zone: f"corrected {show(fact.values, zone)}: {_short(fact.reason)}",
    f.TrackBegun: lambda fact, zone: f"track {fact.track} begun",
    f.TrackEnded: lambda fact, zone: f"track {fact.track} ended {fact.result}".rstrip(),
    f.StepEntered: lambda fact, zone: (
        f"entered {fact.step}#{fact.visit}" + (f" for {fact.assignee}" if fact.assignee else "")
    ),
    f.StepDone: lambda fact, zone: f"done {fact.step}#{fact.visit}",
    f.Signed: lambda fact, zone: f"signed {fact.step}#{fact.visit} by {fact.by} ({fact.role})",
    f.SentBack: lambda fact, zone: (
        f"sent back {fact.step}#{fact.visit} by {fact.by}: {_short(fact.reason)}"
    ),
    f.StepLeft: lambda fact, zone: f"left {fact.step}#{fact.visit}",
    f.Asked: lambda fact, zone: (
        f"asked {fact.connector} in {fact.step}#{fact.visit}: {show(fact.given, zone)}"
    ),
    f.Answered: lambda fact, zone: (
        f"answered {fact.step}#{fact.visit} by {fact.source} {fact.as_of}".rstrip()
    ),
    f.Unanswered: lambda fact, zone: f"unanswered {fact.step}#{fact.visit}: {fact.reason}",
    f.CaseOwed: lambda fact, zone: f"opens {fact.procedure} as {fact.key}",
    f.OtherClosed: lambda fact, zone: f"{fact.procedure} {fact.number} closed {fact.result}",
    f.StepSkipped: lambda fact, zone: f"skipped {fact.step}",
    f.TableRead: lambda fact, zone: f"table {fact.table}: row {show(fact.rows, zone)}",
    f.Scored: lambda fact, zone: (
        f"questionnaire {fact.questionnaire}: {fact.points or NOTHING} {fact.band}".rstrip()
    ),
    f.Assigned: lambda fact, zone: (
        f"assigned {fact.step}#{fact.visit} to {fact.assignee or NOTHING}"
    ),
    f.EntryMade: lambda fact, zone: f"entry {fact.code} of {fact.catalogue}",
    f.MessageOwed: lambda fact, zone: (
        f"message {fact.key} by {fact.via} to {fact.to}: {_short(fact.subject or fact.body)}"
    ),
    f.MessageImpossible: lambda fact, zone: f"message {fact.message} impossible: {fact.reason}",
    f.DeadlineStarted: lambda fact, zone: f"clock {fact.name} due {show(fact.due_at, zone)}",
    f.DeadlineStopped: lambda fact, zone: (
        f"clock {fact.name} stands ({fact.kind}) from {show(fact.begins, zone)}"
    ),
    f.DeadlineResumed: lambda fact, zone: f"clock {fact.name} due {show(fact.due_at, zone)}",
    f.DeadlineExtended: lambda fact, zone: (
        f"clock {fact.name} extended by {fact.by}, due {show(fact.due_at, zone)}"
    ),
    f.AlarmFired: lambda fact, zone: f"alarm {fact.deadline}.{fact.alarm}",
    f.DeadlineLate: lambda fact, zone: f"late {fact.name}",
    f.DeadlineEnded: lambda fact, zone: f"clock {fact.name} {fact.outcome}",
    f.Reminded: lambda fact, zone: f"reminded in {fact.step}#{fact.visit}",
    f.GivenUp: lambda fact, zone: f"gave up {fact.step}#{fact.visit}",
    f.Closed: lambda fact, zone: f"closed {fact.result}",
}
