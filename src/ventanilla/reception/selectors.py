"""Reads of the reception: what waits, what is called, how long it took. Rows are frozen."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from ventanilla.identity.actor import Actor
from ventanilla.reception import access
from ventanilla.reception.hall import Hall
from ventanilla.reception.models import (
    IN_HAND,
    StretchKind,
    Ticket,
    TicketStatus,
    Visit,
)
from ventanilla.reception.outcomes import TicketNotFound

SHOWN_ON_PANEL: Final = 6
LINES_SHOWN: Final = 200
VISITS_SHOWN: Final = 100
ESTIMATED_FROM: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketRow:
    """A ticket as lists and counters show it."""

    reference: UUID
    label: str
    office: str
    queue: str
    service: str
    priority: str
    status: str
    name: str
    who: str
    """The person: as the registry knows them, or as they said."""
    came_at: datetime | None
    turn_at: datetime | None
    appointment_at: datetime | None
    called_at: datetime | None
    calls: int
    counter: str
    agent: str
    agent_id: int | None
    case_number: str
    source_number: str

    @property
    def is_in_hand(self) -> bool:
        return self.status in IN_HAND


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatRow:
    """Who sits where."""

    office: str
    counter: str
    user_id: int
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRow:
    """A call as the wall shows it: nobody's name, only the number and where to go."""

    label: str
    counter: str
    called_at: datetime
    calls: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StretchRow:
    """An interval of a ticket."""

    kind: str
    queue: str
    service: str
    counter: str
    agent: str
    case_number: str
    began_at: datetime
    ended_at: datetime | None
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketFile:
    """A ticket with its intervals."""

    ticket: TicketRow
    stretches: tuple[StretchRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRow:
    """Somebody inside, or who was."""

    reference: UUID
    credential: str
    name: str
    document_kind: str
    document_number: str
    is_document_kept: bool
    reason: str
    whom: str
    given_at: datetime
    returned_at: datetime | None
    is_lost: bool
    case_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """How a line fared within some days. Times are None where nobody was counted."""

    queue: str
    waiting: int
    longest_wait: timedelta | None
    attended: int
    wait_median: timedelta | None
    wait_most: timedelta | None
    """What nine of ten waited at most."""
    attention_median: timedelta | None
    no_shows: int


def line(actor: Actor, hall: Hall, now: datetime) -> tuple[TicketRow, ...]:
    """Who waits at the office today, in the order in which they will be called. One statement."""
    rows = _of_today(actor, hall, now).filter(status=TicketStatus.WAITING)
    return _rows(rows.order_by("turn_at", "id")[:LINES_SHOWN])


def expected(actor: Actor, hall: Hall, now: datetime) -> tuple[TicketRow, ...]:
    """Who has an appointment today and has not come yet. One statement."""
    rows = _of_today(actor, hall, now).filter(status=TicketStatus.EXPECTED)
    return _rows(rows.order_by("appointment_at", "id")[:LINES_SHOWN])


def absent(actor: Actor, hall: Hall, now: datetime) -> tuple[TicketRow, ...]:
    """Who was called today and did not come, the latest first. One statement."""
    rows = _of_today(actor, hall, now).filter(status=TicketStatus.NO_SHOW)
    return _rows(rows.order_by("-called_at", "-id")[:LINES_SHOWN])


def at_counters(actor: Actor, hall: Hall, now: datetime) -> tuple[TicketRow, ...]:
    """Who is being called or attended at the office. One statement."""
    rows = _of_today(actor, hall, now).filter(status__in=IN_HAND)
    return _rows(rows.order_by("counter", "id"))


def in_hand(actor: Actor) -> TicketRow | None:
    """What the actor has called or attends. One statement."""
    rows = access.tickets_visible_to(actor).filter(agent_id=actor.user_id, status__in=IN_HAND)
    return next(iter(_rows(rows)), None)


def seat_of(actor: Actor) -> SeatRow | None:
    """The counter at which the actor sits. One statement."""
    return next((one for one in _seats(actor, Q(user_id=actor.user_id))), None)


def seats(actor: Actor, hall: Hall) -> tuple[SeatRow, ...]:
    """Who sits at which counter of the office. One statement."""
    return tuple(_seats(actor, Q(office=hall.office)))


def last_calls(actor: Actor, hall: Hall, now: datetime) -> tuple[CallRow, ...]:
    """What the wall panel shows: the last calls of today, the newest first. One statement."""
    rows = (
        _of_today(actor, hall, now)
        .filter(called_at__isnull=False)
        .exclude(counter="")
        .order_by("-called_at", "-id")
        .values_list("label", "counter", "called_at", "calls")
    )
    return tuple(
        CallRow(label=label, counter=counter, called_at=called_at, calls=calls)
        for label, counter, called_at, calls in rows[:SHOWN_ON_PANEL]
        if called_at is not None
    )


def waiting_before(actor: Actor, ticket: TicketRow, day: date) -> int:
    """How many of the same line will be called before this ticket, as things stand."""
    if ticket.turn_at is None:
        return 0
    rows = access.tickets_visible_to(actor).filter(
        office=ticket.office, queue=ticket.queue, day=day, status=TicketStatus.WAITING
    )
    return rows.filter(turn_at__lt=ticket.turn_at).count()


def recent_waits(actor: Actor, office: str, queue: str, now: datetime) -> list[timedelta]:
    """How long those waited who were called last from a line, the shortest first."""
    rows = (
        access.stretches_visible_to(actor)
        .filter(
            office=office,
            queue=queue,
            kind=StretchKind.WAITING,
            outcome=TicketStatus.CALLED,
            ended_at__gt=now - timedelta(hours=2),
        )
        .order_by("-ended_at")
        .values_list("began_at", "ended_at")
    )
    return sorted(ended - began for began, ended in rows[:ESTIMATED_FROM] if ended is not None)


def ticket_row(actor: Actor, reference: UUID) -> TicketRow:
    """One ticket. Raises TicketNotFound."""
    found = next(iter(_rows(access.tickets_visible_to(actor).filter(reference=reference))), None)
    if found is None:
        raise TicketNotFound(str(reference))
    return found


def ticket_file(actor: Actor, reference: UUID) -> TicketFile:
    """One ticket with its intervals, two statements. Raises TicketNotFound."""
    ticket = ticket_row(actor, reference)
    return TicketFile(ticket=ticket, stretches=_stretches(actor, Q(ticket__reference=reference)))


def tickets_of_case(actor: Actor, case: UUID) -> tuple[TicketRow, ...]:
    """The tickets with which people came to a case, and those given in it. One statement."""
    attended = access.stretches_visible_to(actor).filter(case__reference=case)
    rows = access.tickets_visible_to(actor).filter(
        Q(case__reference=case) | Q(source__reference=case) | Q(pk__in=attended.values("ticket_id"))
    )
    return _rows(rows.order_by("day", "id"))


def people_waiting(actor: Actor, office: str, day: date) -> int:
    """How many wait at an office: whether somebody on the telephone keeps others waiting."""
    rows = access.tickets_visible_to(actor)
    return rows.filter(office=office, day=day, status=TicketStatus.WAITING).count()


def times(
    actor: Actor, hall: Hall, now: datetime, begins: datetime, ends: datetime
) -> tuple[Times, ...]:
    """How each line of the office fared between two instants, in two statements."""
    waited: dict[str, list[timedelta]] = {}
    attended: dict[str, list[timedelta]] = {}
    no_shows: dict[str, int] = {}
    rows = (
        access.stretches_visible_to(actor)
        .filter(office=hall.office, began_at__gte=begins, began_at__lt=ends)
        .exclude(outcome=TicketStatus.LAPSED)
        .values_list("queue", "kind", "began_at", "ended_at", "outcome")
    )
    for queue, kind, began_at, ended_at, outcome in rows:
        if ended_at is None:
            continue
        if kind == StretchKind.WAITING and outcome == TicketStatus.CALLED:
            waited.setdefault(queue, []).append(ended_at - began_at)
        elif kind == StretchKind.ATTENDED:
            attended.setdefault(queue, []).append(ended_at - began_at)
        elif outcome == TicketStatus.NO_SHOW:
            no_shows[queue] = no_shows.get(queue, 0) + 1
    open_waits: dict[str, list[timedelta]] = {}
    waiting = _of_today(actor, hall, now).filter(status=TicketStatus.WAITING)
    for queue, came_at in waiting.values_list("queue", "came_at"):
        open_waits.setdefault(queue, []).append(now - (came_at or now))
    return tuple(
        Times(
            queue=queue,
            waiting=len(open_waits.get(queue, ())),
            longest_wait=max(open_waits.get(queue, ()), default=None),
            attended=len(attended.get(queue, ())),
            wait_median=_part(waited.get(queue, ()), 0.5),
            wait_most=_part(waited.get(queue, ()), 0.9),
            attention_median=_part(attended.get(queue, ()), 0.5),
            no_shows=no_shows.get(queue, 0),
        )
        for queue in hall.queues
    )


def inside(actor: Actor, office: str) -> tuple[VisitRow, ...]:
    """Who has a credential of the office now, those who came first at the top. One statement."""
    rows = access.visits_visible_to(actor).filter(office=office, returned_at=None)
    return _visits(rows.order_by("given_at", "id")[:VISITS_SHOWN])


def gone(actor: Actor, office: str) -> tuple[VisitRow, ...]:
    """The last visits that ended. One statement."""
    rows = access.visits_visible_to(actor).filter(office=office, returned_at__isnull=False)
    return _visits(rows.order_by("-returned_at", "-id")[:20])


def _of_today(actor: Actor, hall: Hall, now: datetime) -> QuerySet[Ticket]:
    return access.tickets_visible_to(actor).filter(office=hall.office, day=hall.today(now))


def _rows(rows: QuerySet[Ticket]) -> tuple[TicketRow, ...]:
    found = rows.select_related("party", "agent", "case", "source").defer(
        "case__state", "source__state"
    )
    return tuple(_row(one) for one in found)


def _row(one: Ticket) -> TicketRow:
    return TicketRow(
        reference=one.reference,
        label=one.label,
        office=one.office,
        queue=one.queue,
        service=one.service,
        priority=one.priority,
        status=one.status,
        name=one.name,
        who=(one.party.name if one.party else "") or one.name,
        came_at=one.came_at,
        turn_at=one.turn_at,
        appointment_at=one.appointment_at,
        called_at=one.called_at,
        calls=one.calls,
        counter=one.counter,
        agent=one.agent.full_name if one.agent else "",
        agent_id=one.agent_id,
        case_number=one.case.number if one.case else "",
        source_number=one.source.number if one.source else "",
    )


def _seats(actor: Actor, which: Q) -> Iterator[SeatRow]:
    rows = access.seats_visible_to(actor).filter(which).order_by("counter")
    for office, counter, user_id, who in rows.values_list(
        "office", "counter", "user_id", "user__full_name"
    ):
        yield SeatRow(office=office, counter=counter, user_id=user_id, who=who)


def _stretches(actor: Actor, which: Q) -> tuple[StretchRow, ...]:
    rows = access.stretches_visible_to(actor).filter(which).select_related("agent", "case")
    return tuple(
        StretchRow(
            kind=one.kind,
            queue=one.queue,
            service=one.service,
            counter=one.counter,
            agent=one.agent.full_name if one.agent else "",
            case_number=one.case.number if one.case else "",
            began_at=one.began_at,
            ended_at=one.ended_at,
            outcome=one.outcome,
        )
        for one in rows.order_by("began_at", "id")
    )


def _visits(rows: Iterable[Visit]) -> tuple[VisitRow, ...]:
    return tuple(
        VisitRow(
            reference=one.reference,
            credential=one.credential,
            name=one.name,
            document_kind=one.document_kind,
            document_number=one.document_number,
            is_document_kept=one.is_document_kept,
            reason=one.reason,
            whom=one.whom,
            given_at=one.given_at,
            returned_at=one.returned_at,
            is_lost=one.is_lost,
            case_number=one.case.number if one.case else "",
        )
        for one in (rows.select_related("case") if isinstance(rows, QuerySet) else rows)
    )


def _part(spans: Iterable[timedelta], part: float) -> timedelta | None:
    """The span within which that part of them lies; the median at a half."""
    ordered = sorted(spans)
    return ordered[max(ceil(len(ordered) * part) - 1, 0)] if ordered else None
