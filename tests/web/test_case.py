"""The page of a case: saying, asking, sending; being refused; being second."""

import re
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.support.desks import Desk, case_at_desk, case_by_mail, mail, receive
from tests.web.conftest import signed_in
from ventanilla.cases.selectors import CaseFile, case_file
from ventanilla.desk.case_page import task_address
from ventanilla.desk.forms.sheet import BODY, PRINT, SUBJECT


def _case(desk: Desk, number: str) -> CaseFile:
    return case_file(actor=desk.agent.actor, number=number)


def _form(page: str) -> dict[str, str]:
    """The suggested letter as a browser would send it back."""
    subject = re.search(rf'name="{SUBJECT}" value="([^"]*)"', page)
    body = re.search(rf'<textarea name="{BODY}"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL)
    mark = re.search(rf'name="{PRINT}" value="([^"]*)"', page)
    assert subject
    assert body
    assert mark
    return {
        SUBJECT: subject[1],
        BODY: body[1].replace("&#x27;", "'").replace("\n", "\r\n"),
        PRINT: mark[1],
    }


@pytest.mark.covers("PE-29")
def test_case_it_sends_the_template_with_the_answers_filled_in_when_nobody_changed_it(
    desk: Desk, agent: Client
) -> None:
    number = case_by_mail(desk, datetime.now(UTC))
    address = task_address(number, _case(desk, number).tasks[0].key)
    letter = _form(agent.get(address).content.decode())

    answer = agent.post(
        address, {**letter, "dato-tratamiento": "sra", "dato-apellidos": "Quispe Huamán"}
    )

    assert answer.headers["Location"] == reverse("desk:case", args=(number,))
    sent = _case(desk, number).contacts[-1]
    assert "Sra. Quispe Huamán" in sent.text
    assert sent.delivery == "pending"


@pytest.mark.covers("PE-29")
def test_case_it_sends_the_words_the_person_chose(desk: Desk, agent: Client) -> None:
    number = case_by_mail(desk, datetime.now(UTC))
    address = task_address(number, _case(desk, number).tasks[0].key)
    letter = _form(agent.get(address).content.decode())

    agent.post(address, {**letter, BODY: "Estimada Rosa: ¿nos da su RUC?"})

    assert _case(desk, number).contacts[-1].text.startswith("Estimada Rosa: ¿nos da su RUC?")


def test_case_it_sends_files_along(desk: Desk, agent: Client) -> None:
    number = case_by_mail(desk, datetime.now(UTC))
    address = task_address(number, _case(desk, number).tasks[0].key)
    letter = _form(agent.get(address).content.decode())
    guide = SimpleUploadedFile("../../guía del exportador.pdf", b"%PDF-1.4 guide")

    agent.post(address, {**letter, "adjuntos": [guide]})

    sent = _case(desk, number).contacts[-1]
    assert [(file.name, file.size) for file in sent.files] == [("guía del exportador.pdf", 14)]
    download = agent.get(reverse("desk:file", args=(sent.files[0].reference,)))
    assert download.content == b"%PDF-1.4 guide"
    assert download.headers["Content-Disposition"].startswith("attachment")


def test_case_it_refuses_a_wrong_number_beside_its_field_and_keeps_what_was_typed(
    desk: Desk, agent: Client
) -> None:
    number = case_by_mail(desk, datetime.now(UTC))
    agent.post(reverse("desk:act", args=(number, "datos_ya_obtenidos")))
    address = task_address(number, _case(desk, number).tasks[0].key)

    answer = agent.post(
        address,
        {
            "dato-entrega": "completa",
            "dato-nombre": "Rosa Quispe",
            "dato-documento": "45678901",
            "dato-direccion": "Trujillo",
            "dato-telefono": "987654321",
            "dato-razon_social": "Agrovalle S.A.C.",
            "dato-ruc": "20100070971",
        },
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "La última cifra no corresponde a ese RUC" in page
    assert 'aria-describedby="id_dato-ruc_error"' in page
    assert 'value="20100070971"' in page
    assert _case(desk, number).tasks[0].step == "registrar"


def test_case_it_says_what_the_step_still_needs(desk: Desk, agent: Client) -> None:
    number = case_at_desk(desk, datetime.now(UTC))
    agent.post(task_address(number, "saludar#1"))
    address = task_address(number, _case(desk, number).tasks[0].key)

    answer = agent.post(address, {"dato-necesidad": "Exportar quinua"})

    assert answer.status_code == 422
    assert "Complete este dato: el paso lo necesita." in answer.content.decode()
    assert "Exportar quinua" in answer.content.decode()


def test_case_it_takes_no_answer_that_the_other_answers_do_not_call_for(
    desk: Desk, agent: Client
) -> None:
    number = case_at_desk(desk, datetime.now(UTC))
    agent.post(task_address(number, "saludar#1"))

    agent.post(
        task_address(number, "clasificar#1"),
        {
            "dato-preparacion": _options(desk, number, "preparacion")[0],
            "dato-tiene_productos": "false",
            "dato-productos_exportables": "palta",
            "dato-tipo_consulta": "general",
        },
    )

    assert "productos_exportables" not in _case(desk, number).state.fields


def test_case_it_shows_the_questions_again_that_the_refused_answers_called_for(
    desk: Desk, agent: Client
) -> None:
    number = case_by_mail(desk, datetime.now(UTC))
    agent.post(reverse("desk:act", args=(number, "datos_ya_obtenidos")))
    address = task_address(number, _case(desk, number).tasks[0].key)

    wrong = agent.post(address, {"dato-entrega": "completa", "dato-ruc": "1"})
    no_matter = agent.post(address, {"dato-entrega": "ninguna", "dato-ruc": "1"})

    asked = re.search(r'<div class="ask([^"]*)" data-ask="dato-ruc">', wrong.content.decode())
    assert asked is not None
    assert asked[1] == ""
    assert no_matter.status_code == 302


def test_case_it_shows_who_was_first_and_keeps_what_the_second_typed(
    desk: Desk, agent: Client, colleague: Client
) -> None:
    number = case_at_desk(desk, datetime.now(UTC))
    agent.post(task_address(number, "saludar#1"))
    address = task_address(number, "clasificar#1")
    agent.get(address)
    told = {
        "dato-preparacion": _options(desk, number, "preparacion")[0],
        "dato-tiene_productos": "false",
        "dato-tipo_consulta": "general",
    }
    colleague.post(address, {**told, "dato-necesidad": "Lo que oyó Luis"})

    second = agent.post(address, {**told, "dato-necesidad": "Lo que oyó Ana"})

    page = second.content.decode()
    assert second.status_code == 409
    assert "Luis Soto completó «Clasificar la consulta»" in page
    assert "Lo que oyó Ana" in page
    assert _case(desk, number).state.fields["necesidad"] == "Lo que oyó Luis"


def test_case_it_forbids_what_belongs_to_another_role_and_shows_it(desk: Desk) -> None:
    number = case_by_mail(desk, datetime.now(UTC))
    address = task_address(number, _case(desk, number).tasks[0].key)
    specialist = signed_in(desk.specialist)

    seen, done = specialist.get(address), specialist.post(address)

    assert seen.status_code == 200
    assert "no completarla" in seen.content.decode()
    assert done.status_code == 403


def test_case_it_calls_no_datum_optional_that_the_answers_demand(desk: Desk, agent: Client) -> None:
    number = case_by_mail(desk, datetime.now(UTC))
    agent.post(reverse("desk:act", args=(number, "datos_ya_obtenidos")))
    address = task_address(number, _case(desk, number).tasks[0].key)

    def address_label(entrega: str) -> str:
        look = agent.post(
            address,
            {"deed": "look", "dato-entrega": entrega},
            headers={"HX-Request": "true", "HX-Target": "hoja"},
        )
        page = look.content.decode()
        found = re.search(r'<label for="id_dato-direccion">(.*?)</label>', page)
        assert found is not None
        return found[1]

    assert "(opcional)" in address_label("parcial")
    assert "(opcional)" not in address_label("completa")


def test_case_it_shows_again_what_the_answers_call_for(desk: Desk, agent: Client) -> None:
    number = case_at_desk(desk, datetime.now(UTC))
    agent.post(task_address(number, "saludar#1"))

    look = agent.post(
        task_address(number, "clasificar#1"),
        {"deed": "look", "dato-tiene_productos": "true", "dato-necesidad": "Quinua"},
        headers={"HX-Request": "true", "HX-Target": "hoja"},
    )

    page = look.content.decode()
    assert "<html" not in page
    assert "Quinua" in page
    asked = re.search(
        r'<div class="ask([^"]*)"[^>]*><div[^>]*>\s*<label for="id_dato-productos_exp', page
    )
    assert asked is not None
    assert asked[1] == ""
    assert _case(desk, number).tasks[0].step == "clasificar"


def test_case_it_previews_the_letter_with_what_was_typed(desk: Desk, agent: Client) -> None:
    number = case_by_mail(desk, datetime.now(UTC))
    address = task_address(number, _case(desk, number).tasks[0].key)
    letter = _form(agent.get(address).content.decode())

    seen = agent.post(
        address,
        {**letter, "deed": "preview", "dato-tratamiento": "sra", "dato-apellidos": "Quispe"},
    )

    assert seen.status_code == 200
    assert "Sra. Quispe" in seen.content.decode()
    assert len(_case(desk, number).contacts) == 1


def test_case_it_tells_its_story_from_the_journal(desk: Desk, agent: Client) -> None:
    number = case_by_mail(desk, datetime.now(UTC))
    agent.post(reverse("desk:note", args=(number,)), {"text": "Llamó para apurar."})

    page = agent.get(reverse("desk:case", args=(number,))).content.decode()

    assert page.index("Llamó para apurar.") < page.index("Se abrió el caso por correo")
    assert "Escribió Rosa Quispe" in page


def test_case_it_costs_the_same_whatever_its_story(desk: Desk, agent: Client) -> None:
    number = case_by_mail(desk, datetime.now(UTC))
    address = reverse("desk:case", args=(number,))
    agent.post(reverse("desk:note", args=(number,)), {"text": "La primera"})
    agent.get(address)
    before = _statements(agent, address)

    for turn in range(5):
        agent.post(reverse("desk:note", args=(number,)), {"text": f"Nota {turn}"})
    agent.get(address)
    after = _statements(agent, address)

    assert after == before <= 16


def test_case_it_counts_each_deadline_out(desk: Desk, agent: Client) -> None:
    number = case_by_mail(desk, datetime.now(UTC))
    clock = _case(desk, number).clocks[0]

    page = agent.get(reverse("desk:deadline", args=(number, clock.name))).content.decode()

    assert clock.title in page
    assert "24 horas" in page
    assert "cuenta" in page


def test_cancel_it_wants_a_reason_and_closes(desk: Desk, agent: Client) -> None:
    number = case_by_mail(desk, datetime.now(UTC))
    address = reverse("desk:cancel", args=(number,))

    without = agent.post(address, {"reason": " "})
    agent.post(address, {"reason": "Mensaje de prueba"})

    assert without.status_code == 422
    assert _case(desk, number).state.status == "closed"


def test_case_it_marks_what_came_in_as_seen_once_somebody_looked(desk: Desk, agent: Client) -> None:
    number = case_by_mail(desk, datetime.now(UTC))
    before = agent.get("/bandeja/").content.decode()

    agent.get(reverse("desk:case", args=(number,)))
    after = agent.get("/bandeja/").content.decode()

    assert "mensaje nuevo" in before
    assert "mensaje nuevo" not in after


def test_case_it_never_runs_what_a_stranger_wrote(desk: Desk, agent: Client) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>{{ case.number }}"
    placement = receive(
        desk,
        mail(sender=f'"{evil[:25]}" <x@evil.example>', subject=evil, text=evil),
        datetime.now(UTC),
    )

    page = agent.get(reverse("desk:case", args=(placement.number,))).content.decode()

    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "{{ case.number }}" in page


def _options(desk: Desk, number: str, field: str) -> list[str]:
    of = _case(desk, number).published.procedure.fields[field]
    return [option.value for option in of.options]


def _statements(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)
