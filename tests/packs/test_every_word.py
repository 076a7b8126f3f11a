"""Every word of the language has an example in the reference that the tests compile or run."""

import pytest

from tests.packs.test_language_reference import EXAMPLES
from tests.packs.workshop import blocks, workshop_files
from tests.support.words import Word, words_of, words_used
from ventanilla.core.businesstime import RULES
from ventanilla.core.definition.compile.sections import FRONT_MATTER, PROCEDURE
from ventanilla.core.definition.compile.sections_pack import CHANNELS, PACK
from ventanilla.core.definition.compile.shapes import Section, Shape, either, named, one_of, some
from ventanilla.core.definition.problems import Problems
from ventanilla.core.engine.commands import RefusalCode
from ventanilla.core.scenarios.model import Clock
from ventanilla.core.scenarios.sections import SCENARIOS
from ventanilla.packs.reader import read_letter
from ventanilla.packs.yaml_nodes import read_yaml

ELSEWHERE: set[Word] = {
    *(("/".join(RULES), rule) for rule in RULES),  # docs/reference/time.md, test_time_reference.py
    ("/".join(Clock), "stands"),  # docs/reference/language.md has no running case
    *(("/".join(RefusalCode), code) for code in RefusalCode),  # of the engine
    *(("/".join((*CHANNELS, "else")), channel) for channel in CHANNELS),  # those of the pack
}
"""Texts to choose from that other pages show."""


def used_in(path: str, text: str) -> set[Word]:
    """The words a file of a pack uses."""
    problems = Problems()
    if path.startswith("messages/"):
        return set(words_used(FRONT_MATTER, read_letter(path, text, problems).front))
    roots: dict[str, Shape] = {"pack.yaml": PACK, "procedures": PROCEDURE, "scenarios": SCENARIOS}
    root = roots.get(path.partition("/")[0])
    return set() if root is None else set(words_used(root, read_yaml(path, text, problems)))


def shown_in_language() -> set[Word]:
    files = (file for example in EXAMPLES.values() for file in example.items())
    return {word for path, text in files for word in used_in(path, text)}


def shown_in_scenarios() -> set[Word]:
    examples = [text for purpose, _, text in blocks() if purpose == "scenario"]
    written = [text for path, text in workshop_files().items() if path.startswith("scenarios/")]
    return {word for text in examples + written for word in used_in("scenarios/e.yaml", text)}


@pytest.mark.parametrize("root", [PACK, PROCEDURE, FRONT_MATTER], ids=lambda root: root.name)
def test_shows_every_word_of_the_language(root: Section) -> None:
    assert sorted(words_of(root) - shown_in_language() - ELSEWHERE) == []


def test_shows_every_word_of_scenarios() -> None:
    missing = words_of(SCENARIOS) - shown_in_scenarios() - ELSEWHERE

    assert sorted(missing - words_of(PACK)) == []


def test_notices_a_word_without_an_example() -> None:
    inner = Section("inner", {"kind": one_of("a", "b"), "on": named(one_of("x"))})
    outer = Section("outer", {"one": some(either(one_of("z"), inner)), "other": inner})
    node = read_yaml("f.yaml", "one: [{kind: a}, {on: {k: y}}]\n", Problems())

    assert words_of(outer) - set(words_used(outer, node)) == {
        ("a/b", "b"),
        ("x", "x"),
        ("z", "z"),
        ("outer", "other"),
    }
