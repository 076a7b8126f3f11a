"""JSON Schemas of the files of a pack, made from the words that the compiler itself reads."""

from collections.abc import Mapping
from typing import Any, assert_never

from ventanilla.core.businesstime import Unit
from ventanilla.core.definition.compile.sections import FRONT_MATTER, PROCEDURE
from ventanilla.core.definition.compile.sections_pack import PACK
from ventanilla.core.definition.compile.shapes import (
    Anything,
    Either,
    Named,
    Section,
    Shape,
    Some,
    Text,
    Wording,
    sections_of,
)
from ventanilla.core.definition.model import EventKind
from ventanilla.core.scenarios.sections import SCENARIOS

Schema = dict[str, Any]

ROOTS: Mapping[str, Shape] = {
    "pack": PACK,
    "procedure": PROCEDURE,
    "message": FRONT_MATTER,
    "scenario": SCENARIOS,
}
"""What each kind of file holds at its top. ``message`` is the front matter of one."""

DRAFT = "http://json-schema.org/draft-07/schema#"
"""The draft that every editor understands."""

_NAME = r"^[A-Za-z_\u00c0-\u024f][0-9A-Za-z_\u00c0-\u024f]{0,59}$"
_WRITTEN = ("string", "number", "boolean")
_UNITS = "|".join(f"{unit}s?" for unit in Unit)
_WORDINGS: Mapping[Wording, Schema] = {
    Wording.TEXT: {"type": [*_WRITTEN]},
    Wording.EXPRESSION: {"type": [*_WRITTEN]},
    Wording.NAME: {"type": "string"},
    Wording.EVENT: {"type": "string", "pattern": f"^({'|'.join(EventKind)})( .+)?$"},
    Wording.SPAN: {"type": "string", "pattern": rf"^\s*\d+\s+({_UNITS})\s*$"},
    Wording.TERM: {
        "type": "string",
        "pattern": rf"^\s*\d+(\s*\.\.\s*\d+)?\s+({_UNITS})\s*$",
    },
    Wording.DATE: {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
    Wording.PARTIAL_DATE: {
        "anyOf": [
            {"type": "string", "pattern": r"^\d{4}(-\d{2}){0,2}$"},
            {"type": "integer", "minimum": 1000, "maximum": 9999},
        ]
    },
    Wording.INTEGER: {"type": "integer"},
    Wording.BOOLEAN: {"enum": [True, False, "sí", "si", "no", "yes"]},
}


def schema_of(kind: str) -> Schema:
    """The schema of a kind of file, with one definition for each section."""
    root = ROOTS[kind]
    definitions = {name: _section(one) for name, one in sections_of(root).items()}
    return {
        "$schema": DRAFT,
        "title": f"Ventanilla: {kind}",
        **_shape(root),
        "definitions": dict(sorted(definitions.items())),
    }


def _section(section: Section) -> Schema:
    found: Schema = {
        "type": "object",
        "properties": {
            word: _shape(shape) if word in section.must else _or_blank(shape)
            for word, shape in section.words.items()
        },
        "additionalProperties": False,
    }
    if section.must:
        found["required"] = [*section.must]
    return found


def _or_blank(shape: Shape) -> Schema:
    """What an optional word may be: nothing written stands for leaving a text or list out."""
    written = _shape(shape)
    if isinstance(shape, Text) and isinstance(written.get("type"), list):
        return {**written, "type": [*written["type"], "null"]}
    return written


def _shape(shape: Shape) -> Schema:
    match shape:
        case Text(options=options, wording=wording):
            return {"enum": [*options]} if options else dict(_WORDINGS[wording])
        case Some(of=of, alone=alone):
            one = _shape(of)
            many: Schema = {"type": "array", "items": one}
            return {"anyOf": [many, _or_blank(of)]} if alone else many
        case Named():
            return _named(shape)
        case Either(shapes=shapes):
            return {"anyOf": [_shape(one) for one in shapes]}
        case Anything():
            return {}
        case Section(name=name, must=must):
            reference = {"$ref": f"#/definitions/{name}"}
            return reference if must else {"anyOf": [reference, {"type": "null"}]}
        case _:
            assert_never(shape)


def _named(shape: Named) -> Schema:
    of = _shape(shape.of)
    if shape.keys:
        return {
            "type": "object",
            "properties": dict.fromkeys(shape.keys, of),
            "additionalProperties": False,
        }
    found: Schema = {"type": "object", "additionalProperties": of}
    if not shape.free:
        found["propertyNames"] = {"pattern": _NAME}
    return found
