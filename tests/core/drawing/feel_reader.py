"""A small reader of DMN tables: just enough FEEL to evaluate what a decision table holds."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree as ET

from ventanilla.core.drawing.names import DMN

Read = Mapping[str, Any]
_PIECES = re.compile(r'"(?:\\.|[^"\\])*"|[^,"]+|,')
_RANGE = re.compile(r"([\[(])(.+)\.\.(.+)([\])])")
_UNITS = {'\\"': '"', "\\\\": "\\", "\\n": "\n"}


class Decision:
    """A decision table as another program would read it."""

    def __init__(self, document: str, name: str) -> None:
        root = ET.fromstring(document)
        decision = root.find(f"{DMN}decision[@id='Decision_{name}']")
        assert decision is not None
        (self._table,) = decision.iter(f"{DMN}decisionTable")
        self.inputs = [one.findtext(f"{DMN}text") or "" for one in self._table.iter(_INPUT)]
        self.outputs = [one.get("name", "") for one in self._table.findall(f"{DMN}output")]
        self.hit = self._table.get("hitPolicy")

    def evaluate(self, given: Read) -> list[dict[str, Any]]:
        """The outputs of each rule that matches."""
        found = []
        for rule in self._table.iter(f"{DMN}rule"):
            tests = [one.findtext(f"{DMN}text") or "" for one in rule.iter(f"{DMN}inputEntry")]
            values = [one.findtext(f"{DMN}text") or "" for one in rule.iter(f"{DMN}outputEntry")]
            if all(holds(test, given[name]) for test, name in zip(tests, self.inputs, strict=True)):
                results = map(value_of, values)
                found.append(dict(zip(self.outputs, results, strict=True)))
        return found


_INPUT = f"{DMN}inputExpression"


def holds(test: str, value: Any) -> bool:
    """Whether a unary test holds of a value; ways to hold are divided by commas."""
    return any(_holds(part, value) for part in _parts(test))


def _holds(test: str, value: Any) -> bool:
    if test == "-":
        return True
    if test == "not(null)":
        return value is not None
    if test == "null":
        return value is None
    if value is None:
        return False
    compared = re.fullmatch(r"(<=|>=|<|>) (.+)", test)
    if compared:
        return _compare(compared[1], value, value_of(compared[2]))
    between = _RANGE.fullmatch(test)
    if between:
        low, high = ">=" if between[1] == "[" else ">", "<=" if between[4] == "]" else "<"
        return _compare(low, value, value_of(between[2])) and _compare(
            high, value, value_of(between[3])
        )
    wanted = value_of(test)
    return type(wanted) is type(value) and bool(wanted == value)


def _compare(sign: str, left: Any, right: Any) -> bool:
    answers = {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}
    return bool(answers[sign])


def value_of(text: str) -> Any:
    """A FEEL literal."""
    if text in {"null", "true", "false"}:
        return {"null": None, "true": True, "false": False}[text]
    day = re.fullmatch(r'date\("(.+)"\)', text)
    if day:
        return date.fromisoformat(day[1])
    if text.startswith('"'):
        return re.sub(r'\\["\\n]', lambda found: _UNITS[found[0]], text[1:-1])
    return Decimal(text)


def _parts(test: str) -> list[str]:
    parts = [""]
    for piece in _PIECES.findall(test):
        if piece == ",":
            parts.append("")
        else:
            parts[-1] += piece
    return [part.strip() for part in parts]
