"""Why a text is not an expression: raised inside this package, a value outside of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ventanilla.core.definition.problems import Code


class Trouble(Exception):
    """The text cannot be understood from ``offset`` on."""

    def __init__(self, code: Code, offset: int, **params: str) -> None:
        super().__init__(code, offset, params)
        self.problem = ExpressionProblem(code=code, offset=offset, params=params)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpressionProblem:
    """What is wrong with an expression, and at which character of it."""

    code: Code
    offset: int
    params: Mapping[str, str] = field(default_factory=dict)

    def moved(self, characters: int) -> "ExpressionProblem":
        return ExpressionProblem(
            code=self.code, offset=self.offset + characters, params=self.params
        )
