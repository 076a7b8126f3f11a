"""What is turned down, why, and that it leaves no trace."""

from datetime import timedelta
from typing import Any

import pytest

from tests.core.engine.builders import (
    AGENT,
    CHIEF,
    FAR_AGENT,
    OUTSIDER,
    PARTY,
    Case,
    opened,
    opening,
    procedure,
)
from ventanilla.core.engine.commands import (
    SYSTEM,
    Act,
    Assign,
    Cancel,
    Command,
    Correct,
    Deliver,
    Note,
    Performer,
    Receive,
    Refused,
    Reopen,
    Tick,
    Wording,
)
from ventanilla.core.engine.commands import RefusalCode as Code
from ventanilla.core.engine.facts import Delivery
from ventanilla.core.engine.state import Sender

TEXT = """
fields:
  nombre: {type: text, label: Nombre, saves: party.name}
  monto: {type: integer, label: Monto}
  urgente: {type: boolean, label: Urgente}
  ajeno: {type: text, label: De otro paso}
steps:
  uno:
    who: agente
    ask: [{field: nombre, required: true}, monto, {field: urgente, required: true, if: monto > 10}]
    do: [Saludé, {item: Ofrecí agua, optional: true}]
    requires: [{if: monto < 100 or empty(monto), say: Hasta 100.}]
  dos: {who: agente, send: respuesta}
  tres: {who: agente, ask: [ajeno], end: fin}
actions:
  apurar: {title: Apurar, who: [agente, jefe], if: known(nombre)}
"""
LETTER = {"respuesta": "Hola {{ nombre }}."}


@pytest.fixture
def case() -> Case:
    return opened(TEXT, LETTER)


def items(case: Case) -> tuple[str, ...]:
    return tuple(item.key for item in case.procedure.steps["uno"].do)


def uno(case: Case, **values: Any) -> Command:
    return case.completing("uno", checked=items(case), **values)


def test_task_it_is_completed_when_everything_is_in_order(case: Case) -> None:
    case.accept(uno(case, nombre="Ana", monto=20, urgente=False), AGENT)

    assert case.at() == ["dos"]


@pytest.mark.parametrize("by", [CHIEF, FAR_AGENT, OUTSIDER, PARTY])
def test_task_it_is_refused_to_whom_it_does_not_belong(case: Case, by: Performer) -> None:
    refused = case.refuse(uno(case, nombre="Ana"), by)

    assert refused == Refused(code=Code.NOT_YOURS, params={"role": "agente"})


def test_task_it_may_be_done_by_its_assignee_without_the_role(case: Case) -> None:
    case.accept(Assign(task="uno#1", assignee=OUTSIDER.id), AGENT)

    case.accept(uno(case, nombre="Ana"), OUTSIDER)

    assert case.at() == ["dos"]


def test_task_completed_twice_it_is_gone(case: Case) -> None:
    command = uno(case, nombre="Ana")
    case.accept(command, AGENT)

    assert case.refuse(command, AGENT).code is Code.TASK_GONE


@pytest.mark.parametrize(
    "task",
    ["uno", "uno#", "uno#0", "uno#2", "uno#01", "uno#²", "nada#1", "", "#1", "uno#" + "9" * 5000],
)
def test_task_nobody_ever_had_it_is_unknown(case: Case, task: str) -> None:
    command = case.completing(f"{task}" if "#" in task else f"{task}#")

    assert case.refuse(command, AGENT).code is Code.TASK_UNKNOWN


@pytest.mark.parametrize(
    ("values", "code", "datum"),
    [
        ({}, Code.FIELD_REQUIRED, "nombre"),
        ({"nombre": ""}, Code.FIELD_REQUIRED, "nombre"),
        ({"nombre": "Ana", "monto": 20}, Code.FIELD_REQUIRED, "urgente"),
        ({"nombre": "Ana", "monto": "20"}, Code.FIELD_UNREADABLE, "monto"),
        ({"nombre": "Ana", "otro": 1}, Code.FIELD_UNKNOWN, "otro"),
        ({"nombre": "Ana", "ajeno": "x"}, Code.FIELD_UNKNOWN, "ajeno"),
        ({"nombre": "Ana", "monto": 200, "urgente": True}, Code.REQUIREMENT, ""),
    ],
)
def test_task_it_is_refused_with_the_field_to_put_right(
    case: Case, values: dict[str, Any], code: Code, datum: str
) -> None:
    refused = case.refuse(uno(case, **values), AGENT)

    assert (refused.code, refused.datum) == (code, datum)


