"""Whatever happens to the files of a pack, the compiler answers with a pack or with problems."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.packs.samples import FILES, compiled

pytestmark = pytest.mark.long

SCRAPS = st.sampled_from(
    [
        "",
        "\n",
        "  ",
        ": ",
        "- ",
        "[",
        "]",
        "{",
        "}",
        ",",
        "'",
        '"',
        "-",
        "none",
        "{{",
        "}}",
        "if: ",
        "go: pedir",
        "\x00",
        "…",
        "0",
        "~",
        "|\n",
        "steps:",
        "who: jefe",
    ]
)


@st.composite
def mutants(draw: st.DrawFn) -> dict[str, str]:
    files = dict(FILES)
    for _ in range(draw(st.integers(1, 3))):
        name = draw(st.sampled_from(sorted(files)))
        text = files[name]
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 30)))
        files[name] = text[:start] + draw(SCRAPS) + text[end:]
    return files


@settings(max_examples=150)
@given(mutants())
def test_compiles_any_mutant_or_says_why_not(files: dict[str, str]) -> None:
    result = compiled(files)

    assert (result.pack is not None) or any(one.severity == "error" for one in result.problems)
    for problem in result.problems:
        assert problem.mark.line >= 1
        assert problem.mark.column >= 1


@settings(max_examples=60)
@given(st.data())
def test_survives_lines_that_change_places(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["procedures/consulta.yaml", "pack.yaml"]))
    lines = FILES[name].splitlines(keepends=True)
    first = data.draw(st.integers(0, len(lines) - 1))
    second = data.draw(st.integers(0, len(lines) - 1))
    lines[first], lines[second] = lines[second], lines[first]

    result = compiled({**FILES, name: "".join(lines)})

    assert result.pack is not None or result.problems


@given(st.sampled_from(sorted(FILES)))
def test_misses_a_file_that_is_gone(name: str) -> None:
    result = compiled({path: text for path, text in FILES.items() if path != name})

    assert result.pack is None
