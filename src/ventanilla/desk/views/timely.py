"""Checklists, appointments and what repeats: marking, what became of them, and ending them."""

from datetime import timedelta
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from ventanilla.cases import services
from ventanilla.cases.outcomes import Outcome
from ventanilla.core.businesstime import BeyondHorizon, due
from ventanilla.core.engine.checklists import items_now
from ventanilla.core.engine.clocks import calendar_of
from ventanilla.core.engine.timely import may_mark
from ventanilla.core.engine.timely_state import Meeting
from ventanilla.desk.calendar_file import Occasion, calendar_file
from ventanilla.desk.entrance import for_staff
from ventanilla.desk.forms.timely import ChecklistForm, MeetForm
from ventanilla.desk.questioning import position
from ventanilla.desk.upkeep import may_any
from ventanilla.desk.views.acts import short_form
from ventanilla.desk.views.case import find_case
from ventanilla.identity.actor import Actor

_USUAL = timedelta(hours=1)


@require_http_methods(["GET", "POST"])
@for_staff
def checklist(request: HttpRequest, actor: Actor, number: str, name: str) -> HttpResponseBase:
    """The items of a checklist, to be marked."""
    case = find_case(actor, number)
    run = position(case, actor, timezone.now())
    known = run.procedure.checklists.get(name)
    if known is None:
        raise Http404
    if not may_any(run, may_mark(run.procedure, run.state, name)):
        raise PermissionDenied
    marks = dict(run.state.marks.get(name, {}))
    form = ChecklistForm(items_now(known, run.scope()), marks, request.POST or None)

    def write(case: UUID, filled: ChecklistForm) -> Outcome:
        now = timezone.now()
        return services.mark_items(
            actor=actor, now=now, case=case, checklist=name, marks=filled.marks
        )

    return short_form(
        request,
        actor,
        number,
        form=form,
        do=write,
        heading=known.title,
        deed=gettext("Guardar las marcas"),
        consequence=gettext("Queda quién marcó cada cosa y cuándo."),
        done=gettext("Marcas guardadas."),
    )


@require_http_methods(["GET", "POST"])
@for_staff
def opt_out(request: HttpRequest, actor: Actor, number: str, name: str) -> HttpResponseBase:
    """Ends what repeats, because the person wants no more of it."""
    case = find_case(actor, number)
    run = position(case, actor, timezone.now())
    known = run.procedure.schedules.get(name)
    if known is None or known.opt_out is None:
        raise Http404
    if not may_any(run, known.opt_out.who):
        raise PermissionDenied

    def write(case: UUID, _form: forms.Form) -> Outcome:
        return services.opt_out(actor=actor, now=timezone.now(), case=case, schedule=name)

    return short_form(
        request,
        actor,
        number,
        form=forms.Form(request.POST if request.method == "POST" else None),
        do=write,
        heading=known.opt_out.title or gettext("La persona no quiere más avisos"),
        deed=gettext("Dejar de enviar «{title}»").format(title=known.title),
        consequence=gettext("No vuelve a enviarse en este caso."),
        done=gettext("Anotado: no se envía más."),
    )


@require_http_methods(["GET", "POST"])
@for_staff
def meet(request: HttpRequest, actor: Actor, number: str, name: str) -> HttpResponseBase:
    """What became of an appointment, or its new date."""
    case = find_case(actor, number)
    run = position(case, actor, timezone.now())
    known = run.procedure.appointments.get(name)
    if known is None or name not in run.state.bookings:
        raise Http404
    host = (known.host,) if known.host is not None else ()
    if not may_any(run, (*known.who, *host)):
        raise PermissionDenied

    def write(case: UUID, form: MeetForm) -> Outcome:
        return services.meet(
            actor=actor,
            now=timezone.now(),
            case=case,
            appointment=name,
            outcome=form.meeting,
            moved_to=form.cleaned_data.get("moved_to"),
            note=form.cleaned_data.get("note") or "",
        )

    return short_form(
        request,
        actor,
        number,
        form=MeetForm(request.POST or None),
        do=write,
        heading=known.title,
        deed=gettext("Anotar lo que pasó con la cita"),
        consequence=gettext("Queda en la historia del caso."),
        done=gettext("Cita anotada."),
    )


@require_GET
@for_staff
def appointment_file(
    request: HttpRequest, actor: Actor, number: str, name: str
) -> HttpResponseBase:
    """The appointment as a file for a calendar."""
    case, now = find_case(actor, number), timezone.now()
    run = position(case, actor, now)
    known, booking = run.procedure.appointments.get(name), run.state.bookings.get(name)
    if known is None or booking is None:
        raise Http404
    ends = booking.at + _USUAL
    if known.lasts is not None:
        found = due(calendar_of(run.procedure, run.state.office, None), booking.at, known.lasts)
        ends = ends if isinstance(found, BeyondHorizon) else found
    place = known.place.evaluate(run.scope()) if known.place is not None else ""
    content = calendar_file(
        Occasion(
            uid=f"{case.reference}.{name}@ventanilla",
            title=f"{known.title} · {case.number}",
            place=str(place or ""),
            notes=case.party_name or run.state.sender.name,
            begins=booking.at,
            ends=ends,
            changes=booking.moves,
            called_off=booking.status is Meeting.CALLED_OFF,
            written=now,
        )
    )
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{case.number}.ics"'
    return answer
