"""What a person decides about waiting mail; forgetting a person; knowing one."""

from __future__ import annotations

from uuid import UUID

from tests.apps.channels.conftest import ROSA, Desk, letter
from ventanilla.cases.models import Case
from ventanilla.cases.services import link_party
from ventanilla.catalog.published import current_pack
from ventanilla.channels import repairs, selectors, services
from ventanilla.channels.erasure import erase_messages_of
from ventanilla.parties.services import record_party


def _opened(desk: Desk) -> Case:
    desk.receive(letter())
    return desk.cases()[0]


def test_a_waiting_message_it_is_put_into_a_case_by_a_person(desk: Desk) -> None:
    case = _opened(desk)
    waiting = desk.receive(letter(message_id="<r@x>", extra="Precedence: bulk\r\n"))

    missing = repairs.put_into_case(
        actor=desk.agent, now=desk.now, reference=waiting.reference, number="2026-999999"
    )
    placed = repairs.put_into_case(
        actor=desk.agent, now=desk.now, reference=waiting.reference, number=case.number
    )
    again = repairs.put_into_case(
        actor=desk.agent, now=desk.now, reference=waiting.reference, number=case.number
    )

    assert missing == repairs.NotRepaired(hindrance=repairs.Hindrance.CASE_UNKNOWN)
    assert isinstance(placed, services.Placement)
    assert again == repairs.NotRepaired(hindrance=repairs.Hindrance.SETTLED_ALREADY)
    assert len(desk.contacts(case)) == 2
    assert selectors.inbox(actor=desk.agent) == ((), False)


def test_a_waiting_message_it_opens_a_case_for_a_person(desk: Desk) -> None:
    waiting = desk.receive(letter(extra="Precedence: bulk\r\n"))

    placed = repairs.open_case_with(actor=desk.agent, now=desk.now, reference=waiting.reference)

    assert isinstance(placed, services.Placement)
    assert [case.reference for case in desk.cases()] == [placed.case]


def test_a_discarded_message_it_is_kept_with_reason_and_name(desk: Desk) -> None:
    waiting = desk.receive(letter(extra="Precedence: bulk\r\n"))

    silent = repairs.discard(
        actor=desk.agent, now=desk.now, reference=waiting.reference, reason=" "
    )
    repairs.discard(
        actor=desk.agent, now=desk.now, reference=waiting.reference, reason="Publicidad"
    )

    message = selectors.inbox_message(actor=desk.agent, reference=waiting.reference)
    assert silent == repairs.NotRepaired(hindrance=repairs.Hindrance.REASON_NEEDED)
    assert (message.is_settled, message.note) == (True, "Publicidad")
    assert message.settled_by == desk.agent.key
    assert message.content.text == "Quiero exportar cacao."


def test_a_person_who_is_forgotten_it_leaves_no_words_and_comes_back_to_nothing(
    desk: Desk,
) -> None:
    case = _opened(desk)
    party = _known_party(desk)
    link_party(actor=desk.agent, now=desk.now, case=case.reference, party=party)
    desk.receive(letter(message_id="", extra="Precedence: bulk\r\n"))
    desk.receive(letter(sender="otra@x.example", message_id="<otra@x>"))

    count = erase_messages_of(actor=desk.agent, party=party, addresses=[ROSA], now=desk.now)

    mine, loose, others = desk.inbound()
    assert count == 2
    assert (mine.raw, mine.sender, mine.subject, mine.excerpt) == (None, "", "", "")
    assert loose.raw is None
    assert others.raw is not None
    assert desk.receive(letter()).case == case.reference
    assert len(desk.inbound()) == 3


def _known_party(desk: Desk) -> UUID:
    pack = current_pack(desk.organization_id, desk.now)
    assert pack is not None
    snapshot = record_party(
        actor=desk.agent,
        now=desk.now,
        model=pack.party,
        attributes={"name": "Rosa Quispe", "email": ROSA},
        lifecycle="registrado",
    )
    return snapshot.reference


def test_a_known_person_who_writes_it_is_known_on_the_case(desk: Desk) -> None:
    party = _known_party(desk)

    desk.receive(letter())

    (case,) = desk.cases()
    assert case.party is not None
    assert case.party.reference == party
