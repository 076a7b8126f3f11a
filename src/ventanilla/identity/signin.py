"""Signing in: one door, braked by account and by address, that tells strangers nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from django.contrib.auth.hashers import check_password, make_password

from ventanilla.identity.access import all_accounts
from ventanilla.identity.brakes import brake_key, count_try, release
from ventanilla.identity.models import User

WINDOW = timedelta(minutes=15)
TRIES_BY_ACCOUNT = 8
TRIES_BY_ADDRESS = 60
LONGEST_PASSWORD = 1024


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
    by_account, by_address = brake_key("account", account), brake_key("address", address)
    limits = {by_account: TRIES_BY_ACCOUNT, by_address: TRIES_BY_ADDRESS}
    if until := count_try(limits, window=WINDOW, now=now):
        return TooManyTries(until=until)
    user = all_accounts().filter(email=account, is_active=True).first()
    if not _password_fits(user, password) or user is None:
        return WrongCredentials()
    release(whole=by_account, one=by_address)
    return SignedIn(user_id=user.pk)


def _password_fits(user: User | None, password: str) -> bool:
    if len(password) > LONGEST_PASSWORD:
        password = ""
    if user is None:
        make_password(password)
        return False
    return check_password(password, user.password)
