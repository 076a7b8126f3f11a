"""Decision tables and catalogues, written in the procedure or in a sheet."""

import re
from collections.abc import Mapping
from datetime import date

from ventanilla.core.definition.compile import sections
from ventanilla.core.definition.compile.names import Names
from ventanilla.core.definition.compile.shape import (
    Form,
    as_day,
    as_scalar,
    is_blank,
    is_name,
    open_form,
)
from ventanilla.core.definition.expressions import Expression, Kind, Type, Value
from ventanilla.core.definition.expressions.types import ORDERED
from ventanilla.core.definition.model import (
    AnyCell,
    Catalogue,
    CatalogueRow,
    Cell,
    Field,
    FieldType,
    HitPolicy,
    OneOf,
    Range,
    Row,
    Table,
)
from ventanilla.core.definition.nodes import Node, Scalar, Sequence
from ventanilla.core.definition.problems import Code, Problems, near
from ventanilla.core.definition.values import Reading as ValueReading
from ventanilla.core.definition.values import Unreadable, read_value

Sheets = Mapping[str, Sequence]

MAX_RANGE = 100
"""Characters that a range may have; anything longer is none."""

_COMPARED = re.compile(r"(>=|<=|>|<)\s*(.+)")
_RANGE = re.compile(r"([\[\](]?)\s*(\S+?)\s*\.\.\s*(\S+?)\s*([\[\])]?)")
_FIELD_TYPES: Mapping[Kind, FieldType] = {
    Kind.TEXT: FieldType.TEXT,
    Kind.NUMBER: FieldType.DECIMAL,
    Kind.BOOLEAN: FieldType.BOOLEAN,
    Kind.DATE: FieldType.DATE,
    Kind.DATETIME: FieldType.DATETIME,
    Kind.DURATION: FieldType.DURATION,
}
_CATALOGUE_COLUMNS = ("code", "label", "valid_from", "valid_to", "alias_of")


def compile_table(key: Scalar, node: Node, names: Names, sheets: Sheets) -> Table | None:
    form = open_form(node, names.problems, sections.TABLE)
    if form is None:
        return None
    hit = form.one_of("hit", {str(one): one for one in HitPolicy}) or HitPolicy.UNIQUE
    inputs = [names.expression(scalar) for scalar in form.scalars("inputs")]
    outputs = _outputs(form, names, hit)
    rows = _rules(form, names, sheets, len(inputs) + len(outputs))
    known = [one for one in inputs if one is not None]
    if len(known) != len(inputs) or None in outputs:
        return None
    fields = [field for field in outputs if field is not None]
    return Table(
        name=key.text,
        title=form.text("title") or key.text.replace("_", " ").capitalize(),
        hit=hit,
        inputs=tuple(known),
        outputs=tuple(field.name for field in fields),
        rows=tuple(
            _row(number, row, known, fields, names.problems)
            for number, row in enumerate(rows, start=1)
        ),
    )


def _outputs(form: Form, names: Names, hit: HitPolicy) -> list[Field | None]:
    found: list[Field | None] = []
    for scalar in form.scalars("outputs"):
        field = names.fields.get(names.field(scalar))
        if field is not None and hit is HitPolicy.COLLECT and field.type is not FieldType.CHOICES:
            names.problems.add(
                Code.TABLE_COLLECT_FIELD, scalar.mark, name=scalar.text, type=str(field.type)
            )
            field = None
        found.append(field)
    return found


def _rules(form: Form, names: Names, sheets: Sheets, width: int) -> tuple[tuple[Node, ...], ...]:
    """The rows as nodes, each of the right width; a sheet's header is for its readers."""
    rows: tuple[Node, ...] = form.items("rules")
    if form.has("file"):
        sheet = sheet_of(form, sheets)
        rows = sheet.items[1:] if sheet is not None else ()
    if not rows:
        names.problems.add(Code.TABLE_NO_ROWS, form.mark)
    found = []
    for row in rows:
        cells = row.items if isinstance(row, Sequence) else ()
        if len(cells) == width:
            found.append(cells)
        else:
            names.problems.add(
                Code.TABLE_ROW_WIDTH, row.mark, found=str(len(cells)), expected=str(width)
            )
    return tuple(found)


