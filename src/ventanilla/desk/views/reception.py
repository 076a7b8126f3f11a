"""The reception: tickets, appointments, credentials, the times of the lines, the machines."""

from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ventanilla.cases.outcomes import CaseNotFound
from ventanilla.cases.selectors import CaseFile, case_file
from ventanilla.desk.entrance import for_staff, offices_of, show
from ventanilla.desk.forms.reception import (
    KINDS,
    REASONS,
    AppointmentForm,
    CredentialForm,
    DeviceForm,
    TicketForm,
)
from ventanilla.desk.waiting_room import hall_for, line_of, why_not
from ventanilla.identity.actor import Actor
from ventanilla.identity.devices import add_device, devices, retire_device
from ventanilla.identity.models import DeviceKind
from ventanilla.reception.hall import Hall, NoReception, hall_of
from ventanilla.reception.issuing import Wish, arrive, expect, give_ticket
from ventanilla.reception.outcomes import NotDone, TicketNotFound, VisitNotFound
from ventanilla.reception.selectors import (
    absent,
    expected,
    gone,
    inside,
    line,
    ticket_file,
    times,
    waiting_before,
)
from ventanilla.reception.visits import Reason, Visitor, give_credential, take_back

PLACE: Final = "hall"


@require_http_methods(["GET", "POST"])
@for_staff
def page(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """Giving a ticket, perhaps from a case; who is expected; who did not come."""
    now = timezone.now()
    hall, halls = hall_for(request, actor, now)
    if hall is None:
        return show(request, actor, "desk/hall/none.html", {}, place=PLACE)
    source = _source(request, actor)
    typed = request.POST if request.POST.get("deed") == "give" else None
    initial = {"name": source.party_name} if source else {}
    form = TicketForm(typed, hall=hall, initial=initial)
    booked = request.POST if request.POST.get("deed") == "expect" else None
    appointment = AppointmentForm(booked, hall=hall, prefix="cita")
    if form.is_bound and form.is_valid():
        given = _give(request, actor, now, hall, form, source)
        if given is not None:
            return redirect("desk:ticket", reference=given)
    if (
        appointment.is_bound
        and appointment.is_valid()
        and _expect(request, actor, now, appointment)
    ):
        return redirect(f"{reverse('desk:reception')}?oficina={hall.office}")
    context = {
        "hall": hall,
        "halls": halls,
        "form": form,
        "appointment": appointment,
        "source": source,
        "expected": [line_of(hall, one) for one in expected(actor, hall, now)],
        "absent": [line_of(hall, one) for one in absent(actor, hall, now)],
        "waiting": len(line(actor, hall, now)),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return show(request, actor, "desk/hall/reception.html", context, place=PLACE, status=status)


@require_POST
@for_staff
def arrived(request: HttpRequest, actor: Actor, reference: UUID) -> HttpResponseBase:
    """Whoever was expected is here."""
    try:
        deed = arrive(actor=actor, now=timezone.now(), ticket=reference)
    except TicketNotFound as missing:
        raise Http404 from missing
    if isinstance(deed, NotDone):
        messages.warning(request, why_not(deed))
        return redirect("desk:reception")
    return redirect("desk:ticket", reference=deed.reference)


@require_GET
@for_staff
def ticket(request: HttpRequest, actor: Actor, reference: UUID) -> HttpResponseBase:
    """One ticket: where to wait, what is told to the person, and how it went."""
    now = timezone.now()
    try:
        found = ticket_file(actor, reference)
        hall = hall_of(actor.organization_id, found.ticket.office, now)
    except (TicketNotFound, NoReception) as missing:
        raise Http404 from missing
    context = {
        "hall": hall,
        "line": line_of(hall, found.ticket),
        "room": hall.queues[found.ticket.queue].room if found.ticket.queue in hall.queues else "",
        "before": waiting_before(actor, found.ticket, hall.today(now)),
        "stretches": [
            (one, hall.counter_title(one.counter), hall.service_title(one.service))
            for one in found.stretches
        ],
    }
    return show(request, actor, "desk/hall/ticket.html", context, place=PLACE)


@require_http_methods(["GET", "POST"])
@for_staff
def visits(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """Who is inside with a credential; giving one and taking it back."""
    now = timezone.now()
    hall, halls = hall_for(request, actor, now)
    if hall is None:
        return show(request, actor, "desk/hall/none.html", {}, place=PLACE)
    form = CredentialForm(_posted(request))
    if form.is_bound and form.is_valid() and _give_credential(request, actor, now, hall, form):
        return redirect(f"{reverse('desk:visits')}?oficina={hall.office}")
    today = hall.today(now)
    context = {
        "hall": hall,
        "halls": halls,
        "form": form,
        "inside": [
            (one, REASONS[Reason(one.reason)], one.given_at.astimezone(hall.zone).date() < today)
            for one in inside(actor, hall.office)
        ],
        "gone": [(one, REASONS[Reason(one.reason)]) for one in gone(actor, hall.office)],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return show(request, actor, "desk/hall/visits.html", context, place=PLACE, status=status)


@require_POST
@for_staff
def returned(request: HttpRequest, actor: Actor, reference: UUID) -> HttpResponseBase:
    """The credential is back, or is lost."""
    is_lost = request.POST.get("deed") == "lost"
    try:
        refusal = take_back(actor=actor, now=timezone.now(), visit=reference, is_lost=is_lost)
    except VisitNotFound as missing:
        raise Http404 from missing
    if refusal is not None:
        messages.warning(request, why_not(refusal))
    elif is_lost:
        messages.warning(request, gettext("Quedó anotado que la credencial no volvió."))
    else:
        messages.success(request, gettext("Credencial devuelta. Devuelva el documento."))
    return redirect("desk:visits")


@require_GET
@for_staff
def figures(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """How the lines fare today: who waits, how long, how long attention takes."""
    now = timezone.now()
    hall, halls = hall_for(request, actor, now)
    if hall is None:
        return show(request, actor, "desk/hall/none.html", {}, place=PLACE)
    begins = datetime.combine(hall.today(now), datetime.min.time(), tzinfo=hall.zone)
    rows = times(actor, hall, now, begins, begins + timedelta(days=1))
    context = {
        "hall": hall,
        "halls": halls,
        "rows": [(hall.queues[one.queue], one) for one in rows],
    }
    return show(request, actor, "desk/hall/figures.html", context, place=PLACE)


@require_http_methods(["GET", "POST"])
@for_staff
def machines(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """The machines of the offices with their addresses; administrators add and retire them."""
    offices = {office.code: office.title for office in offices_of(request, actor)}
    form = DeviceForm(_posted(request), offices=offices)
    if form.is_bound and form.is_valid():
        add_device(
            actor=actor,
            now=timezone.now(),
            kind=DeviceKind(form.cleaned_data["kind"]),
            office=form.cleaned_data["office"],
            title=form.cleaned_data["title"],
        )
        messages.success(request, gettext("Listo. Abra su dirección en el equipo."))
        return redirect("desk:machines")
    rows = [
        (one, KINDS[DeviceKind(one.kind)], _address(request, one.kind, one.reference, one.key))
        for one in devices(actor)
    ]
    context = {"rows": rows, "form": form, "may_add": actor.is_administrator}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return show(request, actor, "desk/hall/machines.html", context, place=PLACE, status=status)


@require_POST
@for_staff
def retire(request: HttpRequest, actor: Actor, reference: UUID) -> HttpResponseBase:
    """The address of the machine leads nowhere from now on."""
    if not retire_device(actor=actor, now=timezone.now(), reference=reference):
        raise Http404
    messages.success(request, gettext("Retirado: su dirección ya no sirve."))
    return redirect("desk:machines")


def _address(request: HttpRequest, kind: str, reference: UUID, key: str) -> str:
    """The address that the machine opens; a telephone system has another door."""
    if kind == DeviceKind.TELEPHONE:
        return request.build_absolute_uri(reverse("machines:telephone", args=(reference,)))
    names = {DeviceKind.KIOSK: "machines:kiosk", DeviceKind.PANEL: "machines:panel"}
    name = names.get(DeviceKind(kind))
    return request.build_absolute_uri(reverse(name, args=(reference, key))) if name else ""


def _source(request: HttpRequest, actor: Actor) -> CaseFile | None:
    number = request.GET.get("caso", "")
    if not number:
        return None
    try:
        return case_file(actor=actor, number=number)
    except CaseNotFound as missing:
        raise Http404 from missing


def _give(
    request: HttpRequest,
    actor: Actor,
    now: datetime,
    hall: Hall,
    form: TicketForm,
    source: CaseFile | None,
) -> UUID | None:
    data = form.cleaned_data
    wish = Wish(
        office=hall.office,
        service=data["service"],
        priority=data.get("priority", ""),
        name=data["name"],
        party=source.party if source else None,
        source=source.reference if source else None,
        key=_key(actor, data["nonce"]),
    )
    deed = give_ticket(actor=actor, now=now, wish=wish)
    if isinstance(deed, NotDone):
        messages.warning(request, why_not(deed))
        return None
    return deed.reference


def _expect(request: HttpRequest, actor: Actor, now: datetime, form: AppointmentForm) -> bool:
    data = form.cleaned_data
    wish = Wish(
        office=form.hall.office,
        service=data["service"],
        name=data["name"],
        key=_key(actor, data["nonce"]),
    )
    deed = expect(actor=actor, now=now, wish=wish, at=form.moment(now))
    if isinstance(deed, NotDone):
        messages.warning(request, why_not(deed))
        return False
    messages.success(request, gettext("Anotado: se le espera a esa hora."))
    return True


def _give_credential(
    request: HttpRequest, actor: Actor, now: datetime, hall: Hall, form: CredentialForm
) -> bool:
    data = form.cleaned_data
    visitor = Visitor(
        office=hall.office,
        credential=data["credential"],
        name=data["name"],
        document_kind=data["document_kind"],
        document_number=data["document_number"],
        is_document_kept=data["is_document_kept"],
        reason=Reason(data["reason"]),
        whom=data["whom"],
        key=_key(actor, data["nonce"]),
    )
    given = give_credential(actor=actor, now=now, visitor=visitor)
    if isinstance(given, NotDone):
        form.add_error("credential", why_not(given))
        return False
    messages.success(request, gettext("Credencial entregada."))
    return True


def _key(actor: Actor, nonce: UUID | None) -> str:
    """What tells this form from every other; nothing for a form without."""
    return f"{actor.key}:{nonce}" if nonce else ""


def _posted(request: HttpRequest) -> QueryDict | None:
    """What was handed in, even if it is nothing; None when nothing was."""
    return request.POST if request.method == "POST" else None
