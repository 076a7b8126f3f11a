"""The people and companies known: search, and a page for each."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from ventanilla.answers.shown import kind_title, shown
from ventanilla.cases.selectors import cases_of_party
from ventanilla.catalog.published import current_pack
from ventanilla.desk.case_page import case_link
from ventanilla.desk.entrance import for_staff, home_office, show
from ventanilla.desk.forms.contact import SearchForm
from ventanilla.desk.party_care import care_context
from ventanilla.desk.people import found_by
from ventanilla.identity.actor import Actor
from ventanilla.parties.selectors import PartyNotFound, party_card


@require_GET
@for_staff
def search(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """Whoever fits what was typed."""
    text = request.GET.get("q", "")
    office = home_office(request, actor)
    country = office.country if office else ""
    context = {
        "form": SearchForm({"q": text}, looks_in=reverse("desk:parties"), shows_in="#clientes"),
        "found": found_by(actor, text, country),
        "asked": bool(text.strip()),
    }
    swapped = request.headers.get("HX-Target") == "clientes"
    template = "desk/parties/rows.html" if swapped else "desk/parties/list.html"
    return show(request, actor, template, context, place="parties")


@require_GET
@for_staff
def page(request: HttpRequest, actor: Actor, reference: UUID) -> HttpResponseBase:
    """Everything known of a person or company, and their cases."""
    pack = current_pack(actor.organization_id, timezone.now())
    if pack is None:
        raise Http404
    try:
        card = party_card(actor, model=pack.party, reference=reference)
    except PartyNotFound as missing:
        raise Http404 from missing
    known = card.snapshot
    facts = (
        (of.label, shown(of, known.attributes.get(name)))
        for name, of in pack.party.attributes.items()
    )
    context = {
        "party": known,
        **care_context(actor, pack, known, timezone.localdate()),
        "facts": [(label, words) for label, words in facts if words],
        "contacts": card.contacts,
        "identifiers": [(kind_title(row.kind), row.value) for row in card.identifiers],
        "cases": [case_link(case) for case in cases_of_party(actor=actor, party=reference)],
    }
    return show(request, actor, "desk/parties/page.html", context, place="parties")
