"""While somebody is absent the deputy has their tasks and roles; afterwards nothing of it."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.http import Http404

from tests.apps.conftest import NOW, House
from ventanilla.identity import services
from ventanilla.identity.absences import (
    AbsenceRefused,
    absences_to_come,
    cancel_absence,
    set_absence,
)
from ventanilla.identity.access import NotAllowed
from ventanilla.identity.actor import ADMINISTRATOR, Actor
from ventanilla.identity.selectors import actor_of_user, holders

LIMA = ZoneInfo("America/Lima")
FIRST, LAST = date(2026, 11, 24), date(2026, 11, 26)


@pytest.fixture
def deputy(house: House) -> int:
    return services.create_user(
        actor=house.system,
        now=NOW,
        email="suplente@norte.example",
        full_name="Suplente De Prueba",
        password="cuatro-palabras-sin-relacion",
    )


def actor(user_id: int) -> Actor:
    found = actor_of_user(user_id)
    assert found is not None
    return found


def absent(house: House, user_id: int, **more: object) -> int:
    given = {"deputy": "suplente@norte.example", "first_on": FIRST, "last_on": LAST, **more}
    return set_absence(actor=house.administrator, now=NOW, user_id=user_id, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("moment", "lent"),
    [
        (datetime(2026, 11, 23, 23, 59, tzinfo=LIMA), False),
        (datetime(2026, 11, 24, 0, 0, tzinfo=LIMA), True),
        (datetime(2026, 11, 26, 23, 59, tzinfo=LIMA), True),
        (datetime(2026, 11, 27, 0, 0, tzinfo=LIMA), False),
    ],
)
def test_deputy_it_has_the_roles_and_tasks_on_the_days_and_not_beside_them(
    house: House, deputy: int, moment: datetime, lent: bool
) -> None:
    absent(house, house.agent_id)

    with time_machine.travel(moment, tick=False):
        found = actor(deputy)

    assert found.has_role("orientador", "lima") is lent
    assert found.stands_for == ({house.agent.email} if lent else frozenset())


def test_deputy_it_never_becomes_administrator(house: House, deputy: int) -> None:
    absent(house, house.administrator_id)

    with time_machine.travel(datetime(2026, 11, 25, tzinfo=LIMA), tick=False):
        found = actor(deputy)

    assert not found.is_administrator
    assert (ADMINISTRATOR, None) not in found.roles
    assert found.stands_for == {house.administrator.email}


def test_absence_taken_back_it_ends_at_once(house: House, deputy: int) -> None:
    key = absent(house, house.agent_id)
    cancel_absence(actor=house.agent, now=NOW, key=key)

    with time_machine.travel(datetime(2026, 11, 25, tzinfo=LIMA), tick=False):
        assert actor(deputy).stands_for == frozenset()
    assert absences_to_come(house.administrator, NOW) == ()


def test_holders_there_is_nobody_who_is_absent(house: House) -> None:
    absent(house, house.agent_id, deputy="")
    roles = frozenset({"orientador"})

    before = holders(house.id, roles, NOW)
    meanwhile = holders(house.id, roles, NOW + timedelta(days=2))

    assert [one.email for one in before] == [house.agent.email]
    assert meanwhile == ()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"last_on": date(2026, 11, 23)}, "backwards"),
        ({"deputy": "nadie@norte.example"}, "deputy"),
        ({"deputy": "agente@norte.example"}, "deputy"),
        ({"first_on": LAST, "last_on": LAST}, "overlaps"),
    ],
)
def test_absence_it_is_refused(
    house: House, deputy: int, change: dict[str, object], code: str
) -> None:
    if code == "overlaps":
        absent(house, house.agent_id)

    with pytest.raises(AbsenceRefused) as refused:
        absent(house, house.agent_id, **change)

    assert refused.value.code == code


def test_absence_it_is_for_oneself_or_for_the_administrator_to_say(
    house: House, neighbour: House, deputy: int
) -> None:
    with pytest.raises(NotAllowed):
        set_absence(actor=house.agent, now=NOW, user_id=deputy, first_on=FIRST, last_on=LAST)
    key = set_absence(
        actor=house.agent, now=NOW, user_id=house.agent_id, first_on=FIRST, last_on=LAST
    )
    with pytest.raises(NotAllowed):
        cancel_absence(actor=actor(deputy), now=NOW, key=key)
    with pytest.raises(Http404):
        cancel_absence(actor=neighbour.administrator, now=NOW, key=key)


def test_absences_people_see_those_that_concern_them(house: House, deputy: int) -> None:
    absent(house, house.agent_id)

    def seen(who: Actor) -> list[tuple[str, str]]:
        return [(one.who, one.deputy) for one in absences_to_come(who, NOW)]

    both = [("Agente De Prueba", "Suplente De Prueba")]
    assert seen(house.administrator) == seen(house.agent) == seen(actor(deputy)) == both
    absent(house, house.administrator_id, deputy="")
    assert seen(house.agent) == both
    assert absences_to_come(house.administrator, NOW + timedelta(days=9)) == ()
