"""Collects the sentences of the product and keeps the translation catalogues true.

Sentences in the code are Spanish; the English catalogue translates them all. `--check` changes
nothing and fails when a sentence is missing, untranslated or out of date.
"""

import argparse
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "ventanilla"
CATALOGUE = SOURCE / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}

_PLACEHOLDER = re.compile(r"\{(\w*)\}")


class EnglishCatalogue(Catalog):
    """The catalogue with a header that says only what programs read, so that diffs stay quiet."""

    def __init__(self) -> None:
        super().__init__(
            locale="en",
            charset="utf-8",
            fuzzy=False,
            header_comment="# English translations of Ventanilla.",
        )

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Language", "en"),
            ("Plural-Forms", self.plural_forms),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]

    @mime_headers.setter
    def mime_headers(self, value: object) -> None:
        """What a file's header says is not kept."""


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="messages", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing, fail when not true")
    options = parser.parse_args(arguments)
    wanted = collected()
    kept = catalogue()
    if options.check:
        problems = list(faults(wanted, kept))
        for problem in problems:
            print(problem, file=sys.stderr)
        return 1 if problems else 0
    kept.update(wanted, no_fuzzy_matching=True, update_header_comment=False)
    kept.obsolete.clear()
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    CATALOGUE.write_bytes(as_po(kept))
    CATALOGUE.with_suffix(".mo").write_bytes(as_mo(kept))
    for problem in faults(wanted, kept):
        print(problem)
    return 0


def collected() -> Catalog:
    """Every sentence that the code and the templates mark for translation."""
    found = Catalog(charset="utf-8")
    for path in sorted([*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html"), *SOURCE.rglob("*.txt")]):
        for line, message, context in sentences_of(path):
            where = path.relative_to(ROOT).as_posix()
            found.add(message, locations=[(where, line)], context=context)
    return found


def sentences_of(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], str | None]]:
    """Line, sentence (with its plural) and context of all that a file marks for translation."""
    text = path.read_text(encoding="utf-8")
    # In brackets, so that a template's indentation is not taken for Python's.
    source = text if path.suffix == ".py" else f"({templatize(text)})"
    found = extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS)
    for line, message, _comments, context in found:
        yield line, message, context


def catalogue(path: Path = CATALOGUE) -> Catalog:
    """The English catalogue as it is kept, or an empty one."""
    kept = EnglishCatalogue()
    if not path.exists():
        return kept
    with path.open("rb") as lines:
        for message in read_po(lines, locale="en", charset="utf-8"):
            if message.id:
                kept[message.id] = message
    return kept


def faults(wanted: Catalog, kept: Catalog) -> Iterator[str]:
    """One line for each sentence that is missing, left over, untranslated or badly translated."""
    for message in wanted:
        if message.id and kept.get(message.id, message.context) is None:
            yield f"not in the catalogue (make messages collects it): {_sentence(message)}"
    for message in kept:
        if not message.id:
            continue
        if wanted.get(message.id, message.context) is None:
            yield f"no longer used (make messages drops it): {_sentence(message)}"
        elif not _is_translated(message):
            yield f"not translated: {_sentence(message)}"
        else:
            yield from (f"{problem}: {_sentence(message)}" for problem in message.check(kept))
            if _placeholders(_translations(message)) - _placeholders(_originals(message)):
                yield f"a placeholder that the sentence lacks: {_sentence(message)}"
    compiled = CATALOGUE.with_suffix(".mo")
    if not compiled.exists() or compiled.read_bytes() != as_mo(kept):
        yield "the compiled catalogue is out of date: make messages"


def as_po(messages: Catalog) -> bytes:
    """The catalogue for translators: sorted, without line numbers, which only make noise."""
    out = io.BytesIO()
    write_po(out, messages, sort_output=True, no_location=True, width=100)
    return out.getvalue()


def as_mo(messages: Catalog) -> bytes:
    """The catalogue for the product, the same bytes for the same sentences."""
    out = io.BytesIO()
    write_mo(out, messages)
    return out.getvalue()


def _is_translated(message: Message) -> bool:
    return all(_translations(message)) and not message.fuzzy


def _translations(message: Message) -> tuple[str, ...]:
    strings = message.string if isinstance(message.string, tuple | list) else [message.string]
    return tuple(text for text in strings if isinstance(text, str))


def _originals(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _placeholders(sentences: tuple[str, ...]) -> set[str]:
    return {name for sentence in sentences for name in _PLACEHOLDER.findall(sentence)}


def _sentence(message: Message) -> str:
    return _originals(message)[0]


if __name__ == "__main__":
    sys.exit(main())