def test_task_it_is_refused_while_an_item_is_unchecked(case: Case) -> None:
    refused = case.refuse(case.completing("uno", nombre="Ana"), AGENT)

    assert (refused.code, refused.params) == (Code.ITEM_UNCHECKED, {"item": "Saludé"})


def test_task_it_does_not_need_the_items_that_are_optional(case: Case) -> None:
    case.accept(case.completing("uno", checked=items(case)[:1], nombre="Ana"), AGENT)

    assert case.at() == ["dos"]


def test_task_that_saves_it_needs_a_party_or_the_name_for_a_new_one(case: Case) -> None:
    command = uno(case, nombre="Ana")
    assert command.new_party == "new"  # type: ignore[union-attr]

    nameless = type(command)(
        **{n: getattr(command, n) for n in command.__slots__} | {"new_party": ""}
    )

    assert case.refuse(nameless, AGENT).code is Code.PARTY_NEEDED


def test_task_it_does_not_save_what_it_does_not_ask_now() -> None:
    case = opened("""
        fields:
          nombre: {type: text, label: Nombre, saves: party.name}
          quiere: {type: boolean, label: Quiere}
        steps:
          uno: {who: jefe, ask: [quiere, {field: nombre, if: quiere}], end: fin}
    """)

    case.do("uno", quiere=False, nombre="Ana")

    assert case.state.party is None


# --- messages -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sender", "wording", "code"),
    [
        (Sender(name="Ana"), None, Code.NO_ADDRESS),
        (Sender(email="a@b.example"), Wording(via="letter"), Code.MEDIUM_UNKNOWN),
        (Sender(email="a@b.example"), Wording(body="   "), Code.WORDING_EMPTY),
    ],
)
def test_message_it_is_refused_when_it_cannot_be_sent(
    sender: Sender, wording: Wording | None, code: Code
) -> None:
    case = opened(TEXT, LETTER, sender=sender)
    case.accept(uno(case, nombre="Ana"), AGENT)

    assert case.refuse(case.completing("dos", wording=wording), AGENT).code is code


@pytest.mark.parametrize("key", ["respuesta", "respuesta#0", "respuesta#2", "otra#1", "#", "x#x"])
def test_delivery_it_is_refused_for_a_message_nobody_owed(case: Case, key: str) -> None:
    case.accept(uno(case, nombre="Ana"), AGENT)
    case.do("dos", by=AGENT)
    case.accept(Deliver(key="respuesta#1", delivery=Delivery.SENT))

    refused = case.refuse(Deliver(key=key, delivery=Delivery.SENT))

    assert refused.code is Code.MESSAGE_UNKNOWN


# --- actions, and the rest of a case's life -------------------------------------------------------


def test_action_it_is_refused_while_its_condition_fails(case: Case) -> None:
    refused = case.refuse(Act(action="apurar", happened_at=case.now), AGENT)

    assert refused.code is Code.ACTION_UNAVAILABLE


@pytest.mark.parametrize(("by", "taken"), [(AGENT, True), (CHIEF, True), (OUTSIDER, False)])
def test_action_it_is_for_any_of_its_roles_and_nobody_else(by: Performer, taken: bool) -> None:
    case = opened(TEXT, LETTER, nombre="Ana")

    decision = case.tell(Act(action="apurar", happened_at=case.now), by)

    assert isinstance(decision, Refused) is not taken


def test_action_that_does_not_exist_it_is_refused(case: Case) -> None:
    refused = case.refuse(Act(action="nada", happened_at=case.now), AGENT)

    assert refused.code is Code.ACTION_UNKNOWN


def test_case_it_opens_once(case: Case) -> None:
    assert case.refuse(opening(case.now)).code is Code.ALREADY_OPEN


