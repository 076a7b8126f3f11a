"""Who waits, who is attended, how long each took; and who is in the house with a credential."""

import uuid

from django.db import models
from django.db.models import F, Q

from ventanilla.identity.scoping import OwnedByOrganization, SameOrganization


class TicketStatus(models.TextChoices):
    EXPECTED = "expected"
    WAITING = "waiting"
    CALLED = "called"
    ATTENDED = "attended"
    DONE = "done"
    NO_SHOW = "no_show"
    LEFT = "left"
    LAPSED = "lapsed"


IN_HAND = (TicketStatus.CALLED, TicketStatus.ATTENDED)
"""What a counter holds: one ticket, and an agent one too, by the database's word."""


class Ticket(OwnedByOrganization):
    """Somebody's turn of one day at one office, from the kiosk to the end of the attention.

    `turn_at` is when the person counts as having come; the earliest is called first. It never
    changes once it is given. `key` tells one form, or one appointment, from another.
    """

    reference = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    office = models.CharField(max_length=60)
    queue = models.CharField(max_length=60)
    service = models.CharField(max_length=60)
    priority = models.CharField(max_length=60, blank=True)
    label = models.CharField(max_length=12, blank=True)
    day = models.DateField()
    appointment_at = models.DateTimeField(null=True)
    came_at = models.DateTimeField(null=True)
    turn_at = models.DateTimeField(null=True)
    status = models.CharField(max_length=10, choices=TicketStatus)
    calls = models.PositiveSmallIntegerField(default=0)
    called_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    counter = models.CharField(max_length=60, blank=True)
    agent = models.ForeignKey(
        "identity.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    party = models.ForeignKey(
        "parties.Party", on_delete=models.PROTECT, null=True, related_name="+"
    )
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, null=True, related_name="+")
    source = models.ForeignKey("cases.Case", on_delete=models.PROTECT, null=True, related_name="+")
    """The case in which the ticket was given, when a case of its own gave it."""
    name = models.CharField(max_length=200, blank=True)
    given_by = models.CharField(max_length=80)
    key = models.CharField(max_length=120, blank=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("organization", "id"), name="ticket_of_organization"),
            models.UniqueConstraint(
                fields=("organization", "office", "day", "label"),
                condition=~Q(label=""),
                name="ticket_label_once_a_day",
            ),
            models.UniqueConstraint(
                fields=("organization", "key"), condition=~Q(key=""), name="ticket_key_once"
            ),
            models.UniqueConstraint(
                fields=("organization", "agent"),
                condition=Q(status__in=IN_HAND),
                name="ticket_one_per_agent",
            ),
            models.UniqueConstraint(
                fields=("organization", "office", "counter"),
                condition=Q(status__in=IN_HAND),
                name="ticket_one_per_counter",
            ),
            models.CheckConstraint(
                condition=~Q(status="waiting") | Q(turn_at__isnull=False, agent=None),
                name="ticket_waiting_has_a_turn",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=IN_HAND) | (Q(agent__isnull=False) & ~Q(counter="")),
                name="ticket_in_hand_has_an_agent",
            ),
            SameOrganization(field="agent", name="ticket_agent_same_org"),
            SameOrganization(field="party", name="ticket_party_same_org"),
            SameOrganization(field="case", name="ticket_case_same_org"),
            SameOrganization(field="source", name="ticket_source_same_org"),
        )
        indexes = (
            models.Index(
                fields=("organization", "office", "turn_at", "id"),
                condition=Q(status="waiting"),
                name="ticket_line",
            ),
            models.Index(fields=("organization", "office", "day", "called_at"), name="ticket_day"),
        )

    def __str__(self) -> str:
        return self.label or str(self.reference)


class TicketCount(OwnedByOrganization):
    """The last number given on a day, for a letter, at an office."""

    office = models.CharField(max_length=60)
    day = models.DateField()
    letter = models.CharField(max_length=2)
    last = models.PositiveIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("organization", "office", "day", "letter"), name="ticket_count_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.day} {self.office} {self.letter}"


class StretchKind(models.TextChoices):
    WAITING = "waiting"
    CALLED = "called"
    ATTENDED = "attended"


class Stretch(OwnedByOrganization):
    """An interval of a ticket: it waited, was being called, or was attended. Kept for figures."""

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=10, choices=StretchKind)
    office = models.CharField(max_length=60)
    queue = models.CharField(max_length=60)
    service = models.CharField(max_length=60)
    counter = models.CharField(max_length=60, blank=True)
    agent = models.ForeignKey(
        "identity.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, null=True, related_name="+")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, blank=True)
    """The status that the ticket passed to when the interval ended."""

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("ticket",), condition=Q(ended_at=None), name="stretch_one_open"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("began_at")),
                name="stretch_ends_after_it_begins",
            ),
            SameOrganization(field="ticket", name="stretch_ticket_same_org"),
            SameOrganization(field="agent", name="stretch_agent_same_org"),
            SameOrganization(field="case", name="stretch_case_same_org"),
        )
        indexes = (
            models.Index(fields=("ticket", "began_at"), name="stretch_of_ticket"),
            models.Index(fields=("organization", "office", "began_at"), name="stretch_of_office"),
        )

    def __str__(self) -> str:
        return f"{self.ticket_id}:{self.kind}"


class Seat(OwnedByOrganization):
    """The counter at which somebody sits now: what the panel shows when they call."""

    user = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+")
    office = models.CharField(max_length=60)
    counter = models.CharField(max_length=60)
    since = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("organization", "user"), name="seat_one_per_person"),
            models.UniqueConstraint(
                fields=("organization", "office", "counter"), name="seat_one_per_counter"
            ),
            SameOrganization(field="user", name="seat_user_same_org"),
        )

    def __str__(self) -> str:
        return f"{self.office}:{self.counter}"


class Visit(OwnedByOrganization):
    """Somebody inside the house with a visitor's credential, their document kept meanwhile."""

    reference = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    office = models.CharField(max_length=60)
    credential = models.CharField(max_length=20)
    name = models.CharField(max_length=200, blank=True)
    document_kind = models.CharField(max_length=60, blank=True)
    document_number = models.CharField(max_length=60, blank=True)
    is_document_kept = models.BooleanField()
    reason = models.CharField(max_length=20)
    whom = models.CharField(max_length=200, blank=True)
    party = models.ForeignKey(
        "parties.Party", on_delete=models.PROTECT, null=True, related_name="+"
    )
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=80)
    returned_at = models.DateTimeField(null=True)
    returned_by = models.CharField(max_length=80, blank=True)
    is_lost = models.BooleanField(default=False)
    """Whether the person left without giving the credential back."""
    key = models.CharField(max_length=120, blank=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("organization", "office", "credential"),
                condition=Q(returned_at=None),
                name="visit_credential_out_once",
            ),
            models.UniqueConstraint(
                fields=("organization", "key"), condition=~Q(key=""), name="visit_key_once"
            ),
            models.CheckConstraint(
                condition=Q(returned_at=None) | Q(returned_at__gte=F("given_at")),
                name="visit_ends_after_it_begins",
            ),
            SameOrganization(field="party", name="visit_party_same_org"),
            SameOrganization(field="case", name="visit_case_same_org"),
        )
        indexes = (
            models.Index(fields=("organization", "office", "-given_at"), name="visit_newest"),
        )

    def __str__(self) -> str:
        return self.credential
