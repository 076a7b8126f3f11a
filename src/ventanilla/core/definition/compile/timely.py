"""Schedules, checklists and appointments."""

from collections.abc import Iterable

from ventanilla.core.businesstime import Span
from ventanilla.core.definition.compile import events, sections
from ventanilla.core.definition.compile.deeds import read_deeds
from ventanilla.core.definition.compile.names import Names
from ventanilla.core.definition.compile.shape import (
    YES,
    Form,
    as_scalar,
    as_span,
    is_blank,
    is_name,
    named_entries,
    open_form,
)
from ventanilla.core.definition.compile.tables import Sheets, sheet_of
from ventanilla.core.definition.expressions import Expression, Kind
from ventanilla.core.definition.expressions import types as t
from ventanilla.core.definition.model import (
    Appointment,
    Checklist,
    Field,
    FieldType,
    ListItem,
    OptOut,
    Reminder,
    Schedule,
    Who,
)
from ventanilla.core.definition.nodes import Mapping, Node, Scalar, Sequence
from ventanilla.core.definition.problems import Code, Problems, near

_OWN_COLUMNS = ("item", "text", "optional", "if")


def compile_schedule(key: Scalar, node: Node, owner: str, names: Names) -> Schedule | None:
    form = open_form(node, names.problems, sections.SCHEDULE)
    if form is None:
        return None
    every, every_field = _every(form, names)
    first, first_at = _first(form, names)
    return Schedule(
        name=key.text,
        title=_title(form, key),
        starts=events.compile_triggers(form, "from", names),
        stops=events.compile_triggers(form, "until", names),
        every=every,
        every_field=every_field,
        first=first,
        first_at=first_at,
        times=form.integer("times", 1, least=1, most=1000) if form.has("times") else None,
        condition=names.condition(form.scalar("if")),
        office_hours=form.boolean("office_hours"),
        do=read_deeds(form, f"schedule.{key.text}", names),
        opt_out=_opt_out(form, key, owner, names),
    )


def _title(form: Form, key: Scalar) -> str:
    return form.text("title") or key.text.replace("_", " ").capitalize()


def _every(form: Form, names: Names) -> tuple[Span | None, str | None]:
    """A span of time, or the field that says how long it is."""
    scalar = form.scalar("every")
    if scalar is None:
        return None, None
    if not is_name(scalar.text):
        span = as_span(scalar, names.problems)
        if span is not None and span.amount == 0:
            names.problems.add(Code.BAD_SPAN, scalar.mark, found=scalar.text, near="")
        return span, None
    field = names.fields.get(names.field(scalar))
    if field is not None:
        _expect(field, FieldType.DURATION, scalar, names)
    return None, scalar.text


def _expect(field: Field, wanted: FieldType, scalar: Scalar, names: Names) -> None:
    if field.type is not wanted:
        names.problems.add(
            Code.EXPRESSION_WRONG_TYPE, scalar.mark, expected=str(wanted), found=str(field.type)
        )


def _first(form: Form, names: Names) -> tuple[Span | None, Expression | None]:
    """A span after the event, or a date of the case."""
    scalar = form.scalar("first")
    if scalar is None:
        return None, None
    span = as_span(scalar, Problems())
    if span is not None:
        return span, None
    found = names.expression(scalar)
    if found is not None and found.type.kind not in {Kind.DATE, Kind.DATETIME}:
        names.problems.add(
            Code.EXPRESSION_WRONG_TYPE,
            scalar.mark,
            expected="date / datetime",
            found=found.type.describe(),
        )
        return None, None
    return None, found


def _opt_out(form: Form, key: Scalar, owner: str, names: Names) -> OptOut | None:
    inner = open_form(form.get("opt_out"), names.problems, sections.OPT_OUT)
    if inner is None:
        return None
    return OptOut(
        title=inner.text("title"),
        who=_who(inner, owner, names),
        do=read_deeds(inner, f"opt_out.{key.text}", names),
    )


def _who(form: Form, owner: str, names: Names) -> tuple[Who, ...]:
    found = (events.compile_who(item, names, owner) for item in form.items("who"))
    return tuple(one for one in found if one is not None) or (Who(role=owner),)


# --- checklists --------------------------------------------------------------------------------


def compile_checklist(
    key: Scalar, node: Node, owner: str, names: Names, sheets: Sheets
) -> Checklist | None:
    form = open_form(node, names.problems, sections.CHECKLIST)
    if form is None:
        return None
    items = [*_items(form, names), *_items_of_sheet(form, names, sheets)]
    if not items:
        names.problems.add(Code.MISSING_KEY, form.mark, name="items")
    seen: dict[str, ListItem] = {}
    for place, item in items:
        if item.key in seen:
            names.problems.add(Code.REPEATED, place.mark, name=item.key)
        seen[item.key] = item
    return Checklist(
        name=key.text,
        title=_title(form, key),
        who=_who(form, owner, names),
        items=tuple(seen.values()),
    )


