"""The visitor's credential: out once, with the document kept, and both back."""

import pytest

from tests.apps.reception.conftest import MONDAY, Room, minutes
from ventanilla.reception.outcomes import Because, NotDone, VisitNotFound
from ventanilla.reception.selectors import gone, inside
from ventanilla.reception.visits import Reason, Visitor, give_credential, take_back


def visitor(credential: str = "v 12", key: str = "") -> Visitor:
    return Visitor(
        office="lima",
        credential=credential,
        name="Jorge Mamani",
        document_kind="DNI",
        document_number="45678901",
        is_document_kept=True,
        reason=Reason.INTERVIEW,
        whom="Unidad de Cartera",
        key=key,
    )


@pytest.mark.covers("ID-19", "ID-20", "ID-21")
def test_a_visit_it_tells_who_is_inside_with_which_credential_until_it_is_back(room: Room) -> None:
    actor = room.desk.agent.actor
    given = give_credential(actor=actor, now=MONDAY, visitor=visitor())
    assert not isinstance(given, NotDone)
    there = inside(actor, "lima")

    back = take_back(actor=actor, now=minutes(40), visit=given)

    assert [(one.credential, one.document_number) for one in there] == [("V 12", "45678901")]
    assert there[0].is_document_kept
    assert there[0].reason == "interview"
    assert back is None
    assert inside(actor, "lima") == ()
    assert [(one.given_at, one.returned_at) for one in gone(actor, "lima")] == [
        (MONDAY, minutes(40))
    ]


def test_a_credential_that_is_out_it_is_not_given_again(room: Room) -> None:
    actor = room.desk.agent.actor
    first = give_credential(actor=actor, now=MONDAY, visitor=visitor())

    second = give_credential(actor=actor, now=minutes(1), visitor=visitor(" V  12 "))

    assert isinstance(second, NotDone)
    assert (second.because, second.who) == (Because.CREDENTIAL_OUT, "Jorge Mamani")
    assert not isinstance(first, NotDone)
    take_back(actor=actor, now=minutes(2), visit=first)
    assert not isinstance(give_credential(actor=actor, now=minutes(3), visitor=visitor()), NotDone)


def test_the_same_form_it_is_one_visit_and_giving_back_twice_is_told(room: Room) -> None:
    actor = room.desk.agent.actor
    one, other = (
        give_credential(actor=actor, now=minutes(at), visitor=visitor(key="f")) for at in (0, 1)
    )
    assert one == other
    assert not isinstance(one, NotDone)
    take_back(actor=actor, now=minutes(5), visit=one, is_lost=True)

    again = take_back(actor=actor, now=minutes(6), visit=one)

    assert again is not None
    assert again.because is Because.MOVED_ON
    assert gone(actor, "lima")[0].is_lost


def test_a_visit_of_the_neighbours_it_does_not_exist(room: Room, neighbour: Room) -> None:
    theirs = give_credential(actor=neighbour.desk.agent.actor, now=MONDAY, visitor=visitor())
    assert not isinstance(theirs, NotDone)

    with pytest.raises(VisitNotFound):
        take_back(actor=room.desk.agent.actor, now=MONDAY, visit=theirs)
