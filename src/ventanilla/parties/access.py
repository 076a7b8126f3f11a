"""The rows of parties that were reached already, by their own index.

The party told whose they are, and the database refuses a row of another organisation. Naming the
organisation again would let SQLite, which knows no proportions, read all of the organisation's.
"""

from collections.abc import Iterable

from django.db.models import OuterRef, QuerySet

from ventanilla.parties.models import (
    Activity,
    Agreement,
    ContactPoint,
    PartyChange,
    PartyIdentifier,
    PartyToken,
)


def contacts_of(party_ids: Iterable[int]) -> QuerySet[ContactPoint]:
    return ContactPoint.objects.across_organizations().filter(party_id__in=party_ids)


def identifiers_of(party_ids: Iterable[int]) -> QuerySet[PartyIdentifier]:
    return PartyIdentifier.objects.across_organizations().filter(party_id__in=party_ids)


def activities_of(party_ids: Iterable[int]) -> QuerySet[Activity]:
    return Activity.objects.across_organizations().filter(party_id__in=party_ids)


def agreements_of(party_ids: Iterable[int]) -> QuerySet[Agreement]:
    return Agreement.objects.across_organizations().filter(party_id__in=party_ids)


def changes_of(party_ids: Iterable[int]) -> QuerySet[PartyChange]:
    return PartyChange.objects.across_organizations().filter(party_id__in=party_ids)


def tokens_of(party_id: int | OuterRef) -> QuerySet[PartyToken]:
    return PartyToken.objects.across_organizations().filter(party_id=party_id)
