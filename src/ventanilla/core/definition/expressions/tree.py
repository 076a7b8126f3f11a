"""The form of an expression, and how a text becomes one."""

from dataclasses import dataclass
from typing import TypeAlias

from ventanilla.core.definition.expressions.tokens import (
    KEYWORDS,
    Token,
    Word,
    number_of,
    text_of,
    tokens,
)
from ventanilla.core.definition.expressions.trouble import Trouble
from ventanilla.core.definition.expressions.types import Value
from ventanilla.core.definition.problems import Code

MAX_NODES = 200
MAX_DEPTH = 40


@dataclass(frozen=True, slots=True)
class Constant:
    offset: int
    value: Value


@dataclass(frozen=True, slots=True)
class Name:
    offset: int
    name: str


@dataclass(frozen=True, slots=True)
class ListOf:
    offset: int
    items: tuple["Tree", ...]


@dataclass(frozen=True, slots=True)
class Negative:
    offset: int
    operand: "Tree"


@dataclass(frozen=True, slots=True)
class Not:
    offset: int
    operand: "Tree"


@dataclass(frozen=True, slots=True)
class Logic:
    """``and`` or ``or`` of two or more."""

    offset: int
    operator: str
    operands: tuple["Tree", ...]


@dataclass(frozen=True, slots=True)
class Compare:
    """One of ``== != < <= > >= in``, and ``not in``."""

    offset: int
    operator: str
    left: "Tree"
    right: "Tree"


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """One of ``+ - * /``."""

    offset: int
    operator: str
    left: "Tree"
    right: "Tree"


@dataclass(frozen=True, slots=True)
class Either:
    offset: int
    condition: "Tree"
    yes: "Tree"
    no: "Tree"


@dataclass(frozen=True, slots=True)
class Call:
    offset: int
    function: str
    arguments: tuple["Tree", ...]


Tree: TypeAlias = (
    Constant | Name | ListOf | Negative | Not | Logic | Compare | Arithmetic | Either | Call
)

_COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">="})
_CONSTANTS: dict[str, Value] = {"true": True, "false": False, "none": None}


def parse(source: str) -> Tree:
    """Read an expression. Raises Trouble; takes time and memory in proportion to the text."""
    reading = _Reading(tokens(source))
    if reading.at_end():
        raise Trouble(Code.EXPRESSION_EMPTY, 0)
    tree = reading.expression()
    if not reading.at_end():
        raise reading.unexpected("end")
    return tree


class _Reading:
    """Recursive descent, one method for each level of binding, with a floor under its depth."""

    def __init__(self, words: tuple[Token, ...]) -> None:
        self._words = words
        self._at = 0
        self._depth = 0
        self._nodes = 0

    @property
    def here(self) -> Token:
        return self._words[self._at]

    def at_end(self) -> bool:
        return self.here.word is Word.END

    def unexpected(self, expected: str) -> Trouble:
        found = self.here.text or "end"
        return Trouble(
            Code.EXPRESSION_EXPECTED, self.here.offset, found=found[:40], expected=expected
        )

    def expression(self) -> Tree:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise Trouble(Code.EXPRESSION_TOO_BIG, self.here.offset, limit=str(MAX_DEPTH))
        tree = self._either()
        self._depth -= 1
        return tree

    def _either(self) -> Tree:
        yes = self._logic("or")
        start = self._take("if")
        if start is None:
            return yes
        condition = self._logic("or")
        if self._take("else") is None:
            raise self.unexpected("else")
        return self._counted(Either(start.offset, condition, yes, self.expression()))

    def _logic(self, operator: str) -> Tree:
        operands = [self._operand_of(operator)]
        start = self.here.offset
        while self._take(operator) is not None:
            operands.append(self._operand_of(operator))
        if len(operands) == 1:
            return operands[0]
        return self._counted(Logic(start, operator, tuple(operands)))

    def _operand_of(self, operator: str) -> Tree:
        return self._logic("and") if operator == "or" else self._negation()

    def _negation(self) -> Tree:
        start = self._take("not")
        if start is None:
            return self._comparison()
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise Trouble(Code.EXPRESSION_TOO_BIG, start.offset, limit=str(MAX_DEPTH))
        tree = self._counted(Not(start.offset, self._negation()))
        self._depth -= 1
        return tree

    def _comparison(self) -> Tree:
        left = self._sum()
        operator = self._comparison_sign()
        if operator is None:
            return left
        tree = self._counted(Compare(operator.offset, operator.text, left, self._sum()))
        again = self._comparison_sign()
        if again is not None:
            raise Trouble(Code.EXPRESSION_CHAINED, again.offset, operator=again.text)
        return tree

    def _comparison_sign(self) -> Token | None:
        if self.here.word is Word.SIGN and self.here.text in _COMPARISONS:
            return self._next()
        if self.here.text == "not" and self._words[self._at + 1].text == "in":
            start = self._next()
            self._next()
            return Token(Word.SIGN, "not in", start.offset)
        return self._take("in")

    def _sum(self) -> Tree:
        tree = self._product()
        while self.here.word is Word.SIGN and self.here.text in {"+", "-"}:
            sign = self._next()
            tree = self._counted(Arithmetic(sign.offset, sign.text, tree, self._product()))
        return tree

    def _product(self) -> Tree:
        tree = self._signed()
        while self.here.word is Word.SIGN and self.here.text in {"*", "/"}:
            sign = self._next()
            tree = self._counted(Arithmetic(sign.offset, sign.text, tree, self._signed()))
        return tree

    def _signed(self) -> Tree:
        sign = self._take_sign("-")
        if sign is None:
            return self._atom()
        return self._counted(Negative(sign.offset, self._atom()))

    def _atom(self) -> Tree:
        token = self.here
        if token.word is Word.NUMBER:
            self._next()
            return self._counted(Constant(token.offset, number_of(token)))
        if token.word is Word.TEXT:
            self._next()
            return self._counted(Constant(token.offset, text_of(token)))
        if token.word is Word.NAME and token.text not in KEYWORDS:
            return self._name_or_call(self._next())
        if token.text in _CONSTANTS:
            self._next()
            return self._counted(Constant(token.offset, _CONSTANTS[token.text]))
        return self._grouped()

    def _grouped(self) -> Tree:
        if self._take_sign("(") is not None:
            tree = self.expression()
            self._close(")")
            return tree
        opening = self._take_sign("[")
        if opening is None:
            raise self.unexpected("value")
        return self._counted(ListOf(opening.offset, self._items("]")))

    def _name_or_call(self, token: Token) -> Tree:
        if self._take_sign("(") is None:
            return self._counted(Name(token.offset, token.text))
        return self._counted(Call(token.offset, token.text, self._items(")")))

    def _items(self, closing: str) -> tuple[Tree, ...]:
        items: list[Tree] = []
        while self._take_sign(closing) is None:
            items.append(self.expression())
            if self._take_sign(",") is None:
                self._close(closing)
                break
        return tuple(items)

    def _close(self, closing: str) -> None:
        if self._take_sign(closing) is None:
            raise self.unexpected(closing)

    def _counted(self, tree: Tree) -> Tree:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise Trouble(Code.EXPRESSION_TOO_BIG, tree.offset, limit=str(MAX_NODES))
        return tree

    def _next(self) -> Token:
        token = self.here
        self._at += 1
        return token

    def _take(self, keyword: str) -> Token | None:
        return self._next() if self.here.word is Word.NAME and self.here.text == keyword else None

    def _take_sign(self, sign: str) -> Token | None:
        return self._next() if self.here.word is Word.SIGN and self.here.text == sign else None
