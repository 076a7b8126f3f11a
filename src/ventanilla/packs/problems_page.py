"""The reference page of problems, made from the codes and sentences themselves.

``python -m ventanilla.packs.problems_page > docs/reference/problems.md`` writes it anew.
"""

import re
import sys
from collections.abc import Iterator

from ventanilla.core.definition.problems import WARNINGS, Code
from ventanilla.packs.sentences import SENTENCES

_PARAMETER = re.compile(r"\{(\w+)\}")

_HEAD = """\
# Problems of a pack

What `ventanilla check` can tell, made from the program itself. Codes are stable: other tools may
rest on them. With an error nothing of the pack loads; with warnings it does. Words in capitals
stand for what the pack says at that place. How a pack is written is in [the language](language.md).

`ventanilla check PATH… [--json] [--watch] [--lang en]` ends with status 0 when there are no errors,
1 when there are, 2 when it was not given a pack. With `--json` it writes a list of
`{severity, code, file, line, column, message, hint}`. With `--watch` it stays, and tells of each
file as it is saved.
"""


def page() -> str:
    """The page as Markdown."""
    return "".join([_HEAD, *_entries()])


def _entries() -> Iterator[str]:
    for code in Code:
        sentence = SENTENCES[code]
        severity = "warning" if code in WARNINGS else "error"
        english = f"{_shown(sentence.en)} {_shown(sentence.hint_en)}"
        yield f"\n## {code}\n\n*{severity}.* {english}".rstrip()
        yield f"\n\n> {_shown(sentence.es)} {_shown(sentence.hint_es)}".rstrip() + "\n"


def _shown(text: str) -> str:
    """A sentence with its parameters as words in capitals, safe within Markdown."""
    plain = _PARAMETER.sub(lambda found: found[1].upper(), text)
    return re.sub(r"([*_<>|`])", r"\\\1", plain)


if __name__ == "__main__":
    sys.stdout.write(page())
