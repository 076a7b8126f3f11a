"""An open case goes over to another version only if nothing begun or done changed its meaning."""

from datetime import timedelta

import pytest

from tests.core.engine.builders import AGENT, MONDAY_TEN, Case, procedure
from ventanilla.core.definition.model import Procedure
from ventanilla.core.engine import facts as f
from ventanilla.core.engine.commands import Accepted, RefusalCode, Refused, Tick
from ventanilla.core.engine.evolve import fold
from ventanilla.core.engine.migration import Migrate, Why, migrate, preview
from ventanilla.core.engine.state import Outcome, State

TEXT = """
version: 1
fields:
  tipo: {type: choice, label: Tipo, options: {a: A, b: B}}
  nota: {type: text, label: Nota}
  viejo: {type: text, label: Viejo}
tables:
  grado: {inputs: [tipo], outputs: [nota], rules: [[a, uno], [b, dos]]}
steps:
  pedir: {title: Pedir, who: agente, ask: [tipo, viejo], within: 2 days}
  graduar: {decide: grado}
  revisar: {title: Revisar, who: agente, ask: [nota], within: 3 days}
  cerrar: {who: jefe, do: Cerrar, end: fin}
tracks:
  lado: {title: Al lado, from: opened, steps: {mirar: {who: jefe, do: Mirar}}}
deadlines:
  total: {title: Todo, from: opened, until: closed, within: 10 days}
  previo: {from: opened, until: closed, within: 20 days}
"""
OLD = procedure(TEXT)
TOTAL_SHORTER = """\
total:
    title: Todo
    from: opened
    until: closed
    within: 7 days
    alarms: [{name: pronto, at: 1 day before}]
"""


def changed(*changes: tuple[str, str]) -> Procedure:
    text = TEXT.replace("version: 1", "version: 2")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return procedure(text)


def at_review() -> State:
    """A case whose first steps are done and whose review has begun."""
    case = Case(OLD)
    case.open(viejo="x")
    case.do("pedir", by=AGENT, tipo="a")
    return case.state


def over(new: Procedure, state: State) -> Accepted | Refused:
    command = Migrate(label="PR-1 v2", happened_at=MONDAY_TEN + timedelta(hours=1))
    return migrate(OLD, new, state, command)


def test_case_it_goes_over_when_only_what_is_ahead_changed() -> None:
    new = changed(
        ("cerrar: {who: jefe, do: Cerrar, end: fin}", "cerrar: {who: agente, end: terminado}")
    )

    decision = over(new, at_review())

    assert isinstance(decision, Accepted)
    assert decision.facts == (
        f.Migrated(version=2, label="PR-1 v2", at=MONDAY_TEN + timedelta(hours=1)),
    )
    assert decision.state == at_review()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Pedir,", "title: Preguntar,"),
        ("label: Tipo", "label: Clase"),
        ("{a: A, b: B}", "{a: Alfa, b: B, c: C}"),
        ("title: Todo", "title: Todo el caso"),
    ],
)
def test_case_it_goes_over_when_only_words_changed(old: str, new: str) -> None:
    table = ("rules: [[a, uno], [b, dos]]", "rules: [[a, uno], [b, dos]]")

    assert isinstance(over(changed((old, new), table), at_review()), Accepted)


@pytest.mark.parametrize(
    ("old", "new", "step", "title"),
    [
        ("ask: [tipo, viejo]", "ask: [tipo]", "pedir", "Pedir"),
        ("ask: [tipo, viejo]", "ask: [{field: tipo, required: true}, viejo]", "pedir", "Pedir"),
        ("pedir: {title: Pedir, who: agente", "pedir: {title: Pedir, who: jefe", "pedir", "Pedir"),
        ("[a, uno]", "[a, tres]", "graduar", "Graduar"),
        ("ask: [nota]", "ask: [nota, tipo]", "revisar", "Revisar"),
        ("revisar:", "repasar:", "graduar", "Graduar"),
        ("title: Revisar, who: agente", "title: Revisar, who: jefe", "revisar", "Revisar"),
        ("viejo: {type: text", "viejo: {type: integer", "pedir", "Pedir"),
        ("do: Mirar", "ask: [nota]", "mirar", "Mirar"),
    ],
)
def test_case_it_is_refused_with_the_step_that_changed(
    old: str, new: str, step: str, title: str
) -> None:
    refused = over(changed((old, new)), at_review())

    assert isinstance(refused, Refused)
    assert (refused.code, refused.datum) == (RefusalCode.CANNOT_MIGRATE, step)
    assert refused.params["step"] == title


