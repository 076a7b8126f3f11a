"""Conditions in words: by the labels of data and answers instead of their names."""

from collections.abc import Mapping

from ventanilla.core.definition.expressions import Expression
from ventanilla.core.definition.expressions.tree import (
    Call,
    Compare,
    Constant,
    ListOf,
    Logic,
    Name,
    Not,
    Tree,
)
from ventanilla.core.definition.model import Procedure
from ventanilla.core.drawing.wording import Wording

_SIGNS: Mapping[str, str] = {"<": "<", "<=": "≤", ">": ">", ">=": "≥", "==": "=", "!=": "≠"}


class _Wordless(Exception):
    """A part of the condition has no words; the whole stays as its author wrote it."""


def told(procedure: Procedure, condition: Expression, wording: Wording) -> str:
    """The condition as a person says it; as its author wrote it where there are no words for it."""
    try:
        return _Telling(procedure, wording).whole(condition.tree)
    except _Wordless:
        return condition.source


class _Telling:
    def __init__(self, procedure: Procedure, wording: Wording) -> None:
        self._procedure = procedure
        self._wording = wording

    def whole(self, tree: Tree) -> str:
        """A condition that is asked."""
        match tree:
            case Name(name=name):
                return self._named(name)
            case Not(operand=operand):
                return self._wording.is_not.format(what=self._inner(operand))
            case Logic(operator=operator, operands=operands):
                joined = self._wording.both if operator == "and" else self._wording.any_of
                return f" {joined} ".join(self._inner(one) for one in operands)
            case Compare():
                return self._compared(tree)
            case Call(function="known", arguments=(Name(name=name),)):
                return self._wording.known.format(what=self._named(name))
            case Call(function="empty", arguments=(Name(name=name),)):
                return self._wording.unknown.format(what=self._named(name))
            case _:
                raise _Wordless

    def _inner(self, tree: Tree) -> str:
        """A part; those that join others stand in brackets."""
        inner = self.whole(tree)
        return f"({inner})" if isinstance(tree, Logic) else inner

    def _compared(self, tree: Compare) -> str:
        what = self._side(tree.left)
        match (tree.operator, tree.right):
            case ("in" | "not in", ListOf(items=items)):
                values = [self._value(tree.left, item) for item in items]
                listed = f" {self._wording.any_of} ".join([", ".join(values[:-1]), values[-1]])
                value = listed if len(values) > 1 else values[0]
                form = "{what}: {value}" if tree.operator == "in" else self._wording.other_than
                return form.format(what=what, value=value)
            case ("==" | "!=" as sign, Constant() as constant) if isinstance(constant.value, str):
                form = "{what}: {value}" if sign == "==" else self._wording.other_than
                return form.format(what=what, value=self._value(tree.left, constant))
            case (sign, right) if sign in _SIGNS:
                return f"{what} {_SIGNS[sign]} {self._value(tree.left, right)}"
            case _:
                raise _Wordless

    def _side(self, tree: Tree) -> str:
        if isinstance(tree, Name):
            return self._named(tree.name)
        raise _Wordless

    def _value(self, of: Tree, tree: Tree) -> str:
        """What a datum is compared with: the label of an answer, a number, another datum."""
        if isinstance(tree, Name):
            return self._named(tree.name)
        if not isinstance(tree, Constant) or not isinstance(of, Name):
            raise _Wordless
        field = self._procedure.fields.get(of.name)
        labels = {one.value: one.label for one in field.options} if field is not None else {}
        if of.name == "channel":
            labels = dict(self._wording.channels)
        if isinstance(tree.value, str):
            return labels.get(tree.value, tree.value)
        if isinstance(tree.value, bool) or tree.value is None:
            raise _Wordless
        return str(tree.value)

    def _named(self, name: str) -> str:
        field = self._procedure.fields.get(name)
        if field is not None:
            return field.label
        family, _, attribute = name.partition(".")
        if family == "party" and attribute in self._procedure.party.attributes:
            return self._procedure.party.attributes[attribute].label
        if name in self._wording.names:
            return self._wording.names[name]
        raise _Wordless
