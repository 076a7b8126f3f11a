"""The words of pictures, in Spanish and in English."""

from collections.abc import Mapping

from ventanilla.core.businesstime import Span, Unit
from ventanilla.core.definition.model import EventKind
from ventanilla.core.drawing.wording import Wording

_SPANISH_UNITS: Mapping[Unit, tuple[str, str]] = {
    Unit.MINUTE: ("minuto", "minutos"),
    Unit.HOUR: ("hora", "horas"),
    Unit.DAY: ("día", "días"),
    Unit.WEEK: ("semana", "semanas"),
    Unit.MONTH: ("mes", "meses"),
    Unit.QUARTER: ("trimestre", "trimestres"),
    Unit.YEAR: ("año", "años"),
    Unit.BUSINESS_MINUTE: ("minuto hábil", "minutos hábiles"),
    Unit.BUSINESS_HOUR: ("hora hábil", "horas hábiles"),
    Unit.BUSINESS_DAY: ("día hábil", "días hábiles"),
}


def _spanish_span(span: Span) -> str:
    if span == Span(amount=0, unit=Unit.BUSINESS_DAY):
        return "el mismo día hábil"
    one, many = _SPANISH_UNITS[span.unit]
    return f"{span.amount} {one if span.amount == 1 else many}"


def _english_span(span: Span) -> str:
    return "the same business day" if span == Span(amount=0, unit=Unit.BUSINESS_DAY) else str(span)


SPANISH = Wording(
    language="es",
    span=_spanish_span,
    events={
        EventKind.OPENED: "se abre el caso",
        EventKind.ENTERED: "se llega a «{subject}»",
        EventKind.DONE: "termina «{subject}»",
        EventKind.SENT: "se envía «{subject}»",
        EventKind.RECEIVED: "llega un mensaje",
        EventKind.SET: "se anota «{subject}»",
        EventKind.ACTED: "alguien elige «{subject}»",
        EventKind.ALARM: "avisa el plazo «{subject}»",
        EventKind.LATE: "vence el plazo «{subject}»",
        EventKind.MET: "se cumple el plazo «{subject}»",
        EventKind.CLOSED: "se cierra el caso",
        EventKind.REOPENED: "se reabre el caso",
        EventKind.ENTRY: "se anota el código «{subject}»",
        EventKind.RETURNED: "vuelve sin firma de «{subject}»",
        EventKind.ANSWERED: "hay respuesta en «{subject}»",
        EventKind.UNANSWERED: "no hay respuesta en «{subject}»",
        EventKind.REPEATED: "se repite «{subject}»",
        EventKind.OPTED_OUT: "la persona ya no quiere «{subject}»",
        EventKind.COMPLETE: "se completa la lista «{subject}»",
        EventKind.BOOKED: "se fija la cita «{subject}»",
        EventKind.MOVED: "se cambia la cita «{subject}»",
        EventKind.KEPT: "se cumple la cita «{subject}»",
        EventKind.MISSED: "nadie llega a la cita «{subject}»",
        EventKind.CALLED_OFF: "se anula la cita «{subject}»",
    },
    other_closed="termina un caso de {subject}",
    provided="{event} (si {condition})",
    any_of="o",
    otherwise="en otro caso",
    action="Acción: {title}",
    reopened="El cliente vuelve a escribir después del cierre",
    give_up="sin respuesta tras {span}",
    remind="cada {span}, {times} ×",
    reminder="Recordar: {title}",
    automatic="Automático",
    opened="Se abre el caso",
    entry="Por dónde entra el caso",
    limits="Plazos",
    limit="Corre desde que {starts}; se cumple cuando {stops}.",
    version="versión {version}",
    summary="Flujo de «{title}»: {steps} pasos, {tracks} recorridos a la par; intervienen {roles}.",
    alongside="A la par: {title}",
)
ENGLISH = Wording(
    language="en",
    span=_english_span,
    events={
        EventKind.OPENED: "the case opens",
        EventKind.ENTERED: "the case comes to “{subject}”",
        EventKind.DONE: "“{subject}” is done",
        EventKind.SENT: "“{subject}” is sent",
        EventKind.RECEIVED: "a message arrives",
        EventKind.SET: "“{subject}” is written down",
        EventKind.ACTED: "somebody chooses “{subject}”",
        EventKind.ALARM: "the limit “{subject}” gives its alarm",
        EventKind.LATE: "the limit “{subject}” is missed",
        EventKind.MET: "the limit “{subject}” is met",
        EventKind.CLOSED: "the case closes",
        EventKind.REOPENED: "the case opens again",
        EventKind.ENTRY: "the code “{subject}” is noted",
        EventKind.RETURNED: "“{subject}” comes back unsigned",
        EventKind.ANSWERED: "“{subject}” is answered",
        EventKind.UNANSWERED: "“{subject}” is not answered",
        EventKind.REPEATED: "“{subject}” repeats",
        EventKind.OPTED_OUT: "the party wants no more of “{subject}”",
        EventKind.COMPLETE: "the list “{subject}” is complete",
        EventKind.BOOKED: "the appointment “{subject}” is made",
        EventKind.MOVED: "the appointment “{subject}” is moved",
        EventKind.KEPT: "the appointment “{subject}” is kept",
        EventKind.MISSED: "nobody comes to the appointment “{subject}”",
        EventKind.CALLED_OFF: "the appointment “{subject}” is called off",
    },
    other_closed="a case of {subject} closes",
    provided="{event} (if {condition})",
    any_of="or",
    otherwise="otherwise",
    action="Action: {title}",
    reopened="The party writes again after the case was closed",
    give_up="no answer after {span}",
    remind="every {span}, {times} ×",
    reminder="Remind: {title}",
    automatic="By itself",
    opened="The case opens",
    entry="Where the case comes in",
    limits="Limits",
    limit="Runs from when {starts}; met when {stops}.",
    version="version {version}",
    summary="Flow of “{title}”: {steps} steps, {tracks} tracks alongside; taking part: {roles}.",
    alongside="Alongside: {title}",
)
WORDINGS: Mapping[str, Wording] = {"es": SPANISH, "en": ENGLISH}
