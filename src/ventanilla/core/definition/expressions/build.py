"""From the form of an expression to code: types first, and only what passes becomes closures."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Context, Decimal
from operator import eq, ge, gt, le, lt, ne
from typing import Any, assert_never

from ventanilla.core.definition.expressions import tree as t
from ventanilla.core.definition.expressions.functions import FUNCTIONS
from ventanilla.core.definition.expressions.trouble import Trouble
from ventanilla.core.definition.expressions.types import (
    BOOLEAN,
    MEMBERS,
    NOTHING,
    NUMBER,
    ORDERED,
    TEXT,
    Kind,
    Scope,
    Type,
    Value,
    choice_of,
    join_types,
    list_of,
)
from ventanilla.core.definition.expressions.wording import MAX_TEXT
from ventanilla.core.definition.problems import Code, near

Run = Callable[[Scope], Value]
LARGEST = 10**24
"""Numbers beyond this are no longer numbers of a service desk: the result is no value."""

_EXACT = Context(prec=28, traps=[])


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """A catalogue as ``lookup`` reads it: its columns, and each code's texts by column."""

    columns: frozenset[str]
    rows: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question about a named part of the procedure: ``met(respuesta)``, ``noted("10110")``.

    ``code`` is the problem of a name that is none of the ``names``.
    """

    names: frozenset[str]
    gives: Type
    code: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    type: Type
    run: Run
    constant: bool = False


@dataclass(slots=True, kw_only=True)
class Builder:
    """Checks and builds one expression; ``names`` are those it turned out to use."""

    types: Mapping[str, Type]
    catalogues: Mapping[str, Lookup]
    asked: Mapping[str, Asked] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    def build(self, node: t.Tree) -> Built:
        match node:
            case t.Constant():
                return _constant(node.value)
            case t.Name():
                return self._name(node)
            case t.ListOf():
                return self._list(node)
            case t.Negative():
                return _negative(node, self.build(node.operand))
            case t.Not():
                return self._not(node)
            case t.Logic():
                return self._logic(node)
            case t.Compare():
                return _compare(node, self.build(node.left), self.build(node.right))
            case t.Arithmetic():
                return _arithmetic(node, self.build(node.left), self.build(node.right))
            case t.Either():
                return self._either(node)
            case t.Call(function="lookup"):
                return self._lookup(node)
            case t.Call():
                return self._ask(node) if node.function in self.asked else self._call(node)
            case _:
                assert_never(node)

    def _name(self, node: t.Name) -> Built:
        kind = self.types.get(node.name)
        if kind is None:
            return self._member_of(node)
        self.names.add(node.name)
        name = node.name
        return Built(type=kind, run=lambda scope: scope.get(name))

    def _member_of(self, node: t.Name) -> Built:
        base, _, member = node.name.rpartition(".")
        whole = self.types.get(base)
        members = MEMBERS.get(whole.kind, ()) if whole is not None else ()
        if member not in members:
            known = {**self.types, **{f"{base}.{one}": TEXT for one in members}}
            raise Trouble(
                Code.EXPRESSION_UNKNOWN_NAME,
                node.offset,
                name=node.name,
                near=_near_name(node.name, known),
            )
        self.names.add(base)
        return Built(type=TEXT, run=lambda scope: getattr(scope.get(base), member, None))

    def _list(self, node: t.ListOf) -> Built:
        items = [self.build(item) for item in node.items]
        kind = NOTHING
        for place, item in zip(node.items, items, strict=True):
            joined = join_types(kind, item.type)
            if joined is None:
                raise Trouble(
                    Code.EXPRESSION_MIXED_LIST,
                    place.offset,
                    left=kind.describe(),
                    right=item.type.describe(),
                )
            kind = joined
        runs = tuple(item.run for item in items)
        constant = all(item.constant for item in items)
        if constant:
            value = tuple(run({}) for run in runs)
            return Built(type=list_of(kind), run=lambda _scope: value, constant=True)
        return Built(type=list_of(kind), run=lambda scope: tuple(run(scope) for run in runs))

    def _boolean(self, node: t.Tree) -> Run:
        built = self.build(node)
        if built.type.kind is not Kind.BOOLEAN:
            raise Trouble(
                Code.EXPRESSION_WRONG_TYPE,
                node.offset,
                expected="boolean",
                found=built.type.describe(),
            )
        return built.run

    def _not(self, node: t.Not) -> Built:
        run = self._boolean(node.operand)
        return Built(type=BOOLEAN, run=lambda scope: run(scope) is not True)

    def _logic(self, node: t.Logic) -> Built:
        first, *others = (self._boolean(operand) for operand in node.operands)
        join = _both if node.operator == "and" else _one_of
        for other in others:
            first = join(first, other)
        return Built(type=BOOLEAN, run=first)

    def _either(self, node: t.Either) -> Built:
        condition = self._boolean(node.condition)
        yes, no = self.build(node.yes), self.build(node.no)
        kind = join_types(yes.type, no.type)
        if kind is None:
            raise _types(node.offset, "if … else", yes.type, no.type)
        first, second = yes.run, no.run
        return Built(
            type=kind,
            run=lambda scope: first(scope) if condition(scope) is True else second(scope),
        )

    def _call(self, node: t.Call) -> Built:
        function = FUNCTIONS.get(node.function)
        if function is None:
            raise Trouble(
                Code.EXPRESSION_UNKNOWN_FUNCTION,
                node.offset,
                name=node.function,
                near=near(node.function, {**FUNCTIONS, **self.asked, "lookup": None}),
            )
        if len(node.arguments) != len(function.takes):
            raise _arguments(node, len(function.takes))
        arguments = [self.build(argument) for argument in node.arguments]
        for place, argument, kinds in zip(node.arguments, arguments, function.takes, strict=True):
            if argument.type.kind not in kinds:
                raise Trouble(
                    Code.EXPRESSION_WRONG_TYPE,
                    place.offset,
                    expected=" / ".join(sorted(kinds)),
                    found=argument.type.describe(),
                )
        code = function.make(tuple(argument.type for argument in arguments))
        runs = tuple(argument.run for argument in arguments)
        if function.sees_nothing:
            run = runs[0]
            return Built(type=function.gives, run=lambda scope: code(scope, run(scope)))
        return Built(type=function.gives, run=_unless_nothing(code, runs))

    def _ask(self, node: t.Call) -> Built:
        """What the scope answers under the key ``FUNCTION.NAME``."""
        if len(node.arguments) != 1:
            raise _arguments(node, 1)
        known, name = self.asked[node.function], _word(node.arguments[0])
        if name not in known.names:
            raise Trouble(
                known.code, node.arguments[0].offset, name=name, near=near(name, known.names)
            )
        key = f"{node.function}.{name}"
        self.names.add(key)
        return Built(type=known.gives, run=lambda scope: scope.get(key))

    def _lookup(self, node: t.Call) -> Built:
        if len(node.arguments) != 3:
            raise _arguments(node, 3)
        where, what, which = node.arguments
        catalogue = self._catalogue(where)
        key = self.build(what)
        if key.type.kind is not Kind.TEXT:
            raise Trouble(
                Code.EXPRESSION_WRONG_TYPE,
                what.offset,
                expected="text",
                found=key.type.describe(),
            )
        column = _word(which)
        if column not in catalogue.columns:
            raise Trouble(
                Code.EXPRESSION_UNKNOWN_COLUMN,
                which.offset,
                name=column,
                near=near(column, catalogue.columns),
            )
        rows, run = catalogue.rows, key.run
        return Built(type=TEXT, run=lambda scope: _cell(rows, run(scope), column))

    def _catalogue(self, node: t.Tree) -> Lookup:
        name = _word(node)
        found = self.catalogues.get(name)
        if found is None:
            raise Trouble(
                Code.UNKNOWN_CATALOGUE, node.offset, name=name, near=near(name, self.catalogues)
            )
        return found


def _cell(rows: Mapping[str, Mapping[str, str]], key: Value, column: str) -> Value:
    row = rows.get(key) if isinstance(key, str) else None
    return None if row is None else row.get(column)


def _word(node: t.Tree) -> str:
    if isinstance(node, t.Name):
        return node.name
    if isinstance(node, t.Constant) and isinstance(node.value, str | int):
        return str(node.value)
    raise Trouble(Code.EXPRESSION_EXPECTED, node.offset, found="…", expected="name")


def _near_name(name: str, types: Mapping[str, Type]) -> str:
    """The name meant, or the name in quotes when it is a value that some choice can have."""
    found = near(name, types)
    if found:
        return found
    if any(kind.values is not None and name in kind.values for kind in types.values()):
        return f'"{name}"'
    return ""


def _constant(value: Value) -> Built:
    return Built(type=_type_of(value), run=lambda _scope: value, constant=True)


def _type_of(value: Value) -> Type:
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return BOOLEAN
    if isinstance(value, int | Decimal):
        return NUMBER
    return choice_of(((str(value), str(value)),))


def _unless_nothing(code: Callable[..., Value], runs: tuple[Run, ...]) -> Run:
    def run(scope: Scope) -> Value:
        values = [run(scope) for run in runs]
        return None if None in values else code(scope, *values)

    return run


# --- comparison --------------------------------------------------------------------------------

_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "==": eq,
    "!=": ne,
    "<": lt,
    "<=": le,
    ">": gt,
    ">=": ge,
}


def _compare(node: t.Compare, left: Built, right: Built) -> Built:
    if node.operator in {"in", "not in"}:
        return _member(node, left, right)
    if NOTHING in (left.type, right.type):
        return _against_nothing(node, left, right)
    if left.type.kind is not right.type.kind or left.type.kind in {Kind.LIST, Kind.ENTRY}:
        raise _types(node.offset, node.operator, left.type, right.type)
    if node.operator in {"==", "!="}:
        _same_values(node, left, right)
    elif left.type.kind not in ORDERED:
        raise _types(node.offset, node.operator, left.type, right.type)
    return Built(type=BOOLEAN, run=_comparison(_COMPARE[node.operator], left, right))


def _both(first: Run, second: Run) -> Run:
    return lambda scope: first(scope) is True and second(scope) is True


def _one_of(first: Run, second: Run) -> Run:
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
        raise _types(node.offset, node.operator, left.type, right.type)
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
    raise _unknown_value(place.offset, literal, known)


def _unknown_value(offset: int, values: frozenset[str], known: frozenset[str]) -> Trouble:
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
        raise _types(node.offset, node.operator, left.type, right.type)
    known, listed = left.type.values, item.values
    if known is not None and listed is not None and right.constant and not listed <= known:
        raise _unknown_value(node.right.offset, listed, known)
    if known is not None and listed is not None and left.constant and not known <= listed:
        raise _unknown_value(node.left.offset, known, listed)
    one, many, wanted = left.run, right.run, node.operator == "in"

    def run(scope: Scope) -> Value:
        value, values = one(scope), many(scope)
        if value is None or not isinstance(values, tuple):
            return False
        return (value in values) is wanted

    return Built(type=BOOLEAN, run=run)


# --- arithmetic --------------------------------------------------------------------------------


def _negative(node: t.Negative, operand: Built) -> Built:
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


def _arithmetic(node: t.Arithmetic, left: Built, right: Built) -> Built:
    kinds = (left.type.kind, right.type.kind)
    one, other, operator = left.run, right.run, node.operator
    if kinds == (Kind.NUMBER, Kind.NUMBER):
        return Built(type=NUMBER, run=lambda scope: _calculate(operator, one(scope), other(scope)))
    if kinds == (Kind.TEXT, Kind.TEXT) and operator == "+":
        return Built(type=TEXT, run=lambda scope: _concatenate(one(scope), other(scope)))
    raise _types(node.offset, operator, left.type, right.type)


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


def _types(offset: int, operator: str, left: Type, right: Type) -> Trouble:
    return Trouble(
        Code.EXPRESSION_TYPES,
        offset,
        operator=operator,
        left=left.describe(),
        right=right.describe(),
    )


def _arguments(node: t.Call, expected: int) -> Trouble:
    return Trouble(
        Code.EXPRESSION_ARGUMENTS,
        node.offset,
        name=node.function,
        expected=str(expected),
        found=str(len(node.arguments)),
    )
