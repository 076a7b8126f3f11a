"""The core is a closed world: what it does not list it cannot reach."""

from pathlib import Path

import pytest

from tests.architecture.breaches import impurities
from tests.architecture.sources import ROOT, SOURCE, python_files

EVALUATING_PACKAGE = SOURCE / "core" / "definition" / "expressions"


@pytest.mark.parametrize(
    "sample",
    [
        "import os",
        "from pathlib import Path",
        "import random",
        "import time",
        "from django.db import models",
        "from ventanilla.cases import services",
        "from . import model",
        "from datetime import datetime\nat = datetime.now()",
        "import datetime\nat = datetime.datetime.utcnow()",
        "from datetime import date\non = date.today",
        "text = open('x').read()",
        "print('x')",
        "value = eval('1')",
        "def f():\n    import socket",
    ],
)
def test_impurities_it_finds_the_way_out(sample: str) -> None:
    assert impurities(sample)


@pytest.mark.parametrize(
    "sample",
    [
        "import json\nfrom collections.abc import Mapping",
        "from datetime import UTC, datetime\nat = datetime(2026, 3, 1, tzinfo=UTC)",
        "from ventanilla.core.definition.model import Procedure",
        "def step(command):\n    return command.now",
    ],
)
def test_impurities_it_lets_pure_code_pass(sample: str) -> None:
    assert impurities(sample) == []


def test_impurities_it_lets_only_the_expression_compiler_evaluate() -> None:
    sample = "run = eval(compile(tree, 'x', 'eval'))"

    assert impurities(sample, may_evaluate=True) == []
    assert len(impurities(sample)) == 2


def test_core_it_is_pure() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{breach.line}: {breach.what}"
        for path in python_files("src/ventanilla/core")
        for breach in impurities(path.read_text(encoding="utf-8"), may_evaluate=_evaluates(path))
    ]
    assert not found, "\n".join(found)


def _evaluates(path: Path) -> bool:
    return EVALUATING_PACKAGE in path.parents or path.with_suffix("") == EVALUATING_PACKAGE
