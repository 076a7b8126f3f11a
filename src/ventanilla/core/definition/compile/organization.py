"""``pack.yaml``: the organisation, its calendars, offices, roles, channels, and whom it serves."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ventanilla.core.businesstime import (
    RULES,
    Calendar,
    DayKind,
    HoursError,
    Opening,
    Scope,
    SpecialDay,
    parse_hours,
)
from ventanilla.core.definition.compile import sections_pack
from ventanilla.core.definition.compile.connectors import compile_connectors
from ventanilla.core.definition.compile.party import compile_party
from ventanilla.core.definition.compile.reception import (
    compile_counters,
    compile_missed_call,
    compile_priorities,
    compile_queues,
)
from ventanilla.core.definition.compile.registers import compile_units
from ventanilla.core.definition.compile.sections_pack import CHANNELS, WEEKDAYS
from ventanilla.core.definition.compile.shape import (
    Form,
    as_scalar,
    open_form,
)
from ventanilla.core.definition.compile.sources import (
    CalendarPlan,
    CalendarRefused,
    Outside,
    PackNodes,
)
from ventanilla.core.definition.model import (
    Channel,
    Connector,
    Counter,
    Office,
    Organization,
    OrgUnit,
    PartyModel,
    Priority,
    Queue,
    Role,
)
from ventanilla.core.definition.nodes import Node, Scalar
from ventanilla.core.definition.problems import Code, Problems, near

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What all procedures of a pack share."""

    organization: Organization
    calendars: Mapping[str, Calendar]
    calendar_names: frozenset[str]
    offices: Mapping[str, Office]
    roles: Mapping[str, Role]
    channels: Mapping[str, Channel]
    queues: Mapping[str, Queue]
    counters: Mapping[str, Counter]
    priorities: Mapping[str, Priority]
    units: Mapping[str, OrgUnit]
    opens: tuple[Scalar, ...]
    """Where channels and services name what they open, to be checked when all are known."""
    party: PartyModel
    connectors: Mapping[str, Connector]
    references: Mapping[str, str]
    """Documents outside the pack that procedures may relate to, with their titles."""
    problems: Problems
    outside: Outside


def compile_shared(nodes: PackNodes, problems: Problems, outside: Outside) -> Shared | None:
    """Read ``pack.yaml``; None only when it is no mapping at all."""
    form = open_form(nodes.pack, problems, sections_pack.PACK)
    if form is None:
        return None
    calendars = _calendars(form, outside)
    names = frozenset(key.text for key, _ in form.named("calendars"))
    offices = _offices(form, names)
    opens: list[Scalar] = []
    channels = _channels(form, offices, opens)
    roles = _roles(form, names, offices)
    queues = compile_queues(form, offices, roles, opens)
    return Shared(
        organization=_organization(form),
        calendars=calendars,
        calendar_names=names,
        offices=offices,
        roles=roles,
        channels=channels,
        queues=queues,
        counters=compile_counters(form, offices, queues),
        priorities=compile_priorities(form),
        units=compile_units(form),
        opens=tuple(opens),
        party=compile_party(form, roles, outside),
        connectors=compile_connectors(form, nodes, outside),
        references={key.text: _title(node, problems) for key, node in form.entries("references")},
        problems=problems,
        outside=outside,
    )


def _title(node: Node, problems: Problems) -> str:
    scalar = as_scalar(node, problems)
    return scalar.text.strip() if scalar is not None else ""


def _organization(form: Form) -> Organization:
    inner = open_form(form.get("organization"), form.problems, sections_pack.ORGANIZATION)
    if inner is None:
        return Organization(slug="", name="")
    slug, accent = inner.scalar("slug"), inner.scalar("accent")
    if slug is not None and not _SLUG.fullmatch(slug.text):
        form.problems.add(Code.BAD_NAME, slug.mark, name=slug.text[:40])
    if accent is not None and not _COLOUR.fullmatch(accent.text):
        form.problems.add(Code.BAD_COLOUR, accent.mark, found=accent.text[:40])
    return Organization(
        slug=inner.text("slug"),
        name=inner.text("name"),
        accent=inner.text("accent"),
        language=inner.text("language", "es"),
    )


