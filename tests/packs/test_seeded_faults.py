"""Seeded faults: changes to published packs, a few here, two hundred a pack in ``make mutants``."""

from collections import Counter
from pathlib import Path

import pytest

from bench.mutants.changing import mutants_of
from bench.mutants.judging import EQUIVALENT, Bench, Verdict, judged
from tests.architecture.sources import ROOT
from ventanilla.core.definition.compile.sections import PROCEDURE
from ventanilla.core.definition.compile.shapes import sections_of

pytestmark = pytest.mark.long

PACKS = sorted(folder.parent for folder in (ROOT / "packs").glob("*/pack.yaml"))
PROMPERU = ROOT / "packs/promperu"
FILE = "procedures/atencion-exportador.yaml"
FEW = 6


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.name)
def test_notices_most_changes_of_a_published_pack(pack: Path) -> None:
    counts = Counter(one.verdict for one in judged(pack, FEW, seed="few"))

    meant = sum(counts.values()) - counts[Verdict.SAME] - counts[Verdict.EQUIVALENT]
    assert meant >= FEW // 2
    assert counts[Verdict.UNSEEN] <= meant // 2


def test_changes_a_procedure_the_same_ways_every_time_and_two_hundred_at_least() -> None:
    node = Bench(PROMPERU).nodes.procedures[FILE]

    first = [(one.mark, one.what) for one in mutants_of(node, "seed", 200)]

    assert len(first) == 200
    assert first == [(one.mark, one.what) for one in mutants_of(node, "seed", 200)]
    assert first != [(one.mark, one.what) for one in mutants_of(node, "another", 200)]


def test_makes_each_change_in_one_place() -> None:
    bench = Bench(PROMPERU)
    node = bench.nodes.procedures[FILE]

    for mutant in mutants_of(node, "seed", 50):
        assert mutant.node != node


def test_knows_who_notices_what() -> None:
    bench = Bench(PROMPERU)
    node = bench.nodes.procedures[FILE]
    verdicts = Counter(bench.judge(FILE, one).verdict for one in mutants_of(node, "seed", 20))

    assert {Verdict.ERROR, Verdict.WARNING, Verdict.SCENARIO} <= verdicts.keys()


def test_gives_reasons_only_for_words_that_exist() -> None:
    words = {
        (name, word) for name, section in sections_of(PROCEDURE).items() for word in section.words
    }

    assert set(EQUIVALENT) <= words
