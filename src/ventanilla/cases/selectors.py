"""Reads of cases: the worklist, one case whole, and who was first. Rows are frozen."""

from dataclasses import dataclass
from datetime import datetime
from json import loads
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from ventanilla.cases.models import (
    Attachment,
    Case,
    CaseStatus,
    Clock,
    Direction,
    Effect,
    EffectStatus,
    Interaction,
    JournalEntry,
    PersonalValue,
    Task,
    TaskStatus,
)
from ventanilla.cases.outcomes import CaseNotFound
from ventanilla.cases.states import load_state
from ventanilla.cases.versions import versions_of
from ventanilla.catalog.published import Published, published
from ventanilla.core.engine.codec import read_facts
from ventanilla.core.engine.facts import Fact
from ventanilla.core.engine.state import State
from ventanilla.identity.actor import Actor
from ventanilla.identity.selectors import names_of

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskLine:
    """A task as the worklist shows it."""

    case_reference: UUID
    case_number: str
    key: str
    title: str
    role: str
    office: str
    procedure_title: str
    subject: str
    channel: str
    who: str
    assignee: str
    is_mine: bool
    has_news: bool
    opened_at: datetime
    due_at: datetime | None


def worklist(
    *,
    actor: Actor,
    whose: str = "all",
    role: str = "",
    office: str = "",
    channel: str = "",
    page: int = 1,
) -> tuple[tuple[TaskLine, ...], bool]:
    """The tasks that the actor may take, soonest limit first, and whether there are more.

    ``whose``: ``mine`` (assigned to me, or to somebody for whom I stand in), ``free`` (my roles',
    nobody's yet), or ``all`` of both and of my colleagues'. One statement.
    """
    rows = Task.objects.visible_to(actor).filter(status=TaskStatus.OPEN)
    mine = Q(assignee_id=actor.user_id) | _lent(actor)
    free = Q(assignee=None) & _held(actor)
    match whose:
        case "mine":
            rows = rows.filter(mine)
        case "free":
            rows = rows.filter(free)
        case _:
            rows = rows.filter(mine | _held(actor))
    if role:
        rows = rows.filter(role=role)
    if office:
        rows = rows.filter(office=office)
    if channel:
        rows = rows.filter(case__channel=channel)
    start = (max(page, 1) - 1) * PAGE
    found = list(_for_worklist(actor, rows)[start : start + PAGE + 1])
    return tuple(_task_line(actor, task) for task in found[:PAGE]), len(found) > PAGE


def _lent(actor: Actor) -> Q:
    """Tasks of colleagues who are absent and whose deputy the actor is."""
    return Q(assignee__email__in=actor.stands_for) if actor.stands_for else Q(pk=None)


def _held(actor: Actor) -> Q:
    """Tasks of the roles an actor holds, at the offices where they are held."""
    held = Q(pk=None)
    for code, office in actor.roles:
        held |= Q(role=code) if office is None else Q(role=code, office=office)
    return held


def _for_worklist(actor: Actor, rows: QuerySet[Task]) -> QuerySet[Task]:
    news = Interaction.objects.visible_to(actor).filter(
        case=OuterRef("case_id"), direction=Direction.IN, seen_at=None
    )
    return (
        rows.select_related("case", "case__party", "case__procedure", "assignee")
        .defer("case__state")
        .annotate(has_news=Exists(news))
        .order_by(F("due_at").asc(nulls_last=True), "id")
    )


def _task_line(actor: Actor, task: Task) -> TaskLine:
    case = task.case
    return TaskLine(
        case_reference=case.reference,
        case_number=case.number,
        key=task.key,
        title=task.title,
        role=task.role,
        office=task.office,
        procedure_title=case.procedure.title,
        subject=case.subject,
        channel=case.channel,
        who=(case.party.name if case.party else "") or case.contact,
        assignee=task.assignee.full_name if task.assignee else "",
        is_mine=task.assignee_id is not None and task.assignee_id == actor.user_id,
        has_news=bool(getattr(task, "has_news", False)),
        opened_at=task.opened_at,
        due_at=task.due_at,
    )


