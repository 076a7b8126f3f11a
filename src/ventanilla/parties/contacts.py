"""Addresses of a party: several by channel, one of them the default."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from ventanilla.core.definition.expressions import Value
from ventanilla.core.definition.model import FieldType, PartyModel
from ventanilla.packs.contacts import Address, check_email, check_phone
from ventanilla.parties.access import contacts_of
from ventanilla.parties.models import ContactChannel, ContactPoint, Party


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """An address in its normal form, ready to be kept."""

    channel: ContactChannel
    value: str
    typed: str
    lookup: str
    attribute: str = ""


def email_reach(raw: str, *, attribute: str = "") -> Reach:
    """An e-mail address to be kept; one of an odd form is kept as it was typed."""
    return _reach(ContactChannel.EMAIL, raw, check_email(raw), raw.casefold(), attribute)


def phone_reach(raw: str, country: str, *, attribute: str = "") -> Reach:
    """A telephone number to be kept; one that is not in the numbering plan is kept as typed."""
    digits = "".join(character for character in raw if character.isdecimal())
    return _reach(ContactChannel.PHONE, raw, check_phone(raw, country), digits, attribute)


def reaches_of(
    model: PartyModel, attributes: Mapping[str, Value], country: str
) -> tuple[Reach, ...]:
    """The addresses among the attributes, in the order in which the pack declares them."""
    found: list[Reach] = []
    for name, of in model.attributes.items():
        value = attributes.get(name) or None
        if of.type is FieldType.EMAIL and isinstance(value, str):
            found.append(email_reach(value, attribute=name))
        elif of.type is FieldType.EMAILS and isinstance(value, tuple):
            found.extend(email_reach(str(item), attribute=name) for item in value)
        elif of.type is FieldType.PHONE and isinstance(value, str):
            found.append(phone_reach(value, country, attribute=name))
    return tuple(found)


def arrange_contacts(
    party: Party, now: datetime, reaches: Iterable[Reach], attributes: frozenset[str]
) -> None:
    """Makes the addresses that come from these attributes the given ones.

    A replaced address goes, because it may be somebody else's; one that was verified stays as a
    further one. The first address of each channel is the default until another is chosen.
    """
    rows = list(contacts_of([party.pk]))
    known = {(row.channel, row.value): row for row in rows}
    wanted = {(reach.channel.value, reach.value): reach for reach in reaches}
    replaced = [
        row
        for key, row in known.items()
        if row.attribute and row.attribute in attributes and key not in wanted
    ]
    for row in replaced:
        del known[(row.channel, row.value)]
        if row.verified_on is None:
            row.delete()
        else:
            row.is_default, row.attribute = False, ""
            row.save(update_fields=["is_default", "attribute"])
    for key, reach in wanted.items():
        if key not in known:
            known[key] = _insert(party, now, reach)
    for channel in ContactChannel.values:
        _choose_default([row for row in known.values() if row.channel == channel])


def _insert(party: Party, now: datetime, reach: Reach) -> ContactPoint:
    row = ContactPoint(
        organization_id=party.organization_id,
        party=party,
        attribute=reach.attribute,
        channel=reach.channel,
        value=reach.value,
        typed=reach.typed,
        lookup=reach.lookup,
        recorded_at=now,
    )
    row.save(force_insert=True)
    return row


def _choose_default(rows: list[ContactPoint]) -> None:
    if not rows or any(row.is_default for row in rows):
        return
    first = rows[0]
    first.is_default = True
    first.save(update_fields=["is_default"])


def _reach(
    channel: ContactChannel, raw: str, checked: object, fallback: str, attribute: str
) -> Reach:
    typed = raw.strip()[:254]
    if isinstance(checked, Address):
        return Reach(
            channel=channel,
            value=checked.value,
            typed=typed,
            lookup=checked.lookup,
            attribute=attribute,
        )
    return Reach(
        channel=channel,
        value=typed,
        typed=typed,
        lookup=(fallback.strip() or typed)[:254],
        attribute=attribute,
    )
