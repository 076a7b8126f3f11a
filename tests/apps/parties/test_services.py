"""Recording parties: numbers are checked and name one party, addresses have a normal form."""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from tests.apps.conftest import NOW, House
from tests.apps.parties.registry import MODEL
from ventanilla.core.definition.expressions import Identity, Value
from ventanilla.identity.access import NotAllowed
from ventanilla.parties.contacts import phone_reach
from ventanilla.parties.erasure import erase_party
from ventanilla.parties.models import ContactPoint, Party, PartyIdentifier, PartyToken, Spelling
from ventanilla.parties.search import search
from ventanilla.parties.selectors import (
    PartyNotFound,
    parties_with_email,
    parties_with_phone,
    party_card,
    party_snapshot,
    party_snapshot_by_row,
    party_with_email,
    party_with_identifier,
)
from ventanilla.parties.services import (
    IdentifierTaken,
    PartyErased,
    StaleParty,
    UnusableIdentifier,
    add_contact_point,
    record_party,
)
from ventanilla.parties.snapshots import PartySnapshot

LATER = NOW + timedelta(hours=1)
DNI = Identity(kind="pe.dni", number="12345678")
RUC = Identity(kind="pe.ruc", number="20123456786")
ROSA: Mapping[str, Value] = {
    "name": "Rosa Quispe Huamán",
    "document": DNI,
    "email": "Rosa@Correo.example",
    "phone": "987 654 321",
    "size": "micro",
    "since": date(2024, 2, 29),
}


def record(
    house: House, attributes: Mapping[str, Value] = ROSA, *, country: str = "PE", **more: object
) -> PartySnapshot:
    return record_party(
        actor=house.agent,
        now=NOW,
        model=MODEL,
        attributes=attributes,
        country=country,
        **more,  # type: ignore[arg-type]
    )


def contacts(house: House, reference: UUID) -> list[tuple[str, str, bool]]:
    card = party_card(house.agent, model=MODEL, reference=reference)
    return [(row.value, row.typed, row.is_default) for row in card.contacts]


def test_a_new_party_it_reads_back_as_typed_values(house: House) -> None:
    recorded = record(house, lifecycle="registrado")

    assert recorded.attributes == ROSA
    assert (recorded.name, recorded.version, recorded.kind) == ("Rosa Quispe Huamán", 1, "person")
    assert party_snapshot(house.id, model=MODEL, reference=recorded.reference) == recorded
    assert party_snapshot_by_row(house.id, model=MODEL, row_id=recorded.row_id) == recorded
    card = party_card(house.agent, model=MODEL, reference=recorded.reference)
    assert [(row.kind, row.value) for row in card.identifiers] == [("pe.dni", "12345678")]
    assert contacts(house, recorded.reference) == [
        ("Rosa@correo.example", "Rosa@Correo.example", True),
        ("+51987654321", "987 654 321", True),
    ]


def test_a_party_without_lifecycle_it_begins_in_the_first_state(house: House) -> None:
    assert record(house).lifecycle == "desconocido"


def test_the_reference_that_a_case_promised_it_becomes_the_new_party(house: House) -> None:
    promised = uuid4()

    assert record(house, reference=promised).reference == promised


def test_a_second_writing_it_changes_what_is_given_and_keeps_the_rest(house: House) -> None:
    first = record(house)

    second = record(
        house,
        {"size": None, "company": "Café Puno"},
        reference=first.reference,
        lifecycle="parcial",
    )

    assert second.version == 2
    assert second.lifecycle == "parcial"
    assert "size" not in second.attributes
    assert second.attributes["company"] == "Café Puno"
    assert second.attributes["document"] == DNI


def test_a_writing_upon_an_older_version_it_is_refused(house: House) -> None:
    first = record(house)
    record(house, {"company": "Una"}, reference=first.reference, expected_version=1)

    with pytest.raises(StaleParty) as stale:
        record(house, {"company": "Otra"}, reference=first.reference, expected_version=1)

    assert stale.value.current == 2
    kept = party_snapshot(house.id, model=MODEL, reference=first.reference)
    assert kept is not None
    assert kept.attributes["company"] == "Una"