def test_case_it_is_refused_when_a_track_under_way_is_gone_and_told_all_that_hinders() -> None:
    new = changed(
        ("  lado: {title: Al lado, from: opened, steps: {mirar: {who: jefe, do: Mirar}}}", ""),
        ("tracks:\n", ""),
    )

    found = preview(OLD, new, at_review(), MONDAY_TEN).hindrances

    assert [(one.why, one.name) for one in found] == [
        (Why.STEP_GONE, "mirar"),
        (Why.TRACK_GONE, "lado"),
    ]


def test_limits_they_are_counted_anew_from_when_they_began() -> None:
    new = changed(
        ("within: 3 days", "within: 5 days"),
        (
            "total: {title: Todo, from: opened, until: closed, within: 10 days}",
            TOTAL_SHORTER,
        ),
        ("  previo: {from: opened, until: closed, within: 20 days}\n", ""),
    )

    decision = over(new, at_review())

    assert isinstance(decision, Accepted)
    running = decision.state.running
    assert running["revisar"].due_at == MONDAY_TEN + timedelta(days=5)
    assert running["total"].due_at == MONDAY_TEN + timedelta(days=7)
    assert [alarm.name for alarm in running["total"].alarms] == ["pronto"]
    assert decision.state.settled["previo"].outcome is Outcome.DROPPED


def test_preview_it_shows_steps_and_limits_before_and_after() -> None:
    new = changed(
        ("within: 3 days", "within: 5 days"),
        ("  previo: {from: opened, until: closed, within: 20 days}\n", ""),
    )

    shown = preview(OLD, new, at_review(), MONDAY_TEN)

    assert (shown.steps, shown.hindrances) == (("Mirar", "Revisar"), ())
    assert [(one.name, one.before, one.after) for one in shown.limits] == [
        ("total", MONDAY_TEN + timedelta(days=10), MONDAY_TEN + timedelta(days=10)),
        ("previo", MONDAY_TEN + timedelta(days=20), None),
        ("revisar", MONDAY_TEN + timedelta(days=3), MONDAY_TEN + timedelta(days=5)),
    ]


def test_limit_that_was_late_it_runs_again_when_it_has_more_time() -> None:
    case = Case(OLD)
    case.open()
    case.wait(days=3)
    assert case.state.running["pedir"].late

    decision = over(changed(("within: 2 days", "within: 30 days")), case.state)

    assert isinstance(decision, Accepted)
    assert not decision.state.running["pedir"].late


def test_data_that_the_new_version_has_not_they_are_let_go_and_new_ones_begin() -> None:
    case = Case(OLD)
    case.open(nota="n", viejo="v")
    steps = ("steps:\n", "steps:\n")
    new = changed(
        steps,
        ("  viejo: {type: text, label: Viejo}", "  nuevo: {type: text, label: N, default: hola}"),
        ("ask: [tipo, viejo]", "ask: [tipo]"),
    )
    untouched = {name: visit for name, visit in case.state.visits.items() if name != "pedir"}
    state = _without_visits(case.state, untouched)

    decision = over(new, state)

    assert isinstance(decision, Accepted)
    assert decision.state.fields == {"nota": "n", "nuevo": "hola"}


def _without_visits(state: State, visits: dict[str, int]) -> State:
    active = {key: one for key, one in state.active.items() if one.step in visits}
    return State(**{**state.__dict__, "visits": visits, "active": active})


def test_case_it_is_refused_when_closed() -> None:
    case = Case(OLD)

    refused = over(changed(), case.state)

    assert isinstance(refused, Refused)
    assert refused.code is RefusalCode.NOT_OPEN


def test_facts_they_are_of_the_new_version_and_fold_to_its_state() -> None:
    new = changed(("within: 3 days", "within: 5 days"))
    state = at_review()
    decision = over(new, state)
    assert isinstance(decision, Accepted)

    case = Case(new, now=MONDAY_TEN, state=decision.state)
    case.do("revisar", by=AGENT, nota="bien")

    assert fold(state, decision.facts) == decision.state
    assert case.at() == ["cerrar", "mirar"]
    case.accept(Tick())
