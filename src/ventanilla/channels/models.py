"""What came in, byte for byte, before anybody tried to understand it."""

import uuid

from django.db import models
from django.db.models import F, Q

from ventanilla.identity.scoping import OwnedByOrganization, SameOrganization


class InboundStatus(models.TextChoices):
    RECEIVED = "received"
    PLACED = "placed"
    QUARANTINED = "quarantined"
    IGNORED = "ignored"
    FAILED = "failed"


class InboundMessage(OwnedByOrganization):
    """One message as it reached us.

    The same bytes are one row. The same Message-ID is one message: a second copy with other bytes
    (two mailboxes, another way through the network) is kept and points to the first.
    `reason` is a code: why the message lies in quarantine, was ignored, or could not be placed.
    A worker holds the row by a lease while it places it; `attempts` is the fencing number.
    """

    reference = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    channel = models.CharField(max_length=20)
    raw = models.BinaryField(null=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    received_at = models.DateTimeField()
    status = models.CharField(max_length=12, choices=InboundStatus, default=InboundStatus.RECEIVED)
    reason = models.CharField(max_length=60, blank=True)
    message_id = models.CharField(max_length=260, null=True)
    sender = models.CharField(max_length=320, blank=True)
    sender_name = models.CharField(max_length=300, blank=True)
    subject = models.CharField(max_length=500, blank=True)
    excerpt = models.CharField(max_length=300, blank=True)
    case = models.ForeignKey(
        "cases.Case", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    interaction = models.ForeignKey(
        "cases.Interaction", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    duplicate_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=80, blank=True)
    note = models.CharField(max_length=500, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    retry_at = models.DateTimeField()
    last_error = models.TextField(blank=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("organization", "id"), name="inbound_of_organization"),
            models.UniqueConstraint(fields=("organization", "sha256"), name="inbound_bytes_once"),
            models.UniqueConstraint(
                fields=("organization", "message_id"),
                condition=~Q(message_id=None),
                name="inbound_message_id_once",
            ),
            models.CheckConstraint(
                condition=Q(status__in=InboundStatus.values), name="inbound_status_known"
            ),
            models.CheckConstraint(
                condition=~Q(status="placed") | Q(case__isnull=False), name="inbound_placed_in_case"
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None)
                | Q(raw=None, sender="", sender_name="", subject="", excerpt=""),
                name="inbound_erased_is_blank",
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None) | Q(settled_at__gte=F("received_at")),
                name="inbound_settled_after_received",
            ),
            SameOrganization(field="case", name="inbound_case_same_org"),
            SameOrganization(field="interaction", name="inbound_interaction_same_org"),
            SameOrganization(field="duplicate_of", name="inbound_duplicate_same_org"),
        )
        indexes = (
            models.Index(
                fields=("retry_at", "id"), condition=Q(status="received"), name="inbound_to_place"
            ),
            models.Index(
                fields=("organization", "-received_at"),
                condition=Q(status__in=("quarantined", "failed")),
                name="inbound_to_look_at",
            ),
            models.Index(
                fields=("organization", "sender", "received_at"), name="inbound_of_sender"
            ),
        )

    def __str__(self) -> str:
        return str(self.reference)