@pytest.mark.parametrize(
    ("number", "code"),
    [("20123456787", "ruc_check_digit"), ("99123456786", "ruc_prefix"), ("2012", "ruc_form")],
)
def test_a_number_that_cannot_be_right_it_is_refused_beside_its_attribute(
    house: House, number: str, code: str
) -> None:
    with pytest.raises(UnusableIdentifier) as refused:
        record(house, {**ROSA, "ruc": Identity(kind="pe.ruc", number=number)})

    assert (refused.value.attribute, refused.value.code) == ("ruc", code)
    assert not Party.objects.within(house.id).exists()


def test_a_number_of_somebody_else_it_is_refused_and_names_who(house: House) -> None:
    rosa = record(house)

    with pytest.raises(IdentifierTaken) as taken:
        record(house, {"name": "Otra Persona", "document": DNI})

    assert (taken.value.attribute, taken.value.other) == ("document", rosa.reference)
    assert Party.objects.within(house.id).count() == 1


def test_the_same_number_in_another_organisation_it_is_free(house: House, neighbour: House) -> None:
    rosa = record(house)
    theirs = record(neighbour)

    assert rosa.reference != theirs.reference
    assert party_with_identifier(house.id, "pe.dni", "12345678") == rosa.reference
    assert party_with_identifier(neighbour.id, "pe.dni", "1234-5678") == theirs.reference


def test_a_corrected_number_it_frees_the_wrong_one(house: House) -> None:
    rosa = record(house)
    other = Identity(kind="pe.dni", number="87654321")

    record(house, {"document": other}, reference=rosa.reference)

    assert party_with_identifier(house.id, "pe.dni", "12345678") is None
    assert party_with_identifier(house.id, "pe.dni", "87654321") == rosa.reference


def test_a_company_with_the_same_number_in_two_attributes_it_is_named_once(house: House) -> None:
    record(house, {"company": "Café Puno", "ruc": RUC})

    assert PartyIdentifier.objects.within(house.id).count() == 1


def test_a_replaced_address_it_goes_unless_it_was_verified(house: House) -> None:
    rosa = record(house)
    ContactPoint.objects.within(house.id).filter(channel="phone").update(verified_on=NOW.date())

    record(house, {"email": "r@nuevo.example", "phone": "912 345 678"}, reference=rosa.reference)

    assert contacts(house, rosa.reference) == [
        ("r@nuevo.example", "r@nuevo.example", True),
        ("+51912345678", "912 345 678", True),
        ("+51987654321", "987 654 321", False),
    ]


def test_a_further_address_it_is_kept_beside_the_default(house: House) -> None:
    rosa = record(house)

    for _ in range(2):
        add_contact_point(
            actor=house.agent,
            now=LATER,
            reference=rosa.reference,
            reach=phone_reach("(01) 616-7300", "PE"),
            verified_on=LATER.date(),
        )

    phones = [row for row in contacts(house, rosa.reference) if row[0].startswith("+")]
    assert [(value, default) for value, _, default in phones] == [
        ("+51987654321", True),
        ("+5116167300", False),
    ]


def test_a_number_outside_the_numbering_plan_it_is_kept_as_typed(house: House) -> None:
    odd = record(house, {"name": "Centralita", "phone": "anexo 12"})

    assert contacts(house, odd.reference) == [("anexo 12", "anexo 12", True)]


def test_who_writes_it_is_known_by_address_whatever_its_case(
    house: House, neighbour: House
) -> None:
    rosa = record(house)
    record(neighbour)

    assert party_with_email(house.id, "ROSA@correo.EXAMPLE") == rosa.reference
    assert party_with_email(house.id, "nadie@correo.example") is None
    assert party_with_email(house.id, "no es un correo") is None
    assert parties_with_phone(house.id, "+51 987-654-321", "CL") == (rosa.reference,)
    assert parties_with_phone(house.id, "987654321", "PE") == (rosa.reference,)


