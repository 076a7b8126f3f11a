"""Reads of the telephone: what rings, what was said, whom we owe a call. Rows are frozen."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import F, Q, QuerySet

from ventanilla.identity.actor import Actor
from ventanilla.identity.devices import devices
from ventanilla.identity.models import DeviceKind
from ventanilla.telephone import access
from ventanilla.telephone.course import Standing
from ventanilla.telephone.models import Call, CallBack, CallBackStatus
from ventanilla.telephone.outcomes import CallBackNotFound, CallNotFound

SHOWN: Final = 50
STILL: Final = timedelta(minutes=3)
"""A call that has rung for longer was lost without anybody telling."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRow:
    """A call as the log shows it."""

    reference: UUID
    office: str
    line: str
    caller: str
    option: str
    standing: str
    started_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    held: timedelta
    agent: str
    agent_id: int | None
    case_number: str

    @property
    def is_open(self) -> bool:
        return self.ended_at is None

    @property
    def talked(self) -> timedelta | None:
        """From the answer to the end."""
        if self.answered_at is None or self.ended_at is None:
            return None
        return self.ended_at - self.answered_at


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptRow:
    position: int
    at: datetime
    by: str
    outcome: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBackRow:
    """A call that is owed."""

    reference: UUID
    office: str
    number: str
    name: str
    lost_at: datetime
    losses: int
    due_at: datetime | None
    tries: int
    attempts: int
    status: str
    case_number: str

    @property
    def is_open(self) -> bool:
        return self.status == CallBackStatus.OPEN

    @property
    def may_give_up(self) -> bool:
        return not self.number or self.attempts >= self.tries


def ringing(actor: Actor, now: datetime) -> tuple[CallRow, ...]:
    """What rings at this moment, at offices where the actor works. One statement."""
    held = {office for _, office in actor.roles}
    where = Q() if None in held else Q(office__in=[one for one in held if one])
    rows = access.calls_visible_to(actor).filter(where, standing=Standing.RINGING)
    return _calls(rows.filter(started_at__gt=now - STILL).order_by("started_at", "id"))


def mine(actor: Actor) -> tuple[CallRow, ...]:
    """The calls that the actor is in. One statement."""
    rows = access.calls_visible_to(actor).filter(agent_id=actor.user_id, ended_at=None)
    return _calls(rows.exclude(standing=Standing.RINGING).order_by("started_at", "id"))


def call_log(actor: Actor) -> tuple[CallRow, ...]:
    """The last calls, the newest first. One statement."""
    return _calls(access.calls_visible_to(actor).order_by("-started_at", "-id"))


def call_row(actor: Actor, reference: UUID) -> CallRow:
    """One call. Raises CallNotFound."""
    rows = _calls(access.calls_visible_to(actor).filter(reference=reference))
    if not rows:
        raise CallNotFound(str(reference))
    return rows[0]


def call_named(actor: Actor, name: str) -> CallRow | None:
    """The call that a telephone system of the organisation knows by this name."""
    systems = (one for one in devices(actor) if one.kind == DeviceKind.TELEPHONE)
    names = [f"{one.reference}/{name}" for one in systems]
    return next(iter(_calls(access.calls_visible_to(actor).filter(system_key__in=names))), None)


def owed(actor: Actor) -> tuple[CallBackRow, ...]:
    """Whom we owe a call, the soonest limit first. One statement."""
    rows = access.call_backs_visible_to(actor).filter(status=CallBackStatus.OPEN)
    return _call_backs(rows.order_by(F("due_at").asc(nulls_last=True), "id")[:SHOWN])


def call_back_file(actor: Actor, reference: UUID) -> tuple[CallBackRow, tuple[AttemptRow, ...]]:
    """One call that is owed, with its attempts. Raises CallBackNotFound."""
    rows = _call_backs(access.call_backs_visible_to(actor).filter(reference=reference))
    if not rows:
        raise CallBackNotFound(str(reference))
    attempts = (
        access.attempts_visible_to(actor)
        .filter(call_back__reference=reference)
        .order_by("position")
        .values_list("position", "at", "by__full_name", "outcome", "note")
    )
    return rows[0], tuple(
        AttemptRow(position=position, at=at, by=by or "", outcome=outcome, note=note)
        for position, at, by, outcome, note in attempts
    )


def calls_of_case(actor: Actor, case: UUID) -> tuple[CallRow, ...]:
    """The calls of a case. One statement."""
    rows = access.calls_visible_to(actor).filter(case__reference=case)
    return _calls(rows.order_by("started_at", "id"))


def _calls(rows: QuerySet[Call]) -> tuple[CallRow, ...]:
    found = rows.select_related("agent", "case").defer("case__state")[:SHOWN]
    return tuple(
        CallRow(
            reference=one.reference,
            office=one.office,
            line=one.line,
            caller=one.caller,
            option=one.option,
            standing=one.standing,
            started_at=one.started_at,
            answered_at=one.answered_at,
            ended_at=one.ended_at,
            held=timedelta(seconds=one.held_seconds),
            agent=one.agent.full_name if one.agent else "",
            agent_id=one.agent_id,
            case_number=one.case.number if one.case else "",
        )
        for one in found
    )


def _call_backs(rows: QuerySet[CallBack]) -> tuple[CallBackRow, ...]:
    return tuple(
        CallBackRow(
            reference=one.reference,
            office=one.office,
            number=one.number,
            name=one.name,
            lost_at=one.lost_at,
            losses=one.losses,
            due_at=one.due_at,
            tries=one.tries,
            attempts=one.attempts,
            status=one.status,
            case_number=one.case.number if one.case else "",
        )
        for one in rows.select_related("case").defer("case__state")
    )
