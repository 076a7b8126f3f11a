"""Writes of organisations, offices, roles, accounts and rights: one action, one transaction."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import Http404

from ventanilla.identity.access import (
    NotAllowed,
    all_accounts,
    all_organizations,
    require_administrator,
)
from ventanilla.identity.actor import ADMINISTRATOR, Actor
from ventanilla.identity.models import Membership, Office, Role, User
from ventanilla.packs.contacts import Address, check_email

ADMINISTRATOR_TITLE = "Administración"


class EmailTaken(Exception):
    """The address signs in somebody already."""


class UnusableEmail(Exception):
    """The address has not the form of an e-mail address."""


class WeakPassword(Exception):
    """The password can be guessed; `sentences` say how to choose a better one."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self.sentences = tuple(sentences)
        super().__init__(" ".join(self.sentences))


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeFacts:
    """An office as its pack describes it."""

    code: str
    title: str
    calendar: str
    zone: str
    country: str = ""
    region: str = ""
    address: str = ""
    hours_text: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleFacts:
    """A role as its pack describes it."""

    code: str
    title: str


@transaction.atomic
def save_organization(
    *, now: datetime, slug: str, name: str, accent: str = "", language: str = "es"
) -> int:
    """Creates the organisation, or gives the one of that slug its new name and look.

    For the operator, who stands above organisations: it takes no actor.
    """
    organization, _ = all_organizations().update_or_create(
        slug=slug,
        defaults={"name": name, "accent": accent, "language": language},
        create_defaults={"name": name, "accent": accent, "language": language, "created_at": now},
    )
    Role.objects.within(organization.pk).get_or_create(
        organization_id=organization.pk,
        code=ADMINISTRATOR,
        defaults={"title": ADMINISTRATOR_TITLE},
    )
    return organization.pk


@transaction.atomic
def arrange_offices(*, actor: Actor, now: datetime, offices: Iterable[OfficeFacts]) -> None:
    """Makes the organisation's offices those given: new ones open, missing ones retire."""
    require_administrator(actor)
    given = {office.code: office for office in offices}
    for office in given.values():
        facts = asdict(office)
        Office.objects.visible_to(actor).update_or_create(
            organization_id=actor.organization_id,
            code=facts.pop("code"),
            defaults={**facts, "retired_at": None},
        )
    missing = Office.objects.visible_to(actor).exclude(code__in=given).filter(retired_at=None)
    missing.update(retired_at=now)


@transaction.atomic
def arrange_roles(*, actor: Actor, now: datetime, roles: Iterable[RoleFacts]) -> None:
    """Makes the organisation's roles those given, besides the administrator's."""
    require_administrator(actor)
    given = {role.code: role for role in roles}
    for role in given.values():
        Role.objects.visible_to(actor).update_or_create(
            organization_id=actor.organization_id,
            code=role.code,
            defaults={"title": role.title, "retired_at": None},
        )
    missing = Role.objects.visible_to(actor).exclude(code__in=[*given, ADMINISTRATOR])
    missing.filter(retired_at=None).update(retired_at=now)


def create_user(
    *,
    actor: Actor,
    now: datetime,
    email: str,
    full_name: str,
    password: str,
    phone: str = "",
    language: str = "es",
) -> int:
    """Opens an account. Raises UnusableEmail, EmailTaken, WeakPassword or NotAllowed."""
    require_administrator(actor)
    address = check_email(email)
    if not isinstance(address, Address):
        raise UnusableEmail(f"{email!r} is no e-mail address.")
    user = User(
        organization_id=actor.organization_id,
        email=address.lookup,
        full_name=full_name.strip(),
        phone=phone,
        language=language,
        created_at=now,
    )
    _give_password(user, password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as problem:
        if all_accounts().filter(email=address.lookup).exists():
            raise EmailTaken("An account with that address exists already.") from problem
        raise
    return user.pk


@transaction.atomic
def change_password(*, actor: Actor, user_id: int, password: str) -> None:
    """Sets a new password and ends the account's open sessions."""
    if actor.user_id != user_id:
        require_administrator(actor)
    user = _locked_user(actor, user_id)
    _give_password(user, password)
    user.session_epoch += 1
    user.save(update_fields=["password", "session_epoch"])


@transaction.atomic
def deactivate_user(*, actor: Actor, user_id: int) -> None:
    """Closes the account and every session of it; what the person did stays theirs."""
    require_administrator(actor)
    if actor.user_id == user_id:
        raise NotAllowed("Nobody closes the account they are using.")
    _locked_user(actor, user_id)
    User.objects.visible_to(actor).filter(pk=user_id).update(
        is_active=False, session_epoch=F("session_epoch") + 1
    )


@transaction.atomic
def reactivate_user(*, actor: Actor, user_id: int) -> None:
    """Opens a closed account again, with the roles it held."""
    require_administrator(actor)
    _locked_user(actor, user_id)
    User.objects.visible_to(actor).filter(pk=user_id).update(is_active=True)


@transaction.atomic
def grant_role(
    *, actor: Actor, now: datetime, user_id: int, role: str, office: str | None = None
) -> None:
    """Gives the person the role, in one office or in all. Granting it twice changes nothing."""
    require_administrator(actor)
    user = _locked_user(actor, user_id)
    granted = _role(actor, role)
    place = None if office is None else _office(actor, office)
    held = Membership.objects.visible_to(actor).filter(
        user=user, role=granted, office=place, ended_at=None
    )
    if held.exists():
        return
    Membership(
        organization_id=actor.organization_id,
        user=user,
        role=granted,
        office=place,
        granted_at=now,
        granted_by=actor.key,
    ).save(force_insert=True)


@transaction.atomic
def revoke_role(
    *, actor: Actor, now: datetime, user_id: int, role: str, office: str | None = None
) -> None:
    """Takes the role away at once: rights are read at each request."""
    require_administrator(actor)
    user = _locked_user(actor, user_id)
    if actor.user_id == user_id and role == ADMINISTRATOR:
        raise NotAllowed("Nobody takes the administrator's role from themselves.")
    Membership.objects.visible_to(actor).filter(
        user=user, role=_role(actor, role), office__code=office, ended_at=None
    ).update(ended_at=now)


def note_turn(organization_id: int, *, email: str, role: str, at: datetime) -> None:
    """Keeps that a task dealt out by turns fell to somebody."""
    rows = Membership.objects.within(organization_id)
    rows.filter(user__email=email, role__code=role, ended_at=None).update(given_at=at)


def _give_password(user: User, password: str) -> None:
    try:
        validate_password(password, user)
    except ValidationError as problem:
        raise WeakPassword(problem.messages) from None
    user.set_password(password)


def _locked_user(actor: Actor, user_id: int) -> User:
    user = User.objects.visible_to(actor).select_for_update().filter(pk=user_id).first()
    if user is None:
        raise Http404
    return user


def _role(actor: Actor, code: str) -> Role:
    role = Role.objects.visible_to(actor).filter(code=code, retired_at=None).first()
    if role is None:
        raise Http404
    return role


def _office(actor: Actor, code: str) -> Office:
    office = Office.objects.visible_to(actor).filter(code=code, retired_at=None).first()
    if office is None:
        raise Http404
    return office
