"""The page about scenarios is true: its examples run, and no word of the language lacks one."""

from collections.abc import Iterator

import pytest

from tests.packs.workshop import PAGE, blocks, workshop_files
from ventanilla.core.definition.model import Pack
from ventanilla.core.definition.nodes import Mapping, Node, Sequence
from ventanilla.core.definition.problems import Problems
from ventanilla.core.scenarios.driver import PureDriver
from ventanilla.core.scenarios.reading import read_scenarios
from ventanilla.core.scenarios.reading_expect import EXPECTATIONS
from ventanilla.core.scenarios.reading_steps import VERBS
from ventanilla.core.scenarios.running import run_scenario
from ventanilla.packs.reader import PackFiles, compile_pack
from ventanilla.packs.yaml_nodes import read_yaml

EXAMPLES = [(line, text) for purpose, line, text in blocks() if purpose == "scenario"]


@pytest.fixture(scope="module")
def pack() -> Pack:
    compiled = compile_pack(PackFiles(name="taller", files=workshop_files()))
    assert compiled.pack is not None, compiled.problems
    assert not compiled.problems
    return compiled.pack


@pytest.mark.parametrize(("line", "text"), EXAMPLES, ids=[str(line) for line, _ in EXAMPLES])
def test_page_its_examples_run_as_expected(line: int, text: str, pack: Pack) -> None:
    problems = Problems()

    scenarios = read_scenarios(read_yaml(PAGE, text, problems, line), pack, problems)
    outcomes = [run_scenario(one, PureDriver(pack.procedures[one.procedure])) for one in scenarios]

    assert not problems.sorted()
    assert outcomes
    assert [failure for outcome in outcomes for failure in outcome.failures] == []


def test_page_it_shows_every_word_of_the_language() -> None:
    shown: set[str] = set()
    for line, text in EXAMPLES:
        node = read_yaml(PAGE, text, Problems(), line)
        assert node is not None
        shown |= set(keys(node))

    assert set(VERBS) | set(EXPECTATIONS) <= shown


def keys(node: Node) -> Iterator[str]:
    match node:
        case Mapping():
            for key, value in node.entries:
                yield key.text
                yield from keys(value)
        case Sequence():
            for item in node:
                yield from keys(item)
        case _:
            return


def test_knows_every_name_of_a_list_whatever_their_order(pack: Pack) -> None:
    told = """\
scenario: Dos anotaciones
procedure: TA-REP
start: 2026-03-16T10:00
steps:
  - open: {channel: desk, name: Luis Campos}
  - expect: {entries: [R2, R1]}
"""
    problems = Problems()

    read_scenarios(read_yaml("a.yaml", told, problems), pack, problems)

    assert not problems.sorted()
