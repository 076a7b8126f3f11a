"""The rest of a case's life: two dates, assigning, correcting, cancelling, reopening, words."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.core.engine.builders import (
    AGENT,
    CHIEF,
    MONDAY_TEN,
    OUTSIDER,
    Case,
    opened,
    procedure,
)
from ventanilla.core.engine import facts as f
from ventanilla.core.engine.commands import (
    Assign,
    Cancel,
    Correct,
    Deliver,
    LinkParty,
    Note,
    Receive,
    RefusalCode,
    Reopen,
    Wording,
)
from ventanilla.core.engine.scope import Scope
from ventanilla.core.engine.state import Outcome, PartyView, Sender, Status, TrackStatus
from ventanilla.core.engine.words import said

CALL = """
fields: {nota: {type: text, label: Nota}}
steps: {atender: {who: jefe, ask: [nota]}, cerrar: {who: jefe, end: fin}}
deadlines:
  llamada: {title: Llamada, from: opened, until: done atender, within: 10 minutes}
"""

# --- two dates ------------------------------------------------------------------------------------


def test_what_is_written_down_later_it_counts_from_when_it_happened() -> None:
    case = Case(procedure(CALL), now=MONDAY_TEN + timedelta(hours=2))
    case.open(at=MONDAY_TEN)

    case.do("atender", at=MONDAY_TEN + timedelta(minutes=8))

    assert case.state.opened_at == MONDAY_TEN
    assert case.state.settled["llamada"].outcome is Outcome.MET
    assert case.told(f.DeadlineLate) == []


def test_what_was_done_in_time_it_is_met_though_written_down_after_the_alarm_of_lateness() -> None:
    case = Case(procedure(CALL), now=MONDAY_TEN)
    case.open()
    case.wait(minutes=15)
    assert case.state.running["llamada"].late

    case.do("atender", at=MONDAY_TEN + timedelta(minutes=8))

    assert case.state.settled["llamada"].outcome is Outcome.MET


def test_what_fell_due_after_it_happened_it_does_not_happen_before_it() -> None:
    case = Case(procedure(CALL), now=MONDAY_TEN)
    case.open()
    case.now += timedelta(hours=1)

    facts = case.do("atender", at=MONDAY_TEN + timedelta(minutes=8))

    assert not [fact for fact in facts if isinstance(fact, f.DeadlineLate)]


def test_task_it_is_never_done_before_it_came_up() -> None:
    case = opened(CALL)
    case.now += timedelta(minutes=5)
    case.do("atender")

    case.do("cerrar", at=MONDAY_TEN + timedelta(minutes=1))

    assert case.told(f.StepDone)[-1].at == MONDAY_TEN + timedelta(minutes=5)


def test_instants_given_in_another_zone_they_are_kept_in_utc() -> None:
    lima = Scope(procedure(CALL), opened(CALL).state, MONDAY_TEN)["now"]
    assert isinstance(lima, datetime)
    case = Case(procedure(CALL), now=lima)

    case.open()

    assert case.state.opened_at == MONDAY_TEN
    assert all(
        at.tzinfo is UTC
        for clock in case.state.running.values()
        for at in (clock.started_at, clock.due_at)
        if at is not None
    )


# --- assigning, linking, noting -------------------------------------------------------------------


def test_task_it_can_be_claimed_given_on_and_given_back() -> None:
    case = opened(CALL)
    task = "atender#1"

    case.accept(Assign(task=task, assignee=CHIEF.id), CHIEF)
    assert case.state.active[task].assignee == CHIEF.id
    case.accept(Assign(task=task, assignee=OUTSIDER.id), CHIEF)
    assert case.state.active[task].assignee == OUTSIDER.id
    case.accept(Assign(task=task, assignee=""), OUTSIDER)

    assert case.state.active[task].assignee == ""


def test_task_it_cannot_be_claimed_by_somebody_of_another_role() -> None:
    case = opened(CALL)

    refused = case.refuse(Assign(task="atender#1", assignee=AGENT.id), AGENT)

    assert refused.code is RefusalCode.NOT_YOURS


def test_task_it_is_given_by_whoever_answers_for_the_procedure() -> None:
    case = Case(procedure("steps: {atender: {who: agente, do: Atender, end: fin}}"))
    case.open()
    other = replace(AGENT, id="otra")

    case.accept(Assign(task="atender#1", assignee=other.id), CHIEF)

    assert case.state.active["atender#1"].assignee == other.id


def test_task_given_to_whom_it_belongs_already_it_is_no_news() -> None:
    case = opened(CALL)
    case.accept(Assign(task="atender#1", assignee=CHIEF.id), CHIEF)

    assert case.accept(Assign(task="atender#1", assignee=CHIEF.id), CHIEF) == ()


def test_party_it_is_linked_once() -> None:
    case = opened(CALL)
    party = PartyView(ref="p1", lifecycle="activo", attributes={"name": "Ana"})

    assert case.accept(LinkParty(party=party)) == (f.PartyLinked(party=party),)
    assert case.accept(LinkParty(party=party)) == ()
    assert case.state.party == party


def test_note_it_is_kept_also_when_the_case_has_closed() -> None:
    case = opened(CALL)
    case.accept(Cancel(reason="Error", happened_at=case.now), CHIEF)

    case.accept(Note(text="Llamó otra vez", happened_at=case.now), CHIEF)

    assert case.facts[-1] == f.Noted(text="Llamó otra vez", at=case.now)


def test_delivery_it_is_kept_for_a_message_that_was_owed() -> None:
    case = opened("steps: {uno: {send: aviso}, dos: {who: jefe, end: fin}}", {"aviso": "Hola."})

    case.accept(Deliver(key="aviso#1", delivery=f.Delivery.BOUNCED, detail="no existe"))

    assert case.facts[-1] == f.DeliveryKnown(
        key="aviso#1", delivery=f.Delivery.BOUNCED, detail="no existe", at=case.now
    )


# --- correcting -----------------------------------------------------------------------------------


def test_correction_it_sets_the_values_with_the_reason_and_sets_off_what_they_mean() -> None:
    case = opened("""
        fields: {nota: {type: text, label: Nota}, veces: {type: integer, label: V, default: 0}}
        steps: {uno: {who: jefe, ask: [nota], end: fin}}
        rules: [{on: set nota, do: {set: {veces: veces + 1}}}]
    """)

    case.accept(Correct(values={"nota": "bien"}, reason="Letra", happened_at=case.now), CHIEF)

    assert case.told(f.Corrected) == [f.Corrected(values={"nota": "bien"}, reason="Letra")]
    assert case.state.fields == {"nota": "bien", "veces": 1}


def test_correction_that_changes_nothing_it_is_no_news() -> None:
    case = opened(CALL, nota="bien")

    command = Correct(values={"nota": "bien"}, reason="Letra", happened_at=case.now)

    assert case.accept(command, CHIEF) == ()


# --- cancelling and reopening ---------------------------------------------------------------------

AGAIN = """
fields: {docs: {type: files, label: Documentos}}
steps: {uno: {who: jefe, end: fin}, retomar: {who: jefe, end: retomado}}
reopen: retomar
tracks: {lado: {title: Lado, from: opened, steps: {vigilar: {who: jefe, end: visto}}}}
deadlines: {vuelta: {title: V, from: reopened, until: done retomar, within: 1 hours}}
"""


def test_case_that_is_cancelled_it_leaves_everything_and_closes() -> None:
    case = opened(AGAIN)

    case.accept(Cancel(reason="Duplicado", happened_at=case.now), CHIEF)

    assert (case.state.status, case.state.result) == (Status.CLOSED, "cancelled")
    assert not case.state.active
    assert set(case.state.tracks.values()) == {TrackStatus.ENDED}


def test_case_that_is_cancelled_it_ends_only_the_tracks_that_still_went_on() -> None:
    case = opened(AGAIN)
    case.do("vigilar")

    facts = case.accept(Cancel(reason="Duplicado", happened_at=case.now), CHIEF)

    assert [fact.track for fact in facts if isinstance(fact, f.TrackEnded)] == ["main"]


@pytest.mark.parametrize("by_message", [True, False])
def test_case_that_has_closed_it_goes_on_where_the_procedure_says(by_message: bool) -> None:
    case = opened(AGAIN)
    case.do("uno")
    case.do("vigilar")
    case.now += timedelta(days=3)

    if by_message:
        case.accept(Receive(message="m2", happened_at=case.now))
    else:
        case.accept(Reopen(reason="Volvió", happened_at=case.now), CHIEF)

    assert (case.state.status, case.at()) == (Status.OPEN, ["retomar"])
    assert (case.state.closed_at, case.state.result) == (None, "")
    assert case.state.running["vuelta"].started_at == case.now
    case.do("retomar")
    assert case.state.result == "retomado"


def test_case_that_has_closed_it_stays_so_when_a_robot_writes() -> None:
    case = opened(AGAIN)
    case.do("uno")
    case.do("vigilar")

    case.receive(robot=True)

    assert case.state.status is Status.CLOSED


def test_case_without_a_way_back_it_keeps_the_message_and_stays_closed() -> None:
    case = opened(CALL)
    case.do("atender")
    case.do("cerrar")

    case.receive()

    assert case.state.status is Status.CLOSED
    assert isinstance(case.facts[-1], f.MessageReceived)


# --- words ----------------------------------------------------------------------------------------

LETTER = "steps: {uno: {who: jefe, send: carta}, dos: {who: jefe, end: fin}}"
BODY = {"carta": "{{ greeting() }}, {{ sender.name }}. Caso {{ case.number }}. {{ agent.name }}"}


def test_message_it_is_filled_in_with_the_case_and_the_agent() -> None:
    case = opened(LETTER, BODY)

    case.do("uno")

    (owed,) = case.told(f.MessageOwed)
    assert owed.body.strip() == "Buenos días, Ana Solís. Caso 2026-00001. Julio Paz"
    assert (owed.via, owed.to, owed.subject) == ("email", "ana@cliente.example", "Sobre carta")
    assert (owed.adapted, owed.automatic) == (False, False)


def test_message_in_the_persons_words_it_is_told_as_adapted_and_keeps_the_templates_digest() -> (
    None
):
    plain, own = opened(LETTER, BODY), opened(LETTER, BODY)
    plain.do("uno")

    own.do("uno", wording=Wording(body="Hola, Ana.", attachments=("guia.pdf",)))

    (template,), (adapted,) = plain.told(f.MessageOwed), own.told(f.MessageOwed)
    assert (adapted.body, adapted.adapted) == ("Hola, Ana.", True)
    assert adapted.attachments == ("guia.pdf",)
    assert adapted.digest == template.digest


def test_message_it_may_always_be_said() -> None:
    case = opened(LETTER, BODY, channel="desk", sender=Sender(name="Ana"))

    case.do("uno", wording=Wording(via="voice"))

    (owed,) = case.told(f.MessageOwed)
    assert (owed.via, owed.to) == ("voice", "Ana")


def test_message_it_goes_to_the_partys_address_when_the_contact_left_none() -> None:
    party = PartyView(ref="p1", attributes={"email": "casa@cliente.example"})
    case = opened(LETTER, BODY, channel="phone", sender=Sender(phone="+51 1 5"), party=party)

    case.do("uno")

    assert case.told(f.MessageOwed)[0].to == "casa@cliente.example"


@pytest.mark.parametrize(
    ("channel", "words"), [("desk", "Bienvenida"), ("phone", "Diga"), ("email", "Hola")]
)
def test_script_it_has_the_words_of_the_channel(channel: str, words: str) -> None:
    case = opened(
        """
        steps: {uno: {who: jefe, say: [saludo], end: fin}}
        scripts: {saludo: {phase: S, text: {desk: Bienvenida, phone: Diga, else: Hola}}}
        """,
        channel=channel,
    )

    spoken = said(
        case.procedure.scripts["saludo"], Scope(case.procedure, case.state, case.now, CHIEF)
    )

    assert spoken is not None
    assert spoken.text == words