def _items(form: Form, names: Names) -> Iterable[tuple[Scalar, ListItem]]:
    for key, node in named_entries(form.get("items"), names.problems):
        if isinstance(node, Scalar):
            yield key, ListItem(key=key.text, text=node.text.strip())
            continue
        inner = open_form(node, names.problems, sections.LIST_ITEM)
        if inner is not None:
            yield (
                key,
                ListItem(
                    key=key.text,
                    text=inner.text("text"),
                    optional=inner.boolean("optional"),
                    condition=names.condition(inner.scalar("if")),
                ),
            )


def _items_of_sheet(form: Form, names: Names, sheets: Sheets) -> Iterable[tuple[Scalar, ListItem]]:
    """A sheet's rows; a column called like a field says for which of its values the row counts."""
    sheet = sheet_of(form, sheets)
    if sheet is None or not sheet.items:
        return
    header = _cells(sheet.items[0], names)
    for cell in header:
        if cell.text not in (*_OWN_COLUMNS, *names.fields):
            known = frozenset({*_OWN_COLUMNS, *names.fields})
            names.problems.add(
                Code.UNKNOWN_FIELD, cell.mark, name=cell.text[:60], near=near(cell.text, known)
            )
    columns = [cell.text for cell in header]
    for row in sheet.items[1:]:
        cells = dict(zip(columns, _cells(row, names), strict=False))
        item, text = cells.get("item"), cells.get("text")
        if item is None or text is None or not is_name(item.text):
            names.problems.add(Code.CSV_COLUMNS, row.mark, name="item, text")
            continue
        optional = cells.get("optional")
        yield (
            item,
            ListItem(
                key=item.text,
                text=text.text,
                optional=optional is not None and optional.text.strip().casefold() in YES,
                condition=_condition(cells, names),
            ),
        )


def _cells(row: Node, names: Names) -> list[Scalar]:
    items = row.items if isinstance(row, Sequence) else ()
    found = (as_scalar(item, names.problems) for item in items)
    return [cell for cell in found if cell is not None]


def _condition(cells: dict[str, Scalar], names: Names) -> Expression | None:
    """All that the row asks of the case's data, as one condition."""
    parts, mark = [], None
    for column, cell in cells.items():
        text = cell.text.strip()
        if not text or text == "-":
            continue
        if column == "if":
            parts.append(f"({text})")
        elif column in names.fields:
            parts.append(_equals(names.fields[column], text))
        else:
            continue
        mark = mark or cell
    if mark is None:
        return None
    return names.condition(Scalar(text=" and ".join(parts), mark=mark.mark))


def _equals(field: Field, text: str) -> str:
    values = [value.strip() for value in text.split("|")]
    if field.type is FieldType.BOOLEAN:
        return field.name if values[0].casefold() in YES else f"not {field.name}"
    if field.type in {FieldType.INTEGER, FieldType.DECIMAL}:
        return f"{field.name} in [{', '.join(values)}]"
    quoted = ", ".join('"' + value.replace('"', "") + '"' for value in values)
    return f"{field.name} in [{quoted}]"


# --- appointments ------------------------------------------------------------------------------


def compile_appointment(key: Scalar, node: Node, owner: str, names: Names) -> Appointment | None:
    form = open_form(node, names.problems, sections.APPOINTMENT)
    at = form.scalar("at") if form is not None else None
    if form is None or at is None:
        return None
    field = names.fields.get(names.field(at))
    if field is not None:
        _expect(field, FieldType.DATETIME, at, names)
    host = form.get("with")
    return Appointment(
        name=key.text,
        title=_title(form, key),
        at=at.text.strip(),
        who=_who(form, owner, names),
        lasts=form.span("lasts"),
        host=events.compile_who(host, names, owner) if host is not None else None,
        place=names.expression(form.scalar("place"), t.TEXT),
        reminders=_reminders(form, names),
    )


def _reminders(form: Form, names: Names) -> tuple[Reminder, ...]:
    found = []
    for node in form.items("remind"):
        inner = open_form(node, names.problems, sections.REMINDER)
        before = inner.span("before") if inner is not None else None
        send = events.compile_send(inner, names) if inner is not None else None
        if before is not None and send is not None:
            found.append(Reminder(before=before, send=send))
    return tuple(sorted(found, key=lambda one: str(one.before)))


def opt_outs(entries: Iterable[tuple[Scalar, Node]]) -> frozenset[str]:
    """The schedules of which a party may want no more."""
    return frozenset(
        key.text
        for key, node in entries
        if isinstance(node, Mapping)
        and (written := node.get("opt_out")) is not None
        and not is_blank(written)
    )
