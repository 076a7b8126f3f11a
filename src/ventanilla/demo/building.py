"""Making the demonstration: packs, made-up people, and a few contacts to begin with."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from uuid import UUID

from ventanilla.cases.incoming import Incoming
from ventanilla.cases.services import Opening, open_case
from ventanilla.catalog.published import current_pack
from ventanilla.catalog.services import load_pack
from ventanilla.channels.intake import receive_mail
from ventanilla.core.definition.model import Pack
from ventanilla.core.engine.state import Sender
from ventanilla.demo.sheets import ContactRow, PartyRow, contact_rows, party_rows, staff_rows
from ventanilla.demo.waiting import furnish
from ventanilla.identity.access import all_accounts
from ventanilla.identity.actor import Actor, system_actor
from ventanilla.identity.services import create_user, grant_role
from ventanilla.packs.reader import PackFiles, find_packs, read_pack
from ventanilla.parties.care import count_activity, entrust_party, set_agreement
from ventanilla.parties.services import record_party

PASSWORD = "ventanilla-demo"  # noqa: S105 - printed for everybody to see
"""Everybody's password in the demonstration."""


def build(now: datetime) -> Iterator[str]:
    """Load every pack; where one is new, its people and contacts too. Tells what it does."""
    for name, folder in find_packs().items():
        files = read_pack(folder)
        loaded = load_pack(files=files, now=now, may_redraft=True)
        actor = system_actor(loaded.organization_id, "demo")
        if all_accounts().filter(organization_id=loaded.organization_id).exists():
            yield f"{name}: ya estaba; se conservan sus datos."
            continue
        pack = current_pack(loaded.organization_id, now)
        if pack is None:
            yield f"{name}: ningún procedimiento está en vigor todavía."
            continue
        people = _hire(actor, now, files)
        known = _register(actor, now, files, pack)
        contacts = _contact(actor, now, files, pack)
        furnish(actor, now)
        yield f"{name}: {people} personas, {known} clientes, {contacts} contactos."


def _hire(actor: Actor, now: datetime, files: PackFiles) -> int:
    hired: dict[str, int] = {}
    for row in staff_rows(files):
        if row.login not in hired:
            hired[row.login] = create_user(
                actor=actor,
                now=now,
                email=row.login,
                full_name=row.full_name,
                password=PASSWORD,
                phone=row.phone,
            )
        grant_role(actor=actor, now=now, user_id=hired[row.login], role=row.role, office=row.office)
    return len(hired)


def _register(actor: Actor, now: datetime, files: PackFiles, pack: Pack) -> int:
    count = 0
    for row in party_rows(files, pack.party):
        party = record_party(
            actor=actor,
            now=now,
            model=pack.party,
            attributes=row.attributes,
            lifecycle=row.lifecycle,
        )
        _care(actor, now, pack, party.reference, row)
        count += 1
    return count


def _care(actor: Actor, now: datetime, pack: Pack, reference: UUID, row: PartyRow) -> None:
    """Whose the party is, what it took part in, and what is agreed with it."""
    if row.executive:
        entrust_party(actor=actor, now=now, reference=reference, email=row.executive)
    for kind, day in row.activities.items():
        count_activity(
            actor=actor, now=now, model=pack.party, reference=reference, kind=kind, on=day
        )
    for name, value in row.agreements.items():
        set_agreement(
            actor=actor,
            now=now,
            model=pack.party,
            reference=reference,
            name=name,
            value=value,
            since=date(now.year, 1, 1),
        )


def _contact(actor: Actor, now: datetime, files: PackFiles, pack: Pack) -> int:
    count = 0
    for number, row in enumerate(contact_rows(files), start=1):
        at = now - timedelta(hours=row.hours_ago)
        if row.channel == "email":
            raw = _mail(row, pack, at, number)
            receive_mail(raw=raw, now=at, organization=pack.organization.slug)
        else:
            _come(actor, row, pack, at)
        count += 1
    return count


def _come(actor: Actor, row: ContactRow, pack: Pack, at: datetime) -> None:
    """A visit, a call or a web form: a case opens without mail."""
    channel = pack.channels[row.channel]
    is_phone = row.channel == "phone"
    sender = Sender(
        name=row.name,
        email="" if is_phone else row.address,
        phone=row.address if is_phone else "",
    )
    if channel.opens is None:
        return
    open_case(
        actor=actor,
        now=at,
        opening=Opening(
            procedure=channel.opens,
            channel=row.channel,
            office=channel.office,
            happened_at=at,
            subject=row.subject,
            sender=sender,
            incoming=Incoming(
                medium="web" if row.channel == "web" else "voice",
                at=at,
                name=row.name,
                address=row.address,
                subject=row.subject,
                text=row.body,
            ),
        ),
    )


def _mail(row: ContactRow, pack: Pack, at: datetime, number: int) -> bytes:
    message = EmailMessage()
    message["From"] = formataddr((row.name, row.address))
    message["To"] = pack.channels["email"].address
    message["Subject"] = row.subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<demo-{number}@{row.address.rpartition('@')[2]}>"
    message.set_content(row.body)
    return message.as_bytes()
