"""The people and organisations who are served, and how they are found and reached."""

import uuid
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Q

from ventanilla.identity.scoping import OwnedByOrganization, SameOrganization


class PartyKind(models.TextChoices):
    PERSON = "person"
    ORGANIZATION = "organization"


class ContactChannel(models.TextChoices):
    EMAIL = "email"
    PHONE = "phone"


class KeyField(models.CharField):  # type: ignore[type-arg]  # generic for the checker only
    """Text compared byte by byte on every database, so that ranges of prefixes mean the same."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        parameters: dict[str, Any] = dict(super().db_parameters(connection))
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters


class Party(OwnedByOrganization):
    """A person or organisation: `reference` leaves the house, `version` counts the writes."""

    reference = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=12, choices=PartyKind, default=PartyKind.PERSON)
    name = models.CharField(max_length=300, blank=True)
    name_key = KeyField(max_length=300, blank=True)
    attributes = models.JSONField(default=dict)
    lifecycle = models.CharField(max_length=60, blank=True)
    executive = models.ForeignKey(
        "identity.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    """In whose care the party is; none: in nobody's."""
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("organization", "id"), name="party_of_organization"),
            models.CheckConstraint(condition=Q(kind__in=PartyKind.values), name="party_kind_known"),
            models.CheckConstraint(condition=Q(version__gte=1), name="party_version_counts"),
            models.CheckConstraint(
                condition=Q(updated_at__gte=F("created_at")), name="party_updated_after_created"
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(name="", name_key="", attributes={}),
                name="party_erased_is_blank",
            ),
            SameOrganization(field="executive", name="party_executive_same_org"),
        )
        indexes = (
            models.Index(fields=("organization", "name_key"), name="party_name_key"),
            models.Index(
                fields=("organization", "executive", "name_key"),
                condition=~Q(executive=None),
                name="party_of_executive",
            ),
        )

    def __str__(self) -> str:
        return str(self.reference)


class PartyIdentifier(OwnedByOrganization):
    """An official number, in its normal form; it names one party of the organisation."""

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="+")
    attribute = models.CharField(max_length=60)
    kind = models.CharField(max_length=20)
    value = KeyField(max_length=60)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("organization", "kind", "value"), name="identifier_names_one_party"
            ),
            models.CheckConstraint(condition=~Q(value=""), name="identifier_has_value"),
            SameOrganization(field="party", name="identifier_party_same_org"),
        )
        indexes = (models.Index(fields=("organization", "value"), name="identifier_value"),)

    def __str__(self) -> str:
        return f"identifier {self.pk}"


class ContactPoint(OwnedByOrganization):
    """An address by which a party is reached.

    `value` is the normal form (E.164 for a telephone), `typed` what somebody wrote, `lookup` what
    is searched: the address in lower case, or the telephone number without its country.
    """

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="+")
    attribute = models.CharField(max_length=60, blank=True)
    channel = models.CharField(max_length=12, choices=ContactChannel)
    value = KeyField(max_length=254)
    typed = models.CharField(max_length=254)
    lookup = KeyField(max_length=254)
    is_default = models.BooleanField(default=False)
    verified_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("party", "channel", "value"), name="contact_once_per_party"
            ),
            models.UniqueConstraint(
                fields=("party", "channel"),
                condition=Q(is_default=True),
                name="contact_one_default_per_channel",
            ),
            models.CheckConstraint(
                condition=Q(channel__in=ContactChannel.values), name="contact_channel_known"
            ),
            models.CheckConstraint(
                condition=~Q(value="") & ~Q(lookup=""), name="contact_has_value"
            ),
            SameOrganization(field="party", name="contact_party_same_org"),
        )
        indexes = (
            models.Index(fields=("organization", "channel", "value"), name="contact_value"),
            models.Index(fields=("organization", "channel", "lookup"), name="contact_lookup"),
        )

    def __str__(self) -> str:
        return f"contact point {self.pk}"


class Activity(OwnedByOrganization):
    """Something that a party took part in on a day, recorded by a case or by hand."""

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=60)
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    case = models.UUIDField(null=True)
    """The reference of the case that recorded it."""

    class Meta:
        constraints = (SameOrganization(field="party", name="activity_party_same_org"),)
        indexes = (models.Index(fields=("party", "on"), name="activity_of_party"),)

    def __str__(self) -> str:
        return f"activity {self.pk}"


class Agreement(OwnedByOrganization):
    """Something agreed with a party, from a day until another; never edited, only ended."""

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(max_length=60)
    value = models.JSONField()
    since = models.DateField()
    until = models.DateField(null=True)
    evidence = models.CharField(max_length=300, blank=True)
    """Where it stands in writing."""
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=80)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="agreement_ends_after_it_begins",
            ),
            SameOrganization(field="party", name="agreement_party_same_org"),
        )
        indexes = (models.Index(fields=("party", "name", "since"), name="agreement_of_party"),)

    def __str__(self) -> str:
        return f"agreement {self.pk}"


class PartyChange(OwnedByOrganization):
    """A change of state, category or executive: how a party came to be what it is."""

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="+", db_index=False)
    what = models.CharField(max_length=60)
    """``lifecycle``, ``executive``, or an attribute that is a choice and not personal."""
    value = models.CharField(max_length=254, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        constraints = (SameOrganization(field="party", name="change_party_same_org"),)
        indexes = (models.Index(fields=("party", "at"), name="change_of_party"),)

    def __str__(self) -> str:
        return f"change {self.pk}"


class PartyToken(OwnedByOrganization):
    """A word by which a party is found."""

    party = models.ForeignKey(
        Party, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    token = KeyField(max_length=40)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("party", "token"), name="token_once_per_party"),
            SameOrganization(field="party", name="token_party_same_org"),
        )
        indexes = (models.Index(fields=("organization", "token", "party"), name="token_to_party"),)

    def __str__(self) -> str:
        return f"token {self.pk}"


class Spelling(OwnedByOrganization):
    """A misspelt form of a word that some party carries; how typing errors are forgiven."""

    variant = KeyField(max_length=42)
    token = KeyField(max_length=40)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("organization", "variant", "token"), name="spelling_once"
            ),
        )

    def __str__(self) -> str:
        return f"spelling {self.pk}"
