"""What is said and what is written."""

from collections.abc import Mapping
from dataclasses import dataclass

from ventanilla.core.definition.expressions import Expression
from ventanilla.core.definition.texts import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """What is said at a moment of the contact, by channel; the key ``""`` is for any other."""

    name: str
    phase: str
    texts: Mapping[str, Text]
    behaviour: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    """The fields for which the words ask; the form beside them must have them."""
    condition: Expression | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """What WhatsApp has approved, so that a message may leave at any hour."""

    name: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message. ``via`` are the media it may leave by, the preferred one first.

    Media are ``email``, ``whatsapp``, ``letter`` and ``voice``: what is said at the desk or on the
    telephone, which leaves no building but is recorded as said.
    """

    name: str
    title: str
    subject: Text
    body: Text
    via: tuple[str, ...]
    digest: str
    template: Template | None = None
    fallback: str | None = None
    """The medium by which it leaves when the first is impossible or fails."""
