"""Organisations, their offices and roles, and the people who work in them."""

import uuid

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from ventanilla.identity.scoping import OwnedByOrganization, SameOrganization


class Organization(models.Model):
    """Whoever runs a front office. Everything else belongs to one."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    accent = models.CharField(max_length=9, blank=True)
    language = models.CharField(max_length=8, default="es")
    created_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(slug=""), name="organization_has_slug"),
            models.CheckConstraint(condition=~Q(name=""), name="organization_has_name"),
        )

    def __str__(self) -> str:
        return self.slug


class Office(OwnedByOrganization):
    """A place or desk that serves people, with the calendar its time is counted on."""

    code = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    calendar = models.CharField(max_length=60)
    zone = models.CharField(max_length=60)
    country = models.CharField(max_length=2, blank=True)
    region = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=300, blank=True)
    hours_text = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    email = models.CharField(max_length=254, blank=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("organization", "code"), name="office_code_once"),
            models.UniqueConstraint(fields=("organization", "id"), name="office_of_organization"),
        )

    def __str__(self) -> str:
        return self.code


class Role(OwnedByOrganization):
    """What somebody answers for; procedures name roles, never people."""

    code = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("organization", "code"), name="role_code_once"),
            models.UniqueConstraint(fields=("organization", "id"), name="role_of_organization"),
        )

    def __str__(self) -> str:
        return self.code


class User(OwnedByOrganization, AbstractBaseUser):
    """A member of staff, who signs in with an e-mail address."""

    email = models.EmailField(max_length=254, unique=True)
    full_name = models.CharField(max_length=200)
    phone = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=8, default="es")
    is_active = models.BooleanField(default=True)
    session_epoch = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("organization", "id"), name="user_of_organization"),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="user_email_lower"),
            models.CheckConstraint(condition=~Q(full_name=""), name="user_has_name"),
        )

    def __str__(self) -> str:
        return f"user {self.pk}"

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Also bound to the epoch, so that raising it ends every open session at once."""
        stamp: str = super()._get_session_auth_hash(secret)  # type: ignore[misc]
        return f"{self.session_epoch}.{stamp}"


class Membership(OwnedByOrganization):
    """A role that a person holds, in one office or (without office) in all; ended, not deleted."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, related_name="+")
    granted_at = models.DateTimeField()
    granted_by = models.CharField(max_length=80)
    ended_at = models.DateTimeField(null=True)
    given_at = models.DateTimeField(null=True)
    """When a task that is dealt out by turns last fell to the person."""

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("user", "role", "office"),
                condition=Q(ended_at=None, office__isnull=False),
                name="membership_once_per_office",
            ),
            models.UniqueConstraint(
                fields=("user", "role"),
                condition=Q(ended_at=None, office=None),
                name="membership_once_everywhere",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("granted_at")),
                name="membership_ends_after_it_begins",
            ),
            SameOrganization(field="user", name="membership_user_same_org"),
            SameOrganization(field="role", name="membership_role_same_org"),
            SameOrganization(field="office", name="membership_office_same_org"),
        )

    def __str__(self) -> str:
        return f"membership {self.pk}"


class DeviceKind(models.TextChoices):
    KIOSK = "kiosk"
    PANEL = "panel"
    TELEPHONE = "telephone"


class Device(OwnedByOrganization):
    """A machine of an office that acts without a person: a kiosk, a wall panel, a telephone system.

    Its key follows from the installation's secret and its reference; nothing secret stands here.
    """

    reference = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=12, choices=DeviceKind)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=80)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("organization", "id"), name="device_of_organization"),
            models.CheckConstraint(condition=~Q(title=""), name="device_has_title"),
            SameOrganization(field="office", name="device_office_same_org"),
        )

    def __str__(self) -> str:
        return str(self.reference)


class Absence(OwnedByOrganization):
    """Somebody is not there for some days; the deputy has their tasks and roles meanwhile."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    deputy = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    first_on = models.DateField()
    last_on = models.DateField()
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    """The days as instants, on the clock of the office."""
    reason = models.CharField(max_length=200, blank=True)
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=80)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")), name="absence_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=~Q(user=F("deputy")), name="absence_deputy_is_other"),
            SameOrganization(field="user", name="absence_user_same_org"),
            SameOrganization(field="deputy", name="absence_deputy_same_org"),
        )
        indexes = (
            models.Index(
                fields=("organization", "ends_at"),
                condition=Q(cancelled_at=None),
                name="absence_to_come",
            ),
            models.Index(
                fields=("deputy", "ends_at"), condition=Q(cancelled_at=None), name="absence_deputy"
            ),
        )

    def __str__(self) -> str:
        return f"absence {self.pk}"


class SignInBrake(models.Model):
    """How often an account or an address was tried lately; the key is a keyed hash of either."""

    key = models.CharField(max_length=64, primary_key=True)
    tries = models.PositiveIntegerField()
    since = models.DateTimeField()

    def __str__(self) -> str:
        return self.key
