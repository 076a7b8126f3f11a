"""``ventanilla deadline``: when a span of service time is over, and how that was counted."""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import TextIO

from ventanilla.core.businesstime import (
    RULES,
    BeyondHorizon,
    Calendar,
    CountingRule,
    Explanation,
    HoursError,
    Opening,
    Span,
    SpanError,
    explain,
    local_time,
    parse_hours,
    parse_span,
)
from ventanilla.packs.deadline_words import (
    amount_told,
    count_told,
    span_remedy,
    unknown_told,
)
from ventanilla.packs.public_calendars import (
    MONDAY_TO_FRIDAY,
    PUBLIC_CALENDARS,
    UnknownCalendar,
    public_calendar,
)

DONE = 0
UNKNOWN = 1
UNUSABLE = 2

PackCalendars = Callable[[str], Mapping[str, Calendar]]
"""Gives the calendars of a pack by name; raises UnusableCall with a sentence if it cannot."""


class UnusableCall(ValueError):
    """The command cannot be carried out as written; the sentence says the remedy."""


def no_packs(pack: str) -> Mapping[str, Calendar]:
    """Refuse every pack: for installations that have none."""
    raise UnusableCall(
        f"No se puede leer el paquete «{pack}» aquí: quite --pack y use un calendario público, "
        "por ejemplo PE."
    )


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument(
        "--calendar",
        required=True,
        metavar="NAME",
        help="a calendar of the pack, or a public one: PE, CL, CL-AP, BO, BO-C…",
    )
    parser.add_argument("--pack", metavar="PACK", help="the pack whose calendars can be named")
    parser.add_argument(
        "--from",
        dest="start",
        required=True,
        metavar="INSTANT",
        help="2026-09-05T10:00 on the calendar's clock, or with an offset",
    )
    parser.add_argument(
        "--within", required=True, metavar="SPAN", help='"3 business days", "72 hours"…'
    )
    parser.add_argument(
        "--rule",
        metavar="NAME",
        help=f"how days are counted: {', '.join(RULES)} (the calendar's own if left out)",
    )
    parser.add_argument(
        "--hours",
        metavar="HOURS",
        help="hours from Monday to Friday of a public calendar (09:00-18:00 if left out)",
    )
    parser.add_argument("--explain", action="store_true", help="print the count day by day")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(
    args: Namespace,
    out: TextIO,
    *,
    err: TextIO | None = None,
    pack_calendars: PackCalendars = no_packs,
) -> int:
    """Print the deadline; 0 done, 1 not known (beyond the calendar), 2 unusable call."""
    try:
        calendar = _calendar(args, pack_calendars)
        rule = _rule(args.rule, calendar)
        span = _span(args.within)
        start = _start(args.start, calendar)
    except UnusableCall as problem:
        (err or sys.stderr).write(f"{problem}\n")
        return UNUSABLE
    answer = explain(calendar, start, span, rule)
    if isinstance(answer, BeyondHorizon):
        return _unknown(answer, rule, out, err or sys.stderr, as_json=args.json)
    if args.json:
        _write_json(out, _answer_data(answer, calendar))
        return DONE
    out.write(f"{local_time(calendar, answer.due).isoformat()} {calendar.zone}\n")
    if args.explain:
        out.writelines(f"{line}\n" for line in count_told(answer))
    return DONE


def _calendar(args: Namespace, pack_calendars: PackCalendars) -> Calendar:
    name: str = args.calendar
    known = pack_calendars(args.pack) if args.pack else {}
    if name in known:
        if args.hours:
            raise UnusableCall(
                f"Las horas del calendario «{name}» están escritas en el paquete: quite --hours."
            )
        return known[name]
    try:
        return public_calendar(name, hours=_hours(args.hours))
    except UnknownCalendar:
        raise UnusableCall(_calendar_remedy(name, tuple(known))) from None


