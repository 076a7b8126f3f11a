"""A defect is told by its kind and place; what people typed never reaches the log."""

import json
import logging
import subprocess
import sys

import pytest

PROGRAM = """
import logging, sys, structlog
from ventanilla.config.logs import configure_logs

def read_number(text):
    raise ValueError(f"Key (document)=({text}) already exists")

def break_down():
    try:
        read_number("45678912")
    except ValueError as error:
        raise RuntimeError("Rosaura Canaval could not be written") from error

configure_logs(readable=sys.argv[1] == "readable")
for told in (structlog.get_logger("ours").exception, logging.getLogger("django.request").exception):
    try:
        break_down()
    except RuntimeError:
        told("it_broke")
structlog.get_logger("ours").warning("message_refused", sender="rosaura@x.example")
"""


def _logged(how: str) -> str:
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, how], capture_output=True, text=True, check=True
    )
    return ended.stderr


@pytest.mark.parametrize("how", ["readable", "machine"])
def test_a_defect_it_leaves_nothing_personal_in_the_log(how: str) -> None:
    text = _logged(how)

    assert [word for word in ("45678912", "Canaval", "rosaura") if word in text] == []


@pytest.mark.parametrize("how", ["readable", "machine"])
def test_a_defect_it_says_where_it_was_and_what_caused_it(how: str) -> None:
    text = _logged(how)

    for word in ("RuntimeError", "ValueError", "read_number", "break_down"):
        assert text.count(word) >= 2, word


def test_a_defect_it_is_one_line_for_machines() -> None:
    ours, djangos, refused = map(json.loads, _logged("machine").splitlines())

    assert (ours["event"], djangos["event"]) == ("it_broke", "it_broke")
    assert "reason" not in ours
    assert refused["reason"] == "keys not allowed in the log: sender"
    assert logging.getLevelName(refused["level"].upper()) == logging.WARNING
