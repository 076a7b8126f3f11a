"""What the public can ask for, the form, and where a request stands."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from ventanilla.answers.refusals import refusal_words
from ventanilla.answers.uploads import UnusableFile
from ventanilla.cases.outcomes import CaseNotFound, NotMoved
from ventanilla.cases.selectors import CaseFile, attachment, case_file, case_number
from ventanilla.catalog.published import Published, all_in_force
from ventanilla.channels.tracking import tracked_case, tracking_key
from ventanilla.core.definition.model import Portal
from ventanilla.core.engine.commands import Refused
from ventanilla.core.engine.scope import zone_of
from ventanilla.identity.brakes import brake_key, count_try
from ventanilla.portal.entrance import House, for_public, show
from ventanilla.portal.forms import ReplyForm, RequestForm
from ventanilla.portal.questions import CHANNEL, Questions
from ventanilla.portal.requests import hand_in, say_more, was_taken
from ventanilla.portal.standing import standing_of
from ventanilla.ui.foreign import shut_in
from ventanilla.ui.wording import span_words

TRIES: Final = 20
WINDOW: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A procedure that the public can begin."""

    published: Published
    portal: Portal


@require_GET
@for_public
def services(request: HttpRequest, house: House) -> HttpResponseBase:
    """What can be asked for here."""
    return show(request, house, "portal/services.html", {"services": _services(house)})


@require_http_methods(["GET", "POST"])
@for_public
def ask(request: HttpRequest, house: House, code: str) -> HttpResponseBase:
    """The form of one service; handed in, it leads to where the request stands."""
    service = next((one for one in _services(house) if one.published.code == code), None)
    if service is None:
        raise Http404
    procedure = service.published.procedure
    questions = Questions(
        procedure=procedure,
        portal=service.portal,
        office=procedure.channels[CHANNEL].office,
        now=timezone.now(),
    )
    if request.method == "GET":
        return _ask_again(request, house, service, RequestForm(questions=questions))
    form = RequestForm(request.POST, request.FILES, questions=questions)
    if form.is_a_robots:
        return show(request, house, "portal/thanks.html", {"service": service})
    if not form.is_valid():
        return _ask_again(request, house, service, form, status=422)
    if form.asks_more:
        return _ask_again(request, house, service, form)
    until = _held_back(request)
    if until:
        form.add_error(None, until)
        return _ask_again(request, house, service, form, status=429)
    try:
        taken = hand_in(house=house, now=questions.now, questions=questions, form=form)
    except UnusableFile as unusable:
        form.refuse_file(str(unusable))
        return _ask_again(request, house, service, form, status=422)
    if isinstance(taken, Refused):
        form.refuse(taken)
        return _ask_again(request, house, service, form, status=422)
    messages.success(request, service.portal.thanks or gettext("Recibimos su solicitud."))
    return redirect("portal:request", house.organization.slug, _key(house, taken))


@require_http_methods(["GET", "POST"])
@for_public
def request_page(request: HttpRequest, house: House, key: str) -> HttpResponseBase:
    """Where a request stands, and the form to say more."""
    case, portal = _tracked(house, key)
    procedure = case.published.procedure
    with timezone.override(ZoneInfo(str(zone_of(procedure, case.state.office)))):
        form = ReplyForm()
        if request.method == "POST":
            form = ReplyForm(request.POST, request.FILES)
            if _added(request, house, case, form):
                messages.success(request, gettext("Lo recibimos. Queda con su solicitud."))
                return redirect("portal:request", house.organization.slug, key)
        context = {"case": standing_of(case, portal), "form": form, "key": key}
        status = 422 if form.errors else 200
        return show(request, house, "portal/request.html", context, status=status)


@require_GET
@for_public
def request_file(request: HttpRequest, house: House, key: str, reference: UUID) -> HttpResponseBase:
    """A file of the request, always as a download."""
    case, portal = _tracked(house, key)
    contacts = standing_of(case, portal).contacts
    shown = {file.reference for contact in contacts for file in contact.files}
    found = attachment(actor=house.actor, reference=reference) if reference in shown else None
    if found is None:
        raise Http404
    answer = HttpResponse(found.content, content_type="application/octet-stream")
    disposition = content_disposition_header(as_attachment=True, filename=found.name)
    answer.headers["Content-Disposition"] = disposition or "attachment"
    return shut_in(answer)


def _services(house: House) -> tuple[Service, ...]:
    versions = all_in_force(house.organization.id, timezone.now())
    return tuple(
        Service(published=version, portal=version.procedure.portal)
        for version in versions
        if version.procedure.portal is not None
    )


def _ask_again(
    request: HttpRequest, house: House, service: Service, form: RequestForm, status: int = 200
) -> HttpResponse:
    context = {"service": service, "form": form}
    return show(request, house, "portal/ask.html", context, status=status)


def _held_back(request: HttpRequest) -> str:
    """Why this address has to wait; nothing when it has not asked too often."""
    key, now = brake_key("portal", request.META.get("REMOTE_ADDR", "")), timezone.now()
    until = count_try({key: TRIES}, window=WINDOW, now=now)
    if until is None:
        return ""
    wait = span_words(until - now + timedelta(minutes=1))
    return gettext("Llegaron muchas solicitudes desde su conexión. Espere {wait}.").format(
        wait=wait
    )


def _added(request: HttpRequest, house: House, case: CaseFile, form: ReplyForm) -> bool:
    if form.is_a_robots:
        return True
    if not form.is_valid():
        return False
    if until := _held_back(request):
        form.add_error(None, until)
        return False
    try:
        outcome = say_more(house=house, now=timezone.now(), case=case, form=form)
    except UnusableFile as unusable:
        form.add_error("archivos", str(unusable))
        return False
    if isinstance(outcome, NotMoved):
        form.add_error(None, refusal_words(outcome.refusal))
    return was_taken(outcome)


def _tracked(house: House, key: str) -> tuple[CaseFile, Portal]:
    """The case that the key opens; not found for anything else, without saying why."""
    reference = tracked_case(house.organization.id, key)
    if reference is None:
        raise Http404
    try:
        number = case_number(actor=house.actor, reference=reference)
    except CaseNotFound as missing:
        raise Http404 from missing
    case = case_file(actor=house.actor, number=number)
    procedure = case.published.procedure
    return case, procedure.portal or Portal(title=procedure.title)


def _key(house: House, reference: UUID) -> str:
    return tracking_key(house.organization.id, reference)
