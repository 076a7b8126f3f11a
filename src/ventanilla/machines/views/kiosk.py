"""The kiosk: what for, with a priority or not, and the ticket. Three touches, no script needed."""

from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from ventanilla.core.definition.model import Service
from ventanilla.identity.devices import Machine, device_key
from ventanilla.identity.models import DeviceKind
from ventanilla.machines.entrance import for_machine, show
from ventanilla.reception.hall import Hall, NoReception, hall_of
from ventanilla.reception.issuing import Wish, give_ticket
from ventanilla.reception.models import TicketStatus
from ventanilla.reception.outcomes import Because, NotDone, TicketNotFound
from ventanilla.reception.selectors import (
    TicketRow,
    recent_waits,
    ticket_row,
    waiting_before,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Services that stand together."""

    title: str
    services: tuple[Service, ...]


@require_http_methods(["GET", "POST"])
@for_machine(DeviceKind.KIOSK)
def services(request: HttpRequest, machine: Machine) -> HttpResponseBase:
    """What one can come for; touching one gives the ticket."""
    hall = _hall(machine)
    if request.method == "GET":
        return _show(request, machine, hall)
    wish = Wish(
        office=machine.office,
        service=request.POST.get("service", ""),
        priority=request.POST.get("priority", ""),
        key=f"kiosk:{machine.reference}:{request.POST.get('nonce', '')[:40]}",
    )
    deed = give_ticket(actor=machine.actor, now=timezone.now(), wish=wish)
    if isinstance(deed, NotDone):
        words = {
            Because.TOO_MANY: gettext("Se pidieron muchos turnos seguidos. Espere un minuto."),
        }.get(deed.because, gettext("Ese servicio ya no se ofrece. Elija otro."))
        return _show(request, machine, hall, trouble=words)
    address = reverse(
        "machines:ticket",
        args=(machine.reference, device_key(machine.reference), deed.reference),
    )
    asked = request.GET.get("idioma")
    return redirect(f"{address}?idioma={asked}" if asked in {"es", "en"} else address)


@require_GET
@for_machine(DeviceKind.KIOSK)
def ticket(request: HttpRequest, machine: Machine, ticket: UUID) -> HttpResponseBase:
    """The number, where to wait, how many are before, and how the panel works."""
    now = timezone.now()
    hall = _hall(machine)
    try:
        row = ticket_row(machine.actor, ticket)
    except TicketNotFound as missing:
        raise Http404 from missing
    if row.office != machine.office:
        raise Http404
    queue = hall.queues.get(row.queue)
    waits = recent_waits(machine.actor, row.office, row.queue, now)
    context = {
        "hall": hall,
        "ticket": row,
        "is_waiting": row.status == TicketStatus.WAITING,
        "service_title": hall.service_title(row.service),
        "priority_title": _priority_title(hall, row),
        "queue": queue,
        "before": waiting_before(machine.actor, row, hall.today(now)),
        "waits": _waits_words(waits),
        "again": reverse("machines:kiosk", args=(machine.reference, device_key(machine.reference))),
    }
    return show(request, machine, "machines/kiosk/ticket.html", context)


def _hall(machine: Machine) -> Hall:
    try:
        return hall_of(machine.actor.organization_id, machine.office, timezone.now())
    except NoReception as missing:
        raise Http404 from missing


def _show(
    request: HttpRequest, machine: Machine, hall: Hall, trouble: str = ""
) -> HttpResponseBase:
    context = {
        "hall": hall,
        "groups": _groups(hall),
        "priorities": hall.offered,
        "nonce": uuid4(),
        "trouble": trouble,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if trouble else HTTPStatus.OK
    return show(request, machine, "machines/kiosk/services.html", context, status=status)


def _groups(hall: Hall) -> tuple[Group, ...]:
    """Services by the group they name; those without one come first, without a heading."""
    found: dict[str, list[Service]] = {}
    for queue in hall.queues.values():
        for service in queue.services.values():
            found.setdefault(service.group, []).append(service)
    ordered = sorted(found, key=lambda title: (title != "", list(found).index(title)))
    return tuple(Group(title=title, services=tuple(found[title])) for title in ordered)


def _priority_title(hall: Hall, row: TicketRow) -> str:
    priority = hall.priorities.get(row.priority)
    return "" if priority is None else priority.title


def _waits_words(waits: list[timedelta]) -> str:
    """The span within which most of those called last waited: told, not promised."""
    if len(waits) < 3:
        return ""
    low, high = waits[len(waits) // 4], waits[-(len(waits) // 4) - 1]
    first, last = max(int(low.total_seconds() // 60), 1), int(high.total_seconds() // 60) + 1
    if last <= first:
        return gettext("Los últimos esperaron cerca de {minutes} min.").format(minutes=last)
    return gettext("Los últimos esperaron entre {first} y {last} min.").format(
        first=first, last=last
    )
