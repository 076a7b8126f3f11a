"""Conditions and values in FEEL, the expression language of DMN."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import assert_never

from ventanilla.core.businesstime import Span
from ventanilla.core.definition.expressions import Expression, Identity, Person, Value
from ventanilla.core.definition.expressions.tree import (
    Arithmetic,
    Call,
    Compare,
    Constant,
    Either,
    ListOf,
    Logic,
    Name,
    Negative,
    Not,
    Tree,
)
from ventanilla.core.definition.model import AnyCell, Cell, OneOf, Range
from ventanilla.core.drawing.triggers import iso_period

ANY = "-"


def unary_test(cell: Cell) -> str:
    """A cell of a decision table."""
    match cell:
        case AnyCell():
            return ANY
        case OneOf(values=values):
            return ", ".join(literal(value) for value in values)
        case Range():
            return _range(cell)
    assert_never(cell)


def literal(value: Value) -> str:
    """A value; what FEEL does not know is written as a text."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    if isinstance(value, datetime):
        return f'date and time("{value.isoformat()}")'
    if isinstance(value, date):
        return f'date("{value.isoformat()}")'
    if isinstance(value, Span):
        period = iso_period(value)
        return f'duration("{period}")' if period.startswith("P") else _quoted(period)
    if isinstance(value, tuple):
        return f"[{', '.join(literal(one) for one in value)}]"
    if isinstance(value, Identity):
        return _quoted(f"{value.kind} {value.number}")
    return _quoted(value.key if isinstance(value, Person) else str(value))


def formula(expression: Expression) -> str:
    """An expression; functions that FEEL lacks keep their names, for a library to define them."""
    return _tree(expression.tree)


def _range(cell: Range) -> str:
    if cell.low is None and cell.high is None:
        return "not(null)"
    if cell.high is None:
        return f"{'>=' if cell.includes_low else '>'} {literal(cell.low)}"
    if cell.low is None:
        return f"{'<=' if cell.includes_high else '<'} {literal(cell.high)}"
    opening = "[" if cell.includes_low else "("
    closing = "]" if cell.includes_high else ")"
    return f"{opening}{literal(cell.low)}..{literal(cell.high)}{closing}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _nothing(given: str) -> str:
    """Values of two kinds are not unequal in FEEL, but neither: hence the last comparison."""
    return f'(({given} = null or {given} = "" or {given} = []) = true)'


_CALLS: Mapping[str, Callable[[tuple[str, ...]], str]] = {
    "empty": lambda given: _nothing(given[0]),
    "known": lambda given: f"not({_nothing(given[0])})",
    "len": lambda given: f"count({given[0]})",
    "lower": lambda given: f"lower case({given[0]})",
}


def _tree(tree: Tree) -> str:
    match tree:
        case Constant(value=value):
            return literal(value)
        case Name(name=name):
            return name
        case ListOf(items=items):
            return f"[{', '.join(_tree(item) for item in items)}]"
        case Negative(operand=operand):
            return f"-({_tree(operand)})"
        case Not(operand=operand):
            return f"not({_tree(operand)})"
        case Logic(operator=operator, operands=operands):
            return f"({f' {operator} '.join(_tree(one) for one in operands)})"
        case Compare():
            return _compare(tree)
        case Arithmetic(operator=operator, left=left, right=right):
            return f"({_tree(left)} {operator} {_tree(right)})"
        case Either(condition=condition, yes=yes, no=no):
            return f"(if {_tree(condition)} then {_tree(yes)} else {_tree(no)})"
        case Call(function=function, arguments=arguments):
            given = tuple(_tree(argument) for argument in arguments)
            made = _CALLS.get(function)
            return made(given) if made is not None else f"{function}({', '.join(given)})"
    assert_never(tree)


def _compare(tree: Compare) -> str:
    """A comparison; with us nothing is neither more nor less than anything, FEEL would not know."""
    left, right = _tree(tree.left), _tree(tree.right)
    match tree.operator:
        case "in":
            return f"list contains({right}, {left})"
        case "not in":
            return f"not(list contains({right}, {left}))"
        case "==":
            return f"({left} = {right})"
        case "!=":
            return f"({left} != {right})"
        case operator:
            return f"(({left} {operator} {right}) = true)"
