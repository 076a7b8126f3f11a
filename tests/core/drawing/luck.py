"""Luck: what is true at which moment of a walk. Only the standard library: peers use it too."""

import hashlib
from collections.abc import Callable, Iterable

Luck = Callable[[str, int], bool]


def luck_of(seed: int) -> Luck:
    """What is true when: decided by the words, the moment and the seed alone."""

    def holds(what: str, moment: int) -> bool:
        return hashlib.sha256(f"{seed} {moment} {what}".encode()).digest()[0] < 96

    return holds


def lucky(luck: Luck, asked: str, moment: int, conditions: Iterable[str]) -> bool:
    """Whether a way is taken: by a condition alone, or one that excludes others first.

    ``not (a) and (b)`` is true when ``b`` is lucky and ``a`` is not.
    """
    known = sorted(conditions, key=len, reverse=True)
    if asked in known:
        return luck(asked, moment)
    left = asked
    for one in known:
        left = left.replace(f"({one})", str(luck(one, moment)))
    *others, own = left.split(" and ")
    assert own in {"True", "False"}, asked
    assert all(one in {"not True", "not False"} for one in others), asked
    return own == "True" and all(one == "not False" for one in others)
