"""The made-up parties of a pack: whose they are, what they did, and what was agreed."""

from datetime import date
from pathlib import Path

import pytest

from ventanilla.core.businesstime import parse_span
from ventanilla.core.definition.model import PartyModel
from ventanilla.demo.sheets import PartyRow, UnusableSheet, party_rows
from ventanilla.packs.reader import PackFiles, compile_pack, read_pack

PACKS = Path(__file__).parents[2] / "packs"


def model(name: str) -> PartyModel:
    pack = compile_pack(read_pack(PACKS / name)).pack
    assert pack is not None
    return pack.party


def row(name: str, cells: str) -> PartyRow:
    (found,) = party_rows(PackFiles(name=name, files={"data/parties.csv": cells}), model(name))
    return found


def test_row_it_says_whose_the_party_is_and_what_is_agreed() -> None:
    found = row(
        "cli", "name,executive,agreement.revision,lifecycle\nSol,elena@x.example,96 hours,\n"
    )

    assert found.executive == "elena@x.example"
    assert found.attributes == {"name": "Sol"}
    assert found.agreements == {"revision": parse_span("96 hours")}


def test_row_it_says_on_which_day_the_party_took_part() -> None:
    found = row("prochile", "name,activity.promocion,activity.charla\nMaule,2026-06-30,\n")

    assert found.activities == {"promocion": date(2026, 6, 30)}


@pytest.mark.parametrize(
    "cells",
    ["activity.otra\n2026-06-30\n", "activity.promocion\nayer\n", "agreement.otro\nx\n"],
)
def test_row_it_tells_what_is_no_activity_day_or_agreement(cells: str) -> None:
    with pytest.raises(UnusableSheet):
        row("prochile", cells)
