"""Taking in what is told of calls: once each, in any order, in one transaction."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext

from ventanilla.cases.outcomes import Moved
from ventanilla.cases.services import Opening, open_case
from ventanilla.catalog.published import ProcedureUnknown
from ventanilla.core.engine.state import Sender
from ventanilla.identity.actor import Actor
from ventanilla.identity.selectors import home_country
from ventanilla.telephone import access
from ventanilla.telephone.course import Course, Happening, Notice, Standing, course_of
from ventanilla.telephone.doors import CHANNEL, Telephone, spelt, telephone_of
from ventanilla.telephone.models import Call, CallBack, CallBackStatus, CallEvent
from ventanilla.telephone.outcomes import EventDiffers, Heard


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An event with the call it belongs to, and the bytes in which it came."""

    call: str
    office: str
    notice: Notice
    raw: bytes = b""


def hear(*, actor: Actor, now: datetime, told: Told) -> Heard:
    """Take in one event. The same event again changes nothing; raises EventDiffers if it is not.

    The call is read anew from all its events, so their order does not matter. A call that ended
    without an answer is owed a call back; should an answer turn up late, it is not.
    """
    for is_last in (False, True):
        try:
            with transaction.atomic():
                return _hear(actor, now, told)
        except IntegrityError:
            if is_last:
                raise
    raise AssertionError("the second try answers or raises")


def _hear(actor: Actor, now: datetime, told: Told) -> Heard:
    digest = sha256(told.raw).hexdigest() if told.raw else ""
    events = access.events_visible_to(actor)
    known = (
        events.filter(source=actor.key, event_id=told.notice.id[:120])
        .select_related("call")
        .first()
    )
    if known is not None:
        if known.sha256 != digest:
            raise EventDiffers(told.notice.id)
        return Heard(call=known.call.reference, standing=known.call.standing, is_new=False)
    call = _call(actor, told)
    _keep(actor, now, call, told, digest)
    before = Standing(call.standing)
    course = course_of(_notices(actor, call))
    _write(actor, call, course)
    _settle(actor, now, call, before, course)
    return Heard(call=call.reference, standing=call.standing, is_new=True)


def _call(actor: Actor, told: Told) -> Call:
    """The call's row, locked; a new one for a call that nobody told of before."""
    rows = access.calls_visible_to(actor)
    found = rows.select_for_update().filter(system_key=told.call[:200]).first()
    if found is not None:
        return found
    made = Call(
        organization_id=actor.organization_id,
        office=told.office,
        system_key=told.call[:200],
        standing=Standing.RINGING,
        started_at=told.notice.at,
    )
    made.save(force_insert=True)
    return made


def _keep(actor: Actor, now: datetime, call: Call, told: Told, digest: str) -> None:
    notice = told.notice
    CallEvent(
        organization_id=actor.organization_id,
        call=call,
        source=actor.key,
        event_id=notice.id[:120],
        happening=notice.happening,
        at=notice.at,
        caller=notice.caller[:60],
        line=notice.line[:60],
        option=notice.option[:60],
        agent=notice.agent[:254],
        raw=told.raw or None,
        sha256=digest,
        received_at=now,
    ).save(force_insert=True)


def _notices(actor: Actor, call: Call) -> list[Notice]:
    return [
        Notice(
            id=f"{row.source}/{row.event_id}",
            happening=Happening(row.happening),
            at=row.at,
            caller=row.caller,
            line=row.line,
            option=row.option,
            agent=row.agent,
        )
        for row in access.events_visible_to(actor).filter(call=call)
    ]


def _write(actor: Actor, call: Call, course: Course) -> None:
    call.standing = course.standing
    call.started_at, call.answered_at = course.started_at, course.answered_at
    call.ended_at = course.ended_at
    call.line, call.option = course.line, course.option
    call.caller = spelt(course.caller, home_country(actor.organization_id))
    call.held_seconds = int(course.held.total_seconds())
    call.agent_id = access.person_at(actor, course.agent) or call.agent_id
    call.save()


def _settle(actor: Actor, now: datetime, call: Call, before: Standing, course: Course) -> None:
    """What follows for calls back from how the call stands now."""
    telephone = telephone_of(actor.organization_id, now)
    if course.standing is Standing.LOST and before is not Standing.LOST:
        if telephone is not None:
            owe(actor, now, telephone, call.office, call.caller, call.ended_at or now, call)
        return
    if course.answered_at is None:
        return
    own = access.call_backs_visible_to(actor).filter(call=call, status=CallBackStatus.OPEN)
    own.filter(attempts=0, losses=1).update(
        status=CallBackStatus.VOID,
        closed_at=Greatest(F("lost_at"), Value(now)),
        closed_by=actor.key,
    )
    if before not in {Standing.RINGING, Standing.LOST} or not call.caller:
        return
    for row in (
        access.call_backs_visible_to(actor)
        .select_for_update()
        .filter(office=call.office, number=call.caller, status=CallBackStatus.OPEN)
        .exclude(call=call)
        .filter(lost_at__lte=course.answered_at)
    ):
        row.status, row.closed_by = CallBackStatus.CALLED_AGAIN, actor.key
        row.closed_at = max(now, row.lost_at)
        row.save(update_fields=["status", "closed_at", "closed_by"])
        if row.case_id is not None and call.case_id is None:
            call.case_id = row.case_id
            call.save(update_fields=["case"])


def owe(
    actor: Actor,
    now: datetime,
    telephone: Telephone,
    office: str,
    number: str,
    lost_at: datetime,
    call: Call | None = None,
    name: str = "",
) -> CallBack:
    """Owe a call back, in the caller's transaction; one more loss where one is owed already."""
    rows = access.call_backs_visible_to(actor).select_for_update()
    known = (
        rows.filter(office=office, number=number, status=CallBackStatus.OPEN).first()
        if number
        else None
    )
    if known is not None:
        known.losses += 1
        known.save(update_fields=["losses"])
        return known
    row = CallBack(
        organization_id=actor.organization_id,
        office=office,
        number=number,
        name=name[:200],
        call=call,
        lost_at=lost_at,
        due_at=telephone.due_at(lost_at),
        tries=telephone.missed.tries,
        case_id=_opened(actor, now, telephone, office, number, lost_at, name),
    )
    row.save(force_insert=True)
    return row


def _opened(
    actor: Actor,
    now: datetime,
    telephone: Telephone,
    office: str,
    number: str,
    lost_at: datetime,
    name: str,
) -> int | None:
    """The case of the procedure that a lost call begins, if the pack names one."""
    if telephone.missed.open is None:
        return None
    opening = Opening(
        procedure=telephone.missed.open,
        channel=CHANNEL,
        office=office,
        happened_at=min(lost_at, now),
        subject=gettext("Llamada perdida"),
        sender=Sender(name=name, phone=number),
        reference=uuid4(),
    )
    try:
        outcome = open_case(actor=actor, now=now, opening=opening)
    except ProcedureUnknown:
        return None
    return access.case_row(actor, outcome.reference) if isinstance(outcome, Moved) else None


def attached(actor: Actor, call: UUID, case: UUID) -> None:
    """The call is of this case, and of whoever took it, in the caller's transaction."""
    rows = access.calls_visible_to(actor).filter(reference=call)
    rows.update(case_id=access.case_row(actor, case), agent_id=actor.user_id)
