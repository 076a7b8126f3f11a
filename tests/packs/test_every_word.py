"""Every word of the language has an example in the reference that the tests compile or run."""

import pytest

from tests.packs.test_language_reference import EXAMPLES
from tests.packs.workshop import blocks, workshop_files
from tests.support.words import Word, words_of, words_used
from ventanilla.core.definition.compile.sections import FRONT_MATTER, PROCEDURE
from ventanilla.core.definition.compile.sections_pack import PACK
from ventanilla.core.definition.compile.shapes import Section, Shape, either, named, one_of, some
from ventanilla.core.definition.problems import Problems
from ventanilla.core.scenarios.sections import SCENARIOS
from ventanilla.packs.reader import read_letter
from ventanilla.packs.yaml_nodes import read_yaml


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
    assert sorted(words_of(root) - shown_in_language()) == []


def test_shows_every_word_of_scenarios() -> None:
    assert sorted(words_of(SCENARIOS) - shown_in_scenarios()) == []


def test_notices_a_word_without_an_example() -> None:
    inner = Section("inner", {"kind": one_of("a", "b"), "on": named(one_of("x"))})
    outer = Section("outer", {"one": some(either(one_of("z"), inner)), "other": inner})
    node = read_yaml("f.yaml", "one: [{kind: a}, {on: {k: x}}]\n", Problems())

    assert words_of(outer) - set(words_used(outer, node)) == {
        ("inner", "kind", "b"),
        ("outer", "one", "z"),
        ("outer", "other", ""),
    }
