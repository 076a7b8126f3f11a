"""The counter: where I sit, whom I have, who waits, and calling the next."""

from collections.abc import Callable
from hashlib import sha256
from http import HTTPStatus
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_POST

from ventanilla.desk.entrance import for_staff, show
from ventanilla.desk.forms.reception import services_of
from ventanilla.desk.waiting_room import hall_for, line_of, why_not
from ventanilla.identity.actor import Actor
from ventanilla.reception import calling, issuing
from ventanilla.reception.hall import NoReception
from ventanilla.reception.outcomes import Deed, NotDone, TicketDone, TicketNotFound
from ventanilla.reception.selectors import at_counters, in_hand, line, seat_of, seats

PLACE: Final = "hall"
ROOM: Final = "desk/hall/room.html"

TicketDeed = Callable[..., Deed]
DEEDS: Final[dict[str, TicketDeed]] = {
    "llamar-otra-vez": calling.call_again,
    "atender": calling.attend,
    "no-vino": calling.no_show,
    "devolver": calling.put_back,
    "terminar": calling.finish,
    "retirar": issuing.withdraw,
}


@require_GET
@for_staff
def page(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """The room; asked by the page itself it answers only when something has changed."""
    now = timezone.now()
    seat = seat_of(actor)
    hall, halls = hall_for(request, actor, now, seat.office if seat else "")
    if hall is None:
        return show(request, actor, "desk/hall/none.html", {}, place=PLACE)
    is_seated = seat is not None and seat.office == hall.office
    mine = hall.called_by(actor, seat.counter) if seat is not None and is_seated else None
    held = in_hand(actor)
    waiting = tuple(line_of(hall, one, mine) for one in line(actor, hall, now))
    there = tuple(line_of(hall, one) for one in at_counters(actor, hall, now))
    etag = _etag(waiting, there, held, now.replace(second=0, microsecond=0))
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=HTTPStatus.NOT_MODIFIED, headers={"ETag": etag})
    context = {
        "hall": hall,
        "halls": halls,
        "seat": seat if is_seated else None,
        "seat_title": hall.counter_title(seat.counter) if seat else "",
        "held": line_of(hall, held) if held else None,
        "waiting": waiting,
        "next_up": next((one for one in waiting if one.is_mine_to_call), None),
        "mine_waiting": sum(one.is_mine_to_call for one in waiting),
        "there": there,
        "services": services_of(hall),
        "etag": etag,
    }
    if request.headers.get("HX-Target") == "sala":
        answer = show(request, actor, ROOM, context, place=PLACE)
    else:
        sitting = {one.counter: one for one in seats(actor, hall)}
        context["counters"] = [
            (name, one.title, sitting.get(name)) for name, one in hall.counters.items()
        ]
        answer = show(request, actor, "desk/hall/page.html", context, place=PLACE)
    answer.headers["ETag"] = etag
    return answer


@require_POST
@for_staff
def sit(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """I am at this counter from now on, or at none."""
    office, counter = request.POST.get("office", ""), request.POST.get("counter", "")
    try:
        refusal = calling.sit(actor=actor, now=timezone.now(), office=office, counter=counter)
    except NoReception as missing:
        raise Http404 from missing
    if refusal is not None:
        messages.warning(request, why_not(refusal))
    elif counter:
        messages.success(request, gettext("Listo: ya puede llamar."))
    else:
        messages.success(request, gettext("Dejó el puesto. Nadie será llamado a él."))
    return redirect("desk:hall")


@require_POST
@for_staff
def call(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """Calls the next, first finishing with the ticket that the form names."""
    now = timezone.now()
    before = request.POST.get("finished", "")
    if before:
        finished = _done(request, actor, calling.finish, _uuid(before))
        if finished is None:
            return redirect("desk:hall")
    deed = calling.call_next(actor=actor, now=now)
    if isinstance(deed, NotDone):
        messages.warning(request, why_not(deed))
    return redirect("desk:hall")


@require_POST
@for_staff
def act(request: HttpRequest, actor: Actor, reference: UUID, deed: str) -> HttpResponseBase:
    """One of the things that are done with a ticket; attending leads to its case."""
    if deed not in DEEDS:
        raise Http404
    done = _done(request, actor, DEEDS[deed], reference)
    if done is not None and deed == "atender" and done.case_number:
        return redirect("desk:case", number=done.case_number)
    if request.POST.get("next") == "reception":
        return redirect("desk:reception")
    return redirect("desk:hall")


@require_POST
@for_staff
def send_on(request: HttpRequest, actor: Actor, reference: UUID) -> HttpResponseBase:
    """To another service, keeping the turn."""

    def do(*, actor: Actor, now: object, ticket: UUID) -> Deed:
        return calling.send_on(
            actor=actor,
            now=timezone.now(),
            ticket=ticket,
            service=request.POST.get("service", ""),
        )

    done = _done(request, actor, do, reference)
    if done is not None:
        messages.success(
            request,
            gettext("{label} pasó a la otra fila con el lugar que tenía.").format(label=done.label),
        )
    return redirect("desk:hall")


def _done(request: HttpRequest, actor: Actor, do: TicketDeed, ticket: UUID) -> TicketDone | None:
    try:
        deed = do(actor=actor, now=timezone.now(), ticket=ticket)
    except TicketNotFound as missing:
        raise Http404 from missing
    if isinstance(deed, NotDone):
        messages.warning(request, why_not(deed))
        return None
    return deed


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as wrong:
        raise Http404 from wrong


def _etag(*parts: object) -> str:
    told = repr((parts, get_language(), timezone.get_current_timezone_name()))
    return f'"{sha256(told.encode()).hexdigest()[:32]}"'
