"""Where a message belongs. Nothing is written here; the answer is one of five."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from ventanilla.cases.models import Case, Direction, Interaction
from ventanilla.channels import access
from ventanilla.channels.doors import is_own_address
from ventanilla.channels.keys import reply_token_keys
from ventanilla.channels.mail.message import Bounce, Kind, Understood
from ventanilla.channels.models import InboundMessage
from ventanilla.channels.tokens import read_tokens

NEW_CASES_PER_HOUR: Final = 10
MESSAGES_PER_HOUR: Final = 30
_HOUR: Final = timedelta(hours=1)


class Flag(StrEnum):
    """Why somebody should look twice at a contact."""

    NONE = ""
    OTHER_ADDRESS = "other_address"
    TOO_MANY = "too_many"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    DELIVERY_REPORT = "delivery_report"
    INCOMPLETE = "incomplete"


class Reason(StrEnum):
    """Why a message waits for somebody to look at it, or was not needed."""

    DUPLICATE = "duplicate"
    IDENTIFIER_REUSED = "identifier_reused"
    OWN_ADDRESS = "own_address"
    ROBOT_WITHOUT_CASE = "robot_without_case"
    REPORT_WITHOUT_CASE = "report_without_case"
    SENDER_MISSING = "sender_missing"
    TOO_MANY = "too_many"
    NOTHING_TO_OPEN = "nothing_to_open"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToCase:
    """A contact of this case. A robot's moves nothing."""

    case: Case
    flag: Flag
    robot: bool
    returned: Interaction | None = None
    """The mail of ours that a delivery report says was not delivered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToNewCase:
    """The first contact of a new case, of the procedure that the door opens."""

    flag: Flag


@dataclass(frozen=True, slots=True, kw_only=True)
class ToQuarantine:
    """Kept and shown, because only a person can say what it is."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignore:
    """Kept, and nothing else: what it says has been taken in already."""

    reason: Reason
    duplicate_of: InboundMessage


Route = ToCase | ToNewCase | ToQuarantine | Ignore


def route(inbound: InboundMessage, message: Understood) -> Route:
    """The place of a message that has been understood as far as it can be."""
    if message.kind is Kind.UNREADABLE:
        return ToQuarantine(reason=message.reason)
    known = _same_identifier(inbound, message)
    if known is not None:
        return known
    case, flag = _case_of(inbound, message)
    if message.kind is Kind.BOUNCE and message.bounce is not None:
        return _report(inbound.organization_id, message.bounce, case)
    if message.kind is Kind.AUTO_REPLY:
        return _robot(case)
    if _is_ours(inbound, message):
        return ToQuarantine(reason=Reason.OWN_ADDRESS)
    if case is not None:
        return _contact(inbound, message, case, flag)
    return _first_contact(inbound, message)


def _is_ours(inbound: InboundMessage, message: Understood) -> bool:
    return message.sender is not None and is_own_address(
        inbound.organization_id, message.sender.address, inbound.received_at
    )


def _same_identifier(inbound: InboundMessage, message: Understood) -> Route | None:
    if message.message_id is None:
        return None
    rows = access.inbound_within(inbound.organization_id).defer("raw")
    first = rows.filter(message_id=message.message_id).exclude(pk=inbound.pk).first()
    if first is None:
        return None
    sender = message.sender.address if message.sender else ""
    if first.sender.casefold() == sender.casefold():
        return Ignore(reason=Reason.DUPLICATE, duplicate_of=first)
    return ToQuarantine(reason=Reason.IDENTIFIER_REUSED)


def _case_of(inbound: InboundMessage, message: Understood) -> tuple[Case | None, Flag]:
    """The case that a token of ours leads to, or one of our messages that was answered."""
    organization_id = inbound.organization_id
    found = read_tokens(reply_token_keys(), message, organization_id=organization_id)
    for one in found:
        case = access.case_within(organization_id, one.token.case_id)
        if case is None or one.token.has_expired(inbound.received_at):
            continue
        own = one.token.belongs_to(message.sender)
        return case, Flag.NONE if own else Flag.OTHER_ADDRESS
    return _answered_case(organization_id, message), Flag.NONE


def _answered_case(organization_id: int, message: Understood) -> Case | None:
    """Without a token only who took part before is believed, and only about their own exchange."""
    identifiers = (*message.in_reply_to, *message.references)
    if message.sender is None or not identifiers:
        return None
    contact = (
        access.contacts_named(organization_id, identifiers)
        .filter(address__iexact=message.sender.address)
        .select_related("case")
        .order_by("-at", "-id")
        .first()
    )
    return contact.case if contact is not None else None


def _report(organization_id: int, bounce: Bounce, case: Case | None) -> Route:
    returned = _returned(organization_id, bounce, case)
    case = case or (returned.case if returned is not None else None)
    if case is None:
        return ToQuarantine(reason=Reason.REPORT_WITHOUT_CASE)
    flag = Flag.BOUNCE if bounce.failed else Flag.DELIVERY_REPORT
    failed = returned if bounce.failed else None
    return ToCase(case=case, flag=flag, robot=True, returned=failed)


def _returned(organization_id: int, bounce: Bounce, case: Case | None) -> Interaction | None:
    """Our mail that the report is about: by its identifier, or the last one to that address."""
    ours = access.contacts_within(organization_id).filter(
        direction=Direction.OUT, medium="email", case__isnull=False
    )
    if bounce.original_message_id:
        named = ours.filter(message_id=bounce.original_message_id).select_related("case").first()
        if named is not None:
            return named
    if case is None:
        return None
    addresses = {recipient.address.casefold() for recipient in bounce.recipients}
    sent = ours.filter(case=case).select_related("case").order_by("-at", "-id")
    return next((contact for contact in sent if contact.address.casefold() in addresses), None)


def _robot(case: Case | None) -> Route:
    if case is None:
        return ToQuarantine(reason=Reason.ROBOT_WITHOUT_CASE)
    return ToCase(case=case, flag=Flag.AUTO_REPLY, robot=True)


def _contact(inbound: InboundMessage, message: Understood, case: Case, flag: Flag) -> Route:
    """A storm from one address is kept on the case, but moves nothing more for that hour."""
    if _recent(inbound, message) >= MESSAGES_PER_HOUR:
        return ToCase(case=case, flag=Flag.TOO_MANY, robot=True)
    return ToCase(case=case, flag=flag or _incomplete(message), robot=False)


def _first_contact(inbound: InboundMessage, message: Understood) -> Route:
    if message.sender is None:
        return ToQuarantine(reason=Reason.SENDER_MISSING)
    if _recent(inbound, message) >= NEW_CASES_PER_HOUR:
        return ToQuarantine(reason=Reason.TOO_MANY)
    return ToNewCase(flag=_incomplete(message))


def _incomplete(message: Understood) -> Flag:
    return Flag.INCOMPLETE if message.cuts else Flag.NONE


def _recent(inbound: InboundMessage, message: Understood) -> int:
    """How many messages of this sender found their place within the hour before this one."""
    sender = message.sender.address.casefold() if message.sender else ""
    since: datetime = inbound.received_at - _HOUR
    return (
        access.inbound_within(inbound.organization_id)
        .filter(sender=sender, received_at__gt=since, received_at__lte=inbound.received_at)
        .filter(status="placed")
        .exclude(pk=inbound.pk)
        .count()
    )
