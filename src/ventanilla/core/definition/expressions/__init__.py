"""The bounded language of conditions and merge fields: typed when loaded, total when evaluated.

A missing value (None) makes every comparison false except with ``none``, every calculation
missing, and every condition not hold.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ventanilla.core.definition.expressions.build import Asked, Builder, Lookup
from ventanilla.core.definition.expressions.tree import Tree, parse
from ventanilla.core.definition.expressions.trouble import ExpressionProblem, Trouble
from ventanilla.core.definition.expressions.types import (
    Entry,
    GeoPoint,
    Identity,
    Kind,
    Person,
    Scope,
    Type,
    Value,
)

__all__ = [
    "Asked",
    "Entry",
    "Env",
    "Expression",
    "ExpressionProblem",
    "GeoPoint",
    "Identity",
    "Kind",
    "Lookup",
    "Person",
    "Scope",
    "Type",
    "Value",
    "compile_expression",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """An expression that has passed: ``names`` are the scope's keys it reads."""

    source: str
    type: Type
    names: frozenset[str]
    tree: Tree = field(compare=False, repr=False)
    run: Callable[[Scope], Value] = field(compare=False, repr=False)

    def evaluate(self, scope: Scope) -> Value:
        """The value in this scope; never raises when the scope's values have their types."""
        return self.run(scope)

    def holds(self, scope: Scope) -> bool:
        """Whether the condition is true; what is not known does not hold."""
        return self.run(scope) is True


@dataclass(frozen=True, slots=True, kw_only=True)
class Env:
    """The names an expression may use, with their types; a dotted name is one key."""

    types: Mapping[str, Type]
    catalogues: Mapping[str, Lookup] = field(default_factory=dict)
    asked: Mapping[str, Asked] = field(default_factory=dict)
    _compiled: dict[str, Expression | ExpressionProblem] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def compile(self, source: str) -> Expression | ExpressionProblem:
        """Compile a text once, and answer from memory after that."""
        if source not in self._compiled:
            self._compiled[source] = _compile(source, self)
        return self._compiled[source]


def compile_expression(source: str, env: Env) -> Expression | ExpressionProblem:
    """Check and compile; whatever the text, the answer is a value and comes soon."""
    return env.compile(source)


def _compile(source: str, env: Env) -> Expression | ExpressionProblem:
    builder = Builder(types=env.types, catalogues=env.catalogues, asked=env.asked)
    try:
        tree = parse(source)
        built = builder.build(tree)
    except Trouble as trouble:
        return trouble.problem
    return Expression(
        source=source,
        type=built.type,
        names=frozenset(builder.names),
        tree=tree,
        run=built.run,
    )
