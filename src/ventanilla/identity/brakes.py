"""Brakes against whoever tries too often: what is tried is a keyed hash, never an address."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from ventanilla.identity.access import brakes

FORGET_AFTER = timedelta(days=1)


def brake_key(kind: str, value: str) -> str:
    """What one who tries is known by."""
    return salted_hmac("ventanilla.sign-in", f"{kind}:{value}", algorithm="sha256").hexdigest()


@transaction.atomic
def count_try(limits: Mapping[str, int], *, window: timedelta, now: datetime) -> datetime | None:
    """Counts one more try on each key, or gives the instant until which none is taken."""
    blocked: datetime | None = None
    for key, limit in limits.items():
        brakes().get_or_create(key=key, defaults={"tries": 0, "since": now})
        brake = brakes().select_for_update().get(key=key)
        if brake.since + window <= now:
            brake.tries, brake.since = 0, now
        if brake.tries >= limit:
            blocked = max(blocked or now, brake.since + window)
        brake.tries += 1
        brake.save(update_fields=["tries", "since"])
    return blocked


@transaction.atomic
def release(*, whole: str, one: str) -> None:
    """Clears a key, and takes one try off another."""
    brakes().filter(key=whole).delete()
    for brake in brakes().select_for_update().filter(key=one, tries__gt=0):
        brake.tries -= 1
        brake.save(update_fields=["tries"])


def forget_old_tries(*, now: datetime) -> int:
    """Deletes brakes that hold nobody any more; the worker calls it now and then."""
    deleted, _ = brakes().filter(since__lt=now - FORGET_AFTER).delete()
    return deleted