def sheet_of(form: Form, sheets: Sheets) -> Sequence | None:
    """The sheet that ``file`` names, header and all."""
    scalar = form.scalar("file")
    if scalar is None:
        return None
    if scalar.text not in sheets:
        form.problems.add(
            Code.FILE_MISSING, scalar.mark, name=scalar.text, near=near(scalar.text, sheets)
        )
        return None
    return sheets[scalar.text]


def _row(
    number: int,
    cells: tuple[Node, ...],
    inputs: list[Expression],
    outputs: list[Field],
    problems: Problems,
) -> Row:
    """One row. A cell that cannot be read is told and admits anything, so that reading goes on."""
    split = len(inputs)
    return Row(
        key=str(number),
        cells=tuple(
            compile_cell(node, one.type, problems)
            for node, one in zip(cells[:split], inputs, strict=True)
        ),
        outputs=tuple(
            _output(node, field, problems)
            for node, field in zip(cells[split:], outputs, strict=True)
        ),
    )


# --- cells -------------------------------------------------------------------------------------


def compile_cell(node: Node, kind: Type, problems: Problems) -> Cell:
    """What an input must be: a value, a list, a range, or anything."""
    if isinstance(node, Sequence):
        return _list_cell(node.items, kind, problems)
    scalar = as_scalar(node, problems)
    if scalar is None or scalar.text.strip() in {"-", ""}:
        return AnyCell()
    if "|" in scalar.text:
        return _list_cell(_split(scalar), kind, problems)
    if kind.kind in ORDERED:
        found = _range(scalar, kind, problems)
        if found is not None:
            return found
    return OneOf(values=(_literal(scalar, kind, problems),))


def _split(scalar: Scalar) -> tuple[Scalar, ...]:
    found, at = [], 0
    for part in scalar.text.split("|"):
        lead = len(part) - len(part.lstrip())
        found.append(Scalar(text=part.strip(), mark=scalar.at(at + lead)))
        at += len(part) + 1
    return tuple(found)


def _list_cell(items: tuple[Node, ...], kind: Type, problems: Problems) -> Cell:
    scalars = (as_scalar(item, problems) for item in items)
    values = [_literal(scalar, kind, problems) for scalar in scalars if scalar is not None]
    return OneOf(values=tuple(dict.fromkeys(values)))


def _range(scalar: Scalar, kind: Type, problems: Problems) -> Range | None:
    """``>= 3``, ``1..5`` (both included), ``[1..5)``; None when the cell is no range."""
    text = scalar.text.strip()
    if len(text) > MAX_RANGE:
        return None
    compared = _COMPARED.fullmatch(text)
    if compared is not None:
        sign = compared[1]
        bound = _literal(Scalar(text=compared[2], mark=scalar.mark), kind, problems)
        included = sign.endswith("=")
        if sign.startswith(">"):
            return Range(low=bound, includes_low=included)
        return Range(high=bound, includes_high=included)
    between = _RANGE.fullmatch(text)
    if between is None:
        return None
    low = _literal(Scalar(text=between[2], mark=scalar.mark), kind, problems)
    high = _literal(Scalar(text=between[3], mark=scalar.mark), kind, problems)
    if low is not None and high is not None and low > high:  # type: ignore[operator]
        problems.add(Code.TABLE_CELL, scalar.mark, found=text[:40], expected="range", near="")
    return Range(
        low=low,
        high=high,
        includes_low=between[1] not in {"(", "]"},
        includes_high=between[4] not in {")", "["},
    )


def _literal(scalar: Scalar, kind: Type, problems: Problems) -> Value:
    """A value of the input's type; ``none`` is a missing one."""
    text = scalar.text.strip()
    if text == "none":
        return None
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        text = text[1:-1]
    field_type = _FIELD_TYPES.get(kind.kind)
    known = kind.values
    if field_type is None or (known is not None and text not in known):
        meant = near(text, known) if known is not None else ""
        problems.add(
            Code.TABLE_CELL, scalar.mark, found=text[:40], expected=kind.describe(), near=meant
        )
        return None
    value = read_value(_field(field_type), text, ValueReading())
    if isinstance(value, Unreadable):
        problems.add(
            Code.TABLE_CELL, scalar.mark, found=text[:40], expected=kind.describe(), near=""
        )
        return None
    return value


def _field(kind: FieldType) -> Field:
    return Field(name="cell", type=kind, label="", options=())


