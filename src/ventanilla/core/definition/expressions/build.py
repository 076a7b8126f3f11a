"""From the form of an expression to code: types first, and only what passes becomes closures."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import assert_never

from ventanilla.core.definition.expressions import groups
from ventanilla.core.definition.expressions import tree as t
from ventanilla.core.definition.expressions.functions import FUNCTIONS
from ventanilla.core.definition.expressions.operators import (
    Built,
    Run,
    arithmetic,
    both,
    compare,
    negative,
    one_of,
    unknown_value,
    wrong_types,
)
from ventanilla.core.definition.expressions.trouble import Trouble
from ventanilla.core.definition.expressions.types import (
    BOOLEAN,
    MEMBERS,
    NOTHING,
    NUMBER,
    TEXT,
    Kind,
    Scope,
    Type,
    Value,
    choice_of,
    join_types,
    list_of,
)
from ventanilla.core.definition.problems import Code, near


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """A catalogue as ``lookup`` reads it: its columns, and each code's texts by column."""

    columns: frozenset[str]
    rows: Mapping[str, Mapping[str, str]]
    on: Callable[[str, date], Mapping[str, str] | None] | None = None
    """What it says of a code on a day, where codes had other names on other days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question about a named part of the procedure: ``met(respuesta)``, ``noted("10110")``.

    ``code`` is the problem of a name that is none of the ``names``.
    """

    names: frozenset[str]
    gives: Type
    code: Code


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
                return negative(node, self.build(node.operand))
            case t.Not():
                return self._not(node)
            case t.Logic():
                return self._logic(node)
            case t.Compare():
                return compare(node, self.build(node.left), self.build(node.right))
            case t.Arithmetic():
                return arithmetic(node, self.build(node.left), self.build(node.right))
            case t.Either():
                return self._either(node)
            case t.Call():
                return self._function(node)
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
        join = both if node.operator == "and" else one_of
        for other in others:
            first = join(first, other)
        return Built(type=BOOLEAN, run=first)

    def _either(self, node: t.Either) -> Built:
        condition = self._boolean(node.condition)
        yes, no = self.build(node.yes), self.build(node.no)
        kind = join_types(yes.type, no.type)
        if kind is None:
            raise wrong_types(node.offset, "if … else", yes.type, no.type)
        first, second = yes.run, no.run
        return Built(
            type=kind,
            run=lambda scope: first(scope) if condition(scope) is True else second(scope),
        )

    def _function(self, node: t.Call) -> Built:
        if node.function == "lookup":
            return self._lookup(node)
        if node.function == "without":
            return self._without(node)
        if node.function in groups.GROUP_FUNCTIONS:
            return self._over_rows(node)
        return self._ask(node) if node.function in self.asked else self._call(node)

    def _call(self, node: t.Call) -> Built:
        function = FUNCTIONS.get(node.function)
        if function is None:
            raise Trouble(
                Code.EXPRESSION_UNKNOWN_FUNCTION,
                node.offset,
                name=node.function,
                near=near(node.function, {**FUNCTIONS, **self.asked, **_SPECIAL}),
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
        run = key.run
        return Built(type=TEXT, run=lambda scope: _cell(catalogue, run(scope), column, scope))

    def _over_rows(self, node: t.Call) -> Built:
        """A function of a repeating group, whose columns are words, not expressions."""
        expected = groups.GROUP_FUNCTIONS[node.function]
        if len(node.arguments) != expected:
            raise _arguments(node, expected)
        group = self.build(node.arguments[0])
        name, of = _column(group.type, node.arguments[0], node.arguments[1])
        if node.function == "column":
            return Built(type=list_of(of), run=groups.column(group.run, name))
        if node.function == "latest":
            return Built(type=group.type, run=groups.latest(group.run, name))
        if node.function == "sum":
            if of.kind is not Kind.NUMBER:
                raise _wrong(node.arguments[1], "number", of)
            return Built(type=NUMBER, run=groups.total(group.run, name))
        return self._matching(node, group, name, of)

    def _matching(self, node: t.Call, group: Built, name: str, of: Type) -> Built:
        """``rows`` and ``cell``: of the rows that have a value in the column."""
        wanted = self.build(node.arguments[2])
        if join_types(of, wanted.type) is None:
            raise _wrong(node.arguments[2], of.describe(), wanted.type)
        if wanted.constant and None not in (of.values, wanted.type.values):
            _known_value(node.arguments[2], wanted.type, of)
        if node.function == "rows":
            return Built(type=group.type, run=groups.rows(group.run, name, wanted.run))
        column, found = _column(group.type, node.arguments[0], node.arguments[3])
        return Built(type=found, run=groups.cell(group.run, name, wanted.run, column))

    def _without(self, node: t.Call) -> Built:
        if len(node.arguments) != 2:
            raise _arguments(node, 2)
        whole, part = (self.build(argument) for argument in node.arguments)
        for place, built in zip(node.arguments, (whole, part), strict=True):
            if built.type.kind is not Kind.LIST:
                raise _wrong(place, "list", built.type)
        if join_types(whole.type, part.type) is None:
            raise _wrong(node.arguments[1], whole.type.describe(), part.type)
        return Built(type=whole.type, run=groups.without(whole.run, part.run))

    def _catalogue(self, node: t.Tree) -> Lookup:
        name = _word(node)
        found = self.catalogues.get(name)
        if found is None:
            raise Trouble(
                Code.UNKNOWN_CATALOGUE, node.offset, name=name, near=near(name, self.catalogues)
            )
        return found


_SPECIAL = dict.fromkeys(("lookup", "without", *groups.GROUP_FUNCTIONS))
"""Functions that take words, or whose type depends on what they are given."""


def _column(group: Type, place: t.Tree, named: t.Tree) -> tuple[str, Type]:
    """A column of a repeating group, by name."""
    columns = group.item.columns if group.item is not None else None
    if columns is None:
        raise _wrong(place, "list:entry", group)
    name, known = _word(named), dict(columns)
    if name not in known:
        raise Trouble(
            Code.EXPRESSION_UNKNOWN_COLUMN, named.offset, name=name, near=near(name, known)
        )
    return name, known[name]


def _known_value(place: t.Tree, given: Type, of: Type) -> None:
    values, known = given.values or frozenset(), of.values or frozenset()
    if not values <= known:
        raise unknown_value(place.offset, values, known)


def _wrong(place: t.Tree, expected: str, found: Type) -> Trouble:
    return Trouble(
        Code.EXPRESSION_WRONG_TYPE, place.offset, expected=expected, found=found.describe()
    )


def _cell(catalogue: Lookup, key: Value, column: str, scope: Scope) -> Value:
    if not isinstance(key, str):
        return None
    today = scope.get("today") if catalogue.on is not None else None
    if catalogue.on is not None and isinstance(today, date):
        row = catalogue.on(key, today)
    else:
        row = catalogue.rows.get(key)
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


def _arguments(node: t.Call, expected: int) -> Trouble:
    return Trouble(
        Code.EXPRESSION_ARGUMENTS,
        node.offset,
        name=node.function,
        expected=str(expected),
        found=str(len(node.arguments)),
    )
