"""Values of a case as people read them, and as forms carry them."""

from datetime import date, datetime

from django.utils.timezone import get_current_timezone, localtime
from django.utils.translation import get_language, ngettext

from ventanilla.core.definition.expressions import Entry, Identity, Person, Value
from ventanilla.core.definition.expressions.wording import show
from ventanilla.core.definition.model import Field, FieldType
from ventanilla.core.definition.values import type_of
from ventanilla.packs.identifiers import KINDS


def language() -> str:
    """The language of the page, in two letters."""
    return (get_language() or "es")[:2]


def shown(of: Field, value: Value) -> str:
    """The value in words; nothing for nothing."""
    if of.type is FieldType.FILES and isinstance(value, tuple):
        return ngettext("{n} archivo", "{n} archivos", len(value)).format(n=len(value))
    if isinstance(value, Identity) and len(of.kinds) > 1:
        return f"{kind_title(value.kind)} {value.number}"
    return show(value, type_of(of), language=language(), zone=get_current_timezone())


def kind_title(kind: str) -> str:
    """What people call a kind of document."""
    known = KINDS.get(kind)
    return known.title.in_language(language()) if known else kind


def typed(of: Field, value: Value) -> object:
    """The value as a form's control carries it, so that reading it again gives the same."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case datetime():
            return localtime(value).strftime("%Y-%m-%dT%H:%M")
        case date():
            return value.isoformat()
        case Identity():
            return value.number
        case Person():
            return value.key
        case tuple() if of.type is FieldType.CHOICES:
            return [str(item) for item in value]
        case tuple() if of.type is FieldType.TABLE:
            return [_row_typed(of, item) for item in value if isinstance(item, Entry)]
        case tuple():
            return ", ".join(str(item) for item in value)
        case _:
            return str(value)


def _row_typed(of: Field, row: Entry) -> dict[str, object]:
    cells = dict(row.cells)
    return {column.name: typed(column, cells.get(column.name)) for column in of.columns}