def _output(node: Node, field: Field, problems: Problems) -> Value:
    """The value a row writes; ``-`` writes that there is none."""
    scalar = as_scalar(node, problems)
    if scalar is None or scalar.text.strip() in {"-", "", "none"}:
        return None
    if field.type is FieldType.CHOICES:
        field = Field(
            name=field.name, type=FieldType.CHOICE, label=field.label, options=field.options
        )
    value = read_value(field, scalar.text, ValueReading())
    if isinstance(value, Unreadable):
        known = frozenset(option.value for option in field.options)
        problems.add(
            Code.TABLE_OUTPUT,
            scalar.mark,
            name=field.name,
            found=scalar.text[:40],
            expected=str(field.type),
            near=near(scalar.text, known),
        )
        return None
    return value


# --- catalogues --------------------------------------------------------------------------------


def compile_catalogue(
    key: Scalar, node: Node, problems: Problems, sheets: Sheets
) -> Catalogue | None:
    """A catalogue from a sheet: ``code``, ``label``, validity, and columns of its own."""
    form = open_form(node, problems, sections.CATALOGUE)
    sheet = sheet_of(form, sheets) if form is not None else None
    if sheet is None or not sheet.items:
        return None
    header = _header(sheet.items[0], problems)
    if header is None:
        return None
    rows: dict[tuple[str, date | None], CatalogueRow] = {}
    for node in sheet.items[1:]:
        row = _catalogue_row(node, header, problems)
        if row is None:
            continue
        if (row.code, row.valid_from) in rows:
            problems.add(Code.REPEATED, node.mark, name=row.code)
        rows[row.code, row.valid_from] = row
    _check_aliases(sheet, header, frozenset(code for code, _ in rows), problems)
    return Catalogue(
        name=key.text,
        columns=tuple(name for name in header if name not in _CATALOGUE_COLUMNS),
        rows=tuple(rows.values()),
    )


def _header(node: Node, problems: Problems) -> tuple[str, ...] | None:
    scalars = node.items if isinstance(node, Sequence) else ()
    names = [scalar.text.strip() for scalar in scalars if isinstance(scalar, Scalar)]
    missing = [name for name in ("code", "label") if name not in names]
    if missing:
        problems.add(Code.CSV_HEADER, node.mark, missing=", ".join(missing))
        return None
    written = [scalar for scalar in scalars if isinstance(scalar, Scalar)]
    for number, scalar in enumerate(written):
        if not is_name(names[number]):
            problems.add(Code.BAD_NAME, scalar.mark, name=scalar.text[:40])
        elif names[number] in names[:number]:
            problems.add(Code.REPEATED, scalar.mark, name=names[number])
    return tuple(names)


def _catalogue_row(node: Node, header: tuple[str, ...], problems: Problems) -> CatalogueRow | None:
    cells = node.items if isinstance(node, Sequence) else ()
    if len(cells) != len(header):
        problems.add(
            Code.TABLE_ROW_WIDTH, node.mark, found=str(len(cells)), expected=str(len(header))
        )
        return None
    by_name = {
        name: cell for name, cell in zip(header, cells, strict=True) if isinstance(cell, Scalar)
    }
    if is_blank(by_name["code"]):
        problems.add(Code.EMPTY, by_name["code"].mark, name="code")
        return None
    return CatalogueRow(
        code=by_name["code"].text.strip(),
        label=by_name["label"].text.strip(),
        valid_from=_validity(by_name.get("valid_from"), problems),
        valid_to=_validity(by_name.get("valid_to"), problems),
        alias_of=by_name["alias_of"].text.strip() if "alias_of" in by_name else "",
        extra={
            name: cell.text.strip()
            for name, cell in by_name.items()
            if name not in _CATALOGUE_COLUMNS
        },
    )


def _check_aliases(
    sheet: Sequence, header: tuple[str, ...], codes: frozenset[str], problems: Problems
) -> None:
    """Tell another name of a code that the catalogue does not have."""
    if "alias_of" not in header:
        return
    place = header.index("alias_of")
    for node in sheet.items[1:]:
        cell = node.items[place] if isinstance(node, Sequence) and place < len(node.items) else None
        if isinstance(cell, Scalar) and not is_blank(cell) and cell.text.strip() not in codes:
            name = cell.text.strip()
            problems.add(Code.UNKNOWN_CODE, cell.mark, name=name[:60], near=near(name, codes))


def _validity(cell: Scalar | None, problems: Problems) -> date | None:
    return None if cell is None or is_blank(cell) else as_day(cell, problems)
