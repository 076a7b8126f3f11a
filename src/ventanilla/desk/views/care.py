"""Around a client: who takes care of it and what is agreed with it; and one's own absences."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from ventanilla.catalog.published import current_pack
from ventanilla.core.definition.model import Pack
from ventanilla.desk.entrance import for_staff, show
from ventanilla.desk.forms.care import AbsenceForm, AgreementForm, EndForm
from ventanilla.desk.party_care import executives
from ventanilla.identity.absences import AbsenceRefused, cancel_absence, set_absence
from ventanilla.identity.access import NotAllowed
from ventanilla.identity.actor import Actor
from ventanilla.identity.selectors import staff
from ventanilla.parties.care import (
    AgreementBackwards,
    AgreementUnknown,
    end_agreement,
    entrust_party,
    may_agree,
    may_entrust,
    set_agreement,
)
from ventanilla.parties.selectors import PartyCard, PartyNotFound, party_card
from ventanilla.parties.services import PartyErased


@require_POST
@for_staff
def entrust(request: HttpRequest, actor: Actor, reference: UUID) -> HttpResponseBase:
    """Gives the client into somebody's care."""
    pack, card = _client(actor, reference)
    if not may_entrust(actor, pack.party):
        raise PermissionDenied
    form = executives(actor, pack.party.executive, request.POST)
    if form.is_valid():
        email = form.cleaned_data["executive"]
        entrust_party(
            actor=actor, now=timezone.now(), reference=card.snapshot.reference, email=email
        )
        messages.success(request, gettext("Guardado. Sus próximas tareas irán a quien lo atiende."))
    else:
        messages.error(request, gettext("Elija a alguien de la lista."))
    return redirect("desk:party", reference=reference)


@require_http_methods(["GET", "POST"])
@for_staff
def agree(request: HttpRequest, actor: Actor, reference: UUID, name: str) -> HttpResponseBase:
    """Says what is agreed with the client."""
    pack, card = _client(actor, reference)
    kind = pack.party.agreements.get(name)
    if kind is None:
        raise Http404
    if not may_agree(actor, pack.party, name):
        raise PermissionDenied
    form = AgreementForm(kind, timezone.localdate(), request.POST or None)
    if form.is_valid():
        set_agreement(
            actor=actor,
            now=timezone.now(),
            model=pack.party,
            reference=reference,
            name=name,
            value=form.value,
            since=form.cleaned_data["since"],
            until=form.cleaned_data["until"],
            evidence=form.cleaned_data["evidence"],
        )
        messages.success(request, gettext("Acordado. Vale en lugar de la regla general."))
        return redirect("desk:party", reference=reference)
    consequence = gettext("El acuerdo anterior sobre lo mismo termina el día antes.")
    heading = gettext("Acordar: {what}").format(what=kind.field.label)
    return _form(request, actor, card, form, heading, gettext("Guardar el acuerdo"), consequence)


@require_http_methods(["GET", "POST"])
@for_staff
def end(request: HttpRequest, actor: Actor, reference: UUID, key: int) -> HttpResponseBase:
    """Ends what was agreed."""
    pack, card = _client(actor, reference)
    form = EndForm(request.POST or None, initial={"until": timezone.localdate()})
    if form.is_valid():
        try:
            end_agreement(
                actor=actor,
                now=timezone.now(),
                model=pack.party,
                reference=reference,
                key=key,
                until=form.cleaned_data["until"],
            )
        except AgreementUnknown as missing:
            raise Http404 from missing
        except NotAllowed as refused:
            raise PermissionDenied from refused
        except AgreementBackwards:
            form.add_error("until", gettext("Es antes del día en que empezó a valer."))
        else:
            done = gettext("Guardado. Después de ese día vale la regla general.")
            messages.success(request, done)
            return redirect("desk:party", reference=reference)
    consequence = gettext("Los plazos que ya corren no cambian.")
    heading = gettext("Terminar el acuerdo")
    return _form(request, actor, card, form, heading, gettext("Terminarlo"), consequence)


@require_http_methods(["GET", "POST"])
@for_staff
def absence(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """Says that one will not be there, and who stands in."""
    people = tuple(one for one in staff(actor) if one.is_active and one.id != actor.user_id)
    form = AbsenceForm(people, request.POST or None)
    if form.is_valid() and actor.user_id is not None:
        try:
            set_absence(actor=actor, now=timezone.now(), user_id=actor.user_id, **form.cleaned_data)
        except AbsenceRefused as refused:
            form.add_error(*_refusal(refused))
        else:
            messages.success(request, gettext("Guardado. Esos días no se le darán tareas nuevas."))
            return redirect("desk:profile")
    context = {
        "form": form,
        "heading": gettext("Avisar una ausencia"),
        "deed": gettext("Guardar la ausencia"),
        "consequence": gettext("Al volver tendrá de nuevo sus tareas, sin hacer nada."),
        "back": reverse("desk:profile"),
        "crumb": gettext("Su perfil"),
    }
    status = 422 if form.errors else 200
    return show(request, actor, "desk/parties/form.html", context, place="profile", status=status)


@require_POST
@for_staff
def back_again(request: HttpRequest, actor: Actor, key: int) -> HttpResponseBase:
    """Takes an absence back."""
    try:
        cancel_absence(actor=actor, now=timezone.now(), key=key)
    except NotAllowed as refused:
        raise PermissionDenied from refused
    messages.success(request, gettext("La ausencia quedó sin efecto."))
    return redirect("desk:profile")


def _refusal(refused: AbsenceRefused) -> tuple[str, str]:
    sentences = {
        "backwards": ("last_on", gettext("Termina antes de empezar: corrija las fechas.")),
        "overlaps": ("first_on", gettext("Ya tiene una ausencia en esos días.")),
        "deputy": ("deputy", gettext("Elija a alguien de la lista.")),
    }
    return sentences[refused.code]


def _client(actor: Actor, reference: UUID) -> tuple[Pack, PartyCard]:
    pack = current_pack(actor.organization_id, timezone.now())
    if pack is None:
        raise Http404
    try:
        return pack, party_card(actor, model=pack.party, reference=reference)
    except (PartyNotFound, PartyErased) as missing:
        raise Http404 from missing


def _form(
    request: HttpRequest,
    actor: Actor,
    card: PartyCard,
    form: AgreementForm | EndForm,
    heading: str,
    deed: str,
    consequence: str,
) -> HttpResponseBase:
    context = {
        "form": form,
        "heading": heading,
        "deed": deed,
        "consequence": consequence,
        "back": reverse("desk:party", args=(card.snapshot.reference,)),
        "crumb": card.snapshot.name or gettext("Sin nombre"),
    }
    status = 422 if form.errors else 200
    return show(request, actor, "desk/parties/form.html", context, place="parties", status=status)
