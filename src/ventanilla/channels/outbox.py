"""The outbox's rows as workers see them: claimed by lease, settled only while the lease holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection, transaction

LEASE: Final = timedelta(seconds=90)
FIRST_WAIT: Final = timedelta(seconds=30)
LONGEST_WAIT: Final = timedelta(minutes=10)
GIVE_UP_AFTER: Final = timedelta(hours=48)
_ERROR: Final = 500
_LAST_ROW: Final = (1 << 63) - 1

# An effect waits for the earlier ones of its case to the same address: their order is kept.
_NEXT: Final = (
    "SELECT e.id FROM cases_effect e"
    " JOIN cases_interaction i ON i.id = e.interaction_id"
    " WHERE e.medium = 'email' AND ((e.status = 'ready' AND e.run_at <= %s)"
    " OR (e.status = 'running' AND e.lease_until < %s))"
    " AND NOT EXISTS (SELECT 1 FROM cases_effect p"
    " JOIN cases_interaction pi ON pi.id = p.interaction_id"
    " WHERE p.case_id = e.case_id AND p.id < e.id AND p.medium = 'email'"
    " AND p.status IN ('ready', 'running') AND pi.address = i.address)"
    " ORDER BY e.run_at, e.id LIMIT 1"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """An effect that one worker holds; `attempt` is the fencing number."""

    effect_id: int
    organization_id: int
    case_id: int
    interaction_id: int
    key: str
    owner: str
    attempt: int


class LeaseLost(Exception):
    """Another worker has taken the effect over, so nothing of this attempt may be written."""


def is_due(now: datetime) -> bool:
    """Whether something waits; a plain read, so that idle workers take no lock."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [_at(now), _at(now)])
        return cursor.fetchone() is not None


def claim(worker: str, now: datetime) -> Claim | None:
    """Takes the effect that has waited longest, for the time of a lease."""
    lock = " FOR UPDATE OF e SKIP LOCKED" if connection.vendor == "postgresql" else ""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(  # only constants of this module are joined
            "UPDATE cases_effect SET status = 'running', attempts = attempts + 1, owner = %s,"
            f" lease_until = %s WHERE id = ({_NEXT}{lock})"
            " RETURNING id, organization_id, case_id, interaction_id, key, attempts",
            [worker, _at(now + LEASE), _at(now), _at(now)],
        )
        row = cursor.fetchone()
    if row is None:
        return None
    return Claim(
        effect_id=row[0],
        organization_id=row[1],
        case_id=row[2],
        interaction_id=row[3],
        key=row[4],
        owner=worker,
        attempt=row[5],
    )


def renew(held: Claim, now: datetime) -> bool:
    """Lengthens the lease; false when it is no longer ours."""
    with transaction.atomic():
        return _change(held, "lease_until = %s", [_at(now + LEASE)])


def finish(held: Claim, now: datetime) -> None:
    """Marks the effect as done. Belongs into the transaction of what follows from it."""
    _settle(held, "status = 'done', lease_until = NULL, done_at = %s, last_error = ''", [_at(now)])


def give_up(held: Claim, error: str, now: datetime) -> None:
    """Marks the effect as failed for good. Belongs into the transaction that says so."""
    _settle(
        held,
        "status = 'failed', lease_until = NULL, done_at = %s, last_error = %s",
        [_at(now), error[:_ERROR]],
    )


def postpone(held: Claim, error: str, until: datetime) -> None:
    """Puts the effect back, to be tried again."""
    _settle(
        held,
        "status = 'ready', lease_until = NULL, run_at = %s, last_error = %s",
        [_at(until), error[:_ERROR]],
    )


def revive(organization_id: int, effect_id: int, now: datetime) -> bool:
    """Starts an effect over that was given up; false when it was not."""
    if effect_id > _LAST_ROW:
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cases_effect SET status = 'ready', run_at = %s, created_at = %s,"
            " done_at = NULL WHERE id = %s AND organization_id = %s AND status = 'failed'",
            [_at(now), _at(now), effect_id, organization_id],
        )
        return int(cursor.rowcount) == 1


def next_try(attempt: int, now: datetime) -> datetime:
    """When to try again: each time later, never much later."""
    wait: timedelta = FIRST_WAIT * (1 << min(max(attempt - 1, 0), 10))
    return now + min(wait, LONGEST_WAIT)


def is_too_old(created_at: datetime, now: datetime) -> bool:
    """Whether a message has waited so long that a person has to know."""
    return now >= created_at + GIVE_UP_AFTER


def _settle(held: Claim, assignments: str, values: list[Any]) -> None:
    if not _change(held, assignments, values):
        raise LeaseLost(f"effect {held.effect_id}, attempt {held.attempt}")


def _change(held: Claim, assignments: str, values: list[Any]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(  # only constants of this module are joined
            f"UPDATE cases_effect SET {assignments}"
            " WHERE id = %s AND owner = %s AND attempts = %s AND status = 'running'",
            [*values, held.effect_id, held.owner, held.attempt],
        )
        return int(cursor.rowcount) == 1


def _at(at: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(at)
