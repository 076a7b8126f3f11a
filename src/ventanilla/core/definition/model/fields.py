"""The data of a case, the attributes of a party."""

from dataclasses import dataclass
from enum import StrEnum

from ventanilla.core.definition.expressions import Expression, Value


class FieldType(StrEnum):
    """The kinds of datum a form can ask for."""

    TEXT = "text"
    LONGTEXT = "longtext"
    INTEGER = "integer"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    CHOICES = "choices"
    DATE = "date"
    DATETIME = "datetime"
    DURATION = "duration"
    EMAIL = "email"
    EMAILS = "emails"
    PHONE = "phone"
    URL = "url"
    IDENTITY = "identity"
    FILES = "files"
    TABLE = "table"
    GEO_POINT = "geo_point"
    PERSON = "person"


PERSONAL_TYPES = frozenset(
    {
        FieldType.TEXT,
        FieldType.LONGTEXT,
        FieldType.EMAIL,
        FieldType.EMAILS,
        FieldType.PHONE,
        FieldType.URL,
        FieldType.IDENTITY,
        FieldType.FILES,
        FieldType.TABLE,
        FieldType.GEO_POINT,
        FieldType.PERSON,
    }
)
"""Types whose values are personal unless the author says ``personal: false``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A datum of a case, or an attribute of a party."""

    name: str
    type: FieldType
    label: str
    help: str = ""
    required: bool = False
    personal: bool = False
    options: tuple[Option, ...] = ()
    catalogue: str | None = None
    kinds: tuple[str, ...] = ()
    columns: tuple["Field", ...] = ()
    saves: str | None = None
    default: Value = None
    show_if: Expression | None = None
