"""New contact: somebody calls or comes, and in seconds their case is open on its first step."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from ventanilla.answers.refusals import refusal_words
from ventanilla.answers.shown import language
from ventanilla.cases.outcomes import NotMoved
from ventanilla.cases.services import link_party
from ventanilla.catalog.published import ProcedureUnknown, Published, all_in_force
from ventanilla.core.definition.expressions.wording import greeting
from ventanilla.core.definition.model import PartyModel
from ventanilla.core.definition.values import Reading
from ventanilla.core.engine.state import Sender
from ventanilla.desk.case_page import head
from ventanilla.desk.entrance import for_staff, home_office, offices_of, show
from ventanilla.desk.forms.contact import NEW, ContactForm, PartyForm, SearchForm
from ventanilla.desk.people import (
    Hint,
    first_attributes,
    found_by,
    known,
    look_alikes,
    party_model,
)
from ventanilla.desk.receiving import AlreadyBegun, Contact, already_begun, begin_contact
from ventanilla.desk.views.case import find_case
from ventanilla.identity.actor import Actor
from ventanilla.identity.selectors import OfficeRow
from ventanilla.packs.identifiers import identity_check, refusal_sentence
from ventanilla.parties.services import (
    IdentifierTaken,
    UnusableIdentifier,
    displayed_name,
    record_party,
)
from ventanilla.telephone.outcomes import CallNotFound
from ventanilla.telephone.selectors import CallRow, call_row

DOORS = ("phone", "desk")
LONGEST = timedelta(hours=12)
"""A contact that began longer ago began with a forgotten page; it counts from now."""


@require_http_methods(["GET", "POST"])
@for_staff
def new(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """The form of a call or a visit; opening takes its person to the case's first step."""
    now = timezone.now()
    model = party_model(actor, now)
    if model is None:
        return show(request, actor, "desk/contact/nothing.html", {}, place="contact")
    form = _form(request, actor, model, now)
    if request.method == "GET":
        return _first_look(request, actor, form, now)
    began_at = _began(request, now)
    chosen = request.POST.get("party", "")
    if request.POST.get("deed") == "search":
        found = found_by(actor, request.POST.get("q", ""), _country(request, actor))
        form.full_clean()
        form.errors.clear()
        return _show(request, actor, form, began_at=began_at, found=found, asked=True)
    if not form.is_valid():
        return _show(request, actor, form, began_at=began_at, chosen=chosen, status=422)
    return _open(request, actor, form, model, began_at)


def _first_look(
    request: HttpRequest, actor: Actor, form: ContactForm, now: datetime
) -> HttpResponseBase:
    """The empty form; that of a call knows its number, its clock and who it may be."""
    call = _call(request, actor)
    number = call.caller if call else request.GET.get("numero", "")[:40]
    if not number and call is None:
        return _show(request, actor, form, began_at=now)
    began_at = (call.answered_at or call.started_at) if call else now
    told: dict[str, object] = {
        "q": number,
        "channel": "phone",
        "began_at": min(began_at, now).isoformat(),
        "call": call.reference if call else None,
        "caller": number,
        "subject": "",
    }
    form.initial = {**form.initial, **told}
    found = found_by(actor, number, _country(request, actor)) if number else ()
    return _show(request, actor, form, began_at=began_at, found=found, asked=bool(number))


def _call(request: HttpRequest, actor: Actor) -> CallRow | None:
    """The call that the address names; none of a stranger's, none that has a case."""
    try:
        return call_row(actor, UUID(request.GET.get("llamada", "")))
    except (ValueError, CallNotFound):
        return None