# --- calendars ---------------------------------------------------------------------------------


def _calendars(form: Form, outside: Outside) -> dict[str, Calendar]:
    found: dict[str, Calendar] = {}
    for key, node in form.named("calendars"):
        plan = _plan(key, node, form.problems)
        if plan is None:
            continue
        made = outside.calendars(plan)
        if isinstance(made, CalendarRefused):
            form.problems.add(
                Code.CALENDAR_REFUSED,
                key.mark,
                name=key.text,
                reason=made.reason,
                detail=", ".join(f"{name}={value}" for name, value in made.params.items()),
            )
        else:
            found[key.text] = made
    return found


def _plan(key: Scalar, node: Node, problems: Problems) -> CalendarPlan | None:
    form = open_form(node, problems, sections_pack.CALENDAR)
    if form is None:
        return None
    special = (
        *_special(form, "holidays", DayKind.HOLIDAY),
        *_special(form, "closures", DayKind.CLOSURE),
        *_special(form, "half_days", DayKind.HALF_DAY),
        *_special(form, "openings", DayKind.EXTRA),
    )
    return CalendarPlan(
        name=key.text,
        mark=key.mark,
        country=form.text("country"),
        region=form.text("region"),
        zone=form.text("zone"),
        hours=_week(form),
        special=special,
        first=form.day("first"),
        last=form.day("last"),
        rule=known_rule(form.scalar("rule"), problems) or "",
    )


def known_rule(scalar: Scalar | None, problems: Problems) -> str | None:
    """The name of a counting rule, or None with a problem."""
    if scalar is None:
        return None
    if scalar.text not in RULES:
        problems.add(
            Code.UNKNOWN_RULE, scalar.mark, name=scalar.text, near=near(scalar.text, RULES)
        )
        return None
    return scalar.text


def _week(form: Form) -> dict[int, tuple[Opening, ...]] | None:
    if not form.has("hours"):
        return None
    week: dict[int, tuple[Opening, ...]] = {}
    for key, node in form.entries("hours"):
        days = _weekdays(key.text)
        if not days:
            form.problems.add(
                Code.CALENDAR_HOURS, key.mark, found=key.text[:40], near=near(key.text, WEEKDAYS)
            )
        openings = _openings(node, form.problems)
        for day in days:
            if day in week:
                form.problems.add(Code.REPEATED, key.mark, name=WEEKDAYS[day])
            week[day] = openings
    return week


def _weekdays(text: str) -> tuple[int, ...]:
    first, dash, last = text.strip().casefold().partition("-")
    if first not in WEEKDAYS or (dash and last not in WEEKDAYS):
        return ()
    begin = WEEKDAYS.index(first)
    end = WEEKDAYS.index(last) if dash else begin
    return tuple(range(begin, end + 1))


def _openings(node: Node, problems: Problems) -> tuple[Opening, ...]:
    items = node.items if not isinstance(node, Scalar) and hasattr(node, "items") else (node,)
    scalars = [scalar for scalar in (as_scalar(item, problems) for item in items) if scalar]
    if not scalars:
        return ()
    try:
        return parse_hours(",".join(scalar.text for scalar in scalars))
    except HoursError as error:
        found = error.params.get("text", "")
        problems.add(Code.CALENDAR_HOURS, scalars[0].mark, found=found[:40], near="")
        return ()


