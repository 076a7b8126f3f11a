"""The telephone: what rings, my call with its clock and hold, whom we owe a call, the log."""

from hashlib import sha256
from http import HTTPStatus
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ventanilla.desk.entrance import for_staff, home_office, show
from ventanilla.desk.forms.telephone import OUTCOMES, AttemptForm, LostForm
from ventanilla.desk.people import found_by
from ventanilla.identity.actor import Actor
from ventanilla.identity.sessions import current_actor
from ventanilla.packs.contacts import shown_phone
from ventanilla.telephone.course import Happening, Standing
from ventanilla.telephone.models import AttemptOutcome
from ventanilla.telephone.outcomes import Because, CallBackNotFound, CallNotFound, NotDone
from ventanilla.telephone.selectors import (
    CallRow,
    call_back_file,
    call_log,
    call_named,
    call_row,
    mine,
    owed,
    ringing,
)
from ventanilla.telephone.services import give_up, log_lost, record_attempt, say

PLACE: Final = "telephone"
DEEDS: Final = {
    "en-espera": Happening.HELD,
    "retomar": Happening.RESUMED,
    "colgar": Happening.HUNG_UP,
}


@require_http_methods(["GET", "POST"])
@for_staff
def page(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """The telephone of the day; asked by the page itself it answers only when something changed."""
    now = timezone.now()
    form = LostForm(_posted(request))
    if form.is_bound and form.is_valid():
        deed = log_lost(
            actor=actor,
            now=now,
            number=form.cleaned_data["number"],
            name=form.cleaned_data["name"],
            lost_at=now,
        )
        if isinstance(deed, NotDone):
            form.add_error(None, why_not(deed))
        else:
            messages.success(request, gettext("Anotada: hay que devolver esa llamada."))
            return redirect("desk:telephone")
    parts = (ringing(actor, now), mine(actor), owed(actor), call_log(actor))
    told = repr((parts, get_language(), now.replace(second=0, microsecond=0)))
    etag = f'"{sha256(told.encode()).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=HTTPStatus.NOT_MODIFIED, headers={"ETag": etag})
    rings, own, backs, log = parts
    context = {
        "form": form,
        "rings": rings,
        "own": own,
        "backs": backs,
        "log": log,
        "country": country(request, actor),
        "etag": etag,
    }
    polled = request.headers.get("HX-Target") == "telefono"
    template = "desk/telephone/calls.html" if polled else "desk/telephone/page.html"
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    answer = show(request, actor, template, context, place=PLACE, status=status)
    answer.headers["ETag"] = etag
    return answer


@require_GET
def bell(request: HttpRequest) -> HttpResponseBase:
    """What rings, for the head of every page. Nobody signed in hears nothing, and stays put."""
    if current_actor(request) is None:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return _bell(request)


@for_staff
def _bell(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    context = {"rings": ringing(actor, timezone.now()), "country": country(request, actor)}
    return show(request, actor, "desk/telephone/bell.html", context, place=PLACE)


@require_GET
@for_staff
def answer(request: HttpRequest, actor: Actor, reference: UUID) -> HttpResponseBase:
    """Takes the person to the contact of a call: its case, or a new contact that knows it."""
    try:
        call = call_row(actor, reference)
    except CallNotFound as missing:
        raise Http404 from missing
    return _to_contact(call)


@require_GET
@for_staff
def pop_up(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """The address that a telephone program opens by itself: ``?llamada=ID`` or ``?numero=+51…``."""
    name, number = request.GET.get("llamada", ""), request.GET.get("numero", "")
    call = call_named(actor, name[:120]) if name else None
    if call is not None:
        return _to_contact(call)
    return redirect(f"{reverse('desk:new_contact')}?{urlencode({'numero': number[:40]})}")


@require_POST
@for_staff
def act(request: HttpRequest, actor: Actor, reference: UUID, deed: str) -> HttpResponseBase:
    """Hold, resume or end my call."""
    if deed not in DEEDS:
        raise Http404
    try:
        done = say(actor=actor, now=timezone.now(), call=reference, happening=DEEDS[deed])
        number = call_row(actor, reference).case_number
    except CallNotFound as missing:
        raise Http404 from missing
    if isinstance(done, NotDone):
        messages.warning(request, why_not(done))
    if request.POST.get("next") == "case" and number:
        return redirect("desk:case", number=number)
    return redirect("desk:telephone")


@require_http_methods(["GET", "POST"])
@for_staff
def call_back(request: HttpRequest, actor: Actor, reference: UUID) -> HttpResponseBase:
    """Somebody whom we owe a call: the number, who it may be, and how each try went."""
    try:
        row, attempts = call_back_file(actor, reference)
    except CallBackNotFound as missing:
        raise Http404 from missing
    form = AttemptForm(_posted(request))
    if form.is_bound and form.is_valid():
        outcome = AttemptOutcome(form.cleaned_data["outcome"])
        deed = record_attempt(
            actor=actor,
            now=timezone.now(),
            call_back=reference,
            outcome=outcome,
            text=form.cleaned_data["text"],
            words=gettext("Devolución de llamada: {outcome}.").format(outcome=OUTCOMES[outcome]),
        )
        if isinstance(deed, NotDone):
            messages.warning(request, why_not(deed))
        elif outcome == AttemptOutcome.REACHED:
            return _after_reaching(row.case_number, row.number)
        return redirect("desk:call_back", reference=reference)
    where = country(request, actor)
    context = {
        "row": row,
        "number": shown_phone(row.number, where),
        "attempts": [(one, OUTCOMES[AttemptOutcome(one.outcome)]) for one in attempts],
        "found": found_by(actor, row.number, where) if row.number else (),
        "form": form,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    template = "desk/telephone/call_back.html"
    return show(request, actor, template, context, place=PLACE, status=status)


@require_POST
@for_staff
def abandon(request: HttpRequest, actor: Actor, reference: UUID) -> HttpResponseBase:
    """Nobody could be reached: it is not tried any more."""
    try:
        refusal = give_up(actor=actor, now=timezone.now(), call_back=reference)
    except CallBackNotFound as missing:
        raise Http404 from missing
    if refusal is not None:
        messages.warning(request, why_not(refusal))
        return redirect("desk:call_back", reference=reference)
    messages.success(request, gettext("Ya no se insiste con esa llamada."))
    return redirect("desk:telephone")


def why_not(refusal: NotDone) -> str:
    """Why nothing was done, and what one can do."""
    sentences = {
        Because.CLOSED: gettext("Eso ya estaba hecho, o la llamada terminó."),
        Because.TOO_EARLY: gettext("Antes de dejarlo, inténtelo {left} veces más."),
        Because.NO_TELEPHONE: gettext("La organización no declara un canal de teléfono."),
    }
    return sentences[refusal.because].format(left=refusal.left)


def country(request: HttpRequest, actor: Actor) -> str:
    """The country whose numbers are written short."""
    office = home_office(request, actor)
    return office.country if office else ""


def _to_contact(call: CallRow) -> HttpResponseBase:
    if call.case_number:
        return redirect("desk:case", number=call.case_number)
    if call.standing == Standing.LOST:
        return redirect("desk:telephone")
    return redirect(f"{reverse('desk:new_contact')}?{urlencode({'llamada': call.reference})}")


def _after_reaching(number: str, phone: str) -> HttpResponseBase:
    if number:
        return redirect("desk:case", number=number)
    return redirect(f"{reverse('desk:new_contact')}?{urlencode({'numero': phone})}")


def _posted(request: HttpRequest) -> QueryDict | None:
    """What was handed in, even if it is nothing; None when nothing was."""
    return request.POST if request.method == "POST" else None
