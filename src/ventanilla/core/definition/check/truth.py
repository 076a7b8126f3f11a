"""Which cases conditions can meet: every choice, yes and no, numbers at and between the bounds.

What cannot be told apart by cases, such as a comparison of two dates, may be true or false as it
likes. So a condition found never to hold never does; one found to hold might still not.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise, product
from typing import Any

from ventanilla.core.definition.expressions import Env, Kind, Type, Value
from ventanilla.core.definition.expressions import tree as t
from ventanilla.core.definition.expressions.build import Builder

MAX_CASES = 20_000
NOTHING_MORE: Mapping[str, frozenset[str]] = {}
NEVER_MISSING = frozenset(
    {
        "party.known",
        "party.registered",
        "today",
        "now",
        "channel",
        "case.number",
        "case.opened_at",
    }
)
_OTHER = "\N{REPLACEMENT CHARACTER}"
_OPAQUE = "?"

Case = Mapping[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cases:
    """The cases that a group of conditions tells apart, or none when they are too many."""

    env: Env
    domains: Mapping[str, tuple[Value, ...]]

    @property
    def countable(self) -> bool:
        count = 1
        for domain in self.domains.values():
            count *= len(domain)
        return count <= MAX_CASES

    def __iter__(self) -> Iterator[Case]:
        names = tuple(self.domains)
        for values in product(*self.domains.values()):
            yield dict(zip(names, values, strict=True))

    def holds(self, tree: t.Tree, case: Case) -> bool:
        """Whether a condition holds in a case."""
        match tree:
            case t.Not(operand=operand):
                return not self.holds(operand, case)
            case t.Logic(operator="and", operands=operands):
                return all(self.holds(one, case) for one in operands)
            case t.Logic(operands=operands):
                return any(self.holds(one, case) for one in operands)
            case t.Either(condition=condition, yes=yes, no=no):
                return self.holds(yes if self.holds(condition, case) else no, case)
            case t.Constant(value=value):
                return value is True
            case _:
                return self._simply(tree, case)

    def _simply(self, tree: t.Tree, case: Case) -> bool:
        if _subject(tree) is None:
            return case[_opaque(tree)] is True
        env = self.env
        builder = Builder(types=env.types, catalogues=env.catalogues, asked=env.asked)
        return builder.build(tree).run(case) is True


def cases_of(
    trees: tuple[t.Tree, ...],
    env: Env,
    sure: frozenset[str] = frozenset(),
    only: Mapping[str, frozenset[str]] = NOTHING_MORE,
) -> Cases:
    """The cases that tell the conditions apart; names that are ``sure`` are never missing.

    ``only`` are the values that some choices can have at all.
    """
    seen: dict[str, set[Any]] = {}
    for tree in trees:
        _gather(tree, seen)
    domains = {
        name: (True, False)
        if name.startswith(_OPAQUE)
        else _domain(env.types[name], constants, missing=name not in NEVER_MISSING | sure)
        for name, constants in seen.items()
    }
    for name in domains.keys() & only.keys():
        domains[name] = tuple(one for one in domains[name] if one is None or one in only[name])
    return Cases(env=env, domains=domains)


def _gather(tree: t.Tree, seen: dict[str, set[Any]]) -> None:
    """Collect the names that decide, with the constants each is compared to."""
    match tree:
        case t.Not(operand=operand):
            _gather(operand, seen)
        case t.Logic(operands=operands):
            for one in operands:
                _gather(one, seen)
        case t.Either(condition=condition, yes=yes, no=no):
            for one in (condition, yes, no):
                _gather(one, seen)
        case t.Constant():
            pass
        case _:
            subject = _subject(tree)
            if subject is None:
                seen.setdefault(_opaque(tree), set())
            else:
                seen.setdefault(subject[0], set()).update(subject[1])


def _subject(tree: t.Tree) -> tuple[str, tuple[Any, ...]] | None:
    """The one name a simple condition is about, with its constants; None when it is not simple."""
    match tree:
        case t.Name(name=name):
            return (name, ())
        case t.Call(function="empty" | "known", arguments=(t.Name(name=name),)):
            return (name, ())
        case t.Compare(left=t.Name(name=name), right=t.Constant(value=value)):
            return (name, (value,))
        case t.Compare(left=t.Constant(value=value), right=t.Name(name=name), operator=operator):
            return None if "in" in operator else (name, (value,))
        case t.Compare(left=t.Name(name=name), right=t.ListOf(items=items)):
            constants = tuple(one.value for one in items if isinstance(one, t.Constant))
            return (name, constants) if len(constants) == len(items) else None
        case _:
            return None


def _domain(kind: Type, constants: set[Any], *, missing: bool) -> tuple[Value, ...]:
    none: tuple[Value, ...] = (None,) if missing else ()
    given = {one for one in constants if one is not None}
    if kind.kind is Kind.BOOLEAN:
        return (True, False, *none)
    if kind.values is not None:
        return (*sorted(kind.values), *none)
    if kind.kind is Kind.NUMBER:
        return (*_numbers(given), *none)
    if kind.kind is Kind.TEXT:
        return (*sorted(given), _OTHER, *(("",) if missing else ()), *none)
    if kind.kind is Kind.LIST:
        return ((_OTHER,), *(((),) if missing else ()), *none)
    return (_OTHER, *none)


def _numbers(given: set[Any]) -> tuple[Value, ...]:
    """A number below, at, between and above the bounds."""
    bounds = sorted(Decimal(one) for one in given)
    if not bounds:
        return (0,)
    between = [(low + high) / 2 for low, high in pairwise(bounds)]
    return (bounds[0] - 1, *bounds, *between, bounds[-1] + 1)


def _opaque(tree: t.Tree) -> str:
    return f"{_OPAQUE}{shape(tree)!r}"


def shape(tree: t.Tree) -> tuple[Any, ...]:
    """The form of an expression without its places: equal for expressions that mean the same."""
    match tree:
        case t.Constant(value=value):
            return ("constant", value)
        case t.Name(name=name):
            return ("name", name)
        case t.ListOf(items=items):
            return ("list", *(shape(one) for one in items))
        case t.Negative(operand=operand):
            return ("-", shape(operand))
        case t.Not(operand=operand):
            return ("not", shape(operand))
        case t.Logic(operator=operator, operands=operands):
            return (operator, *(shape(one) for one in operands))
        case t.Compare(operator=operator, left=left, right=right):
            return (operator, shape(left), shape(right))
        case t.Arithmetic(operator=operator, left=left, right=right):
            return (operator, shape(left), shape(right))
        case t.Either(condition=condition, yes=yes, no=no):
            return ("if", shape(condition), shape(yes), shape(no))
        case t.Call(function=function, arguments=arguments):
            return (function, *(shape(one) for one in arguments))
