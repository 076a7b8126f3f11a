"""Connectors of ``pack.yaml``: what they take and give, and the sheet or map that answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from ventanilla.core.definition.compile import sections_pack
from ventanilla.core.definition.compile.fields import compile_field
from ventanilla.core.definition.compile.shape import (
    Form,
    as_scalar,
    is_name,
    named_entries,
    open_form,
)
from ventanilla.core.definition.compile.sources import Outside, PackNodes, Plot
from ventanilla.core.definition.expressions import Value
from ventanilla.core.definition.model import (
    Answer,
    Area,
    Connector,
    ConnectorKind,
    Field,
    FieldType,
    LocalTable,
    Zones,
)
from ventanilla.core.definition.nodes import Node, Scalar, Sequence
from ventanilla.core.definition.problems import Code, Problems, near
from ventanilla.core.definition.values import Reading, Unreadable, read_value

_T = TypeVar("_T")


def compile_connectors(form: Form, nodes: PackNodes, outside: Outside) -> dict[str, Connector]:
    """Every connector by its name, which may have parts joined by dots."""
    found: dict[str, Connector] = {}
    for key, node in form.entries("connectors"):
        if not all(is_name(part) for part in key.text.split(".")):
            form.problems.add(Code.BAD_NAME, key.mark, name=key.text[:40])
            continue
        inner = open_form(node, form.problems, sections_pack.CONNECTOR)
        if inner is not None:
            found[key.text] = _connector(key, inner, nodes, outside)
    return found


def _connector(key: Scalar, form: Form, nodes: PackNodes, outside: Outside) -> Connector:
    takes = _data(form.get("takes"), form.problems, outside)
    gives = _data(form.get("gives"), form.problems, outside)
    local = _Local(
        problems=form.problems, takes=takes, gives=gives, reading=Reading(identity=outside.identity)
    )
    return Connector(
        name=key.text,
        title=form.text("title", key.text),
        kind=form.one_of("kind", {str(kind): kind for kind in ConnectorKind})
        or ConnectorKind.QUESTION,
        takes=takes,
        gives=gives,
        table=local.table(form, nodes),
        zones=local.zones(form, nodes),
    )


def _data(node: Node | None, problems: Problems, outside: Outside) -> dict[str, Field]:
    found: dict[str, Field] = {}
    for key, value in named_entries(node, problems):
        datum = compile_field(
            key, value, problems, kinds=outside.identity_kinds, identity=outside.identity
        )
        if datum is not None:
            found[key.text] = datum
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Local:
    """Reads what answers in place of a connector: every cell by the type of its datum."""

    problems: Problems
    takes: Mapping[str, Field]
    gives: Mapping[str, Field]
    reading: Reading

    def table(self, form: Form, nodes: PackNodes) -> LocalTable | None:
        inner = open_form(form.get("table"), self.problems, sections_pack.LOCAL_TABLE)
        sheet = self._file(inner, nodes.sheets)
        if inner is None or sheet is None or not sheet.items:
            return None
        match = self._match(inner, tuple(self.takes))
        return LocalTable(
            as_of=inner.day("as_of") or date.min,
            match=match,
            rows=self._rows(sheet, match),
            none=self._none(inner),
        )

    def zones(self, form: Form, nodes: PackNodes) -> Zones | None:
        inner = open_form(form.get("zones"), self.problems, sections_pack.ZONES)
        plots = self._file(inner, nodes.maps)
        point = inner.scalar("point") if inner is not None else None
        if inner is None or plots is None or point is None:
            return None
        self._known(point, self._points())
        match = self._match(inner, ())
        return Zones(
            as_of=inner.day("as_of") or date.min,
            point=point.text.strip(),
            match=match,
            areas=tuple(self._area(plot, match) for plot in plots),
            none=self._none(inner),
        )

    def _points(self) -> dict[str, Field]:
        return {name: one for name, one in self.takes.items() if one.type is FieldType.GEO_POINT}

    def _file(self, form: Form | None, files: Mapping[str, _T]) -> _T | None:
        scalar = form.scalar("file") if form is not None else None
        if scalar is None:
            return None
        if scalar.text not in files:
            self.problems.add(
                Code.FILE_MISSING, scalar.mark, name=scalar.text, near=near(scalar.text, files)
            )
        return files.get(scalar.text)

    def _match(self, form: Form, default: tuple[str, ...]) -> tuple[str, ...]:
        if not form.has("match"):
            return default
        found = form.scalars("match")
        return tuple(one.text.strip() for one in found if self._known(one, self.takes))

    def _known(self, scalar: Scalar, known: Mapping[str, Field]) -> bool:
        name = scalar.text.strip()
        if name not in known:
            self.problems.add(
                Code.UNKNOWN_DATUM, scalar.mark, name=name[:60], near=near(name, known)
            )
        return name in known

    def _none(self, form: Form) -> Answer | None:
        if not form.has("none"):
            return None
        answer: dict[str, Value] = dict.fromkeys(self.gives)
        for key, node in form.entries("none"):
            scalar = as_scalar(node, self.problems)
            if scalar is not None and self._known(key, self.gives):
                answer[key.text] = self._value(self.gives[key.text], scalar)
        return answer

    def _rows(self, sheet: Sequence, match: tuple[str, ...]) -> dict[tuple[Value, ...], Answer]:
        header = [cell.text.strip() for cell in _cells(sheet.items[0])]
        missing = [name for name in (*match, *self.gives) if name not in header]
        if missing:
            mark = sheet.items[0].mark
            self.problems.add(Code.SHEET_COLUMNS, mark, missing=", ".join(missing))
            return {}
        rows: dict[tuple[Value, ...], Answer] = {}
        for node in sheet.items[1:]:
            cells = dict(zip(header, _cells(node), strict=False))
            key = tuple(self._value(self.takes[name], cells.get(name)) for name in match)
            if key in rows:
                self.problems.add(Code.REPEATED, node.mark, name=_first(cells, match))
            rows[key] = {
                name: self._value(field, cells.get(name)) for name, field in self.gives.items()
            }
        return rows

    def _area(self, plot: Plot, match: tuple[str, ...]) -> Area:
        said = plot.properties
        return Area(
            polygons=plot.polygons,
            key=tuple(self._value(self.takes[name], said.get(name)) for name in match),
            answer={name: self._value(field, said.get(name)) for name, field in self.gives.items()},
        )

    def _value(self, field: Field, scalar: Scalar | None) -> Value:
        if scalar is None:
            return None
        value = read_value(field, scalar.text, self.reading)
        if isinstance(value, Unreadable):
            self.problems.add(
                Code.TABLE_OUTPUT,
                scalar.mark,
                name=field.name,
                found=scalar.text[:40],
                expected=str(field.type),
                near=near(scalar.text, frozenset(option.value for option in field.options)),
            )
            return None
        return value


def _cells(node: Node) -> Iterator[Scalar]:
    items = node.items if isinstance(node, Sequence) else ()
    yield from (item for item in items if isinstance(item, Scalar))


def _first(cells: Mapping[str, Scalar], match: tuple[str, ...]) -> str:
    return ", ".join(cells[name].text.strip() for name in match if name in cells)[:60]
