"""The page about mail names every reason and flag that people may see, and no other."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from ventanilla.channels import compose, outbox
from ventanilla.channels.routing import MESSAGES_PER_HOUR, Flag, Reason

_PAGE: Final = (Path(__file__).parents[2] / "docs/reference/mail.md").read_text(encoding="utf-8")
_UNREADABLE: Final = {"empty", "too_big", "not_a_message"}


def _first_column(heading: str) -> set[str]:
    table = _PAGE.split(f"| {heading} |", 1)[1].split("\n\n", 1)[0]
    return set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE))


@pytest.mark.parametrize(
    ("heading", "known"),
    [
        ("Reason in the inbox", _UNREADABLE | set(Reason)),
        ("Flag on a contact", set(Flag) - {Flag.NONE}),
    ],
)
def test_a_table_of_the_page_it_names_exactly_what_the_code_knows(
    heading: str, known: set[str]
) -> None:
    assert _first_column(heading) == {str(word) for word in known}


def test_the_figures_of_the_page_they_are_those_of_the_code() -> None:
    assert outbox.FIRST_WAIT.total_seconds() == 30
    assert outbox.LONGEST_WAIT.total_seconds() == 10 * 60
    assert outbox.GIVE_UP_AFTER.total_seconds() == 48 * 3600
    assert MESSAGES_PER_HOUR == 30
    assert set(compose.REPLY_MARKERS) == {"es", "en"}