@require_GET
@for_staff
def people(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """Whoever fits what was typed so far, for the forms that ask who it is."""
    text = request.GET.get("q", "")
    found = found_by(actor, text, _country(request, actor))
    context = {"found": found, "asked": bool(text.strip()), "chosen": ""}
    return show(request, actor, "desk/contact/results.html", context, place="contact")


@require_http_methods(["GET", "POST"])
@for_staff
def link(request: HttpRequest, actor: Actor, number: str) -> HttpResponseBase:
    """Whose case it is: somebody of the registry, or somebody new."""
    now = timezone.now()
    case = find_case(actor, number)
    model = case.published.procedure.party
    form = PartyForm(
        request.POST if request.POST.get("deed") == "create" else None,
        attributes=first_attributes(model),
        reading=_reading(request, actor),
        initial=_from_sender(case.state.sender, model),
    )
    twins: tuple[Hint, ...] = ()
    chosen = request.POST.get("party", "")
    if request.method == "POST":
        reference = _reference(actor, chosen, model)
        if reference is None and form.is_bound and form.is_valid():
            twins = _twins(actor, form, model, request, chosen)
            if not twins:
                reference = _record(request, actor, now, form, model)
        if reference is not None:
            outcome = link_party(actor=actor, now=now, case=case.reference, party=reference)
            if isinstance(outcome, NotMoved):
                messages.warning(request, refusal_words(outcome.refusal))
            else:
                messages.success(request, gettext("El caso ya sabe de quién es."))
            return redirect("desk:case", number=number)
    text = request.GET.get("q", "")
    looks_in = reverse("desk:people")
    context = {
        "case": head(case, now),
        "search": SearchForm({"q": text}, looks_in=looks_in, shows_in="#personas"),
        "found": found_by(actor, text, _country(request, actor)),
        "asked": bool(text.strip()),
        "chosen": "",
        "form": form,
        "duplicates": twins,
    }
    status = 422 if form.is_bound else 200
    return show(request, actor, "desk/contact/link.html", context, place="worklist", status=status)


def _form(request: HttpRequest, actor: Actor, model: PartyModel, now: datetime) -> ContactForm:
    in_force = all_in_force(actor.organization_id, now)
    home = home_office(request, actor)
    return ContactForm(
        request.POST or None,
        attributes=first_attributes(model),
        reading=_reading(request, actor),
        channels=_doors(in_force),
        offices={office.code: office.title for office in offices_of(request, actor)},
        procedures={one.code: one.title for one in in_force},
        looks_in=reverse("desk:people"),
        initial={
            "channel": DOORS[0],
            "procedure": _usual(in_force),
            "office": home.code if home else "",
            "began_at": now.isoformat(),
            "nonce": uuid4(),
            "subject": request.GET.get("motivo", "")[:300],
        },
    )


def _usual(in_force: tuple[Published, ...]) -> str:
    """The procedure that the pack says a contact by the first door begins."""
    channels = in_force[0].procedure.channels if in_force else {}
    named = (channels[door].opens for door in DOORS if door in channels)
    return next((code for code in named if code), "")


def _doors(in_force: tuple[Published, ...]) -> tuple[str, ...]:
    opened = {name for one in in_force for name in one.procedure.channels}
    return tuple(door for door in DOORS if door in opened) or DOORS


def _open(
    request: HttpRequest,
    actor: Actor,
    form: ContactForm,
    model: PartyModel,
    began_at: datetime,
) -> HttpResponseBase:
    data = form.cleaned_data
    party = _reference(actor, request.POST.get("party", ""), model)
    contact = Contact(
        procedure=data["procedure"],
        channel=data["channel"],
        office=data["office"],
        country=_country(request, actor),
        subject=data["subject"],
        began_at=began_at,
        sender=_sender(actor, form, model, party),
        party=party,
        new_party=form.values,
        nonce=data["nonce"],
        call=data["call"],
    )
    if already_begun(actor, contact) is None:
        twins = _twins(actor, form, model, request, request.POST.get("party", ""))
        if twins:
            return _show(request, actor, form, began_at=began_at, duplicates=twins, status=422)
    try:
        outcome = begin_contact(actor=actor, now=timezone.now(), model=model, contact=contact)
    except UnusableIdentifier as refusal:
        form.refuse_attribute(refusal.attribute, refusal_sentence(refusal.code, language()))
    except IdentifierTaken as taken:
        holder = known(actor, taken.other, model)
        return _show(request, actor, form, began_at=began_at, duplicates=(holder,), status=422)
    except ProcedureUnknown:
        form.add_error("procedure", gettext("Ese servicio ya no está vigente. Elija otro."))
    else:
        if isinstance(outcome, AlreadyBegun) and not outcome.is_same:
            form.begin_anew(
                gettext(
                    "Este formulario ya abrió el caso {number}. Si es otro contacto, envíelo "
                    "otra vez."
                ).format(number=outcome.number)
            )
        elif isinstance(outcome, NotMoved):
            form.add_error(None, refusal_words(outcome.refusal))
        else:
            return redirect("desk:case", number=outcome.number)
    return _show(request, actor, form, began_at=began_at, status=422)


def _show(
    request: HttpRequest,
    actor: Actor,
    form: ContactForm,
    *,
    began_at: datetime,
    found: tuple[Hint, ...] = (),
    asked: bool = False,
    chosen: str = "",
    duplicates: tuple[Hint, ...] = (),
    status: int = 200,
) -> HttpResponseBase:
    words = greeting(timezone.localtime(began_at).hour, language())
    context = {
        "form": form,
        "began_at": began_at,
        "greeting": gettext("{greeting}, le saluda {name}. ¿En qué le puedo ayudar?").format(
            greeting=words, name=actor.name
        ),
        "found": found,
        "asked": asked,
        "chosen": chosen,
        "duplicates": duplicates,
    }
    return show(request, actor, "desk/contact/new.html", context, place="contact", status=status)


def _twins(
    actor: Actor, form: PartyForm, model: PartyModel, request: HttpRequest, chosen: str
) -> tuple[Hint, ...]:
    """Those known already who look like the new person, unless it was said that it is another."""
    if not form.values or chosen:
        return ()
    return look_alikes(actor, form.values, model, _country(request, actor))


def _record(
    request: HttpRequest, actor: Actor, now: datetime, form: PartyForm, model: PartyModel
) -> UUID | None:
    if not form.values:
        form.add_error(None, gettext("Escriba al menos un dato de la persona."))
        return None
    try:
        snapshot = record_party(
            actor=actor,
            now=now,
            model=model,
            attributes=form.values,
            country=_country(request, actor),
        )
    except UnusableIdentifier as refusal:
        form.refuse_attribute(refusal.attribute, refusal_sentence(refusal.code, language()))
    except IdentifierTaken as taken:
        form.refuse_attribute(
            taken.attribute, gettext("Ese número es de alguien que ya está en el registro.")
        )
    else:
        return snapshot.reference
    return None


def _reference(actor: Actor, chosen: str, model: PartyModel) -> UUID | None:
    """The party that was picked; nobody when it is none of ours."""
    if not chosen or chosen == NEW:
        return None
    try:
        reference = UUID(chosen)
    except ValueError as wrong:
        raise Http404 from wrong
    return known(actor, reference, model).reference


def _sender(actor: Actor, form: PartyForm, model: PartyModel, party: UUID | None) -> Sender:
    if party is not None:
        somebody = known(actor, party, model)
        name, values = somebody.name, somebody.values
    else:
        values = form.values
        name = displayed_name(values)
    phone = str(values.get("phone") or "") or form.data.get("caller", "")[:60]
    return Sender(name=name, email=str(values.get("email") or ""), phone=phone)


def _from_sender(sender: Sender, model: PartyModel) -> dict[str, str]:
    told = {"name": sender.name, "email": sender.email, "phone": sender.phone}
    return {
        f"ficha-{name}": value for name, value in told.items() if value and name in model.attributes
    }


def _began(request: HttpRequest, now: datetime) -> datetime:
    """When the contact began: when its form was first shown."""
    try:
        began_at = datetime.fromisoformat(request.POST.get("began_at", ""))
    except ValueError:
        return now
    if began_at.tzinfo is None or not now - LONGEST <= began_at <= now:
        return now
    return began_at


def _country(request: HttpRequest, actor: Actor) -> str:
    office = home_office(request, actor)
    return office.country if office else ""


def _reading(request: HttpRequest, actor: Actor) -> Reading:
    office: OfficeRow | None = home_office(request, actor)
    zone = ZoneInfo(office.zone) if office else timezone.get_current_timezone()
    return Reading(identity=identity_check, zone=zone)
