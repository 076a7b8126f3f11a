"""Two people at once: one number never names two parties, and no writing is lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from tests.apps.conftest import NOW, House, build_house
from tests.apps.parties.registry import MODEL
from ventanilla.core.definition.expressions import Identity
from ventanilla.parties.models import Party, PartyIdentifier
from ventanilla.parties.selectors import party_snapshot
from ventanilla.parties.services import IdentifierTaken, StaleParty, record_party

AT_ONCE = 6
DNI = Identity(kind="pe.dni", number="12345678")


@pytest.fixture
def open_house(transactional_db: None) -> House:
    """With real commits, for threads."""
    return build_house("norte")


def together(work: Callable[[int], str]) -> list[str]:
    """What each of several threads answered, all of them begun at one moment."""
    start = Barrier(AT_ONCE)

    def run(number: int) -> str:
        try:
            start.wait(timeout=20)
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return sorted(pool.map(run, range(AT_ONCE)))


def test_one_number_recorded_at_once_it_names_one_party(open_house: House) -> None:
    def record(number: int) -> str:
        try:
            record_party(
                actor=open_house.agent,
                now=NOW,
                model=MODEL,
                attributes={"name": f"Rosa {number}", "document": DNI},
            )
        except IdentifierTaken:
            return "taken"
        return "recorded"

    answers = together(record)

    assert answers == ["recorded", *["taken"] * (AT_ONCE - 1)]
    assert Party.objects.within(open_house.id).count() == 1
    assert PartyIdentifier.objects.within(open_house.id).count() == 1


def test_one_version_written_upon_at_once_it_takes_one_writing(open_house: House) -> None:
    rosa = record_party(
        actor=open_house.agent, now=NOW, model=MODEL, attributes={"name": "Rosa Quispe"}
    )

    def write(number: int) -> str:
        try:
            record_party(
                actor=open_house.agent,
                now=NOW,
                model=MODEL,
                attributes={"company": f"Empresa {number}"},
                reference=rosa.reference,
                expected_version=1,
            )
        except StaleParty:
            return "stale"
        return "written"

    answers = together(write)

    assert answers == [*["stale"] * (AT_ONCE - 1), "written"]
    now_known = party_snapshot(open_house.id, model=MODEL, reference=rosa.reference)
    assert now_known is not None
    assert now_known.version == 2


def test_the_same_new_words_at_once_they_are_indexed_for_each(open_house: House) -> None:
    def record(number: int) -> str:
        snapshot = record_party(
            actor=open_house.agent,
            now=NOW,
            model=MODEL,
            attributes={"name": "Apolinaria Ccallohuanca", "company": f"Casa {number}"},
        )
        return snapshot.name

    assert together(record) == ["Apolinaria Ccallohuanca"] * AT_ONCE
