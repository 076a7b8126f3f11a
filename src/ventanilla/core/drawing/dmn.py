"""The decision tables of a procedure in DMN 1.3."""

from collections.abc import Mapping
from xml.etree import ElementTree as ET

from ventanilla.core.definition.expressions import Expression, Kind, Type
from ventanilla.core.definition.model import Field, FieldType, HitPolicy, Procedure, Row, Table
from ventanilla.core.drawing.feel import formula, literal, unary_test
from ventanilla.core.drawing.flow import safe
from ventanilla.core.drawing.names import DMN, FEEL, prefixed

_KINDS: Mapping[Kind, str] = {
    Kind.TEXT: "string",
    Kind.NUMBER: "number",
    Kind.BOOLEAN: "boolean",
    Kind.DATE: "date",
    Kind.DATETIME: "date and time",
}
_FIELDS: Mapping[FieldType, str] = {
    FieldType.INTEGER: "number",
    FieldType.DECIMAL: "number",
    FieldType.BOOLEAN: "boolean",
    FieldType.DATE: "date",
    FieldType.DATETIME: "date and time",
    FieldType.TEXT: "string",
    FieldType.LONGTEXT: "string",
    FieldType.CHOICE: "string",
    FieldType.EMAIL: "string",
    FieldType.PHONE: "string",
    FieldType.URL: "string",
}
_HITS: Mapping[HitPolicy, str] = {
    HitPolicy.UNIQUE: "UNIQUE",
    HitPolicy.FIRST: "FIRST",
    HitPolicy.COLLECT: "COLLECT",
}


def dmn_of(procedure: Procedure) -> str:
    """Every decision table as a decision, with the data it needs; cells are FEEL unary tests."""
    root = ET.Element(
        f"{DMN}definitions",
        {
            "id": "Definitions",
            "name": procedure.title,
            "namespace": f"urn:ventanilla:procedure:{procedure.code}",
            "expressionLanguage": FEEL,
            "exporter": "Ventanilla",
        },
    )
    for name, kind in _data(procedure).items():
        given = ET.SubElement(root, f"{DMN}inputData", {"id": _data_id(name), "name": name})
        variable = {"id": f"{_data_id(name)}.variable", "name": name}
        ET.SubElement(given, f"{DMN}variable", variable | _type(kind))
    for table in procedure.tables.values():
        _decision(root, table, procedure.fields)
    return prefixed(root)


def _data(procedure: Procedure) -> dict[str, str]:
    """The names that tables read, with their types; of a dotted one what is before the dot."""
    found: dict[str, str] = {}
    for table in procedure.tables.values():
        for expression in table.inputs:
            for name in sorted(expression.names):
                head, dot, _ = name.partition(".")
                field = procedure.fields.get(name)
                kind = "" if dot else _kind(expression, name, field)
                found[head] = found.get(head) or kind
    return found


def _kind(expression: Expression, name: str, field: Field | None) -> str:
    if field is not None:
        return _FIELDS.get(field.type, "")
    return _KINDS.get(expression.type.kind, "") if expression.source.strip() == name else ""


def _decision(root: ET.Element, table: Table, fields: Mapping[str, Field]) -> None:
    name = f"Decision_{safe(table.name)}"
    decision = ET.SubElement(root, f"{DMN}decision", {"id": name, "name": table.title})
    ET.SubElement(decision, f"{DMN}variable", {"id": f"{name}.variable", "name": table.title})
    needed = {one.partition(".")[0] for expression in table.inputs for one in expression.names}
    for number, one in enumerate(sorted(needed), start=1):
        need = ET.SubElement(
            decision, f"{DMN}informationRequirement", {"id": f"{name}.need.{number}"}
        )
        ET.SubElement(need, f"{DMN}requiredInput", {"href": f"#{_data_id(one)}"})
    written = ET.SubElement(
        decision,
        f"{DMN}decisionTable",
        {
            "id": f"{name}.table",
            "hitPolicy": _HITS[table.hit],
            "preferredOrientation": "Rule-as-Row",
        },
    )
    for number, expression in enumerate(table.inputs, start=1):
        _input(written, f"{name}.in.{number}", expression, fields)
    for number, output in enumerate(table.outputs, start=1):
        _output(written, f"{name}.out.{number}", fields[output])
    for number, row in enumerate(table.rows, start=1):
        _rule(written, f"{name}.row.{number}", row)


def _input(
    table: ET.Element, name: str, expression: Expression, fields: Mapping[str, Field]
) -> None:
    field = fields.get(expression.source.strip())
    label = field.label if field is not None else expression.source
    column = ET.SubElement(table, f"{DMN}input", {"id": name, "label": label})
    given = ET.SubElement(
        column, f"{DMN}inputExpression", {"id": f"{name}.what"} | _type(_of(expression.type))
    )
    ET.SubElement(given, f"{DMN}text").text = formula(expression)


def _output(table: ET.Element, name: str, field: Field) -> None:
    ET.SubElement(
        table,
        f"{DMN}output",
        {"id": name, "name": field.name, "label": field.label} | _type(_FIELDS.get(field.type, "")),
    )


def _rule(table: ET.Element, name: str, row: Row) -> None:
    rule = ET.SubElement(table, f"{DMN}rule", {"id": name})
    for number, cell in enumerate(row.cells, start=1):
        entry = ET.SubElement(rule, f"{DMN}inputEntry", {"id": f"{name}.in.{number}"})
        ET.SubElement(entry, f"{DMN}text").text = unary_test(cell)
    for number, value in enumerate(row.outputs, start=1):
        entry = ET.SubElement(rule, f"{DMN}outputEntry", {"id": f"{name}.out.{number}"})
        ET.SubElement(entry, f"{DMN}text").text = literal(value)


def _of(kind: Type) -> str:
    return _KINDS.get(kind.kind, "")


def _type(kind: str) -> dict[str, str]:
    return {"typeRef": kind} if kind else {}


def _data_id(name: str) -> str:
    return f"Data_{safe(name)}"