def _special(form: Form, name: str, kind: DayKind) -> tuple[SpecialDay, ...]:
    found = []
    for item in form.items(name):
        inner = open_form(item, form.problems, sections_pack.SPECIAL_DAY)
        day = inner.day("on") if inner is not None else None
        if inner is None or day is None:
            continue
        hours = inner.get("hours")
        openings = _openings(hours, form.problems) if hours is not None else ()
        if (kind in {DayKind.HALF_DAY, DayKind.EXTRA}) != bool(openings):
            form.problems.add(Code.CALENDAR_HOURS, inner.mark, found=str(day), near="")
            continue
        found.append(
            SpecialDay(
                day=day,
                kind=kind,
                name=inner.text("name"),
                source=inner.text("source"),
                scope=Scope.OFFICE,
                openings=openings,
                known_since=inner.day("known_since"),
            )
        )
    return tuple(found)


# --- offices, roles, channels ------------------------------------------------------------------


def _offices(form: Form, calendars: frozenset[str]) -> dict[str, Office]:
    found: dict[str, Office] = {}
    for key, node in form.named("offices"):
        inner = open_form(node, form.problems, sections_pack.OFFICE)
        if inner is None:
            continue
        found[key.text] = Office(
            code=key.text,
            title=inner.text("title"),
            calendar=_known_calendar(inner, calendars),
            region=inner.text("region"),
            address=inner.text("address"),
            hours_text=inner.text("hours_text"),
            phone=inner.text("phone"),
            email=inner.text("email"),
        )
    return found


def _known_calendar(form: Form, calendars: frozenset[str]) -> str:
    """The calendar that is named, told if there is none of that name."""
    calendar = form.scalar("calendar")
    if calendar is not None and calendar.text and calendar.text not in calendars:
        form.problems.add(
            Code.UNKNOWN_CALENDAR,
            calendar.mark,
            name=calendar.text,
            near=near(calendar.text, calendars),
        )
    return form.text("calendar")


def _roles(form: Form, calendars: frozenset[str], offices: Mapping[str, Office]) -> dict[str, Role]:
    found: dict[str, Role] = {}
    for key, node in form.named("roles"):
        if isinstance(node, Scalar):
            found[key.text] = Role(code=key.text, title=node.text or key.text)
            continue
        inner = open_form(node, form.problems, sections_pack.ROLE)
        if inner is not None:
            calendar = _known_calendar(inner, calendars)
            found[key.text] = Role(
                code=key.text,
                title=inner.text("title"),
                calendar=calendar or None,
                offices=tuple(
                    _known_office(one, offices, form) for one in inner.scalars("offices")
                ),
            )
    return found


def _known_office(scalar: Scalar, offices: Mapping[str, Office], form: Form) -> str:
    name = scalar.text.strip()
    if name not in offices:
        form.problems.add(Code.UNKNOWN_OFFICE, scalar.mark, name=name, near=near(name, offices))
    return name


def _channels(form: Form, offices: Mapping[str, Office], opens: list[Scalar]) -> dict[str, Channel]:
    found: dict[str, Channel] = {}
    for key, node in form.entries("channels"):
        if key.text not in CHANNELS:
            form.problems.add(
                Code.UNKNOWN_CHANNEL, key.mark, name=key.text, near=near(key.text, CHANNELS)
            )
            continue
        inner = open_form(node, form.problems, sections_pack.CHANNEL)
        if inner is None:
            continue
        opened = inner.scalar("opens")
        if opened is not None:
            opens.append(opened)
        found[key.text] = Channel(
            name=key.text,
            office=_office(inner, offices),
            address=inner.text("address"),
            numbers=inner.texts("numbers"),
            opens=opened.text if opened is not None else None,
            missed_call=compile_missed_call(inner.get("missed_call"), form.problems, opens),
        )
    return found


def _office(form: Form, offices: Mapping[str, Office]) -> str:
    """The office a channel names, or the only or first one."""
    named = form.scalar("office")
    if named is None:
        return next(iter(offices), "")
    if named.text not in offices:
        form.problems.add(
            Code.UNKNOWN_OFFICE, named.mark, name=named.text, near=near(named.text, offices)
        )
    return named.text