def _calendar_remedy(name: str, known: tuple[str, ...]) -> str:
    nearest = get_close_matches(name[:40], known, n=1) or get_close_matches(
        name.upper()[:40], PUBLIC_CALENDARS, n=1, cutoff=0.8
    )
    guess = f" ¿Quiso decir «{nearest[0]}»?" if nearest else ""
    own = f"uno del paquete ({', '.join(known)}) o " if known else ""
    return (
        f"No hay ningún calendario «{name}».{guess} Use {own}uno público: PE, CL, BO o una región "
        "de ISO 3166-2, como CL-AP o BO-C."
    )


def _hours(text: str | None) -> Mapping[int, tuple[Opening, ...]] | None:
    if text is None:
        return None
    try:
        return dict.fromkeys(MONDAY_TO_FRIDAY, parse_hours(text))
    except HoursError as error:
        raise UnusableCall(
            f"«{error.params['text']}» no es un horario: escriba intervalos en orden, que no se "
            'crucen, por ejemplo "09:00-13:00,14:00-18:00".'
        ) from None


def _rule(name: str | None, calendar: Calendar) -> CountingRule:
    if name is None:
        return calendar.rule
    rule = RULES.get(name)
    if rule is None:
        nearest = get_close_matches(name[:40], RULES, n=1)
        guess = f" ¿Quiso decir «{nearest[0]}»?" if nearest else ""
        raise UnusableCall(
            f"No hay ninguna regla «{name}».{guess} Las reglas son: {', '.join(RULES)}."
        )
    return rule


def _span(text: str) -> Span:
    try:
        return parse_span(text)
    except SpanError as error:
        raise UnusableCall(span_remedy(error)) from None


def _start(text: str, calendar: Calendar) -> datetime:
    try:
        start = datetime.fromisoformat(text)
    except ValueError:
        raise UnusableCall(
            f"«{text}» no es una fecha con hora: escriba, por ejemplo, 2026-09-05T10:00."
        ) from None
    if start.tzinfo is not None:
        return _in_range(start, text)
    local = _in_range(start.replace(tzinfo=calendar.timeline.zone), text)
    if local.astimezone(UTC).astimezone(calendar.timeline.zone).replace(tzinfo=None) != start:
        raise UnusableCall(
            f"La hora {text} no existe en {calendar.zone}: ese día el reloj se adelanta. Escriba "
            "una hora posterior al cambio, o la hora con su desfase, por ejemplo "
            "2026-09-06T01:30-03:00."
        )
    return local


def _in_range(start: datetime, text: str) -> datetime:
    try:
        start.astimezone(UTC)
    except OverflowError:
        raise UnusableCall(
            f"«{text}» está fuera del alcance del reloj: escriba una fecha entre los años 2019 y "
            "2030."
        ) from None
    return start


def _unknown(
    beyond: BeyondHorizon, rule: CountingRule, out: TextIO, err: TextIO, *, as_json: bool
) -> int:
    sentence = unknown_told(beyond)
    if as_json:
        _write_json(out, {"due": None, "rule": rule.name, "days": [], "unknown": sentence})
    else:
        err.write(f"{sentence}\n")
    return UNKNOWN


def _answer_data(answer: Explanation, calendar: Calendar) -> dict[str, object]:
    parts = answer.promised // answer.span.amount if answer.span.amount else 1
    return {
        "due": local_time(calendar, answer.due).isoformat(),
        "rule": answer.rule.name,
        "cites": list(answer.rule.cites),
        "calendar": answer.calendar,
        "version": answer.version,
        "zone": answer.zone,
        "from": local_time(calendar, answer.start).isoformat(),
        "within": str(answer.span),
        "days": [
            {
                "day": line.day.isoformat(),
                "from": local_time(calendar, line.begins).isoformat(),
                "until": local_time(calendar, line.ends).isoformat(),
                "counted": line.counted,
                "amount": float(amount_told(line.amount, parts)),
                "reason": str(line.reason),
                "name": line.name,
                "source": line.source,
            }
            for line in answer.lines
        ],
    }


def _write_json(out: TextIO, data: Mapping[str, object]) -> None:
    out.write(f"{json.dumps(data, ensure_ascii=False, indent=2)}\n")
