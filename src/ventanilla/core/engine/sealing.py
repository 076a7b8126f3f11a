"""Keeping personal values out of the journal: an entry holds a mark, the value lives elsewhere.

While facts are written down, each personal value is set aside and a mark ``{"$": n}`` stands in
its place. The shell keeps the values in rows of their own and puts a salted commitment to each
into the entry. Read back without its row, a value is simply missing; everything else is whole.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from json import dumps
from typing import Any

Json = Any
"""What ``json`` reads and writes."""

_MARK = "$"


@dataclass(slots=True)
class Sealer:
    """Sets personal values aside while facts are written down."""

    values: list[Json] = field(default_factory=list)

    def seal(self, value: Json) -> Json:
        self.values.append(value)
        return {_MARK: len(self.values) - 1}


@dataclass(frozen=True, slots=True)
class Opener:
    """Puts personal values back while facts are read; an erased one is none."""

    values: Sequence[Json]

    def open(self, mark: Json) -> Json:
        return self.values[mark[_MARK]]


def marks(written: Json) -> Iterator[int]:
    """The positions of the personal values whose marks stand somewhere in what was written."""
    if isinstance(written, dict):
        if written.keys() == {_MARK}:
            yield written[_MARK]
        else:
            yield from marks(list(written.values()))
    elif isinstance(written, list):
        for part in written:
            yield from marks(part)


def commitment(salt: bytes, value: Json) -> str:
    """Commit to a value: with the salt anybody can check it, without it nobody can guess it."""
    return sha256(salt + canonical(value)).hexdigest()


def canonical(value: Json) -> bytes:
    """The one way a value is written for hashing."""
    return dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


def entry_hash(previous: str, content: Json) -> str:
    """Chain an entry to the one before it."""
    return sha256(previous.encode() + canonical(content)).hexdigest()
