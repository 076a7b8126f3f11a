"""Journal entries as written: facts without personal values, commitments, and the chain."""

from dataclasses import dataclass
from datetime import UTC, datetime
from secrets import token_hex
from uuid import UUID

from ventanilla.core.definition.model import Procedure
from ventanilla.core.engine.codec import write_facts
from ventanilla.core.engine.facts import Fact
from ventanilla.core.engine.sealing import Json, canonical, commitment, entry_hash

GENESIS = ""
"""What the first entry of a case is chained to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """A personal value beside its salt, as kept outside the entry."""

    position: int
    salt: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One accepted command, ready to be stored. ``happened_at`` and ``recorded_at`` are UTC."""

    case: UUID
    seq: int
    actor: str
    command: str
    about: str
    happened_at: datetime
    recorded_at: datetime
    facts: str
    sealed: str
    previous: str
    hash: str
    secrets: tuple[Secret, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Who commanded what, and when."""

    case: UUID
    seq: int
    actor: str
    command: str
    about: str
    happened_at: datetime
    recorded_at: datetime


def make_entry(
    procedure: Procedure, facts: tuple[Fact, ...], header: Header, previous: str
) -> Entry:
    """Seal the facts' personal values with fresh salts and chain the entry to the one before."""
    written, personal = write_facts(procedure, facts)
    secrets = tuple(_secret(position, value) for position, value in enumerate(personal))
    sealed = [
        commitment(bytes.fromhex(secret.salt), value)
        for secret, value in zip(secrets, personal, strict=True)
    ]
    return Entry(
        case=header.case,
        seq=header.seq,
        actor=header.actor,
        command=header.command,
        about=header.about,
        happened_at=header.happened_at,
        recorded_at=header.recorded_at,
        facts=as_text(written),
        sealed=as_text(sealed),
        previous=previous,
        hash=chain(header, written, sealed, previous),
        secrets=secrets,
    )


def chain(header: Header, facts: Json, sealed: Json, previous: str) -> str:
    """The hash of an entry over everything in it and the entry before."""
    content = [
        str(header.case),
        header.seq,
        header.actor,
        header.command,
        header.about,
        _utc(header.happened_at),
        _utc(header.recorded_at),
        facts,
        sealed,
    ]
    return entry_hash(previous, content)


def as_text(value: Json) -> str:
    """JSON as it is stored."""
    return canonical(value).decode("utf-8", "surrogatepass")


def _secret(position: int, value: Json) -> Secret:
    return Secret(position=position, salt=token_hex(16), value=as_text(value))


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
