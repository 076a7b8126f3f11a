"""The door that a mail server, a folder or a mailbox reader hands raw mail to."""

from __future__ import annotations

from datetime import datetime

from ventanilla.channels import access
from ventanilla.channels.doors import MAIL, Door, doors_addressed, doors_of
from ventanilla.channels.mail.understand import recipients_of
from ventanilla.channels.services import Placement, receive_raw


class DoorUnknown(Exception):
    """It cannot be told whose mail this is; nothing was stored."""


def receive_mail(
    *, raw: bytes, now: datetime, channel: str | None = None, organization: str | None = None
) -> Placement:
    """Takes in one message for the organisation and channel named, or else the one it addresses.

    With one organisation, mail that names none of its doors enters by the mail door.
    """
    organization_id, name = _whose(raw, channel, organization, now)
    return receive_raw(organization_id=organization_id, channel=name, raw=raw, now=now)


def _whose(
    raw: bytes, channel: str | None, organization: str | None, now: datetime
) -> tuple[int, str]:
    rows = access.organizations()
    if organization is not None:
        rows = rows.filter(slug=organization)
    ids = list(rows.values_list("id", flat=True))
    if not ids:
        raise DoorUnknown("There is no such organisation.")
    if channel is not None and len(ids) == 1:
        return ids[0], _known(ids[0], channel, now)
    doors = doors_addressed(recipients_of(raw), ids, now)
    if channel is not None:
        doors = [door for door in doors if door.channel == channel]
    if doors:
        return doors[0].organization_id, doors[0].channel
    if len(ids) > 1:
        raise DoorUnknown("Several organisations are here: name one, or address one of its doors.")
    return ids[0], MAIL


def _known(organization_id: int, channel: str, now: datetime) -> str:
    doors: tuple[Door, ...] = doors_of(organization_id, now)
    if channel not in {door.channel for door in doors}:
        known = ", ".join(sorted(door.channel for door in doors)) or "none"
        raise DoorUnknown(f"There is no channel {channel!r}; known: {known}.")
    return channel
