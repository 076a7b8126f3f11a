"""Bytes to text that every database stores and every page may show."""

from __future__ import annotations

import codecs
import re
from typing import Final

_NAME: Final = re.compile(r"[A-Za-z0-9_.:+-]{1,40}\Z")
_LATIN: Final = frozenset({"ascii", "iso8859-1", "cp1252"})
_TRUSTED: Final = frozenset(
    {"utf-7", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"}
    | {f"iso8859-{number}" for number in (2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16)}
    | {f"cp{number}" for number in (437, 850, 852, 858, 866, 874, 932, 949)}
    | {f"cp{number}" for number in (1250, 1251, 1253, 1254, 1255, 1256, 1257, 1258)}
    | {"koi8-r", "koi8-u", "mac-roman", "tis-620", "gb2312", "gbk", "gb18030", "hz"}
    | {"big5", "big5hkscs", "euc_jp", "shift_jis", "iso2022_jp", "iso2022_jp_1"}
    | {"iso2022_jp_2", "euc_kr", "iso2022_kr", "johab"}
)
_UNSTORABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_INVISIBLE: Final = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_SPACES: Final = re.compile(r"\s+")


def decode_text(data: bytes, charset: str | None) -> str:
    """The text of `data`, always; a false or unknown `charset` is replaced by the likeliest one."""
    codec = _codec(charset)
    if codec in _TRUSTED:
        return clean_text(data.decode(codec, "replace"))
    try:
        return clean_text(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return clean_text(_damaged_or_latin(data))


def clean_text(text: str) -> str:
    """`text` with plain line ends and without what a database or a page refuses."""
    return _UNSTORABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str, limit: int) -> str:
    """`text` on a single line of at most `limit` characters, without controls or hidden marks."""
    visible = _INVISIBLE.sub("", clean_text(text[: limit * 4]))
    return _SPACES.sub(" ", visible).strip()[:limit].rstrip()


def _damaged_or_latin(data: bytes) -> str:
    """UTF-8 with some damage when most of what is not ASCII reads as such, else Windows Latin."""
    text = data.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    marked = sum(1 for character in text if character > "\x7f") - damaged
    return text if marked >= max(damaged, 1) else data.decode("cp1252", "replace")


def _codec(charset: str | None) -> str:
    name = (charset or "").strip().strip("'\"")
    if not _NAME.match(name):
        return ""
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return ""
    return "" if found in _LATIN else found
