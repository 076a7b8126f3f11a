"""Every table and example of the reference of service time says what the product does."""

import io
import re
import shlex
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import holidays
import pytest

from ventanilla.core.businesstime import (
    RULES,
    BeyondHorizon,
    before,
    due,
    local_time,
    parse_span,
)
from ventanilla.packs.deadline_command import add_arguments, run
from ventanilla.packs.public_calendars import PUBLIC_CALENDARS, public_calendar

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "time.md"
TEXT = PAGE.read_text(encoding="utf-8")


def rows(header: str) -> Iterator[list[str]]:
    """The rows of every table of the page that has this header."""
    inside = False
    for line in TEXT.splitlines():
        if line == header:
            inside = True
        elif not line.startswith("|"):
            inside = False
        elif inside and not line.startswith("|---"):
            yield [cell.strip() for cell in line.strip("|").split("|")]


FORWARD = list(rows("| Calendar | From | Within | Rule | Due | Why |"))
BACKWARD = list(rows("| Calendar | Target | Before | Rule | By | Why |"))
CORRECTED = list(rows("| Calendar | Day | Is | Package | Source |"))
COMMANDS = re.findall(r"^\$ ventanilla deadline (.+)\n(.+)$", TEXT, re.MULTILINE)
EXAMPLES = re.findall(r"```python\n(.+?)```", TEXT, re.DOTALL)


@pytest.mark.parametrize("row", FORWARD, ids=lambda row: " ".join(row[:4]))
def test_a_worked_case_ends_where_the_page_says(row: list[str]) -> None:
    name, start, within, rule, expected, _ = row
    calendar = public_calendar(name)
    begins = datetime.fromisoformat(start).replace(tzinfo=calendar.timeline.zone)

    answer = due(calendar, begins, parse_span(within), RULES[rule])

    assert not isinstance(answer, BeyondHorizon)
    assert local_time(calendar, answer).isoformat() == expected


@pytest.mark.parametrize("row", BACKWARD, ids=lambda row: " ".join(row[:4]))
def test_a_backward_case_ends_where_the_page_says(row: list[str]) -> None:
    name, target, span, rule, expected, _ = row
    calendar = public_calendar(name)
    event = datetime.fromisoformat(target).replace(tzinfo=calendar.timeline.zone)

    answer = before(calendar, event, parse_span(span), RULES[rule])

    assert not isinstance(answer, BeyondHorizon)
    assert local_time(calendar, answer).isoformat() == expected


@pytest.mark.parametrize("row", CORRECTED, ids=lambda row: " ".join(row[:2]))
def test_a_correction_holds_and_is_still_needed(row: list[str]) -> None:
    name, written, is_holiday, package, _ = row
    day = date.fromisoformat(written)
    country, _, region = name.partition("-")
    listed = holidays.country_holidays(country, subdiv=region or None, language="es")

    ours = {one.day for one in public_calendar(name).special}

    assert (day in ours) == (is_holiday == "holiday")
    assert (day in listed) == (package == "holiday")


@pytest.mark.parametrize(("words", "printed"), COMMANDS)
def test_a_command_prints_what_the_page_shows(words: str, printed: str) -> None:
    parser = ArgumentParser()
    add_arguments(parser)
    out = io.StringIO()

    run(parser.parse_args(shlex.split(words)), out, err=out)

    assert out.getvalue() == f"{printed}\n"


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_runs(example: str) -> None:
    exec(compile(example, str(PAGE), "exec"), {})


def test_every_rule_has_its_worked_cases() -> None:
    cases = [row[3] for row in FORWARD]

    assert {rule for rule in RULES if cases.count(rule) < 3} == set()


def test_the_page_is_read_at_all() -> None:
    assert len(BACKWARD) > 3
    assert len(CORRECTED) > 8
    assert len(COMMANDS) == 5
    assert EXAMPLES
    assert {"PE", "CL-AP", "BO-C"} <= set(PUBLIC_CALENDARS)
