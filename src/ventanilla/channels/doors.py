"""The doors by which mail enters and leaves, as the packs in force declare them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from ventanilla.cases.models import Case
from ventanilla.catalog.published import published
from ventanilla.channels import access
from ventanilla.channels.mail.addresses import Address
from ventanilla.core.definition.model import Procedure

MAIL: Final = "email"


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """A mail address of an organisation; `opens` is the procedure that a new message begins."""

    organization_id: int
    channel: str
    office: str
    address: str
    opens: str | None


def doors_of(organization_id: int) -> tuple[Door, ...]:
    """The doors of the packs in force, each channel once."""
    found: dict[str, Door] = {}
    for version_id in access.latest_versions(organization_id):
        for door in _doors(organization_id, published(version_id).procedure):
            found.setdefault(door.channel, door)
    return tuple(found.values())


def door_named(organization_id: int, channel: str) -> Door | None:
    """The door of one channel."""
    return next((door for door in doors_of(organization_id) if door.channel == channel), None)


def mail_door(organization_id: int) -> Door | None:
    """The door for mail that names no other."""
    return door_named(organization_id, MAIL)


def door_for(case: Case) -> Door | None:
    """The door by which a case's own mails leave: its version says which."""
    procedure = published(case.procedure_id).procedure
    return next(
        (
            door
            for door in _doors(case.organization_id, procedure)
            if door.channel == MAIL and door.address
        ),
        None,
    )


def doors_addressed(recipients: Iterable[Address], organization_ids: Iterable[int]) -> list[Door]:
    """The doors whose address, with or without a token, is among the recipients."""
    wanted = {_plain(address.address) for address in recipients}
    return [
        door
        for organization_id in organization_ids
        for door in doors_of(organization_id)
        if door.address and _plain(door.address) in wanted
    ]


def is_own_address(organization_id: int, address: str) -> bool:
    """Whether a mail claims to come from one of our own doors."""
    own = {_plain(door.address) for door in doors_of(organization_id) if door.address}
    return _plain(address) in own


def _doors(organization_id: int, procedure: Procedure) -> Iterator[Door]:
    for name, channel in procedure.channels.items():
        yield Door(
            organization_id=organization_id,
            channel=name,
            office=channel.office,
            address=channel.address,
            opens=channel.opens,
        )


def _plain(address: str) -> str:
    local, _, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}@{domain}".casefold()