def test_of_several_at_one_address_it_prefers_the_one_written_to_last(house: House) -> None:
    first = record(house)
    second = record(house, {"name": "Socio", "email": "rosa@correo.example"})
    record_party(
        actor=house.agent,
        now=LATER,
        model=MODEL,
        attributes={"company": "Café Puno"},
        reference=first.reference,
    )

    assert parties_with_email(house.id, "rosa@correo.example") == (
        first.reference,
        second.reference,
    )
    assert party_with_email(house.id, "rosa@correo.example") == first.reference


def test_a_party_of_another_organisation_it_is_as_if_it_did_not_exist(
    house: House, neighbour: House
) -> None:
    rosa = record(house)

    assert party_snapshot(neighbour.id, model=MODEL, reference=rosa.reference) is None
    assert party_snapshot_by_row(neighbour.id, model=MODEL, row_id=rosa.row_id) is None
    assert search(neighbour.agent, "Rosa Quispe") == ()
    with pytest.raises(PartyNotFound):
        party_card(neighbour.agent, model=MODEL, reference=rosa.reference)
    with pytest.raises(PartyNotFound):
        erase_party(actor=neighbour.administrator, now=LATER, reference=rosa.reference, traces=())
    with pytest.raises(PartyNotFound):
        add_contact_point(
            actor=neighbour.agent,
            now=LATER,
            reference=rosa.reference,
            reach=phone_reach("987654320", "PE"),
        )


def test_an_undeclared_attribute_it_is_a_defect_and_writes_nothing(house: House) -> None:
    for attributes in ({"nick": "Ro"}, {"since": "ayer"}, {"size": "enorme"}):
        with pytest.raises(ValueError, match="attribute of a party"):
            record(house, attributes)
    with pytest.raises(ValueError, match="state of a party"):
        record(house, ROSA, lifecycle="famoso")
    assert not Party.objects.within(house.id).exists()


def test_an_attribute_of_an_older_pack_it_is_left_out_and_kept(house: House) -> None:
    rosa = record(house)
    party = Party.objects.within(house.id).get()
    party.attributes = {**party.attributes, "since": "hace años", "gone": 1}
    party.save()

    read = record(house, {"company": "Café Puno"}, reference=rosa.reference)

    assert "since" not in read.attributes
    stored = Party.objects.within(house.id).get().attributes
    assert (stored["since"], stored["gone"]) == ("hace años", 1)


def test_an_erased_person_it_leaves_a_tombstone_without_a_trace(house: House) -> None:
    rosa = record(house)
    record(house, {"name": "Juan Quispe"})
    asked: list[UUID] = []

    def traces(*, actor: object, party: UUID, now: object) -> int:
        asked.append(party)
        return 3

    erased = erase_party(
        actor=house.administrator, now=LATER, reference=rosa.reference, traces=(traces,)
    )

    assert (erased, asked) == (3, [rosa.reference])
    tomb = Party.objects.within(house.id).get(reference=rosa.reference)
    assert (tomb.name, tomb.attributes, tomb.erased_at) == ("", {}, LATER)
    for model in (PartyIdentifier, ContactPoint, PartyToken):
        assert not model.objects.within(house.id).filter(party=tomb).exists()
    words = set(Spelling.objects.within(house.id).values_list("token", flat=True))
    assert words == {"juan", "quispe"}
    with pytest.raises(PartyErased):
        record(house, ROSA, reference=rosa.reference)


def test_an_erasure_that_fails_above_it_erases_nothing(house: House) -> None:
    rosa = record(house)

    def broken(*, actor: object, party: UUID, now: object) -> int:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        erase_party(
            actor=house.administrator, now=LATER, reference=rosa.reference, traces=(broken,)
        )

    assert party_snapshot(house.id, model=MODEL, reference=rosa.reference) == rosa


def test_an_agent_it_may_not_erase(house: House) -> None:
    rosa = record(house)

    with pytest.raises(NotAllowed):
        erase_party(actor=house.agent, now=LATER, reference=rosa.reference, traces=())
