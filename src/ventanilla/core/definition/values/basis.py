"""What reading values rests on: why something is unreadable, and what comes in from outside."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from enum import StrEnum
from typing import Any, TypeAlias

from ventanilla.core.definition.expressions import Person

MAX_TEXT = 10_000
MAX_LONGTEXT = 100_000
MAX_ITEMS = 500
LARGEST_NUMBER = 10**18

Raw: TypeAlias = Any
"""What a form, a scenario or an interface hands in: texts, lists and mappings of texts, values."""


class Wrong(StrEnum):
    """Why something typed is not a value of the field."""

    NOT_TEXT = "not-text"
    TOO_LONG = "too-long"
    NOT_INTEGER = "not-integer"
    NOT_NUMBER = "not-number"
    TOO_LARGE = "too-large"
    NOT_BOOLEAN = "not-boolean"
    NOT_AN_OPTION = "not-an-option"
    NOT_DATE = "not-date"
    NOT_DATETIME = "not-datetime"
    NOT_DURATION = "not-duration"
    NOT_EMAIL = "not-email"
    NOT_PHONE = "not-phone"
    NOT_URL = "not-url"
    NOT_IDENTITY = "not-identity"
    NOT_FILES = "not-files"
    NOT_ROWS = "not-rows"
    NOT_POINT = "not-point"
    NOT_PERSON = "not-person"
    TOO_MANY = "too-many"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """Why the text is no value. ``code`` is one of ``Wrong`` or of the identity check's own."""

    code: str
    params: Mapping[str, str] = field(default_factory=dict)


IdentityCheck: TypeAlias = Callable[[str, str], "str | Unreadable"]
"""``(kind, raw)`` gives the number in normal form, or why it is none of that kind."""


def any_identity(_kind: str, raw: str) -> str | Unreadable:
    """The check of a caller that knows no kinds: any number of letters and digits passes."""
    normal = "".join(character for character in raw.upper() if character.isalnum())
    return normal if 3 <= len(normal) <= 30 else Unreadable(code=Wrong.NOT_IDENTITY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What reading needs from outside: checks of identity, the office's zone, who works here."""

    identity: IdentityCheck = any_identity
    zone: tzinfo = UTC
    person: Callable[[str], Person | None] = lambda _key: None
