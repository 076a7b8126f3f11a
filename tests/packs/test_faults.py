"""Each problem a pack can have: one change to a sound pack, and the place where it is told."""

import pytest

from tests.packs.faults import FAULTS, Fault, P
from tests.packs.samples import FILES, compiled, place, spoiled, where
from ventanilla.core.definition.problems import Code
from ventanilla.packs.sentences_contradictions import CONTRADICTIONS

BESIDE = {
    Code.FILE_UNREADABLE: "told by the reader, tests/packs/test_reader.py",
    Code.FILE_TOO_LARGE: "told by the reader, tests/packs/test_reader.py",
    Code.YAML_EMPTY: "tests/packs/test_yaml_nodes.py",
    Code.YAML_TOO_LARGE: "tests/packs/test_yaml_nodes.py",
    Code.EXPECTED_LIST: "of scenarios",
    Code.UNKNOWN_TRACK: "of scenarios",
    Code.UNKNOWN_PARTY: "of scenarios",
    Code.UNKNOWN_PERSON: "of scenarios",
    Code.VALUE_UNREADABLE: "of scenarios",
    **dict.fromkeys(CONTRADICTIONS, "tests/packs/test_contradictions.py"),
}


def test_finds_nothing_wrong_with_the_sound_pack() -> None:
    assert compiled().problems == ()
    assert compiled().pack is not None


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: str(fault.code))
def test_tells_the_fault_at_its_place(fault: Fault) -> None:
    files = spoiled(fault.file, fault.old, fault.new)

    found = [problem for problem in compiled(files).problems if problem.code == fault.code]

    assert found, [str(problem.code) for problem in compiled(files).problems]
    if fault.at.strip("\x00") == fault.at and fault.at:
        assert where(found[0]) == place(files, fault.file, fault.at)
    assert found[0].params.get("near", "") == fault.near


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: str(fault.code))
def test_loads_nothing_of_a_pack_with_an_error(fault: Fault) -> None:
    result = compiled(spoiled(fault.file, fault.old, fault.new))

    errors = [problem for problem in result.problems if problem.severity == "error"]

    assert (result.pack is None) == bool(errors)


def test_has_a_fault_for_every_code() -> None:
    assert {fault.code for fault in FAULTS} | set(BESIDE) == set(Code)


def test_tells_all_problems_of_all_files_at_once() -> None:
    files = spoiled("messages/pedido.md", "Envíe", "{{ envie }}")
    files["pack.yaml"] = files["pack.yaml"].replace("calendar: lima}", "calendar: lma}", 1)
    files[P] = files[P].replace("who: orientador", "who: orientdor", 1)
    files[P] = files[P].replace("motivo, visita]", "motibo, visita]", 1)

    codes = [problem.code for problem in compiled(files).problems]

    assert codes == [
        Code.EXPRESSION_UNKNOWN_NAME,
        Code.UNKNOWN_CALENDAR,
        Code.UNKNOWN_ROLE,
        Code.UNKNOWN_FIELD,
    ]


def test_keeps_the_sample_whole() -> None:
    assert {fault.file for fault in FAULTS} <= set(FILES)
