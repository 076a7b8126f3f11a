"""The JSON Schemas: valid packs validate, faults of shape do not, and they follow the compiler."""

import io
import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from tests.architecture.sources import ROOT
from tests.packs.samples import FILES, compiled
from tests.packs.test_language_reference import EXAMPLES
from tests.packs.workshop import blocks, workshop_files
from tests.support.editor import values_of
from ventanilla.core.definition.compile.shapes import sections_of
from ventanilla.core.definition.problems import Code
from ventanilla.packs.schema import ROOTS, schema_of
from ventanilla.packs.schema_command import add_arguments, run

VALIDATORS = {kind: Draft7Validator(schema_of(kind)) for kind in ROOTS}
PACKS = sorted(folder.parent for folder in (ROOT / "packs").glob("*/pack.yaml"))


def kind_of(path: str) -> str | None:
    """Which schema a file of a pack is written by."""
    if path == "pack.yaml":
        return "pack"
    folder, _, name = path.partition("/")
    kinds = {"procedures": "procedure", "scenarios": "scenario", "messages": "message"}
    return kinds.get(folder) if name.endswith((".yaml", ".yml", ".md")) else None


def faults(path: str, text: str) -> list[str]:
    kind = kind_of(path)
    if kind is None:
        return []
    if kind == "message":
        if not text.startswith("---\n"):
            return []
        text = text[4:].partition("\n---")[0]
    errors = VALIDATORS[kind].iter_errors(values_of(text))
    return [f"{path}: {'/'.join(map(str, one.absolute_path))}: {one.message}" for one in errors]


def files_of(pack: Path) -> Iterator[tuple[str, str]]:
    for file in sorted(pack.rglob("*")):
        path = file.relative_to(pack).as_posix()
        if file.is_file() and kind_of(path):
            yield path, file.read_text(encoding="utf-8")


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.name)
def test_takes_every_file_of_a_published_pack(pack: Path) -> None:
    assert [fault for path, text in files_of(pack) for fault in faults(path, text)] == []


@pytest.mark.parametrize("title", EXAMPLES)
def test_takes_every_example_of_the_language(title: str) -> None:
    assert [one for path, text in EXAMPLES[title].items() for one in faults(path, text)] == []


def test_takes_every_example_of_scenarios() -> None:
    examples = [text for purpose, _, text in blocks() if purpose == "scenario"]

    assert [one for text in examples for one in faults("scenarios/e.yaml", text)] == []
    assert [one for path, text in workshop_files().items() for one in faults(path, text)] == []


P, K = "procedures/consulta.yaml", "pack.yaml"
SPOILED = {
    Code.UNKNOWN_KEY: [
        (P, "who: orientador", "whom: orientador"),
        (K, "organization:", "organisation:"),
        (P, "    title: Registrar la consulta\n", "    titel: Registrar\n"),
    ],
    Code.UNKNOWN_CHANNEL: [(K, "  phone: {", "  fone: {")],
    Code.NOT_YET: [(P, "graduar: {", "graduar: {promise: x, ")],
    Code.MISSING_KEY: [(P, "owner: jefe\n", ""), (K, "country: PE\n", "zone: America/Lima\n")],
    Code.EXPECTED_MAPPING: [(P, "graduar: {decide: grado}", "graduar: grado")],
    Code.EXPECTED_TEXT: [(P, "title: Difusión", "title: [Difusión]")],
    Code.EXPECTED_ONE_OF: [(P, "hit: collect", "hit: colect")],
    Code.UNKNOWN_FIELD_TYPE: [(P, "type: decimal", "type: decimales")],
    Code.BAD_NAME: [(P, "  motivo: {", "  mo-tivo: {")],
    Code.BAD_BOOLEAN: [(P, "optional: true", "optional: quizás")],
    Code.BAD_INTEGER: [(P, "times: 2", "times: dos")],
    Code.BAD_DATE: [(P, "on: 2026-01-10", "on: 10/01/2026")],
    Code.BAD_SPAN: [(P, "within: 24 hours", "within: 24 houres")],
    Code.UNKNOWN_RULE: [(K, "rule: plain", "rule: plano")],
    Code.UNKNOWN_EVENT: [(P, "on: late respuesta", "on: tarde respuesta")],
}
CASES = [(code, *case) for code, cases in SPOILED.items() for case in cases]


def test_takes_the_sound_sample() -> None:
    assert [one for path, text in FILES.items() for one in faults(path, text)] == []


@pytest.mark.parametrize(("code", "file", "old", "new"), CASES, ids=lambda value: str(value)[:24])
def test_refuses_a_fault_of_shape_that_the_checker_tells(
    code: Code, file: str, old: str, new: str
) -> None:
    assert old in FILES[file]
    files = {**FILES, file: FILES[file].replace(old, new, 1)}

    assert faults(file, files[file]) != []
    assert code in {problem.code for problem in compiled(files).problems}


@pytest.mark.parametrize("kind", ROOTS)
def test_is_a_schema_with_every_word_of_every_section(kind: str) -> None:
    schema = schema_of(kind)

    Draft7Validator.check_schema(schema)
    for name, section in sections_of(ROOTS[kind]).items():
        assert list(schema["definitions"][name]["properties"]) == list(section.words)


def test_writes_the_schemas_into_a_folder(tmp_path: Path) -> None:
    parser = ArgumentParser()
    add_arguments(parser)
    out = io.StringIO()

    status = run(parser.parse_args([str(tmp_path / "new")]), out, io.StringIO())

    places = [Path(line) for line in out.getvalue().splitlines()]
    assert status == 0
    assert [place.name for place in places] == [f"{kind}.schema.json" for kind in ROOTS]
    for place, kind in zip(places, ROOTS, strict=True):
        assert json.loads(place.read_text(encoding="utf-8")) == schema_of(kind)


def test_says_where_it_cannot_write(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("", encoding="utf-8")
    parser = ArgumentParser()
    add_arguments(parser)
    err = io.StringIO()

    status = run(parser.parse_args([str(tmp_path / "taken")]), io.StringIO(), err)

    assert status == 2
    assert "taken" in err.getvalue()
