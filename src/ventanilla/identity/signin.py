"""Signing in: one door, braked by account and by address, that tells strangers nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils.crypto import salted_hmac

from ventanilla.identity.access import all_accounts, brakes
from ventanilla.identity.models import User

WINDOW = timedelta(minutes=15)
TRIES_BY_ACCOUNT = 8
TRIES_BY_ADDRESS = 60
LONGEST_PASSWORD = 1024
FORGET_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    user_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongCredentials:
    """No active account has that address and password; which of both is not said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TooManyTries:
    """The account or the address was tried too often; another try counts from `until`."""

    until: datetime


SignIn: TypeAlias = SignedIn | WrongCredentials | TooManyTries


def sign_in(*, email: str, password: str, address: str, now: datetime) -> SignIn:
    """Checks who it is. An unknown account takes the same time and gets the same answer.

    The try is counted, and committed, before the password is looked at, so that many at once
    cannot outrun the brake. Call it outside any transaction.
    """
    account = email.replace("\0", "").strip().casefold()
    keys = (_key("account", account), _key("address", address))
    if until := _count_try(keys, now):
        return TooManyTries(until=until)
    user = all_accounts().filter(email=account, is_active=True).first()
    if not _password_fits(user, password) or user is None:
        return WrongCredentials()
    _release(keys)
    return SignedIn(user_id=user.pk)


def forget_old_tries(*, now: datetime) -> int:
    """Deletes brakes that hold nobody any more; the worker calls it now and then."""
    deleted, _ = brakes().filter(since__lt=now - FORGET_AFTER).delete()
    return deleted


def _password_fits(user: User | None, password: str) -> bool:
    if len(password) > LONGEST_PASSWORD:
        password = ""
    if user is None:
        make_password(password)
        return False
    return check_password(password, user.password)


@transaction.atomic
def _count_try(keys: tuple[str, str], now: datetime) -> datetime | None:
    """Counts one more try on both keys, or gives the instant until which none is taken."""
    blocked: datetime | None = None
    for key, limit in zip(keys, (TRIES_BY_ACCOUNT, TRIES_BY_ADDRESS), strict=True):
        brakes().get_or_create(key=key, defaults={"tries": 0, "since": now})
        brake = brakes().select_for_update().get(key=key)
        if brake.since + WINDOW <= now:
            brake.tries, brake.since = 0, now
        if brake.tries >= limit:
            blocked = max(blocked or now, brake.since + WINDOW)
        brake.tries += 1
        brake.save(update_fields=["tries", "since"])
    return blocked


@transaction.atomic
def _release(keys: tuple[str, str]) -> None:
    """A right password clears the account and takes its own try off the address."""
    account, address = keys
    brakes().filter(key=account).delete()
    for brake in brakes().select_for_update().filter(key=address, tries__gt=0):
        brake.tries -= 1
        brake.save(update_fields=["tries"])


def _key(kind: str, value: str) -> str:
    return salted_hmac("ventanilla.sign-in", f"{kind}:{value}", algorithm="sha256").hexdigest()
