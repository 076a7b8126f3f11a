"""The doors by which mail enters and leaves, as the packs declare them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from ventanilla.cases.models import Case
from ventanilla.catalog.published import current_pack, published
from ventanilla.channels.mail.addresses import Address
from ventanilla.channels.tokens import plain_address
from ventanilla.core.definition.model import Channel

MAIL: Final = "email"


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """A mail address of an organisation; `opens` is the procedure that a new message begins."""

    organization_id: int
    channel: str
    office: str
    address: str
    opens: str | None


def doors_of(organization_id: int, now: datetime) -> tuple[Door, ...]:
    """The doors that the pack in force declares."""
    pack = current_pack(organization_id, now)
    return () if pack is None else tuple(_doors(organization_id, pack.channels))


def door_named(organization_id: int, channel: str, now: datetime) -> Door | None:
    """The door of one channel."""
    return next((door for door in doors_of(organization_id, now) if door.channel == channel), None)


def door_for(case: Case) -> Door | None:
    """The door by which a case's own mails leave: its version says which."""
    channels = published(case.procedure_id).procedure.channels
    doors = _doors(case.organization_id, channels)
    return next((door for door in doors if door.channel == MAIL and door.address), None)


def doors_addressed(
    recipients: Iterable[Address], organization_ids: Iterable[int], now: datetime
) -> list[Door]:
    """The doors whose address, with or without a token, is among the recipients."""
    wanted = {plain_address(address.address) for address in recipients}
    return [
        door
        for organization_id in organization_ids
        for door in doors_of(organization_id, now)
        if door.address and plain_address(door.address) in wanted
    ]


def is_own_address(organization_id: int, address: str, now: datetime) -> bool:
    """Whether a mail claims to come from one of our own doors."""
    own = {plain_address(door.address) for door in doors_of(organization_id, now)}
    return plain_address(address) in own


def _doors(organization_id: int, channels: Mapping[str, Channel]) -> Iterator[Door]:
    for name, channel in channels.items():
        yield Door(
            organization_id=organization_id,
            channel=name,
            office=channel.office,
            address=channel.address,
            opens=channel.opens,
        )
