"""What is owed leaves: an effect becomes a mail, and its case learns what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, assert_never

import structlog
from django.conf import settings
from django.db import Error as DatabaseFailure
from django.db import transaction

from ventanilla.cases.models import Case, Effect, Interaction
from ventanilla.cases.outcomes import NotMoved
from ventanilla.cases.services import record_delivery
from ventanilla.channels import access, outbox
from ventanilla.channels.compose import (
    Authorship,
    CannotCompose,
    Composed,
    Outgoing,
    OutgoingFile,
    compose,
)
from ventanilla.channels.doors import Door, door_for
from ventanilla.channels.keys import reply_token_keys
from ventanilla.channels.mail.addresses import Address
from ventanilla.channels.outbox import Claim, LeaseLost
from ventanilla.channels.smtp import Fault, HandInFailed, SmtpLine
from ventanilla.channels.tokens import message_identifier, reply_address, sign_token
from ventanilla.channels.tracking import tracking_words
from ventanilla.core.engine.facts import Delivery
from ventanilla.identity.actor import system_actor

TOKEN_LIFE: Final = timedelta(days=400)
AUTOMATIC_PER_HOUR: Final = 3
AUTOMATIC_PER_DAY_AND_CASE: Final = 10
_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)
_SERVER_AWAY: Final = timedelta(minutes=1)
_DELIVERER: Final = "mail"

_log = structlog.get_logger(__name__)


class Delivered(StrEnum):
    """What became of one claimed effect."""

    SENT = "sent"
    FAILED = "failed"
    POSTPONED = "postponed"
    SERVER_AWAY = "server_away"
    LEASE_LOST = "lease_lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Owed:
    effect: Effect
    contact: Interaction
    case: Case


def deliver_next(*, worker: str, line: SmtpLine, clock: Callable[[], datetime]) -> Delivered | None:
    """Delivers the effect that has waited longest; None when nothing is due."""
    now = clock()
    if not outbox.is_due(now):
        return None
    held = outbox.claim(worker, now)
    if held is None:
        return None
    try:
        outcome = _deliver(held, line, clock)
    except LeaseLost:
        outcome = Delivered.LEASE_LOST
    except DatabaseFailure:
        raise
    except Exception as error:  # noqa: BLE001 - one mail that breaks must not stop the others
        _log.exception("mail_delivery_broke", effect=held.effect_id, error=type(error).__name__)
        outcome = _broken(held, error, clock())
    _log.info("mail_delivery", effect=held.effect_id, attempt=held.attempt, status=str(outcome))
    return outcome


def _deliver(held: Claim, line: SmtpLine, clock: Callable[[], datetime]) -> Delivered:
    owed = _owed(held)
    now = clock()
    free_at = _brake(owed, now)
    if free_at is not None:
        outbox.postpone(held, "brake: too many automatic mails to this address", free_at)
        return Delivered.POSTPONED
    try:
        message = _composed(owed, now)
        line.hand_in(message, lambda: outbox.renew(held, clock()))
    except CannotCompose as problem:
        return _fail(held, owed, problem.code, clock())
    except HandInFailed as problem:
        return _not_taken(held, owed, problem, clock())
    return _sent(held, owed, message, clock())


def _owed(held: Claim) -> _Owed:
    rows = access.effects_within(held.organization_id).select_related("interaction", "case")
    effect = rows.get(pk=held.effect_id)
    return _Owed(effect=effect, contact=effect.interaction, case=effect.case)


def _brake(owed: _Owed, now: datetime) -> datetime | None:
    """When an automatic mail may leave, if its address or its case has had as many as allowed."""
    if not owed.contact.robot:
        return None
    sent = access.automatic_mails(owed.case.organization_id)
    to_address = sent.filter(interaction__address__iexact=owed.contact.address)
    limits = (
        (to_address, AUTOMATIC_PER_HOUR, _HOUR),
        (sent.filter(case=owed.case), AUTOMATIC_PER_DAY_AND_CASE, _DAY),
    )
    for rows, limit, span in limits:
        latest = rows.filter(done_at__gt=now - span).order_by("-done_at")[:limit]
        times = [at for at in latest.values_list("done_at", flat=True) if at is not None]
        if len(times) >= limit:
            return times[-1] + span
    return None


def _sent(held: Claim, owed: _Owed, message: Composed, now: datetime) -> Delivered:
    """What has left stays settled, even when the case cannot be told: it must not leave twice."""
    try:
        with transaction.atomic():
            _settle_sent(held, owed, message, now)
            _tell_case(owed, Delivery.SENT, "", now)
    except (LeaseLost, DatabaseFailure):
        raise
    except Exception as error:  # noqa: BLE001 - the mail has left, whatever else fails
        _log.exception("case_not_told", effect=held.effect_id, error=type(error).__name__)
        with transaction.atomic():
            _settle_sent(held, owed, message, now)
    return Delivered.SENT


def _settle_sent(held: Claim, owed: _Owed, message: Composed, now: datetime) -> None:
    outbox.finish(held, now)
    contacts = access.contacts_within(held.organization_id)
    contacts.filter(pk=owed.contact.pk).update(message_id=message.message_id)


def _broken(held: Claim, error: Exception, now: datetime) -> Delivered:
    """A defect of ours holds this mail back, not the others; in the end a person is told."""
    detail = f"{type(error).__name__}"
    effect = access.effects_within(held.organization_id).get(pk=held.effect_id)
    if outbox.is_too_old(effect.created_at, now):
        outbox.give_up(held, detail, now)
        return Delivered.FAILED
    outbox.postpone(held, detail, outbox.next_try(held.attempt, now))
    return Delivered.POSTPONED


def _fail(held: Claim, owed: _Owed, detail: str, now: datetime) -> Delivered:
    with transaction.atomic():
        outbox.give_up(held, detail, now)
        _tell_case(owed, Delivery.FAILED, detail, now)
    return Delivered.FAILED


def _not_taken(held: Claim, owed: _Owed, problem: HandInFailed, now: datetime) -> Delivered:
    match problem.fault:
        case Fault.LEASE:
            return Delivered.LEASE_LOST
        case Fault.FOR_GOOD:
            return _fail(held, owed, problem.detail, now)
        case Fault.SERVER | Fault.FOR_NOW if outbox.is_too_old(owed.effect.created_at, now):
            return _fail(held, owed, problem.detail, now)
        case Fault.SERVER:
            outbox.postpone(held, problem.detail, now + _SERVER_AWAY)
            return Delivered.SERVER_AWAY
        case Fault.FOR_NOW:
            outbox.postpone(held, problem.detail, outbox.next_try(held.attempt, now))
            return Delivered.POSTPONED
    assert_never(problem.fault)


def _tell_case(owed: _Owed, delivery: Delivery, detail: str, now: datetime) -> None:
    outcome = record_delivery(
        actor=system_actor(owed.case.organization_id, _DELIVERER),
        now=now,
        case=owed.case.reference,
        key=owed.effect.key,
        delivery=delivery,
        detail=detail,
    )
    if isinstance(outcome, NotMoved):
        _log.error("delivery_not_recorded", effect=owed.effect.pk, code=str(outcome.refusal.code))


def _composed(owed: _Owed, now: datetime) -> Composed:
    organization = access.organization_of(owed.case.organization_id)
    door = door_for(owed.case)
    if door is None:
        raise CannotCompose("sender_missing", owed.case.channel)
    token = _token(owed)
    answered, thread = _thread(owed)
    return compose(
        Outgoing(
            sender=Address(name=organization.name, address=door.address),
            recipient=Address(name=owed.contact.name, address=owed.contact.address),
            reply_to=reply_address(door.address, token, settings.REPLY_SEPARATOR),
            message_id=_identifier(owed, door, token),
            subject=owed.contact.subject,
            text=_text(owed, organization.slug, organization.language),
            sent_at=now,
            language=organization.language,
            authorship=_authorship(owed, answered),
            in_reply_to=answered,
            references=thread,
            files=tuple(
                OutgoingFile(
                    name=file.name, media_type=file.content_type, content=bytes(file.blob.content)
                )
                for file in access.files_of(owed.contact)
            ),
        )
    )


def _text(owed: _Owed, slug: str, language: str) -> str:
    """The words of the message, and where whoever asked on the portal can follow the case."""
    recipient = owed.contact.address
    below = tracking_words(owed.case, slug=slug, recipient=recipient, language=language)
    return f"{owed.contact.text}\n\n{below}" if below else owed.contact.text


def _token(owed: _Owed) -> str:
    """The same at every attempt, because it counts from when the mail was written."""
    return sign_token(
        reply_token_keys(),
        organization_id=owed.case.organization_id,
        case_id=owed.case.pk,
        correspondent=owed.contact.address,
        expires_at=owed.contact.at + TOKEN_LIFE,
    )


def _identifier(owed: _Owed, door: Door, token: str) -> str:
    return message_identifier(f"{owed.case.reference}/{owed.effect.key}", token, door.address)


def _thread(owed: _Owed) -> tuple[str | None, tuple[str, ...]]:
    """The last mail of the recipient in this case, and the identifiers of the whole exchange."""
    exchange = list(
        access.contacts_of_case(owed.case.organization_id, owed.case.pk)
        .filter(address__iexact=owed.contact.address, medium="email")
        .exclude(message_id="")
        .exclude(pk=owed.contact.pk)
        .values_list("direction", "message_id")
    )
    received = [identifier for direction, identifier in exchange if direction == "in"]
    return (received[-1] if received else None), tuple(identifier for _, identifier in exchange)


def _authorship(owed: _Owed, answered: str | None) -> Authorship:
    if not owed.contact.robot:
        return Authorship.PERSON
    return Authorship.ANSWERED_BY_RULE if answered else Authorship.SENT_BY_RULE
