"""Reads of organisations, offices, roles and people."""

from dataclasses import dataclass
from datetime import datetime
from unicodedata import combining, normalize

from django.db.models import Q, QuerySet
from django.utils import timezone

from ventanilla.identity.access import all_accounts, all_organizations
from ventanilla.identity.actor import ADMINISTRATOR, Actor, ActorKind
from ventanilla.identity.models import Absence, Membership, Office, Organization, Role, User


class UnknownOrganization(Exception):
    """No organisation has that slug."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationRow:
    id: int
    slug: str
    name: str
    accent: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeRow:
    code: str
    title: str
    calendar: str
    zone: str
    country: str
    region: str
    address: str
    hours_text: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleRow:
    code: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRow:
    id: int
    full_name: str
    email: str
    phone: str
    is_active: bool
    roles: tuple[tuple[str, str | None], ...]


def organization_by_slug(slug: str) -> OrganizationRow:
    """The organisation, or UnknownOrganization. For doors that have no actor yet."""
    found = all_organizations().filter(slug=slug).first()
    if found is None:
        raise UnknownOrganization(f"There is no organisation {slug!r} here; load its pack first.")
    return _organization_row(found)


def organization_of(actor: Actor) -> OrganizationRow:
    """The organisation that the actor belongs to."""
    return _organization_row(all_organizations().get(pk=actor.organization_id))


def organizations() -> tuple[OrganizationRow, ...]:
    """All organisations of the installation, for workers and verification."""
    return tuple(_organization_row(row) for row in all_organizations().order_by("slug"))


def actor_of_user(user_id: int) -> Actor | None:
    """The person with the rights of this moment; None when the account is not active."""
    user = all_accounts().filter(pk=user_id, is_active=True).first()
    return None if user is None else actor_of(user)


def actor_of(user: User) -> Actor:
    """The person with the rights of this moment."""
    now = timezone.now()
    absent = absences_now(user.organization_id, now).filter(deputy=user)
    held = (
        Membership.objects.within(user.organization_id)
        .filter(Q(user=user) | Q(user_id__in=absent.values("user_id")))
        .filter(ended_at=None, role__retired_at=None)
        .values_list("user_id", "user__email", "role__code", "office__code")
    )
    own = {(role, office) for person, _, role, office in held if person == user.pk}
    lent = {
        (role, office)
        for person, _, role, office in held
        if person != user.pk and role != ADMINISTRATOR
    }
    return Actor(
        kind=ActorKind.PERSON,
        organization_id=user.organization_id,
        user_id=user.pk,
        name=user.full_name,
        email=user.email,
        phone=user.phone,
        roles=frozenset(own | lent),
        stands_for=frozenset(email for person, email, _, _ in held if person != user.pk),
    )


def absences_now(organization_id: int, now: datetime) -> "QuerySet[Absence]":
    """The absences that last at an instant."""
    rows = Absence.objects.within(organization_id).filter(cancelled_at=None)
    return rows.filter(begins_at__lte=now, ends_at__gt=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Somebody who is there and holds a role, at an office or at all."""

    user_id: int
    email: str
    role: str
    office: str | None
    given_at: datetime | None


def holders(organization_id: int, roles: frozenset[str], now: datetime) -> tuple[Holder, ...]:
    """Who holds one of the roles and is there; one statement."""
    rows = (
        Membership.objects.within(organization_id)
        .filter(role__code__in=roles, role__retired_at=None, ended_at=None, user__is_active=True)
        .exclude(user_id__in=absences_now(organization_id, now).values("user_id"))
        .order_by("user__email", "id")
        .values_list("user_id", "user__email", "role__code", "office__code", "given_at")
    )
    return tuple(
        Holder(user_id=user_id, email=email, role=role, office=office, given_at=given_at)
        for user_id, email, role, office, given_at in rows
    )


def offices(actor: Actor) -> tuple[OfficeRow, ...]:
    """The open offices of the actor's organisation, by title."""
    rows = Office.objects.visible_to(actor).filter(retired_at=None).order_by("title", "code")
    return tuple(
        OfficeRow(
            code=row.code,
            title=row.title,
            calendar=row.calendar,
            zone=row.zone,
            country=row.country,
            region=row.region,
            address=row.address,
            hours_text=row.hours_text,
            phone=row.phone,
            email=row.email,
        )
        for row in rows
    )


def home_country(organization_id: int) -> str:
    """The country of all open offices, or nothing when they lie in several."""
    rows = Office.objects.within(organization_id).filter(retired_at=None)
    countries = set(rows.values_list("country", flat=True))
    return countries.pop() if len(countries) == 1 else ""


def roles(actor: Actor) -> tuple[RoleRow, ...]:
    """The roles in use in the actor's organisation, by title."""
    rows = Role.objects.visible_to(actor).filter(retired_at=None).order_by("title", "code")
    return tuple(RoleRow(code=row.code, title=row.title) for row in rows)


def staff(actor: Actor) -> tuple[StaffRow, ...]:
    """The people of the actor's organisation with what they hold, by name; two statements."""
    held: dict[int, list[tuple[str, str | None]]] = {}
    memberships = (
        Membership.objects.visible_to(actor)
        .filter(ended_at=None, role__retired_at=None)
        .order_by("role__code", "office__code")
        .values_list("user_id", "role__code", "office__code")
    )
    for user_id, role, office in memberships:
        held.setdefault(user_id, []).append((role, office))
    people = sorted(User.objects.visible_to(actor), key=_sort_key)
    return tuple(
        StaffRow(
            id=user.pk,
            full_name=user.full_name,
            email=user.email,
            phone=user.phone,
            is_active=user.is_active,
            roles=tuple(held.get(user.pk, ())),
        )
        for user in people
    )


def names_of(organization_id: int, keys: set[str]) -> dict[str, str]:
    """The names of the people behind actors' keys; the system and parties have none."""
    ids = {int(key.partition(":")[2]): key for key in keys if key.startswith("person:")}
    if not ids:
        return {}
    rows = User.objects.within(organization_id).filter(pk__in=ids)
    return {ids[pk]: name for pk, name in rows.values_list("pk", "full_name")}


def _sort_key(user: User) -> tuple[str, int]:
    """By name as people read it, accents aside; the same on every database."""
    plain = normalize("NFKD", user.full_name.casefold())
    return "".join(mark for mark in plain if not combining(mark)), user.pk


def _organization_row(row: Organization) -> OrganizationRow:
    return OrganizationRow(
        id=row.pk, slug=row.slug, name=row.name, accent=row.accent, language=row.language
    )
