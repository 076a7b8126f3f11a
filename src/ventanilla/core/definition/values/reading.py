"""From what people type to values, one small reader for each type of field."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation

from ventanilla.core.businesstime import SpanError, parse_span
from ventanilla.core.definition.expressions import Entry, GeoPoint, Identity, Value
from ventanilla.core.definition.model import Field, FieldType
from ventanilla.core.definition.values.basis import (
    LARGEST_NUMBER,
    MAX_ITEMS,
    MAX_LONGTEXT,
    MAX_TEXT,
    Raw,
    Reading,
    Unreadable,
    Wrong,
)
from ventanilla.core.definition.values.fitting import is_point, well_typed


def read_value(of: Field, raw: Raw, reading: Reading) -> Value | Unreadable:
    """Read what was typed into a field; an empty answer is no value. Total."""
    if raw is None or (isinstance(raw, str) and not raw.strip()) or raw in ([], (), {}):
        return None
    if not isinstance(raw, str | list | Mapping) and well_typed(of, raw):
        found: Value = raw
        return found
    return _READERS[of.type](of, raw, reading)


_EMAIL = re.compile(
    r"[^\s\x00-\x1f\x7f@<>(),;:\"\[\]\\]{1,64}"
    r"@(?:[^\s\x00-\x1f\x7f@.<>(),;:\"\[\]\\/]{1,63}\.)+[^\s\x00-\x1f\x7f@.\d]{2,63}"
)
_URL = re.compile(r"https?://[^\s\x00-\x1f\x7f/$.?#][^\s\x00-\x1f\x7f]*", re.IGNORECASE)
_PHONE = re.compile(r"\+?[\d\s().\-/]{5,30}(?:\s*(?:x|ext\.?|anexo)\s*\d{1,6})?", re.IGNORECASE)
_LOCAL_DATE = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_TRUE = frozenset({"true", "on", "1", "sí", "si", "s", "yes", "y", "verdadero", "x"})
_FALSE = frozenset({"false", "off", "0", "no", "n", "falso"})


def _wrong(code: Wrong, **params: str) -> Unreadable:
    return Unreadable(code=code, params=params)


def _text(of: Field, raw: Raw, _reading: Reading) -> Value | Unreadable:
    limit = MAX_LONGTEXT if of.type is FieldType.LONGTEXT else MAX_TEXT
    if not isinstance(raw, str) or "\0" in raw:
        return _wrong(Wrong.NOT_TEXT)
    text = raw.strip().replace("\r\n", "\n")
    return text if len(text) <= limit else _wrong(Wrong.TOO_LONG, limit=str(limit))


def _integer(_of: Field, raw: Raw, _reading: Reading) -> Value | Unreadable:
    if not isinstance(raw, str) or not re.fullmatch(r"[+-]?\d{1,30}", raw.strip()):
        return _wrong(Wrong.NOT_INTEGER)
    number = int(raw)
    return number if abs(number) <= LARGEST_NUMBER else _wrong(Wrong.TOO_LARGE)


def _decimal(_of: Field, raw: Raw, _reading: Reading) -> Value | Unreadable:
    if not isinstance(raw, str) or not re.fullmatch(r"[+-]?[\d.,\s]{1,40}", raw.strip()):
        return _wrong(Wrong.NOT_NUMBER)
    try:
        number = Decimal(_with_point("".join(raw.split())))
    except InvalidOperation:
        return _wrong(Wrong.NOT_NUMBER)
    return number if abs(number) <= LARGEST_NUMBER else _wrong(Wrong.TOO_LARGE)


def _with_point(digits: str) -> str:
    """``1.234,5`` and ``1,234.5`` mean the same; a separator that stands alone begins decimals."""
    last = max(digits.rfind("."), digits.rfind(","))
    if last < 0:
        return digits
    sign = digits[last]
    grouped = digits.count(sign) > 1
    whole = digits if grouped else digits[:last]
    plain = whole.replace(".", "").replace(",", "")
    return plain if grouped else f"{plain}.{digits[last + 1 :]}"


def _boolean(_of: Field, raw: Raw, _reading: Reading) -> Value | Unreadable:
    word = raw.strip().casefold() if isinstance(raw, str) else ""
    if word in _TRUE:
        return True
    return False if word in _FALSE else _wrong(Wrong.NOT_BOOLEAN)


def _choice(of: Field, raw: Raw, _reading: Reading) -> Value | Unreadable:
    if isinstance(raw, str) and any(option.value == raw.strip() for option in of.options):
        return raw.strip()
    return _wrong(Wrong.NOT_AN_OPTION, value=str(raw)[:80])


def _date(_of: Field, raw: Raw, _reading: Reading) -> Value | Unreadable:
    return _day(raw) or _wrong(Wrong.NOT_DATE)


def _day(raw: Raw) -> date | None:
    """A date as ISO 8601 or as people write it, day first."""
    if not isinstance(raw, str):
        return None
    local = _LOCAL_DATE.fullmatch(raw.strip())
    try:
        if local is not None:
            return date(int(local[3]), int(local[2]), int(local[1]))
        return date.fromisoformat(raw.strip())
    except ValueError:
        return None


def _datetime(_of: Field, raw: Raw, reading: Reading) -> Value | Unreadable:
    if not isinstance(raw, str):
        return _wrong(Wrong.NOT_DATETIME)
    day, _, clock = raw.strip().replace("T", " ", 1).partition(" ")
    local = _day(day)
    try:
        moment = datetime.fromisoformat(f"{local or day}T{clock.strip()}")
        aware = moment if moment.tzinfo else moment.replace(tzinfo=reading.zone)
        return aware.astimezone(UTC)
    except (ValueError, OverflowError):
        return _wrong(Wrong.NOT_DATETIME)


def _duration(_of: Field, raw: Raw, _reading: Reading) -> Value | Unreadable:
    try:
        return parse_span(raw) if isinstance(raw, str) else _wrong(Wrong.NOT_DURATION)
    except SpanError:
        return _wrong(Wrong.NOT_DURATION)


def _email(_of: Field, raw: Raw, _reading: Reading) -> Value | Unreadable:
    text = raw.strip() if isinstance(raw, str) else ""
    if not _EMAIL.fullmatch(text) or len(text) > 254 or ".." in text:
        return _wrong(Wrong.NOT_EMAIL)
    local, _, domain = text.rpartition("@")
    return f"{local}@{domain.lower()}"


def _phone(_of: Field, raw: Raw, _reading: Reading) -> Value | Unreadable:
    text = raw.strip() if isinstance(raw, str) else ""
    digits = sum(character.isdigit() for character in text)
    if not _PHONE.fullmatch(text) or not 5 <= digits <= 21:
        return _wrong(Wrong.NOT_PHONE)
    return " ".join(text.split())


def _url(_of: Field, raw: Raw, _reading: Reading) -> Value | Unreadable:
    text = raw.strip() if isinstance(raw, str) else ""
    if text and "://" not in text:
        text = f"https://{text}"
    plausible = _URL.fullmatch(text) and "." in text and len(text) <= 2_000
    return text if plausible else _wrong(Wrong.NOT_URL)


def _identity(of: Field, raw: Raw, reading: Reading) -> Value | Unreadable:
    """``pe.dni:12345678`` names the kind; else the first kind of the field that fits is taken."""
    if not isinstance(raw, str) or len(raw) > 100:
        return _wrong(Wrong.NOT_IDENTITY)
    prefix, colon, rest = raw.strip().partition(":")
    if colon and prefix in of.kinds:
        found = reading.identity(prefix, rest)
        return found if isinstance(found, Unreadable) else Identity(kind=prefix, number=found)
    refusals: list[Unreadable] = []
    for kind in of.kinds:
        found = reading.identity(kind, raw.strip())
        if not isinstance(found, Unreadable):
            return Identity(kind=kind, number=found)
        refusals.append(found)
    return refusals[0] if refusals else _wrong(Wrong.NOT_IDENTITY)


def _point(_of: Field, raw: Raw, _reading: Reading) -> Value | Unreadable:
    parts = re.split(r"[,;\s]+", raw.strip()) if isinstance(raw, str) else []
    if len(parts) != 2:
        return _wrong(Wrong.NOT_POINT)
    try:
        point = GeoPoint(latitude=Decimal(parts[0]), longitude=Decimal(parts[1]))
    except InvalidOperation:
        return _wrong(Wrong.NOT_POINT)
    return point if is_point(point) else _wrong(Wrong.NOT_POINT)


def _person(_of: Field, raw: Raw, reading: Reading) -> Value | Unreadable:
    found = reading.person(raw.strip()) if isinstance(raw, str) else None
    return found or _wrong(Wrong.NOT_PERSON)


def _many(
    one: Callable[[Field, Raw, Reading], Value | Unreadable], separator: str | None
) -> Callable[[Field, Raw, Reading], Value | Unreadable]:
    def read(of: Field, raw: Raw, reading: Reading) -> Value | Unreadable:
        parts = re.split(separator, raw) if separator and isinstance(raw, str) else raw
        if isinstance(parts, str):
            parts = [parts]
        if not isinstance(parts, Sequence):
            return _wrong(Wrong.NOT_TEXT)
        if len(parts) > MAX_ITEMS:
            return _wrong(Wrong.TOO_MANY, limit=str(MAX_ITEMS))
        found: dict[Value, None] = {}
        for part in parts:
            if isinstance(part, str) and not part.strip():
                continue
            value = one(of, part, reading)
            if isinstance(value, Unreadable):
                return value
            found[value] = None
        return tuple(found) or None

    return read


def _file(_of: Field, raw: Raw, _reading: Reading) -> Value | Unreadable:
    text = raw.strip() if isinstance(raw, str) else ""
    sound = 0 < len(text) <= 200 and "\0" not in text
    return text if sound else _wrong(Wrong.NOT_FILES)


def _rows(of: Field, raw: Raw, reading: Reading) -> Value | Unreadable:
    if not isinstance(raw, list | tuple):
        return _wrong(Wrong.NOT_ROWS)
    if len(raw) > MAX_ITEMS:
        return _wrong(Wrong.TOO_MANY, limit=str(MAX_ITEMS))
    rows: list[Value] = []
    for item in raw:
        row = _row(of, item, reading)
        if isinstance(row, Unreadable):
            return row
        if any(value is not None for _, value in row.cells):
            rows.append(row)
    return tuple(rows) or None


def _row(of: Field, raw: Raw, reading: Reading) -> Entry | Unreadable:
    if not isinstance(raw, Mapping) or set(raw) - {column.name for column in of.columns}:
        return _wrong(Wrong.NOT_ROWS)
    cells: list[tuple[str, Value]] = []
    for column in of.columns:
        value = read_value(column, raw.get(column.name), reading)
        if isinstance(value, Unreadable):
            return value
        cells.append((column.name, value))
    return Entry(cells=tuple(cells))


_READERS: Mapping[FieldType, Callable[[Field, Raw, Reading], Value | Unreadable]] = {
    FieldType.TEXT: _text,
    FieldType.LONGTEXT: _text,
    FieldType.INTEGER: _integer,
    FieldType.DECIMAL: _decimal,
    FieldType.BOOLEAN: _boolean,
    FieldType.CHOICE: _choice,
    FieldType.CHOICES: _many(_choice, None),
    FieldType.DATE: _date,
    FieldType.DATETIME: _datetime,
    FieldType.DURATION: _duration,
    FieldType.EMAIL: _email,
    FieldType.EMAILS: _many(_email, r"[,;\s]+"),
    FieldType.PHONE: _phone,
    FieldType.URL: _url,
    FieldType.IDENTITY: _identity,
    FieldType.FILES: _many(_file, None),
    FieldType.TABLE: _rows,
    FieldType.GEO_POINT: _point,
    FieldType.PERSON: _person,
}