def test_opening_it_is_refused_with_a_value_no_form_would_take() -> None:
    fresh = Case(procedure(TEXT, LETTER))

    assert fresh.refuse(opening(fresh.now, monto="x")).code is Code.FIELD_UNREADABLE
    assert fresh.refuse(opening(fresh.now, otro=1)).code is Code.FIELD_UNKNOWN
    assert fresh.refuse(opening(fresh.now, channel="humo")).code is Code.UNKNOWN_CHANNEL


def test_commands_before_the_case_opens_they_are_refused() -> None:
    fresh = Case(procedure(TEXT, LETTER))
    at = fresh.now

    commands: tuple[Command, ...] = (
        Tick(),
        Note(text="x", happened_at=at),
        Receive(message="m", happened_at=at),
    )
    for command in commands:
        assert fresh.refuse(command).code is Code.NOT_OPEN


def test_case_that_is_open_it_is_not_opened_again_by_whoever_asks() -> None:
    open_one = opened("""
        steps: {uno: {who: jefe, end: fin}, otra: {who: jefe, end: fin}}
        reopen: otra
        actions: {ir: {title: Ir, who: jefe, go: otra}}
    """)
    reopen = Reopen(reason="Sigue", happened_at=open_one.now)

    assert open_one.refuse(reopen, CHIEF).code is Code.CANNOT_REOPEN
    assert open_one.at() == ["uno"]


def test_case_that_has_closed_it_takes_no_more_work(case: Case) -> None:
    case.accept(Cancel(reason="Duplicado", happened_at=case.now), CHIEF)

    assert case.refuse(uno(case, nombre="Ana"), AGENT).code is Code.NOT_OPEN
    assert case.refuse(Act(action="apurar", happened_at=case.now), AGENT).code is Code.NOT_OPEN
    assert case.refuse(Cancel(reason="x", happened_at=case.now), CHIEF).code is Code.NOT_OPEN
    assert case.refuse(Assign(task="uno#1", assignee="x"), CHIEF).code is Code.TASK_GONE
    reopen = Reopen(reason="x", happened_at=case.now)
    assert case.refuse(reopen, CHIEF).code is Code.CANNOT_REOPEN


@pytest.mark.parametrize("kind", ["cancel", "correct", "note"])
def test_command_that_needs_words_it_is_refused_without(case: Case, kind: str) -> None:
    at = case.now
    commands: dict[str, Command] = {
        "cancel": Cancel(reason=" ", happened_at=at),
        "correct": Correct(values={"nombre": "Ana"}, reason="", happened_at=at),
        "note": Note(text="", happened_at=at),
    }

    assert case.refuse(commands[kind], SYSTEM).code is Code.REASON_NEEDED


# --- time -----------------------------------------------------------------------------------------


def test_command_from_the_future_it_is_refused(case: Case) -> None:
    later = case.completing("uno", at=case.now + timedelta(minutes=1), nombre="Ana")

    assert case.refuse(later, AGENT).code is Code.IN_THE_FUTURE


def test_command_from_before_the_case_it_is_refused(case: Case) -> None:
    earlier = case.completing("uno", at=case.now - timedelta(minutes=1), nombre="Ana")

    assert case.refuse(earlier, AGENT).code is Code.BEFORE_OPENING


@pytest.mark.parametrize(
    ("amount", "answer", "refused"),
    [(1000, None, False), (1001, None, True), (1001, "Compra", False)],
)
def test_task_it_needs_an_answer_when_its_condition_holds(
    amount: int, answer: str | None, refused: bool
) -> None:
    case = opened(
        """
        fields:
          monto: {type: integer, label: Monto, required: true}
          motivo: {type: text, label: Motivo}
        steps:
          uno: {who: jefe, ask: [monto, {field: motivo, required: monto > 1000}], end: fin}
        """
    )
    command = case.completing("uno", monto=amount, motivo=answer)

    decision = case.tell(command, CHIEF)

    assert isinstance(decision, Refused) is refused
    if isinstance(decision, Refused):
        assert (decision.code, decision.datum) == (Code.FIELD_REQUIRED, "motivo")
