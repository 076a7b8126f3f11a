"""Values as JSON and back, by the type of their field."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from ventanilla.core.businesstime import parse_span
from ventanilla.core.definition.expressions import Entry, GeoPoint, Identity, Person, Value
from ventanilla.core.definition.model import Field, FieldType


def encode(of: Field, value: Value) -> Any:
    """The value as JSON; ``decode`` of the same field gives it back."""
    if value is None:
        return None
    write: Callable[[Field, Any], Any] = _ENCODE.get(of.type, _same)
    return write(of, value)


def decode(of: Field, stored: Any) -> Value:
    """The value that ``encode`` wrote."""
    if stored is None:
        return None
    read: Callable[[Field, Any], Value] = _DECODE.get(of.type, _same)
    return read(of, stored)


def _same(_of: Field, value: Any) -> Any:
    return value


def _list_of(_of: Field, value: Any) -> Any:
    return list(value)


def _tuple_of(_of: Field, stored: Any) -> Value:
    return tuple(stored)


def _encode_rows(of: Field, value: Any) -> Any:
    columns = {column.name: column for column in of.columns}
    return [{name: encode(columns[name], cell) for name, cell in row.cells} for row in value]


def _decode_rows(of: Field, stored: Any) -> Value:
    return tuple(
        Entry(
            cells=tuple(
                (column.name, decode(column, row[column.name]))
                for column in of.columns
                if column.name in row
            )
        )
        for row in stored
    )


def _encode_person(_of: Field, value: Any) -> Any:
    return [value.key, value.name, value.email, value.phone]


def _decode_person(_of: Field, stored: Any) -> Value:
    return Person(key=stored[0], name=stored[1], email=stored[2], phone=stored[3])


_ENCODE: Mapping[FieldType, Callable[[Field, Any], Any]] = {
    FieldType.DECIMAL: lambda _of, value: str(value),
    FieldType.CHOICES: _list_of,
    FieldType.DATE: lambda _of, value: value.isoformat(),
    FieldType.DATETIME: lambda _of, value: value.astimezone(UTC).isoformat(),
    FieldType.DURATION: lambda _of, value: str(value),
    FieldType.EMAILS: _list_of,
    FieldType.IDENTITY: lambda _of, value: [value.kind, value.number],
    FieldType.FILES: _list_of,
    FieldType.TABLE: _encode_rows,
    FieldType.GEO_POINT: lambda _of, value: [str(value.latitude), str(value.longitude)],
    FieldType.PERSON: _encode_person,
}
_DECODE: Mapping[FieldType, Callable[[Field, Any], Value]] = {
    FieldType.DECIMAL: lambda _of, stored: Decimal(stored),
    FieldType.CHOICES: _tuple_of,
    FieldType.DATE: lambda _of, stored: date.fromisoformat(stored),
    FieldType.DATETIME: lambda _of, stored: datetime.fromisoformat(stored),
    FieldType.DURATION: lambda _of, stored: parse_span(stored),
    FieldType.EMAILS: _tuple_of,
    FieldType.IDENTITY: lambda _of, stored: Identity(kind=stored[0], number=stored[1]),
    FieldType.FILES: _tuple_of,
    FieldType.TABLE: _decode_rows,
    FieldType.GEO_POINT: lambda _of, stored: GeoPoint(
        latitude=Decimal(stored[0]), longitude=Decimal(stored[1])
    ),
    FieldType.PERSON: _decode_person,
}
