"""Absences of the staff: who is not there from one day to another, and who stands in."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.http import Http404

from ventanilla.identity.access import NotAllowed
from ventanilla.identity.actor import Actor
from ventanilla.identity.models import Absence, Office, User


class AbsenceRefused(Exception):
    """The absence cannot be; ``code`` says why: ``backwards``, ``overlaps`` or ``deputy``."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceRow:
    """An absence that lasts or is to come. ``is_mine`` is true for the person's own."""

    key: int
    who: str
    deputy: str
    first_on: date
    last_on: date
    reason: str
    is_mine: bool
    is_now: bool


@transaction.atomic
def set_absence(
    *,
    actor: Actor,
    now: datetime,
    user_id: int,
    first_on: date,
    last_on: date,
    deputy: str = "",
    reason: str = "",
) -> int:
    """Keeps that somebody will not be there, both days included, and who stands in meanwhile.

    For oneself, or for anybody by an administrator. Raises NotAllowed, AbsenceRefused.
    """
    if user_id != actor.user_id and not actor.is_administrator:
        raise NotAllowed("People say when they themselves are absent; administrators for all.")
    user = User.objects.visible_to(actor).select_for_update().filter(pk=user_id).first()
    if user is None:
        raise Http404
    if last_on < first_on:
        raise AbsenceRefused("backwards")
    zone = _zone(actor)
    begins = datetime.combine(first_on, time.min, tzinfo=zone)
    ends = datetime.combine(last_on + timedelta(days=1), time.min, tzinfo=zone)
    others = Absence.objects.visible_to(actor).filter(user=user, cancelled_at=None)
    if others.filter(begins_at__lt=ends, ends_at__gt=begins).exists():
        raise AbsenceRefused("overlaps")
    absence = Absence(
        organization_id=actor.organization_id,
        user=user,
        deputy=_deputy(actor, user, deputy) if deputy else None,
        first_on=first_on,
        last_on=last_on,
        begins_at=begins,
        ends_at=ends,
        reason=reason,
        set_at=now,
        set_by=actor.key,
    )
    absence.save(force_insert=True)
    return absence.pk


@transaction.atomic
def cancel_absence(*, actor: Actor, now: datetime, key: int) -> None:
    """Takes an absence back; at once the person has their tasks again."""
    rows = Absence.objects.visible_to(actor).select_for_update()
    absence = rows.filter(pk=key, cancelled_at=None).first()
    if absence is None:
        raise Http404
    if absence.user_id != actor.user_id and not actor.is_administrator:
        raise NotAllowed("People take back their own absences; administrators all.")
    absence.cancelled_at = now
    absence.save(update_fields=["cancelled_at"])


def absences_to_come(actor: Actor, now: datetime) -> tuple[AbsenceRow, ...]:
    """Who is not there, now or later: for administrators everybody, for others their own and
    those in which they stand in."""
    rows = Absence.objects.visible_to(actor).filter(cancelled_at=None, ends_at__gt=now)
    found = rows.select_related("user", "deputy").order_by("begins_at", "id")
    return tuple(
        AbsenceRow(
            key=row.pk,
            who=row.user.full_name,
            deputy=row.deputy.full_name if row.deputy else "",
            first_on=row.first_on,
            last_on=row.last_on,
            reason=row.reason,
            is_mine=row.user_id == actor.user_id,
            is_now=row.begins_at <= now,
        )
        for row in found
        if actor.is_administrator or actor.user_id in (row.user_id, row.deputy_id)
    )


def _deputy(actor: Actor, user: User, email: str) -> User:
    rows = User.objects.visible_to(actor).filter(email=email.lower(), is_active=True)
    deputy = rows.exclude(pk=user.pk).first()
    if deputy is None:
        raise AbsenceRefused("deputy")
    return deputy


def _zone(actor: Actor) -> ZoneInfo:
    """The zone of the organisation's first office."""
    rows = Office.objects.visible_to(actor).filter(retired_at=None).order_by("id")
    return ZoneInfo(rows.values_list("zone", flat=True).first() or "UTC")
