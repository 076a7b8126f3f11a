"""What the pages of the waiting room share: whose office, how long in words, why not."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ventanilla.core.definition.model import Pack
from ventanilla.desk.entrance import home_office
from ventanilla.identity.actor import Actor
from ventanilla.reception.hall import Hall, halls_of
from ventanilla.reception.models import TicketStatus
from ventanilla.reception.outcomes import Because, NotDone
from ventanilla.reception.selectors import TicketRow, tickets_of_case

STATUS: Final = {
    TicketStatus.EXPECTED: _("Se le espera"),
    TicketStatus.WAITING: _("Espera"),
    TicketStatus.CALLED: _("Llamado"),
    TicketStatus.ATTENDED: _("En atención"),
    TicketStatus.DONE: _("Atendido"),
    TicketStatus.NO_SHOW: _("No se presentó"),
    TicketStatus.LEFT: _("Se retiró"),
    TicketStatus.LAPSED: _("Venció con el día"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A ticket as lists of the desk show it, its codes in words."""

    ticket: TicketRow
    service: str
    queue: str
    priority: str
    counter: str
    status: str
    is_mine_to_call: bool = True

    @property
    def reference(self) -> UUID:
        return self.ticket.reference


def line_of(hall: Hall, ticket: TicketRow, lines: tuple[str, ...] | None = None) -> Line:
    """The ticket in words; ``lines`` are those from which the reader calls."""
    queue, priority = hall.queues.get(ticket.queue), hall.priorities.get(ticket.priority)
    return Line(
        ticket=ticket,
        service=hall.service_title(ticket.service),
        queue=queue.title if queue else ticket.queue,
        priority=priority.title if priority else "",
        counter=hall.counter_title(ticket.counter),
        status=str(STATUS.get(TicketStatus(ticket.status), ticket.status)),
        is_mine_to_call=lines is None or ticket.queue in lines,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """The tickets of a case, and whether its organisation gives any."""

    rows: tuple[TicketRow, ...]
    mine: TicketRow | None
    """The one that the reader attends at this moment."""
    may_give: bool


def turns_of(actor: Actor, case: UUID, pack: Pack) -> Turns:
    """With which tickets people came to a case; one statement, none without queues."""
    if not pack.queues:
        return Turns(rows=(), mine=None, may_give=False)
    rows = tickets_of_case(actor, case)
    mine = (one for one in rows if one.is_in_hand and one.agent_id == actor.user_id)
    return Turns(rows=rows, mine=next(mine, None), may_give=True)


def hall_for(
    request: HttpRequest, actor: Actor, now: datetime, office: str = ""
) -> tuple[Hall | None, tuple[Hall, ...]]:
    """The reception the page is about, and all there are.

    It is the one asked for, else where the person sits, else where they work, else the first.
    """
    halls = halls_of(actor.organization_id, now)
    home = home_office(request, actor)
    for code in (request.GET.get("oficina", ""), office, home.code if home else ""):
        found = next((hall for hall in halls if hall.office == code), None)
        if found is not None:
            return found, halls
    return next(iter(halls), None), halls


def why_not(refusal: NotDone) -> str:
    """Why nothing was done, and what one can do."""
    sentences = {
        Because.NO_COUNTER: gettext("Elija primero el puesto en el que atiende."),
        Because.COUNTER_TAKEN: gettext("En ese puesto está atendiendo {who}. Elija otro."),
        Because.NOBODY_WAITS: gettext("Nadie espera en sus filas."),
        Because.IN_HAND: gettext("Termine antes con el turno {label}."),
        Because.MOVED_ON: gettext("Eso ya estaba hecho, o alguien más se ocupó de {label}."),
        Because.NOT_YOURS: gettext("El turno {label} lo tiene {who}."),
        Because.NOT_ALLOWED: gettext("Solo una persona puede ocupar un puesto."),
        Because.UNKNOWN_SERVICE: gettext("Ese servicio ya no se ofrece. Elija otro."),
        Because.TOO_MANY: gettext("Se pidieron muchos turnos seguidos. Espere un minuto."),
        Because.CREDENTIAL_OUT: gettext("La credencial {label} la tiene {who}. Entregue otra."),
        Because.NOT_OPENED: gettext(
            "No se pudo abrir el caso de {label}: el procedimiento no está vigente o no se atiende "
            "por ventanilla."
        ),
    }
    return sentences[refusal.because].format(
        label=refusal.label or gettext("ese turno"), who=refusal.who or gettext("otra persona")
    )
