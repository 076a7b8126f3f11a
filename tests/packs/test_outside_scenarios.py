"""Systems outside and cases of other procedures, on the engine alone."""

import pytest

from tests.support.outside import FILES, SCENARIOS
from ventanilla.core.definition.problems import Problems
from ventanilla.core.scenarios.driver import PureDriver
from ventanilla.core.scenarios.model import Scenario
from ventanilla.core.scenarios.reading import read_scenarios
from ventanilla.core.scenarios.running import run_scenario
from ventanilla.packs.answers import local_answer
from ventanilla.packs.identifiers import identity_check
from ventanilla.packs.reader import PackFiles, compile_pack
from ventanilla.packs.yaml_nodes import read_yaml

COMPILED = compile_pack(PackFiles(name="ventas", files=FILES))


def scenarios() -> tuple[Scenario, ...]:
    assert COMPILED.pack is not None, COMPILED.problems
    problems = Problems()
    node = read_yaml("scenarios/ventas.yaml", SCENARIOS, problems)
    found = read_scenarios(node, COMPILED.pack, problems, identity=identity_check)
    assert problems.sorted() == ()
    return found


@pytest.mark.parametrize("scenario", scenarios(), ids=lambda one: one.title)
def test_outside_it_goes_as_the_example_says(scenario: Scenario) -> None:
    assert COMPILED.pack is not None

    procedure = COMPILED.pack.procedures[scenario.procedure]
    outcome = run_scenario(scenario, PureDriver(procedure, local_answer))

    assert outcome.failures == ()
