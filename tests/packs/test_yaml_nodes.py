"""YAML becomes nodes that keep every scalar as written and know where it stands."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ventanilla.core.definition.nodes import Mapping, Mark, Node, Scalar, Sequence
from ventanilla.core.definition.problems import Code, Problems
from ventanilla.packs.yaml_nodes import read_yaml


def read(text: str) -> tuple[Node | None, list[tuple[Code, int, int]]]:
    problems = Problems()
    node = read_yaml("x.yaml", text, problems)
    return node, [(p.code, p.mark.line, p.mark.column) for p in problems.sorted()]


def plain(node: Node | None) -> object:
    if isinstance(node, Mapping):
        return {key.text: plain(value) for key, value in node.entries}
    if isinstance(node, Sequence):
        return [plain(item) for item in node]
    return node.text if node is not None else None


def test_keeps_every_scalar_as_written() -> None:
    node, problems = read("si: no\nhora: 10:30\ncode: 012\non: [true, ~, 1e3]\n")

    assert problems == []
    assert plain(node) == {"si": "no", "hora": "10:30", "code": "012", "on": ["true", "~", "1e3"]}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: 1\na: 2\n", (Code.YAML_REPEATED_KEY, 2, 1)),
        ("a: &x 1\nb: 2\n", (Code.YAML_ANCHOR, 1, 4)),
        ("b: *x\n", (Code.YAML_ALIAS, 1, 4)),
        ("b: !!python/object:os.system x\n", (Code.YAML_TAG, 1, 4)),
        ("b: !mine x\n", (Code.YAML_TAG, 1, 4)),
        ("<<: {a: 1}\n", (Code.YAML_MERGE, 1, 1)),
        ("[a]: 1\n", (Code.YAML_KEY, 1, 1)),
        ("a: 1\n---\nb: 2\n", (Code.YAML_SEVERAL_DOCUMENTS, 2, 1)),
        ("", (Code.YAML_EMPTY, 1, 1)),
        ("a: [1, 2\nb: 3\n", (Code.YAML_SYNTAX, 2, 2)),
        ("a:\n\t- b\n", (Code.YAML_SYNTAX, 2, 1)),
        ("a: \x00\n", (Code.YAML_SYNTAX, 1, 1)),
        ("[" * 30, (Code.YAML_TOO_DEEP, 1, 25)),
        ("x" * 1_000_001, (Code.YAML_TOO_LARGE, 1, 1)),
    ],
)
def test_refuses_what_could_be_misread(text: str, problem: tuple[Code, int, int]) -> None:
    _, problems = read(text)

    assert problem in problems


def test_answers_a_hundred_thousand_brackets_soon() -> None:
    begun = time.perf_counter()

    _, problems = read("[" * 100_000)

    assert [code for code, _, _ in problems] == [Code.YAML_TOO_DEEP]
    assert time.perf_counter() - begun < 2


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a: uno dos\n", 1, 8),
        ("a: 'uno dos'\n", 1, 9),
        ('a: "uno dos"\n', 1, 9),
        ("a:\n  - b\n  - uno dos\n", 3, 9),
        ("a: |\n  uno dos\n", 2, 7),
        ("a: |\n  uno\n  dos\n", 3, 3),
        ('a: "uno\\x20dos"\n', 1, 5),
        ("a: >\n  uno\n  dos\n", 1, 4),
    ],
)
def test_knows_where_a_character_of_the_text_stands(text: str, line: int, column: int) -> None:
    node, _ = read(text)
    while not isinstance(node, Scalar):
        assert isinstance(node, Mapping | Sequence)
        node = node.entries[0][1] if isinstance(node, Mapping) else node.items[-1]

    assert node.at(4) == Mark("x.yaml", line, column)


@given(st.text(alphabet=st.sampled_from("ab:-[]{}&*!|>'\" \n\t#%@,?~é\x00"), max_size=80))
def test_answers_any_text_with_a_node_or_a_problem(text: str) -> None:
    node, problems = read(text)

    assert node is not None or problems
