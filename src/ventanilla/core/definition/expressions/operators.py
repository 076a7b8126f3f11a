"""Comparison, membership, logic and arithmetic of built expressions, checked by type."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from ventanilla.core.definition.expressions import tree as t
from ventanilla.core.definition.expressions.trouble import Trouble
from ventanilla.core.definition.expressions.types import (
    BOOLEAN,
    NOTHING,
    NUMBER,
    ORDERED,
    TEXT,
    Kind,
    Scope,
    Type,
    Value,
)
from ventanilla.core.definition.expressions.wording import MAX_TEXT
from ventanilla.core.definition.problems import Code, near

Run = Callable[[Scope], Value]
LARGEST = 10**24
"""Numbers beyond this are no longer numbers of a service desk: the result is no value."""

_EXACT = Context(prec=28, traps=[])


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    type: Type
    run: Run
    constant: bool = False


# --- comparison --------------------------------------------------------------------------------

_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "==": eq,
    "!=": ne,
    "<": lt,
    "<=": le,
    ">": gt,
    ">=": ge,
}


def compare(node: t.Compare, left: Built, right: Built) -> Built:
    if node.operator in {"in", "not in"}:
        return _member(node, left, right)
    if NOTHING in (left.type, right.type):
        return _against_nothing(node, left, right)
    if left.type.kind is not right.type.kind or left.type.kind in {Kind.LIST, Kind.ENTRY}:
        raise wrong_types(node.offset, node.operator, left.type, right.type)
    if node.operator in {"==", "!="}:
        _same_values(node, left, right)
    elif left.type.kind not in ORDERED:
        raise wrong_types(node.offset, node.operator, left.type, right.type)
    return Built(type=BOOLEAN, run=_comparison(_COMPARE[node.operator], left, right))


def both(first: Run, second: Run) -> Run:
    return lambda scope: first(scope) is True and second(scope) is True


def one_of(first: Run, second: Run) -> Run:
    return lambda scope: first(scope) is True or second(scope) is True


def _comparison(compare: Callable[[Any, Any], bool], left: Built, right: Built) -> Run:
    if right.constant:
        return _against(compare, left.run, right.run({}))
    return _between(compare, left.run, right.run)


def _against(compare: Callable[[Any, Any], bool], left: Run, bound: Value) -> Run:
    def run(scope: Scope) -> Value:
        value = left(scope)
        return value is not None and compare(value, bound)

    return run


def _between(compare: Callable[[Any, Any], bool], left: Run, right: Run) -> Run:
    def run(scope: Scope) -> Value:
        one, other = left(scope), right(scope)
        return one is not None and other is not None and compare(one, other)

    return run


def _against_nothing(node: t.Compare, left: Built, right: Built) -> Built:
    if node.operator not in {"==", "!="}:
        raise wrong_types(node.offset, node.operator, left.type, right.type)
    run = right.run if left.type == NOTHING else left.run
    if node.operator == "==":
        return Built(type=BOOLEAN, run=lambda scope: run(scope) is None)
    return Built(type=BOOLEAN, run=lambda scope: run(scope) is not None)


def _same_values(node: t.Compare, left: Built, right: Built) -> None:
    """Refuse a comparison of texts that have no value in common, such as a misspelt choice."""
    ours, theirs = left.type.values, right.type.values
    if ours is None or theirs is None or ours & theirs:
        return
    literal, place, known = (
        (ours, node.left, theirs) if left.constant else (theirs, node.right, ours)
    )
    raise unknown_value(place.offset, literal, known)


def unknown_value(offset: int, values: frozenset[str], known: frozenset[str]) -> Trouble:
    value = min(values - known)
    return Trouble(
        Code.EXPRESSION_UNKNOWN_VALUE,
        offset,
        value=value,
        near=near(value, known),
        known=", ".join(sorted(known)[:12]),
    )


def _member(node: t.Compare, left: Built, right: Built) -> Built:
    if right.type.kind is not Kind.LIST:
        raise Trouble(
            Code.EXPRESSION_WRONG_TYPE,
            node.right.offset,
            expected="list",
            found=right.type.describe(),
        )
    item = right.type.item or NOTHING
    if left.type != NOTHING and item != NOTHING and left.type.kind is not item.kind:
        raise wrong_types(node.offset, node.operator, left.type, right.type)
    known, listed = left.type.values, item.values
    if known is not None and listed is not None and right.constant and not listed <= known:
        raise unknown_value(node.right.offset, listed, known)
    if known is not None and listed is not None and left.constant and not known <= listed:
        raise unknown_value(node.left.offset, known, listed)
    one, many, wanted = left.run, right.run, node.operator == "in"

    def run(scope: Scope) -> Value:
        value, values = one(scope), many(scope)
        if value is None or not isinstance(values, tuple):
            return False
        return (value in values) is wanted

    return Built(type=BOOLEAN, run=run)


# --- arithmetic --------------------------------------------------------------------------------


def negative(node: t.Negative, operand: Built) -> Built:
    if operand.type.kind is not Kind.NUMBER:
        raise Trouble(
            Code.EXPRESSION_WRONG_TYPE,
            node.offset,
            expected="number",
            found=operand.type.describe(),
        )
    run = operand.run
    return Built(
        type=NUMBER,
        run=lambda scope: _calculate("-", 0, run(scope)),
        constant=operand.constant,
    )


def arithmetic(node: t.Arithmetic, left: Built, right: Built) -> Built:
    kinds = (left.type.kind, right.type.kind)
    one, other, operator = left.run, right.run, node.operator
    if kinds == (Kind.NUMBER, Kind.NUMBER):
        return Built(type=NUMBER, run=lambda scope: _calculate(operator, one(scope), other(scope)))
    if kinds == (Kind.TEXT, Kind.TEXT) and operator == "+":
        return Built(type=TEXT, run=lambda scope: _concatenate(one(scope), other(scope)))
    raise wrong_types(node.offset, operator, left.type, right.type)


def _concatenate(left: Value, right: Value) -> Value:
    if not isinstance(left, str) or not isinstance(right, str):
        return None
    return (left + right)[:MAX_TEXT]


def _calculate(operator: str, left: Any, right: Any) -> Value:
    if left is None or right is None:
        return None
    if isinstance(left, int) and isinstance(right, int) and operator != "/":
        return _bounded(_WHOLE[operator](left, right))
    result = _FRACTION[operator](Decimal(left), Decimal(right))
    return _bounded(result) if result.is_finite() else None


def _bounded(number: int | Decimal) -> Value:
    return number if -LARGEST < number < LARGEST else None


_WHOLE: Mapping[str, Callable[[int, int], int]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
}
_FRACTION: Mapping[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": _EXACT.add,
    "-": _EXACT.subtract,
    "*": _EXACT.multiply,
    "/": _EXACT.divide,
}


def wrong_types(offset: int, operator: str, left: Type, right: Type) -> Trouble:
    return Trouble(
        Code.EXPRESSION_TYPES,
        offset,
        operator=operator,
        left=left.describe(),
        right=right.describe(),
    )
