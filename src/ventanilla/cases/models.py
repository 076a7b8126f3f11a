"""A case and all that belongs to it: its journal, and the rows that people and workers query.

The state and the rows derive from the journal's facts; `cases.store` writes them all in the
transaction of one command, in SQL of its own, because every step of every case passes there.
"""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from ventanilla.identity.scoping import OwnedByOrganization, SameOrganization


class CaseStatus(models.TextChoices):
    OPEN = "open"
    CLOSED = "closed"


class Case(OwnedByOrganization):
    """One run of one procedure version; `reference` leaves the house, `number` is the folio."""

    reference = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=40)
    procedure = models.ForeignKey(
        "catalog.ProcedureVersion",
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
    )
    party = models.ForeignKey(
        "parties.Party",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    party_version = models.PositiveIntegerField(default=0)
    channel = models.CharField(max_length=20)
    office = models.CharField(max_length=60)
    subject = models.CharField(max_length=300, blank=True)
    contact = models.CharField(max_length=320, blank=True)
    """Who wrote or called, in the words of the contact itself, while no party is known."""
    status = models.CharField(max_length=10, choices=CaseStatus)
    result = models.CharField(max_length=60, blank=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="children", db_constraint=False
    )
    """The case that opened this one, which knows it by ``parent_key``."""
    parent_key = models.CharField(max_length=120, blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    wake_at = models.DateTimeField(null=True)
    state = models.TextField()
    seq = models.PositiveIntegerField()
    head = models.CharField(max_length=64)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("organization", "id"), name="case_of_organization"),
            models.UniqueConstraint(fields=("organization", "number"), name="case_number_once"),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(status="closed"), name="case_closed_when_closed"
            ),
            SameOrganization(field="procedure", name="case_procedure_same_org"),
            SameOrganization(field="party", name="case_party_same_org"),
            SameOrganization(field="parent", name="case_parent_same_org"),
        )
        indexes = (
            models.Index(fields=("organization", "-opened_at"), name="case_newest"),
            models.Index(fields=("organization", "party", "-opened_at"), name="case_of_party"),
            models.Index(fields=("wake_at",), condition=~Q(wake_at=None), name="case_wakes"),
        )

    def __str__(self) -> str:
        return self.number


class OfCase(OwnedByOrganization):
    """A row of one case, in the case's organisation by the database's own word.

    ``SameOrganization`` is the one constraint that binds such a row to case and organisation at
    once; a second and third would only cost.
    """

    organization = models.ForeignKey(
        "identity.Organization",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )

    class Meta:
        abstract = True


class JournalEntry(OfCase):
    """One command that was accepted: who, when it happened, when it was recorded, what then held.

    `facts` carry no personal value, only marks; `sealed` are the commitments to the values, which
    live in `PersonalValue`. `hash` covers the previous hash and everything else in the row.
    """

    seq = models.PositiveIntegerField()
    actor = models.CharField(max_length=80)
    command = models.CharField(max_length=20)
    about = models.CharField(max_length=120, blank=True)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    facts = models.TextField()
    sealed = models.TextField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("case", "seq"), name="entry_once"),
            SameOrganization(field="case", name="entry_case_same_org"),
            models.CheckConstraint(
                condition=Q(recorded_at__gte=F("happened_at")), name="entry_recorded_after_it_was"
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id}:{self.seq}"


class PersonalValue(OfCase):
    """A personal value that a journal entry only commits to. Erased, a tombstone is left."""

    seq = models.PositiveIntegerField()
    position = models.PositiveIntegerField()
    salt = models.CharField(max_length=32)
    value = models.TextField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("case", "seq", "position"), name="value_once"),
            SameOrganization(field="case", name="value_case_same_org"),
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(value=None, salt=""), name="value_erased_is_blank"
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id}:{self.seq}.{self.position}"


class TaskStatus(models.TextChoices):
    OPEN = "open"
    DONE = "done"
    LEFT = "left"


