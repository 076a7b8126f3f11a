"""Mail addresses and message identifiers as they are found, and as we accept them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from ventanilla.channels.mail import limits
from ventanilla.channels.mail.charsets import one_line
from ventanilla.channels.mail.headers import decode_words

_LOCAL: Final = re.compile(r"[^\s\x00-\x20()<>\[\]:;,\\\"@\x7f-\x9f]{1,64}\Z")
_DOMAIN: Final = re.compile(
    r"(?=.{1,253}\Z)(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)*[^\W_](?:[\w-]{0,61}[^\W_])?\Z"
)
_IDENTIFIER: Final = re.compile(r"<\s*([^<>\s]{1,250})\s*>")
_BARE_IDENTIFIER: Final = re.compile(r"[^<>\s,;\"]{1,200}@[^<>\s,;\"]{1,100}\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    name: str
    address: str

    @property
    def key(self) -> str:
        """What two spellings of one mailbox share."""
        return self.address.casefold()


def read_address(text: str) -> str | None:
    """`text` as one mailbox with its domain in lower case; None when it is not one."""
    local, at, domain = text.strip().rpartition("@")
    domain = domain.lower().rstrip(".")
    if not at or not _LOCAL.match(local) or not _DOMAIN.match(domain):
        return None
    return f"{local}@{domain}"


def read_addresses(values: Iterable[str]) -> tuple[Address, ...]:
    """Every usable mailbox of the header `values`, each once, in order."""
    found: dict[str, Address] = {}
    for value in values:
        for name, mailbox in _mailboxes(value):
            address = read_address(mailbox)
            if address is None or len(found) >= limits.ADDRESSES:
                continue
            label = one_line(decode_words(name), limits.NAME)
            found.setdefault(address.casefold(), Address(name=label, address=address))
    return tuple(found.values())


def read_identifiers(values: Iterable[str]) -> tuple[str, ...]:
    """The message identifiers of `values`, in order, each once, in angle brackets."""
    found: dict[str, None] = {}
    for value in values:
        for identifier in _identifiers(value):
            found.setdefault(f"<{identifier}>")
    return tuple(found)[-limits.REFERENCES :]


def _identifiers(value: str) -> Iterator[str]:
    bracketed = _IDENTIFIER.findall(value)
    if bracketed:
        yield from bracketed
    elif _BARE_IDENTIFIER.match(value.strip()):
        yield value.strip()


def _mailboxes(value: str) -> Iterator[tuple[str, str]]:
    """Name and mailbox of each entry; commas within quotes, comments and brackets do not part."""
    for entry in _entries(value):
        before, bracket, after = entry.rpartition("<")
        if bracket:
            yield _unquoted(before), after.split(">", 1)[0]
        else:
            plain, comment = _without_comment(entry)
            yield comment, plain


def _entries(value: str) -> Iterator[str]:
    entry: list[str] = []
    quoted = escaped = bracketed = False
    comments = 0
    for character in value:
        if escaped:
            escaped = False
        elif character == "\\":
            escaped = True
        elif character == '"' and not comments:
            quoted = not quoted
        elif quoted:
            pass
        elif character == "(":
            comments += 1
        elif character == ")":
            comments = max(0, comments - 1)
        elif comments == 0 and character in ",;":
            yield "".join(entry)
            entry, bracketed = [], False
            continue
        elif comments == 0 and character == ":" and not bracketed:
            entry = []
            continue
        bracketed = bracketed or character == "<"
        entry.append(character)
    yield "".join(entry)


def _unquoted(name: str) -> str:
    name = name.strip()
    if len(name) > 1 and name[0] == name[-1] == '"':
        name = re.sub(r"\\(.)", r"\1", name[1:-1])
    return name.strip().strip("'")


def _without_comment(entry: str) -> tuple[str, str]:
    plain, opening, rest = entry.partition("(")
    return plain.strip(), rest.rpartition(")")[0].strip() if opening else ""
