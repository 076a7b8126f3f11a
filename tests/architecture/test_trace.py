"""The trace from requirement rows to their proofs."""

import json
from pathlib import Path

import pytest

from scripts.trace import (
    ROOT,
    Proof,
    Requirement,
    as_json,
    as_text,
    main,
    proofs_in_scenarios,
    proofs_in_tests,
    read_requirements,
    unknown,
)


def row(number: int) -> str:
    """A row's name, put together so that the trace does not read this file as a proof."""
    return f"PE-{number:02}"


def test_proofs_in_tests_it_finds_marks_on_functions_classes_and_parameters(tmp_path: Path) -> None:
    tests = tmp_path / "tests"
    tests.mkdir()
    mark = "pytest.mark" + ".covers"
    (tests / "test_sample.py").write_text(
        f"@{mark}('{row(1)}', '{row(2)}')\n"
        "def test_a(): ...\n"
        "class TestB:\n"
        f"    @pytest.mark.parametrize('x', [pytest.param(1, marks={mark}('{row(3)}'))])\n"
        "    def test_c(self, x): ...\n"
    )

    found = {(proof.requirement, proof.where) for proof in proofs_in_tests(tmp_path)}

    assert found == {
        (row(1), "tests/test_sample.py::test_a"),
        (row(2), "tests/test_sample.py::test_a"),
        (row(3), "tests/test_sample.py::TestB::test_c"),
    }


def test_proofs_in_scenarios_it_names_the_scenario(tmp_path: Path) -> None:
    pack = tmp_path / "packs" / "x" / "scenarios"
    pack.mkdir(parents=True)
    (pack / "mail.yaml").write_text(f"scenario: Correo\ncovers: [{row(4)}, {row(5)}]\nsteps: []\n")

    assert [(proof.requirement, proof.where) for proof in proofs_in_scenarios(tmp_path)] == [
        (row(4), "packs/x/scenarios/mail.yaml «Correo»"),
        (row(5), "packs/x/scenarios/mail.yaml «Correo»"),
    ]


def test_report_it_lists_rows_with_and_without_proof() -> None:
    requirements = [
        Requirement(id=row(1), catalogue="promperu-exporter-desk"),
        Requirement(id=row(2), catalogue="promperu-exporter-desk"),
    ]
    proofs = [Proof(requirement=row(1), where="a"), Proof(requirement="PE-999", where="b")]

    text = "\n".join(as_text(requirements, proofs))
    report = as_json(requirements, proofs)

    assert f"{row(1)}   a" in text
    assert f"PROMPERÚ: 1 of 2 rows have a proof\n    {row(2)}" in text
    assert "unknown row PE-999: b" in text
    assert report["without_proof"] == [row(2)]


def test_main_it_prints_json_and_succeeds(capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["--json"])

    assert status == 0
    assert len(json.loads(capsys.readouterr().out)["requirements"]) == 473


def test_proofs_it_finds_none_of_rows_that_do_not_exist() -> None:
    proofs = [*proofs_in_tests(ROOT), *proofs_in_scenarios(ROOT)]

    assert unknown(read_requirements(), proofs) == []