class Task(OfCase):
    """A step that waits for a person: of a role at an office, or of one person."""

    key = models.CharField(max_length=120)
    step = models.CharField(max_length=100)
    title = models.CharField(max_length=300)
    role = models.CharField(max_length=60)
    office = models.CharField(max_length=60)
    assignee = models.ForeignKey(
        "identity.User",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    status = models.CharField(max_length=10, choices=TaskStatus)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("case", "key"), name="task_once"),
            SameOrganization(field="case", name="task_case_same_org"),
            SameOrganization(field="assignee", name="task_assignee_same_org"),
        )
        indexes = (
            models.Index(
                fields=("organization", "due_at", "id"),
                condition=Q(status="open"),
                name="task_worklist",
            ),
            models.Index(
                fields=("organization", "assignee", "due_at"),
                condition=Q(status="open"),
                name="task_of_person",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id}:{self.key}"


class ClockStatus(models.TextChoices):
    RUNNING = "running"
    LATE = "late"
    MET = "met"
    MET_LATE = "met_late"
    DROPPED = "dropped"


class Clock(OfCase):
    """One run of one deadline, kept when it has ended: what was promised and what came of it."""

    name = models.CharField(max_length=100)
    title = models.CharField(max_length=300)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    status = models.CharField(max_length=10, choices=ClockStatus)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("case", "name"), condition=Q(ended_at=None), name="clock_runs_once"
            ),
            SameOrganization(field="case", name="clock_case_same_org"),
        )
        indexes = (models.Index(fields=("case",), name="clock_of_case"),)

    def __str__(self) -> str:
        return f"{self.case_id}:{self.name}"


class Direction(models.TextChoices):
    IN = "in"
    OUT = "out"


class Interaction(OwnedByOrganization):
    """One contact, in or out: a mail, a call, what was said or sent. Its words can be erased."""

    reference = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(
        Case,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    party = models.ForeignKey(
        "parties.Party",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    direction = models.CharField(max_length=3, choices=Direction)
    medium = models.CharField(max_length=20)
    key = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()
    name = models.CharField(max_length=300, blank=True)
    address = models.CharField(max_length=320, blank=True)
    subject = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True)
    quoted = models.TextField(blank=True)
    html = models.TextField(blank=True)
    message_id = models.CharField(max_length=998, blank=True)
    robot = models.BooleanField(default=False)
    flag = models.CharField(max_length=40, blank=True)
    """Why somebody should look twice (``other_address``, ``bounce``…), or nothing."""
    delivery = models.CharField(max_length=10, blank=True)
    seen_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("organization", "id"), name="interaction_of_organization"
            ),
            models.UniqueConstraint(
                fields=("case", "key"), condition=~Q(key=""), name="interaction_out_once"
            ),
            SameOrganization(field="case", name="interaction_case_same_org"),
            SameOrganization(field="party", name="interaction_party_same_org"),
        )
        indexes = (
            models.Index(fields=("case", "at"), name="interaction_of_case"),
            models.Index(
                fields=("organization", "message_id"),
                condition=~Q(message_id=""),
                name="interaction_message_id",
            ),
        )

    def __str__(self) -> str:
        return str(self.reference)


class Blob(OwnedByOrganization):
    """The bytes of an attachment, once per organisation whatever name they came under."""

    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("organization", "id"), name="blob_of_organization"),
            models.UniqueConstraint(fields=("organization", "sha256"), name="blob_once"),
        )

    def __str__(self) -> str:
        return self.sha256[:12]


class Attachment(OwnedByOrganization):
    """A file that came with a contact or leaves with one. The name is only ever shown."""

    reference = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    interaction = models.ForeignKey(
        Interaction, on_delete=models.PROTECT, null=True, related_name="+"
    )
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+")
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=80)

    class Meta:
        constraints = (
            SameOrganization(field="interaction", name="attachment_interaction_same_org"),
            SameOrganization(field="case", name="attachment_case_same_org"),
            SameOrganization(field="blob", name="attachment_blob_same_org"),
        )

    def __str__(self) -> str:
        return str(self.reference)


class EffectStatus(models.TextChoices):
    READY = "ready"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Effect(OfCase):
    """Something owed to the world outside, written with the facts and delivered after commit.

    A worker holds it by a lease; `attempts` is the fencing number: what a worker reports counts
    only while the lease it took is still the last one.
    """

    interaction = models.ForeignKey(
        Interaction,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    key = models.CharField(max_length=120)
    medium = models.CharField(max_length=20)
    status = models.CharField(max_length=10, choices=EffectStatus)
    run_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    owner = models.CharField(max_length=80, blank=True)
    lease_until = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("case", "key"), name="effect_once"),
            SameOrganization(field="case", name="effect_case_same_org"),
            SameOrganization(field="interaction", name="effect_interaction_same_org"),
        )
        indexes = (
            models.Index(
                fields=("run_at", "id"),
                condition=Q(status__in=("ready", "running")),
                name="effect_to_do",
            ),
            models.Index(
                fields=("organization", "created_at"),
                condition=Q(status="failed"),
                name="effect_failed",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id}:{self.key}"


class NumberBook(OwnedByOrganization):
    """The last number given in a book; taken in the case's own transaction, so without gaps."""

    book = models.CharField(max_length=60)
    last = models.PositiveBigIntegerField()

    class Meta:
        constraints: ClassVar = (
            models.UniqueConstraint(fields=("organization", "book"), name="book_once"),
        )

    def __str__(self) -> str:
        return self.book