# --- one case --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow:
    """An entry of the journal with its facts read back; erased values are missing from them."""

    seq: int
    actor: str
    actor_name: str
    command: str
    about: str
    happened_at: datetime
    recorded_at: datetime
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRow:
    reference: UUID
    name: str
    content_type: str
    size: int
    added_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRow:
    """A contact of the case, in or out. ``delivery`` is pending, sent, failed, bounced or said."""

    reference: UUID
    direction: str
    medium: str
    key: str
    at: datetime
    name: str
    address: str
    subject: str
    text: str
    quoted: str
    html: str
    robot: bool
    flag: str
    delivery: str
    is_new: bool
    files: tuple[FileRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockRow:
    name: str
    title: str
    started_at: datetime
    due_at: datetime | None
    status: str
    ended_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherCase:
    number: str
    subject: str
    status: str
    opened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTask:
    key: str
    step: str
    role: str
    assignee: str
    assignee_name: str
    due_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """A case whole, as its page needs it."""

    reference: UUID
    number: str
    published: Published
    state: State
    party: UUID | None
    party_name: str
    tasks: tuple[OpenTask, ...]
    clocks: tuple[ClockRow, ...]
    entries: tuple[EntryRow, ...]
    contacts: tuple[ContactRow, ...]
    others: tuple[OtherCase, ...]


def case_file(*, actor: Actor, number: str) -> CaseFile:
    """Everything about the case with this folio; CaseNotFound when the actor sees no such case."""
    case = Case.objects.visible_to(actor).select_related("party").filter(number=number).first()
    if case is None:
        raise CaseNotFound(number)
    version = published(case.procedure_id)
    return CaseFile(
        reference=case.reference,
        number=case.number,
        published=version,
        state=load_state(version.procedure, case.state),
        party=case.party.reference if case.party else None,
        party_name=case.party.name if case.party else "",
        tasks=_tasks(case),
        clocks=_clocks(case),
        entries=_entries(case, version),
        contacts=_contacts(case),
        others=_others(case),
    )


def mark_seen(*, actor: Actor, case: UUID, now: datetime) -> int:
    """Note that somebody has looked at what came in; returns how many contacts were new."""
    rows = Interaction.objects.visible_to(actor).filter(case__reference=case, seen_at=None)
    return rows.update(seen_at=now)


def case_number(*, actor: Actor, reference: UUID) -> str:
    """The folio of a case; CaseNotFound when the actor sees no such case."""
    rows = Case.objects.visible_to(actor).filter(reference=reference)
    number = rows.values_list("number", flat=True).first()
    if number is None:
        raise CaseNotFound(str(reference))
    return number


def who_completed(*, actor: Actor, case: UUID, task: str) -> tuple[str, datetime | None]:
    """Who ended a task and when; empty when nobody did."""
    rows = Task.objects.visible_to(actor).filter(case__reference=case, key=task)
    found = rows.values_list("done_by", "done_at").first()
    if found is None or not found[0]:
        return "", None
    return names_of(actor.organization_id, {found[0]}).get(found[0], found[0]), found[1]


def times_done(*, actor: Actor, case: UUID, action: str) -> int:
    """How often an action was done in a case."""
    rows = JournalEntry.objects.visible_to(actor).filter(case__reference=case)
    return rows.filter(command="act", about=action).count()


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A case by what it began with."""

    number: str
    procedure: str
    channel: str
    subject: str


def begun_as(*, actor: Actor, reference: UUID) -> Begun | None:
    """What the case of this reference began with; none when the actor sees no such case."""
    rows = Case.objects.visible_to(actor).filter(reference=reference)
    row = rows.values_list("number", "procedure__code", "channel", "subject").first()
    if row is None:
        return None
    number, procedure, channel, subject = row
    return Begun(number=number, procedure=procedure, channel=channel, subject=subject)


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    name: str
    content_type: str
    content: bytes


def attachment(*, actor: Actor, reference: UUID) -> Download | None:
    """A file's bytes; none when the actor sees no such file."""
    rows = Attachment.objects.visible_to(actor).select_related("blob")
    row = rows.filter(reference=reference).first()
    if row is None:
        return None
    return Download(name=row.name, content_type=row.content_type, content=bytes(row.blob.content))


def _tasks(case: Case) -> tuple[OpenTask, ...]:
    rows = Task.objects.within(case.organization_id).select_related("assignee")
    return tuple(
        OpenTask(
            key=row.key,
            step=row.step,
            role=row.role,
            assignee=row.assignee.email if row.assignee else "",
            assignee_name=row.assignee.full_name if row.assignee else "",
            due_at=row.due_at,
        )
        for row in rows.filter(case=case, status=TaskStatus.OPEN).order_by("id")
    )


def _clocks(case: Case) -> tuple[ClockRow, ...]:
    rows = Clock.objects.within(case.organization_id).filter(case=case).order_by("id")
    return tuple(
        ClockRow(
            name=row.name,
            title=row.title,
            started_at=row.started_at,
            due_at=row.due_at,
            status=row.status,
            ended_at=row.ended_at,
        )
        for row in rows
    )


def _entries(case: Case, version: Published) -> tuple[EntryRow, ...]:
    personal = _personal_values(case)
    rows = list(JournalEntry.objects.within(case.organization_id).filter(case=case).order_by("seq"))
    names = names_of(case.organization_id, {row.actor for row in rows})
    versions = versions_of(version.procedure, rows)
    return tuple(
        EntryRow(
            seq=row.seq,
            actor=row.actor,
            actor_name=names.get(row.actor, ""),
            command=row.command,
            about=row.about,
            happened_at=row.happened_at,
            recorded_at=row.recorded_at,
            facts=read_facts(versions[row.seq], loads(row.facts), personal.get(row.seq, [])),
        )
        for row in rows
    )


def _personal_values(case: Case) -> dict[int, list[object]]:
    found: dict[int, list[object]] = {}
    rows = PersonalValue.objects.within(case.organization_id).filter(case=case)
    for seq, value in rows.order_by("seq", "position").values_list("seq", "value"):
        found.setdefault(seq, []).append(None if value is None else loads(value))
    return found


def _contacts(case: Case) -> tuple[ContactRow, ...]:
    files: dict[int | None, list[FileRow]] = {}
    for file in Attachment.objects.within(case.organization_id).filter(case=case).order_by("id"):
        files.setdefault(file.interaction_id, []).append(
            FileRow(
                reference=file.reference,
                name=file.name,
                content_type=file.content_type,
                size=file.size,
                added_at=file.added_at,
            )
        )
    rows = Interaction.objects.within(case.organization_id).filter(case=case)
    return tuple(
        ContactRow(
            reference=row.reference,
            direction=row.direction,
            medium=row.medium,
            key=row.key,
            at=row.at,
            name=row.name,
            address=row.address,
            subject=row.subject,
            text=row.text,
            quoted=row.quoted,
            html=row.html,
            robot=row.robot,
            flag=row.flag,
            delivery=row.delivery,
            is_new=row.direction == Direction.IN and row.seen_at is None,
            files=tuple(files.get(row.pk, ())),
        )
        for row in rows.order_by("at", "id")
    )


def _others(case: Case) -> tuple[OtherCase, ...]:
    if case.party_id is None:
        return ()
    rows = Case.objects.within(case.organization_id).filter(party_id=case.party_id)
    return tuple(
        OtherCase(
            number=row.number, subject=row.subject, status=row.status, opened_at=row.opened_at
        )
        for row in rows.exclude(pk=case.pk).defer("state").order_by("-opened_at", "-id")[:10]
    )


# --- what left the building -------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedEffect:
    """A message that could not be delivered for good, for a person to see to."""

    id: int
    case_number: str
    subject: str
    address: str
    medium: str
    attempts: int
    last_error: str
    created_at: datetime


def failed_effects(*, actor: Actor, limit: int = 100) -> tuple[FailedEffect, ...]:
    """The messages that failed for good, the newest first."""
    rows = (
        Effect.objects.visible_to(actor)
        .filter(status=EffectStatus.FAILED)
        .select_related("case", "interaction")
        .order_by("-created_at", "-id")[:limit]
    )
    return tuple(
        FailedEffect(
            id=row.pk,
            case_number=row.case.number,
            subject=row.interaction.subject,
            address=row.interaction.address,
            medium=row.medium,
            attempts=row.attempts,
            last_error=row.last_error,
            created_at=row.created_at,
        )
        for row in rows
    )


def cases_of_party(*, actor: Actor, party: UUID, limit: int = 50) -> tuple[OtherCase, ...]:
    """The cases of a party, the newest first."""
    rows = Case.objects.visible_to(actor).filter(party__reference=party).defer("state")
    return tuple(
        OtherCase(
            number=row.number, subject=row.subject, status=row.status, opened_at=row.opened_at
        )
        for row in rows.order_by("-opened_at", "-id")[:limit]
    )


def open_cases_of(*, actor: Actor, party: UUID) -> tuple[UUID, ...]:
    """The cases of a party that are not closed."""
    rows = Case.objects.visible_to(actor).filter(party__reference=party, status=CaseStatus.OPEN)
    return tuple(rows.order_by("id").values_list("reference", flat=True))
