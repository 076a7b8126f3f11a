"""Answers at hand come with the command that asks, and cases open and close one another."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

import pytest

from tests.support.outside import FILES, SCENARIOS
from ventanilla.cases import services
from ventanilla.cases.following import answered_by
from ventanilla.cases.models import Case, Task
from ventanilla.cases.outcomes import Moved, NotMoved
from ventanilla.cases.staging import MakeDriver, stage
from ventanilla.cases.verify import verify
from ventanilla.catalog.services import load_pack
from ventanilla.core.definition.expressions import Identity
from ventanilla.core.definition.problems import Problems
from ventanilla.core.engine.answering import Found
from ventanilla.core.engine.commands import RefusalCode
from ventanilla.core.scenarios.comparing import compare
from ventanilla.core.scenarios.driver import PureDriver
from ventanilla.core.scenarios.model import Scenario
from ventanilla.core.scenarios.reading import read_scenarios
from ventanilla.core.scenarios.running import run_scenario
from ventanilla.identity.actor import Actor, system_actor
from ventanilla.packs.answers import local_answer
from ventanilla.packs.identifiers import identity_check
from ventanilla.packs.reader import PackFiles, compile_pack
from ventanilla.packs.yaml_nodes import read_yaml

NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
PACK_FILES = PackFiles(name="ventas", files=FILES)
COMPILED = compile_pack(PACK_FILES)
SOLVENT = Identity(kind="bo.ci", number="7654321")


def scenarios() -> tuple[Scenario, ...]:
    assert COMPILED.pack is not None
    node = read_yaml("ventas.yaml", SCENARIOS, Problems())
    return read_scenarios(node, COMPILED.pack, Problems(), identity=identity_check)


@pytest.fixture
def make_driver() -> Iterator[MakeDriver]:
    with stage(PACK_FILES, NOW) as made:
        yield made


@pytest.mark.django_db
@pytest.mark.parametrize("scenario", scenarios(), ids=lambda one: one.title)
def test_outside_it_goes_in_the_database_as_on_the_engine(
    scenario: Scenario, make_driver: MakeDriver
) -> None:
    assert COMPILED.pack is not None
    procedure = COMPILED.pack.procedures[scenario.procedure]
    on_engine = run_scenario(scenario, PureDriver(procedure, local_answer))

    in_database = run_scenario(scenario, make_driver(COMPILED.pack, procedure))

    assert in_database.failures == ()
    assert compare(procedure, on_engine.journal, in_database.journal) is None
    assert verify().findings == ()


@pytest.fixture
def clerk() -> Actor:
    loaded = load_pack(files=PACK_FILES, now=NOW, slug="ventas-prueba")
    return system_actor(loaded.organization_id, "prueba")


def opened(clerk: Actor) -> UUID:
    outcome = services.open_case(
        actor=clerk,
        now=NOW,
        opening=services.Opening(
            procedure="V-1", channel="phone", office="centro", happened_at=NOW, subject="Internet"
        ),
    )
    assert isinstance(outcome, Moved)
    return outcome.reference


def sold(clerk: Actor) -> Moved:
    """A sale that has come to its installation."""
    case = opened(clerk)
    yes = Found(values={"debe": False, "llega": True, "solicitud": "A-1"}, source="system")
    with answered_by(lambda connector, given: yes):
        outcome = services.complete_task(
            actor=clerk, now=NOW, case=case, task="pedir#1", values={"ci": SOLVENT}
        )
        assert isinstance(outcome, Moved)
        return services.complete_task(  # type: ignore[return-value]
            actor=clerk, now=NOW, case=case, task="cobertura#2", values={"llega": True}
        )


@pytest.mark.django_db
def test_check_it_is_answered_in_the_request_that_asks(clerk: Actor) -> None:
    case = opened(clerk)

    outcome = services.complete_task(
        actor=clerk,
        now=NOW,
        case=case,
        task="pedir#1",
        values={"ci": Identity(kind="bo.ci", number="1234567")},
    )

    assert isinstance(outcome, Moved)
    assert (outcome.status, outcome.result) == ("closed", "deudor")


@pytest.mark.django_db
def test_check_that_is_not_answered_it_is_one_task_of_whoever_stands_in(clerk: Actor) -> None:
    case = opened(clerk)

    services.complete_task(actor=clerk, now=NOW, case=case, task="pedir#1", values={"ci": SOLVENT})

    tasks = Task.objects.within(clerk.organization_id).filter(status="open")
    assert [(task.key, task.role) for task in tasks] == [("cobertura#2", "agente")]


@pytest.mark.django_db
def test_case_that_is_opened_it_has_the_party_channel_and_data_of_its_parent(clerk: Actor) -> None:
    parent = sold(clerk)

    child = Case.objects.within(clerk.organization_id).get(parent__reference=parent.reference)

    assert (child.parent_key, child.channel, child.subject) == ("instalar#1", "phone", "Internet")
    assert "7654321" in child.state
    assert Task.objects.within(clerk.organization_id).filter(case=child, status="open").count() == 1


@pytest.mark.django_db
def test_case_that_closes_it_tells_its_parent_with_its_result(clerk: Actor) -> None:
    parent = sold(clerk)
    child = Case.objects.within(clerk.organization_id).get(parent__reference=parent.reference)

    services.complete_task(
        actor=clerk, now=NOW, case=child.reference, task="visitar#1", values={"bien": False}
    )

    row = Case.objects.within(clerk.organization_id).get(reference=parent.reference)
    assert '"salida":"fallida"' in row.state.replace(" ", "")
    assert '"confirmar"' in row.state
    assert verify().findings == ()


@pytest.mark.django_db
def test_case_that_is_cancelled_it_tells_its_parent_too(clerk: Actor) -> None:
    parent = sold(clerk)
    child = Case.objects.within(clerk.organization_id).get(parent__reference=parent.reference)

    services.cancel(actor=clerk, now=NOW, case=child.reference, reason="Duplicada")

    row = Case.objects.within(clerk.organization_id).get(reference=parent.reference)
    assert '"confirmar"' in row.state


@pytest.mark.django_db
def test_case_too_deep_it_is_refused_with_everything_that_led_to_it(
    clerk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ventanilla.core.engine.decide.MOST_DEPTH", 0)
    parent = opened(clerk)

    outcome = services.act(actor=clerk, now=NOW, case=parent, action="reclamar", values={})

    assert isinstance(outcome, NotMoved)
    assert outcome.refusal.code is RefusalCode.TOO_DEEP
    assert Case.objects.within(clerk.organization_id).count() == 1
