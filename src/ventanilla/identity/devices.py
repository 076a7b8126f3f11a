"""The machines of an office: adding them, retiring them, and knowing one by its address."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from ventanilla.identity.access import all_devices, require_administrator
from ventanilla.identity.actor import Actor, ActorKind
from ventanilla.identity.models import Device, DeviceKind, Office

_PURPOSE: Final = "ventanilla.identity.device"
_KEY_LENGTH: Final = 32


class UnknownOffice(Exception):
    """The organisation has no such office."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceRow:
    """A machine as lists show it; ``key`` is the part of its address that nobody can guess."""

    reference: UUID
    kind: str
    office: str
    office_title: str
    title: str
    key: str
    added_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """A machine at work: who acts, and where it stands."""

    actor: Actor
    reference: UUID
    office: str
    office_title: str
    zone: str
    title: str
    organization: str
    accent: str
    language: str


def add_device(*, actor: Actor, now: datetime, kind: DeviceKind, office: str, title: str) -> UUID:
    """Gives a machine of the office an address of its own. Raises NotAllowed and UnknownOffice."""
    require_administrator(actor)
    with transaction.atomic():
        place = Office.objects.visible_to(actor).filter(code=office, retired_at=None).first()
        if place is None:
            raise UnknownOffice(office)
        row = Device(
            organization_id=actor.organization_id,
            kind=kind,
            office=place,
            title=title[:200],
            added_at=now,
            added_by=actor.key,
        )
        row.save(force_insert=True)
    return row.reference


def retire_device(*, actor: Actor, now: datetime, reference: UUID) -> bool:
    """Its address leads nowhere from now on; False when there was no such machine in use."""
    require_administrator(actor)
    rows = Device.objects.visible_to(actor).filter(reference=reference, retired_at=None)
    return rows.update(retired_at=now) == 1


def devices(actor: Actor) -> tuple[DeviceRow, ...]:
    """The machines in use, by office. One statement."""
    rows = Device.objects.visible_to(actor).filter(retired_at=None).select_related("office")
    return tuple(
        DeviceRow(
            reference=row.reference,
            kind=row.kind,
            office=row.office.code,
            office_title=row.office.title,
            title=row.title,
            key=device_key(row.reference),
            added_at=row.added_at,
        )
        for row in rows.order_by("office__title", "kind", "title", "id")
    )


def machine_at(reference: UUID, key: str, kind: DeviceKind) -> Machine | None:
    """The machine of an address, one statement; None when the key is wrong or it is retired."""
    if not any(constant_time_compare(key, good) for good in device_keys(reference)):
        return None
    return machine_named(reference, kind)


def machine_named(reference: UUID, kind: DeviceKind) -> Machine | None:
    """The machine of that reference; for doors that ask for a proof other than the address."""
    rows = all_devices().select_related("office", "organization")
    row = rows.filter(reference=reference, kind=kind, retired_at=None).first()
    if row is None:
        return None
    return Machine(
        actor=Actor(
            kind=ActorKind.SYSTEM,
            organization_id=row.organization_id,
            name=row.title,
            reference=f"{row.kind}-{row.reference}",
        ),
        reference=row.reference,
        office=row.office.code,
        office_title=row.office.title,
        zone=row.office.zone,
        title=row.title,
        organization=row.organization.name,
        accent=row.organization.accent,
        language=row.organization.language,
    )


def device_key(reference: UUID) -> str:
    """What the machine's address ends with, or what it signs with."""
    return device_keys(reference)[0]


def device_keys(reference: UUID) -> tuple[str, ...]:
    """The key as the installation's secret gives it, then as older secrets gave it."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return tuple(
        salted_hmac(_PURPOSE, str(reference), secret=secret, algorithm="sha256").hexdigest()[
            :_KEY_LENGTH
        ]
        for secret in secrets
    )
