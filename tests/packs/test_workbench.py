"""A pack that is being edited: each file answered for by itself, as the whole check would."""

from pathlib import Path

import pytest

from tests.packs.faults import FAULTS, Fault
from tests.packs.samples import FILES, compiled, spoiled
from ventanilla.core.definition.problems import Code, Problem
from ventanilla.packs.reader import PackFiles
from ventanilla.packs.watching import Watch
from ventanilla.packs.workbench import Workbench


@pytest.fixture(scope="module")
def bench() -> Workbench:
    return Workbench(PackFiles(name="prueba", files=FILES))


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: str(fault.code))
def test_tells_of_a_file_what_the_whole_check_tells(bench: Workbench, fault: Fault) -> None:
    file = fault.file
    files = spoiled(file, fault.old, fault.new)
    whole = [one for one in compiled(files).problems if one.mark.file == file]

    alone = bench.check(file, files[file])
    bench.check(file, FILES[file])

    assert [*alone] == whole


def test_forgets_what_has_been_mended(bench: Workbench) -> None:
    file = "procedures/consulta.yaml"

    assert bench.check(file, FILES[file].replace("who: orientador", "who: nadie")) != ()
    assert bench.check(file, FILES[file]) == ()


def test_reads_scenarios_by_the_pack_as_it_is_then(bench: Workbench) -> None:
    scenario = "scenario: Uno\nprocedure: P-1\nstart: 2026-03-16T10:00\nsteps: [{do: PASO}]\n"

    told = bench.check("scenarios/uno.yaml", scenario)

    assert [one.mark.line for one in told] == [4]
    assert bench.check("scenarios/uno.yaml", scenario.replace("PASO", "registrar")) == ()


def test_watch_it_tells_of_the_file_that_was_saved_and_of_no_other(tmp_path: Path) -> None:
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    watch = Watch([tmp_path])
    told: list[tuple[str, list[Code]]] = []

    def tell(_folder: Path, path: str, problems: tuple[Problem, ...]) -> None:
        told.append((path, [one.code for one in problems]))

    file = tmp_path / "procedures/consulta.yaml"
    watch.look(tell)
    file.write_text(file.read_text(encoding="utf-8").replace("who: orientador", "who: nadie", 1))
    watch.look(tell)
    watch.look(tell)

    assert told == [("procedures/consulta.yaml", [Code.UNKNOWN_ROLE])]
