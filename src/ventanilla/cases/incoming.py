"""What comes from outside, as the services take it: understood, and not yet stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingFile:
    """A file as it came: the name is only shown, the type was sniffed and not believed.

    ``field`` is the datum that it answers, when a form asked for it.
    """

    name: str
    content_type: str
    content: bytes
    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A contact from outside, understood: a mail, a call, a visit.

    ``medium`` is ``email``, ``voice``, … ``flag`` says why somebody should look twice.
    """

    medium: str
    at: datetime
    name: str = ""
    address: str = ""
    subject: str = ""
    text: str = ""
    quoted: str = ""
    html: str = ""
    message_id: str = ""
    robot: bool = False
    flag: str = ""
    files: tuple[IncomingFile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A contact that comes to a case, with the references it and its files will have."""

    incoming: Incoming
    reference: UUID
    files: tuple[UUID, ...]

    @property
    def answers(self) -> Mapping[str, tuple[str, ...]]:
        """The files that answer a datum, by its field."""
        found: dict[str, tuple[str, ...]] = {}
        for file, reference in zip(self.incoming.files, self.files, strict=True):
            if file.field:
                found[file.field] = (*found.get(file.field, ()), str(reference))
        return found


def arrival_of(incoming: Incoming, reference: UUID | None = None) -> Arrival:
    """Give a contact and its files references: fresh ones, or the one it brings.

    Two contacts of one reference cannot be stored.
    """
    return Arrival(
        incoming=incoming,
        reference=reference or uuid4(),
        files=tuple(uuid4() for _ in incoming.files),
    )
