"""Calls as telephone systems and people tell them, and the lost ones that are owed a call back."""

import uuid

from django.db import models
from django.db.models import F, Q

from ventanilla.identity.scoping import OwnedByOrganization, SameOrganization
from ventanilla.telephone.course import Happening, Standing


class Call(OwnedByOrganization):
    """A call in. All but its links follows from its events; `system_key` is the system's name."""

    reference = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    office = models.CharField(max_length=60)
    system_key = models.CharField(max_length=200)
    line = models.CharField(max_length=60, blank=True)
    caller = models.CharField(max_length=60, blank=True)
    option = models.CharField(max_length=60, blank=True)
    standing = models.CharField(max_length=10, choices=[(one, one) for one in Standing])
    started_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    held_seconds = models.PositiveIntegerField(default=0)
    agent = models.ForeignKey(
        "identity.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, null=True, related_name="+")
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("organization", "id"), name="call_of_organization"),
            models.UniqueConstraint(fields=("organization", "system_key"), name="call_key_once"),
            SameOrganization(field="agent", name="call_agent_same_org"),
            SameOrganization(field="case", name="call_case_same_org"),
        )
        indexes = (
            models.Index(fields=("organization", "-started_at"), name="call_newest"),
            models.Index(
                fields=("organization", "started_at"), condition=Q(ended_at=None), name="call_open"
            ),
        )

    def __str__(self) -> str:
        return str(self.reference)


class CallEvent(OwnedByOrganization):
    """One event of a call, as it was told. `raw` is what came, byte for byte."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=80)
    """Who tells: the system's or the person's key."""
    event_id = models.CharField(max_length=120)
    happening = models.CharField(max_length=10, choices=[(one, one) for one in Happening])
    at = models.DateTimeField()
    caller = models.CharField(max_length=60, blank=True)
    line = models.CharField(max_length=60, blank=True)
    option = models.CharField(max_length=60, blank=True)
    agent = models.CharField(max_length=254, blank=True)
    raw = models.BinaryField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    received_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("organization", "source", "event_id"), name="call_event_once"
            ),
            SameOrganization(field="call", name="call_event_call_same_org"),
        )

    def __str__(self) -> str:
        return f"{self.call_id}:{self.happening}"


class CallBackStatus(models.TextChoices):
    OPEN = "open"
    REACHED = "reached"
    CALLED_AGAIN = "called_again"
    GIVEN_UP = "given_up"
    VOID = "void"


class CallBack(OwnedByOrganization):
    """A call that is owed to somebody, until when, and how often it was tried."""

    reference = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    office = models.CharField(max_length=60)
    number = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=200, blank=True)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, null=True, related_name="+")
    lost_at = models.DateTimeField()
    losses = models.PositiveSmallIntegerField(default=1)
    due_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField()
    """How often it is tried before one may give up."""
    attempts = models.PositiveSmallIntegerField(default=0)
    status = models.CharField(max_length=12, choices=CallBackStatus, default=CallBackStatus.OPEN)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=80, blank=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("organization", "id"), name="call_back_of_organization"
            ),
            models.UniqueConstraint(
                fields=("organization", "office", "number"),
                condition=Q(status="open") & ~Q(number=""),
                name="call_back_one_open_per_number",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("lost_at")),
                name="call_back_ends_after_it_begins",
            ),
            SameOrganization(field="call", name="call_back_call_same_org"),
            SameOrganization(field="case", name="call_back_case_same_org"),
        )
        indexes = (
            models.Index(
                fields=("organization", "due_at"),
                condition=Q(status="open"),
                name="call_back_owed",
            ),
        )

    def __str__(self) -> str:
        return str(self.reference)


class AttemptOutcome(models.TextChoices):
    REACHED = "reached"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    WRONG_NUMBER = "wrong_number"


class Attempt(OwnedByOrganization):
    """One try to call back."""

    call_back = models.ForeignKey(CallBack, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey("identity.User", on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=12, choices=AttemptOutcome)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("call_back", "position"), name="attempt_once"),
            SameOrganization(field="call_back", name="attempt_call_back_same_org"),
            SameOrganization(field="by", name="attempt_by_same_org"),
        )

    def __str__(self) -> str:
        return f"{self.call_back_id}:{self.position}"
