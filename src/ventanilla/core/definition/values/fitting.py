"""Which values a field can hold, and the type by which expressions know it."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal

from ventanilla.core.businesstime import Span
from ventanilla.core.definition.expressions import Entry, GeoPoint, Identity, Person, Value
from ventanilla.core.definition.expressions import types as t
from ventanilla.core.definition.expressions.types import Type
from ventanilla.core.definition.model import Field, FieldType
from ventanilla.core.definition.values.basis import (
    LARGEST_NUMBER,
    MAX_ITEMS,
    MAX_LONGTEXT,
    MAX_TEXT,
)


def well_typed(of: Field, value: Value) -> bool:
    """Whether the field can hold the value."""
    return value is None or _FITS[of.type](of, value)


def type_of(of: Field) -> Type:
    """The type by which expressions know the field."""
    options = tuple((option.value, option.label) for option in of.options)
    if of.type is FieldType.CHOICE:
        return t.choice_of(options)
    if of.type is FieldType.CHOICES:
        return t.list_of(t.choice_of(options))
    if of.type is FieldType.TABLE:
        return t.list_of(t.entry_of(tuple((one.name, type_of(one)) for one in of.columns)))
    return _TYPES[of.type]


_TYPES: Mapping[FieldType, Type] = {
    FieldType.TEXT: t.TEXT,
    FieldType.LONGTEXT: t.TEXT,
    FieldType.INTEGER: t.NUMBER,
    FieldType.DECIMAL: t.NUMBER,
    FieldType.BOOLEAN: t.BOOLEAN,
    FieldType.DATE: t.DATE,
    FieldType.DATETIME: t.DATETIME,
    FieldType.DURATION: t.DURATION,
    FieldType.EMAIL: t.TEXT,
    FieldType.EMAILS: t.list_of(t.TEXT),
    FieldType.PHONE: t.TEXT,
    FieldType.URL: t.TEXT,
    FieldType.IDENTITY: t.IDENTITY,
    FieldType.FILES: t.list_of(t.TEXT),
    FieldType.TABLE: t.list_of(t.ENTRY),
    FieldType.GEO_POINT: t.POINT,
    FieldType.PERSON: t.PERSON,
}


def is_point(value: GeoPoint) -> bool:
    """Whether the degrees are a place on Earth."""
    finite = value.latitude.is_finite() and value.longitude.is_finite()
    return finite and abs(value.latitude) <= 90 and abs(value.longitude) <= 180


def _short_text(_of: Field, value: Value) -> bool:
    return isinstance(value, str) and len(value) <= MAX_TEXT and "\0" not in value


def _long_text(_of: Field, value: Value) -> bool:
    return isinstance(value, str) and len(value) <= MAX_LONGTEXT and "\0" not in value


def _is_integer(_of: Field, value: Value) -> bool:
    if not isinstance(value, int) or isinstance(value, bool):
        return False
    return abs(value) <= LARGEST_NUMBER


def _is_decimal(of: Field, value: Value) -> bool:
    if isinstance(value, Decimal):
        return value.is_finite() and abs(value) <= LARGEST_NUMBER
    return _is_integer(of, value)


def _is_boolean(_of: Field, value: Value) -> bool:
    return isinstance(value, bool)


def _is_option(of: Field, value: Value) -> bool:
    return isinstance(value, str) and any(option.value == value for option in of.options)


def _is_date(_of: Field, value: Value) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _is_datetime(_of: Field, value: Value) -> bool:
    return isinstance(value, datetime) and value.tzinfo is not None


def _is_duration(_of: Field, value: Value) -> bool:
    return isinstance(value, Span)


def _is_identity(of: Field, value: Value) -> bool:
    return isinstance(value, Identity) and (not of.kinds or value.kind in of.kinds)


def _is_place(_of: Field, value: Value) -> bool:
    return isinstance(value, GeoPoint) and is_point(value)


def _is_person(_of: Field, value: Value) -> bool:
    return isinstance(value, Person)


def _is_row(of: Field, value: Value) -> bool:
    if not isinstance(value, Entry):
        return False
    columns = {column.name: column for column in of.columns}
    return all(name in columns and well_typed(columns[name], cell) for name, cell in value.cells)


def _all(fits: Callable[[Field, Value], bool]) -> Callable[[Field, Value], bool]:
    def check(of: Field, value: Value) -> bool:
        if not isinstance(value, tuple) or len(value) > MAX_ITEMS:
            return False
        return all(fits(of, item) for item in value)

    return check


_FITS: Mapping[FieldType, Callable[[Field, Value], bool]] = {
    FieldType.TEXT: _short_text,
    FieldType.LONGTEXT: _long_text,
    FieldType.INTEGER: _is_integer,
    FieldType.DECIMAL: _is_decimal,
    FieldType.BOOLEAN: _is_boolean,
    FieldType.CHOICE: _is_option,
    FieldType.CHOICES: _all(_is_option),
    FieldType.DATE: _is_date,
    FieldType.DATETIME: _is_datetime,
    FieldType.DURATION: _is_duration,
    FieldType.EMAIL: _short_text,
    FieldType.EMAILS: _all(_short_text),
    FieldType.PHONE: _short_text,
    FieldType.URL: _short_text,
    FieldType.IDENTITY: _is_identity,
    FieldType.FILES: _all(_short_text),
    FieldType.TABLE: _all(_is_row),
    FieldType.GEO_POINT: _is_place,
    FieldType.PERSON: _is_person,
}
