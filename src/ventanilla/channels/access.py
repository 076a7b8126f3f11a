"""The rows that channels read, each within one organisation."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from ventanilla.cases.models import Attachment, Case, Effect, Interaction
from ventanilla.channels.models import InboundMessage
from ventanilla.core.engine.facts import Fact, MessageReceived
from ventanilla.identity.actor import Actor
from ventanilla.identity.models import Organization


def inbound_visible_to(actor: Actor) -> QuerySet[InboundMessage]:
    return InboundMessage.objects.visible_to(actor)


def inbound_within(organization_id: int) -> QuerySet[InboundMessage]:
    return InboundMessage.objects.within(organization_id)


def inbound_anywhere() -> QuerySet[InboundMessage]:
    """For the worker, which has to find out whose turn it is."""
    return InboundMessage.objects.across_organizations()


def effects_within(organization_id: int) -> QuerySet[Effect]:
    return Effect.objects.within(organization_id)


def case_within(organization_id: int, case_id: int) -> Case | None:
    return Case.objects.within(organization_id).filter(pk=case_id).defer("state").first()


def case_numbered(actor: Actor, number: str) -> Case | None:
    return Case.objects.visible_to(actor).filter(number=number.strip()).first()


def reference_of_case(contact: Interaction) -> UUID:
    """The reference of the case that a contact belongs to."""
    rows = Case.objects.within(contact.organization_id).filter(pk=contact.case_id or 0)
    return rows.values_list("reference", flat=True).get()


def contact_received(organization_id: int, facts: Iterable[Fact]) -> tuple[int, int | None]:
    """The row of the contact that a command's facts say was received, and its case's."""
    reference = next(fact.ref for fact in facts if isinstance(fact, MessageReceived))
    rows = contacts_within(organization_id).filter(reference=reference)
    return rows.values_list("id", "case_id").get()


def contacts_within(organization_id: int) -> QuerySet[Interaction]:
    return Interaction.objects.within(organization_id)


def contacts_of_case(organization_id: int, case_id: int) -> QuerySet[Interaction]:
    return contacts_within(organization_id).filter(case_id=case_id).order_by("at", "id")


def contacts_named(organization_id: int, identifiers: Iterable[str]) -> QuerySet[Interaction]:
    """The contacts of cases that carry one of these Message-IDs."""
    named = [identifier for identifier in identifiers if identifier]
    return contacts_within(organization_id).filter(message_id__in=named, case__isnull=False)


def files_of(contact: Interaction) -> QuerySet[Attachment]:
    rows = Attachment.objects.within(contact.organization_id)
    return rows.filter(interaction_id=contact.pk).select_related("blob").order_by("id")


def automatic_mails(organization_id: int) -> QuerySet[Effect]:
    """The mails that left without a person's doing."""
    rows = Effect.objects.within(organization_id)
    return rows.filter(status="done", medium="email", interaction__robot=True)


def organization_of(organization_id: int) -> Organization:
    return Organization.objects.get(pk=organization_id)


def organizations() -> QuerySet[Organization]:
    return Organization.objects.order_by("slug")
