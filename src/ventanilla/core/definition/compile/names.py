"""The names a procedure can use, and how each reference to one is resolved or told as a problem."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ventanilla.core.definition.compile.organization import Shared
from ventanilla.core.definition.compile.sources import Sibling
from ventanilla.core.definition.expressions import (
    Env,
    Expression,
    ExpressionProblem,
    Kind,
    Type,
    compile_expression,
)
from ventanilla.core.definition.expressions import types as t
from ventanilla.core.definition.model import Field
from ventanilla.core.definition.nodes import Scalar
from ventanilla.core.definition.problems import Code, Problems, near
from ventanilla.core.definition.texts import Text, compile_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Everything that can be named in one procedure. ``steps`` know their track."""

    shared: Shared
    problems: Problems
    fields: Mapping[str, Field]
    steps: Mapping[str, str]
    tracks: frozenset[str]
    actions: frozenset[str]
    messages: frozenset[str]
    scripts: frozenset[str]
    tables: frozenset[str]
    deadlines: frozenset[str]
    questionnaires: Mapping[str, tuple[str, ...]]
    """With the fields that each asks."""
    approvals: frozenset[str]
    """The steps at which somebody signs."""
    checks: frozenset[str]
    """The steps that ask a connector."""
    opened: frozenset[str]
    """The procedures of which something here opens cases."""
    siblings: Mapping[str, Sibling]
    """The other procedures, as far as something opens a case of theirs; the rest by name only."""
    some_unread: bool
    """Whether procedures may exist of which nothing could be read."""
    entries: frozenset[str]
    """The codes that some action can note."""
    alarms: frozenset[str]
    """As ``DEADLINE.ALARM``."""
    schedules: frozenset[str]
    opt_outs: frozenset[str]
    """The schedules of which the party may want no more."""
    checklists: frozenset[str]
    appointments: frozenset[str]
    conditions: Env
    words: Env
    fragments: Mapping[str, Text] = field(default_factory=dict)

    def resolve(
        self, scalar: Scalar, known: Mapping[str, object] | frozenset[str], code: Code
    ) -> str:
        """The name written; an unknown one is told, with what was probably meant."""
        name = scalar.text.strip()
        if name not in known:
            self.problems.add(code, scalar.mark, name=name[:60], near=near(name, frozenset(known)))
        return name

    def field(self, scalar: Scalar) -> str:
        return self.resolve(scalar, self.fields, Code.UNKNOWN_FIELD)

    def step(self, scalar: Scalar) -> str:
        return self.resolve(scalar, self.steps, Code.UNKNOWN_STEP)

    def role(self, scalar: Scalar) -> str:
        return self.resolve(scalar, self.shared.roles, Code.UNKNOWN_ROLE)

    def message(self, scalar: Scalar) -> str:
        return self.resolve(scalar, self.messages, Code.UNKNOWN_MESSAGE)

    def condition(self, scalar: Scalar | None) -> Expression | None:
        """A condition; anything that is not yes or no is told."""
        return self.expression(scalar, t.BOOLEAN)

    def expression(self, scalar: Scalar | None, target: Type | None = None) -> Expression | None:
        """An expression of a type that the target can take."""
        if scalar is None:
            return None
        source = scalar.text.strip()
        found = compile_expression(source, self.conditions)
        if isinstance(found, ExpressionProblem):
            found = self._as_option(source, target) or found
        if isinstance(found, ExpressionProblem):
            self._tell(scalar, found)
            return None
        if target is not None and not t.accepts(target, found.type):
            self._tell_type(scalar, found, target)
            return None
        return found

    def _as_option(self, source: str, target: Type | None) -> Expression | None:
        """A bare word that is a value of the target choice means that value."""
        if target is None or target.values is None or source not in target.values:
            return None
        found = compile_expression(f'"{source}"', self.conditions)
        return found if isinstance(found, Expression) else None

    def _tell(self, scalar: Scalar, problem: ExpressionProblem) -> None:
        lead = len(scalar.text) - len(scalar.text.lstrip())
        self.problems.add(problem.code, scalar.at(problem.offset + lead), **problem.params)

    def _tell_type(self, scalar: Scalar, found: Expression, target: Type) -> None:
        values, allowed = found.type.values, target.values
        if target.kind is Kind.TEXT and found.type.kind is Kind.TEXT and allowed is not None:
            wrong = min(values - allowed, default="") if values is not None else ""
            self.problems.add(
                Code.EXPRESSION_UNKNOWN_VALUE,
                scalar.mark,
                value=wrong or found.source[:40],
                near=near(wrong, allowed),
                known=", ".join(sorted(allowed)[:12]),
            )
            return
        self.problems.add(
            Code.EXPRESSION_WRONG_TYPE,
            scalar.mark,
            expected=target.describe(),
            found=found.type.describe(),
        )

    def text(self, scalar: Scalar | None) -> Text:
        """A text with merge fields; each that cannot be filled is told at its place."""
        if scalar is None:
            return Text(source="", parts=())
        found = compile_text(scalar.text, self.words, self.fragments)
        if isinstance(found, Text):
            return found
        for problem in found:
            self.problems.add(problem.code, scalar.at(problem.offset), **problem.params)
        return Text(source=scalar.text, parts=(scalar.text,))
