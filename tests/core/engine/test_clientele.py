"""A party is read on a day: its state, what it took part in, whose it is, what was agreed."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.core.engine.builders import AGENT, OUTSIDER, Case, opened
from ventanilla.core.businesstime import Span, Unit
from ventanilla.core.definition.expressions import Person, Value
from ventanilla.core.engine import facts as f
from ventanilla.core.engine.clientele import counted, lifecycle_on
from ventanilla.core.engine.commands import Receive
from ventanilla.core.engine.scope import Scope
from ventanilla.core.engine.state import Agreed, PartyView, Tally

ALMA = Person(key=AGENT.id, name="Alma Ríos")
TEXT = """
fields:
  cuando: {type: date, label: Cuándo}
  encargado: {type: person, label: Encargado}
  tramo: {type: duration, label: Tramo}
steps:
  uno:
    who: party.executive
    ask: [cuando, encargado, tramo]
    record: {executive: encargado, activity: {kind: feria, on: cuando}}
    within: {agreement: plazo, value: tramo, else: 48 hours}
  dos: {who: party.executive, do: Algo, end: fin}
actions:
  charlar: {who: jefe, record: {activity: charla}}
  entregar: {who: jefe, ask: [encargado], record: {executive: encargado}}
  apurar: {who: jefe, ask: [tramo]}
deadlines:
  otro: {from: acted apurar, until: closed, within: {value: tramo, else: 3 days}}
