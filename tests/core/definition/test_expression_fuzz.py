"""Fifty thousand texts as expressions, a million under stress: no defect, no limit broken.

Half of them are well-formed and of some type, so that most pass and are evaluated; a quarter are
those with scratches; the rest are scraps of the language and of anything else.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import islice
from random import Random
from time import thread_time

import pytest

from tests.core.definition.test_expressions import ENV, SCOPE
from ventanilla.core.definition.expressions import Expression, ExpressionProblem, Value
from ventanilla.core.definition.expressions.wording import MAX_TEXT

pytestmark = pytest.mark.long

TEXTS = 1_000_000 if os.environ.get("VENTANILLA_STRESS") else 50_000
AT_A_TIME = 2_000
"""An environment remembers what it has compiled; a new one forgets."""
SECONDS = 0.5
"""The longest that one text may take, on a slow machine; the usual is some 50 microseconds."""
MOST_DIGITS = 60

Draw = Callable[[Random, int], str]

SCRAPS = (
    "servicio monto cuotas nombre visita party.registered and or not in if else == != < <= > >= + "
    '- * / ( ) [ ] , "tv" \'a 1 2.5 none true empty( days( text( join( lookup( regiones label ñ . '
    '\\ " 999999999999999999 1e9 __class__ party. .x lambda : := {{ }} \u00a0 \x00 \ud7ff 🙂 ½ ²'
).split(" ")


def _number(chance: Random, depth: int) -> str:
    if depth <= 0:
        return chance.choice(["monto", "cuotas", "0", "1", "2.5", "999999999999999999"])
    one, other = _number(chance, depth - 1), _number(chance, depth - 1)
    return chance.choice(
        [
            f"({one} {chance.choice('+-*/')} {other})",
            f"-{one}",
            f"round({one}, {chance.choice(['0', '2', '18'])})",
            f"len({_text(chance, depth - 1)})",
            f"days({_date(chance, depth - 1)}, {_date(chance, depth - 1)})",
            f"({one} if {_truth(chance, depth - 1)} else {other})",
        ]
    )


def _text(chance: Random, depth: int) -> str:
    if depth <= 0:
        return chance.choice(["nombre", "servicio", '"tv"', "'a'", '""'])
    one = _text(chance, depth - 1)
    return chance.choice(
        [
            f"({one} + {_text(chance, depth - 1)})",
            f"upper({one})",
            f"text({_number(chance, depth - 1)})",
            f"join(servicios, {chance.choice(['nombre', one])})",
            f'plural({_number(chance, depth - 1)}, {one}, "x")',
            f"date_text({_date(chance, depth - 1)})",
            f"lookup(regiones, {one}, buzon)",
        ]
    )


def _date(chance: Random, depth: int) -> str:
    if depth <= 0:
        return chance.choice(["visita", "today", "date(now)"])
    return f"add_days({_date(chance, depth - 1)}, {_number(chance, depth - 1)})"


def _truth(chance: Random, depth: int) -> str:
    if depth <= 0:
        return chance.choice(["impedido", "party.registered", "true", 'servicio == "tv"'])
    one = _truth(chance, depth - 1)
    sign = chance.choice(["<", "<=", ">", ">=", "==", "!="])
    return chance.choice(
        [
            f"not {one}",
            f"({one} {chance.choice(['and', 'or'])} {_truth(chance, depth - 1)})",
            f"{_number(chance, depth - 1)} {sign} {_number(chance, depth - 1)}",
            f"known({_text(chance, depth - 1)})",
            f'{_text(chance, depth - 1)} in ["tv", "a"]',
            f"contains({_text(chance, depth - 1)}, {_text(chance, depth - 1)})",
            f"{_date(chance, depth - 1)} {sign} {_date(chance, depth - 1)}",
        ]
    )


KINDS: tuple[Draw, ...] = (_number, _text, _date, _truth)


def _whole(chance: Random) -> str:
    return chance.choice(KINDS)(chance, chance.randint(0, 4))


def _scratched(chance: Random) -> str:
    """One of those, with some characters replaced or repeated."""
    letters = [*_whole(chance)]
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(letters))
        letters[at] = chance.choice([*SCRAPS, letters[at] * 2, ""])
    return "".join(letters)


def _scraps(chance: Random) -> str:
    return chance.choice(["", " "]).join(chance.choices(SCRAPS, k=chance.randint(0, 60)))


def texts(seed: str) -> Iterator[str]:
    chance = Random(seed)
    shapes = (_whole, _whole, _scratched, _scraps)
    while True:
        yield chance.choice(shapes)(chance)


def scopes(chance: Random) -> dict[str, Value]:
    """Values as they come: usual ones, missing ones, large ones."""
    scope = dict(SCOPE)
    for name in scope:
        if chance.random() < 0.2:
            scope[name] = None
    if chance.random() < 0.2:
        scope |= {"monto": Decimal(10) ** 17, "cuotas": -(10**17), "nombre": "x" * 5_000}
    return scope


def is_bounded(value: Value) -> bool:
    match value:
        case bool() | None:
            return True
        case int():
            return bool(abs(value) < 10**MOST_DIGITS)
        case Decimal():
            return bool(value.is_finite() and abs(value.adjusted()) <= MOST_DIGITS)
        case str():
            return len(value) <= MAX_TEXT
        case tuple():
            return len(value) <= MAX_TEXT and all(is_bounded(one) for one in value)
        case _:
            return True


def test_answers_any_text_soon_and_within_bounds() -> None:
    chance = Random("scopes")
    found: Counter[str] = Counter()
    slowest, slow = 0.0, ""
    drawn = texts("expressions")
    for _ in range(TEXTS // AT_A_TIME):
        env = replace(ENV)
        for source in islice(drawn, AT_A_TIME):
            begun = thread_time()
            compiled = env.compile(source)
            if isinstance(compiled, Expression):
                assert is_bounded(compiled.evaluate(scopes(chance))), source
                found["passed"] += 1
            else:
                assert isinstance(compiled, ExpressionProblem)
                assert 0 <= compiled.offset <= len(source), source
                found[str(compiled.code)] += 1
            taken = thread_time() - begun
            slowest, slow = max((slowest, slow), (taken, source))

    assert slowest < SECONDS, slow
    assert found["passed"] > TEXTS // 3
    assert len(found) >= 10
