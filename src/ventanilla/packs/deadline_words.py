"""Deadlines in Spanish words: how a count is told to a person, and what a wrong call needs."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from ventanilla.core.businesstime import (
    Because,
    BeyondHorizon,
    Explanation,
    Line,
    Reason,
    Span,
    SpanError,
    Unit,
)

_WEEKDAYS = ("lun", "mar", "mié", "jue", "vie", "sáb", "dom")

_UNITS: Mapping[Unit, tuple[str, str]] = {
    Unit.MINUTE: ("minuto", "minutos"),
    Unit.HOUR: ("hora", "horas"),
    Unit.DAY: ("día corrido", "días corridos"),
    Unit.WEEK: ("semana", "semanas"),
    Unit.MONTH: ("mes", "meses"),
    Unit.QUARTER: ("trimestre", "trimestres"),
    Unit.YEAR: ("año", "años"),
    Unit.BUSINESS_MINUTE: ("minuto hábil", "minutos hábiles"),
    Unit.BUSINESS_HOUR: ("hora hábil", "horas hábiles"),
    Unit.BUSINESS_DAY: ("día hábil", "días hábiles"),
}

_REASONS: Mapping[Reason, str] = {
    Reason.COUNTED: "",
    Reason.FIRST_DAY: "día inicial",
    Reason.HOLIDAY: "feriado",
    Reason.CLOSURE: "cierre",
    Reason.NOT_BUSINESS: "sin atención",
    Reason.HALF_DAY: "media jornada: el plazo no vence en este día",
    Reason.WAITING: "en espera",
    Reason.SUSPENSION: "suspendido",
    Reason.FILED_LATE: "fuera de horario: vale desde el siguiente día hábil",
    Reason.MONTH_LACKS_DAY: "el mes no tiene ese día",
    Reason.ENDS_HERE: "el vencimiento pasa a este día",
}

_SPAN_REMEDIES: Mapping[str, str] = {
    "not_a_span": "«{text}» no es un plazo: escriba una cantidad y una unidad, por ejemplo "
    '"3 business days".',
    "amount_not_whole": "«{amount}» no es una cantidad entera: escriba un número sin decimales ni "
    'signo, por ejemplo "90 minutes" en lugar de "1.5 hours".',
    "amount_out_of_range": "«{amount}» es demasiado: escriba una cantidad entre 0 y 1000000.",
    "unit_unknown": "La unidad «{unit}» no existe{guess}: use minutes, hours, days, weeks, months, "
    "quarters, years, business minutes, business hours o business days.",
}


def span_remedy(error: SpanError) -> str:
    """What to write instead of a span that could not be read."""
    nearest = error.params.get("nearest", "")
    guess = f" (¿quiso decir «{nearest}»?)" if nearest else ""
    return _SPAN_REMEDIES[error.code].format(**error.params, guess=guess)


def unknown_told(beyond: BeyondHorizon) -> str:
    """Why there is no date, and what would give one."""
    if beyond.because is Because.CLOCK_STANDS:
        return "El plazo está detenido y todavía no tiene vencimiento."
    return (
        f"No se sabe: el calendario va del {beyond.first} al {beyond.last} y la cuenta sale de él. "
        "Use fechas dentro de ese período o un calendario que llegue más lejos."
    )


def span_told(span: Span) -> str:
    """The span in words: ``3 días hábiles``."""
    return _counted(span.amount, span.unit)


def count_told(explanation: Explanation) -> Iterator[str]:
    """The count, one text line after another, ending with its sum."""
    zone = ZoneInfo(explanation.zone)
    start = explanation.start.astimezone(zone)
    yield f"Calendario  {explanation.calendar} (versión {explanation.version})"
    rule = explanation.rule
    cites = f" ({'; '.join(rule.cites)})" if rule.cites else ""
    yield f"Regla       {rule.name}{cites}"
    yield f"Plazo       {span_told(explanation.span)}"
    yield f"Desde       {_day(start.date())} {start:%H:%M}"
    for line in explanation.lines:
        yield f"  {_line_told(line, explanation, zone)}".rstrip()
    parts = explanation.promised // explanation.span.amount if explanation.span.amount else 1
    counted = amount_told(explanation.counted, parts)
    yield f"Suma        {counted} de {span_told(explanation.span)}"


def amount_told(amount: int, parts: int) -> str:
    """A part of a unit as a number: whole, or with up to four decimals."""
    return f"{amount / parts:.4f}".rstrip("0").rstrip(".")


def _line_told(line: Line, explanation: Explanation, zone: ZoneInfo) -> str:
    span = explanation.span
    parts = explanation.promised // span.amount if span.amount else 1
    begins, ends = line.begins.astimezone(zone), line.ends.astimezone(zone)
    hours = f"{begins:%H:%M}-{_end(ends, line.day)}"
    counted = f"cuenta {amount_told(line.amount, parts)}" if line.counted else "no cuenta"
    why = [part for part in (_REASONS[line.reason], line.name) if part]
    source = f" [{line.source}]" if line.source else ""
    return f"{_day(line.day)}  {hours}  {counted:<14}  {': '.join(why)}{source}"


def _end(moment: datetime, day: date) -> str:
    return "24:00" if moment.date() > day else f"{moment:%H:%M}"


def _day(day: date) -> str:
    return f"{_WEEKDAYS[day.weekday()]} {day}"


def _counted(amount: int, unit: Unit) -> str:
    one, many = _UNITS[unit]
    return f"{amount} {one if amount == 1 else many}"