"""


def known(*days: date, **more: object) -> PartyView:
    tallies: tuple[Tally, ...] = ()
    for day in days:
        tallies = counted(tallies, "feria", day)
    return PartyView(ref="p1", lifecycle="activo", tallies=tallies, **more)  # type: ignore[arg-type]


def read(case: Case, name: str) -> Value:
    return Scope(case.procedure, case.state, case.now)[name]


def test_task_it_belongs_to_whom_the_party_is_entrusted_to_or_to_the_role() -> None:
    case = opened(TEXT, party=known(executive=ALMA))
    assert case.state.active["uno#1"].assignee == AGENT.id

    nobody = opened(TEXT, party=known())
    assert nobody.state.active["uno#1"].assignee == ""
    nobody.do("uno", by=AGENT)

    assert nobody.at() == ["dos"]


def test_record_it_entrusts_the_party_and_later_tasks_follow() -> None:
    case = opened(TEXT, party=known())

    case.do("uno", by=AGENT, encargado=Person(key=OUTSIDER.id))

    assert case.told(f.Entrusted) == [f.Entrusted(ref="p1", executive=Person(key=OUTSIDER.id))]
    assert case.state.active["dos#1"].assignee == OUTSIDER.id
    case.act("entregar", encargado=None)
    assert case.state.party is not None
    assert case.state.party.executive is None


def test_record_it_says_nothing_when_the_party_is_already_theirs() -> None:
    case = opened(TEXT, party=known(executive=ALMA))

    case.do("uno", by=AGENT, encargado=ALMA)

    assert not case.told(f.Entrusted)


@pytest.mark.covers("PC-106")
def test_record_it_counts_an_activity_on_its_day_or_today() -> None:
    case = opened(TEXT, party=known())

    case.do("uno", by=AGENT, cuando=date(2025, 11, 30))
    case.act("charlar")

    assert case.told(f.ActivityCounted) == [
        f.ActivityCounted(ref="p1", kind="feria", on=date(2025, 11, 30)),
        f.ActivityCounted(ref="p1", kind="charla", on=date(2026, 3, 16)),
    ]


def test_activity_it_is_on_the_local_day_of_the_office() -> None:
    case = opened(TEXT, party=known())
    case.now = datetime(2026, 3, 17, 3, 0, tzinfo=UTC)  # ten in the evening of the 16th in Lima

    case.act("charlar")

    assert case.told(f.ActivityCounted)[0].on == date(2026, 3, 16)


def test_figures_they_count_by_calendar_year_what_counts() -> None:
    case = opened(TEXT, party=known(date(2025, 5, 1), date(2026, 1, 2), date(2026, 3, 1)))
    case.act("charlar")

    assert read(case, "party.activities_this_year") == 2
    assert read(case, "party.activities_last_year") == 1
    assert read(case, "party.first_activity") == date(2025, 5, 1)
    assert read(case, "party.last_activity") == date(2026, 3, 1)
    assert read(case, "party.activities.charla.this_year") == 1
    assert read(case, "party.activities.charla.last") == date(2026, 3, 16)


def test_figures_there_are_none_of_somebody_unknown() -> None:
    case = opened(TEXT)

    assert read(case, "party.activities_this_year") == 0
    assert read(case, "party.last_activity") is None
    assert read(case, "party.executive") is None
    assert read(case, "agreement.plazo") is None


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2026, 3, 15), "activo"),  # the day before three years have passed
        (date(2026, 3, 16), "antiguo"),
        (date(2030, 1, 1), "antiguo"),
    ],
)
@pytest.mark.covers("PC-95")
def test_lifecycle_it_is_computed_on_the_day(day: date, state: str) -> None:
    party = known(date(2023, 3, 16))
    model = opened(TEXT).procedure.party

    assert lifecycle_on(model, party, day) == state


def test_lifecycle_it_is_what_conditions_and_records_see() -> None:
    case = opened(TEXT, party=known(date(2023, 3, 16)))

    assert read(case, "party.lifecycle") == "antiguo"
    assert read(case, "party.recorded_lifecycle") == "activo"
    assert read(case, "party.registered") is False


TWO_DAYS, FIVE_DAYS = (Span(amount=days, unit=Unit.DAY) for days in (2, 5))


@pytest.mark.parametrize(
    ("agreed", "hours"),
    [
        ((), 48),
        ((Agreed(name="plazo", value=FIVE_DAYS),), 120),
        ((Agreed(name="plazo", value=FIVE_DAYS, until=date(2026, 3, 15)),), 48),
        ((Agreed(name="plazo", value=FIVE_DAYS, since=date(2026, 3, 17)),), 48),
        ((Agreed(name="plazo", value=FIVE_DAYS, since=date(2026, 3, 16)),), 120),
        ((Agreed(name="plazo", value=FIVE_DAYS, until=date(2026, 3, 16)),), 120),
        ((Agreed(name="credito", value="sí"),), 48),
    ],
)
@pytest.mark.covers("CL-20")
def test_deadline_it_follows_what_is_agreed_on_the_day_it_starts(
    agreed: tuple[Agreed, ...], hours: int
) -> None:
    case = opened(TEXT, party=known(agreed=agreed))

    assert case.state.running["uno"].due_at == case.now + timedelta(hours=hours)


def test_agreement_the_later_of_two_goes_before_the_earlier() -> None:
    old = Agreed(name="plazo", value=FIVE_DAYS)
    new = Agreed(name="plazo", value=TWO_DAYS, since=date(2026, 1, 1))

    for agreed in ((old, new), (new, old)):
        assert read(opened(TEXT, party=known(agreed=agreed)), "agreement.plazo") == TWO_DAYS


def test_deadline_it_follows_a_value_of_the_case_when_there_is_one() -> None:
    case = opened(TEXT, tramo=Span(amount=6, unit=Unit.HOUR))
    assert case.state.running["uno"].due_at == case.now + timedelta(hours=6)

    case.act("apurar", tramo=None)
    assert case.state.running["otro"].due_at == case.now + timedelta(days=3)


def test_deadline_it_keeps_the_term_it_started_with() -> None:
    agreed = (Agreed(name="plazo", value=FIVE_DAYS),)
    case = opened(TEXT, party=known(agreed=agreed))
    due_at = case.state.running["uno"].due_at

    case.accept(Receive(message="m", happened_at=case.now, party=known()))
    case.wait(days=1)

    assert case.state.running["uno"].due_at == due_at
    case.do("uno", by=AGENT)
    assert case.state.settled["uno"].term == FIVE_DAYS
