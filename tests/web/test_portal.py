"""The public's pages: a request once, its key, what is shown of it, and what is not."""

import re
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.support.desks import PROCEDURE, Desk, case_by_mail, pack_files
from ventanilla.cases.models import Attachment, Case, Interaction
from ventanilla.cases.selectors import CaseFile, case_file
from ventanilla.cases.services import cancel, note
from ventanilla.catalog.services import load_pack
from ventanilla.channels.tracking import tracked_case, tracking_key, tracking_words
from ventanilla.packs.reader import PackFiles
from ventanilla.portal.views import TRIES

SLUG = "promperu"
FORM = f"/portal/{SLUG}/pedir/{PROCEDURE}/"
PROCEDURE_FILE = "procedures/atencion-exportador.yaml"
ASKED = "necesidad tiene_productos mercado"


def answers(**more: object) -> dict[str, object]:
    return {
        "nonce": str(uuid4()),
        "shown": ASKED,
        "contacto-nombre": "Nélida Quispe",
        "contacto-correo": "nelida@correo.example",
        "dato-necesidad": "Quiero exportar quinua",
        "dato-tiene_productos": "false",
        "dato-mercado": "Chile",
        **more,
    }


def handed_in(**more: object) -> str:
    """The address of the request that a sound form opens."""
    answer = Client().post(FORM, answers(**more))
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])


def the_case(desk: Desk) -> CaseFile:
    number = Case.objects.within(desk.organization_id).get().number
    return case_file(actor=desk.agent.actor, number=number)


def test_services_it_lists_what_the_pack_offers_the_public(desk: Desk) -> None:
    page = Client().get(f"/portal/{SLUG}/").content.decode()

    assert "Consulta sobre exportación" in page
    assert FORM in page


@pytest.mark.covers("PE-14")
def test_request_it_opens_a_case_by_the_web_with_the_answers(desk: Desk) -> None:
    place = handed_in()

    case = the_case(desk)
    assert (case.state.channel, case.state.sender.name) == ("web", "Nélida Quispe")
    assert case.state.fields["necesidad"] == "Quiero exportar quinua"
    page = Client().get(place).content.decode()
    assert case.number in page
    assert "En atención" in page
    assert "Quiero exportar quinua" in page


def test_request_handed_in_twice_it_opens_one_case(desk: Desk) -> None:
    form = answers()

    first, second = (Client().post(FORM, form).headers["Location"] for _ in range(2))

    assert first == second
    assert Case.objects.within(desk.organization_id).count() == 1


def test_request_without_way_to_answer_it_says_so_and_keeps_what_was_typed(desk: Desk) -> None:
    answer = Client().post(FORM, answers(**{"contacto-correo": ""}))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Escriba un correo o un teléfono" in page
    assert "Quiero exportar quinua" in page
    assert not Case.objects.within(desk.organization_id).exists()


def test_request_without_a_demanded_answer_it_names_the_question(desk: Desk) -> None:
    answer = Client().post(FORM, answers(**{"dato-necesidad": " "}))

    assert answer.status_code == 422
    assert '<a href="#id_dato-necesidad">Qué necesita</a>' in answer.content.decode()


def test_request_it_asks_more_when_an_answer_calls_for_it(desk: Desk) -> None:
    client = Client()
    yes = answers(**{"dato-tiene_productos": "true"})

    again = client.post(FORM, yes)
    page = again.content.decode()
    shown = re.search(r'name="shown" value="([^"]*)"', page)

    assert (again.status_code, "dato-productos_exportables" in page) == (200, True)
    assert shown is not None
    empty = client.post(FORM, {**yes, "shown": shown[1]})
    assert empty.status_code == 422
    full = {**yes, "shown": shown[1], "dato-productos_exportables": "Quinua"}
    assert client.post(FORM, full).status_code == 302
    assert the_case(desk).state.fields["productos_exportables"] == "Quinua"


def test_request_an_answer_nobody_asked_for_it_counts_for_nothing(desk: Desk) -> None:
    handed_in(**{"dato-productos_exportables": "Quinua", "dato-tema": "precios"})

    fields = the_case(desk).state.fields
    assert "productos_exportables" not in fields
    assert fields.get("tema") is None


def test_robot_it_is_thanked_and_opens_nothing(desk: Desk) -> None:
    answer = Client().post(FORM, answers(apellido2="http://spam.example"))

    assert answer.status_code == 200
    assert not Case.objects.within(desk.organization_id).exists()


def test_address_that_asks_too_often_it_has_to_wait(desk: Desk) -> None:
    for _ in range(TRIES):
        handed_in()

    answer = Client().post(FORM, answers())

    assert answer.status_code == 429
    assert Case.objects.within(desk.organization_id).count() == TRIES


# --- where it stands ------------------------------------------------------------------------------


def test_request_it_shows_its_promise_and_nothing_of_the_house(desk: Desk) -> None:
    place = handed_in()
    case = the_case(desk)
    note(actor=desk.agent.actor, now=datetime.now(UTC), case=case.reference, text="Parece urgente")

    page = Client().get(place).content.decode()

    assert "Parece urgente" not in page
    assert desk.agent.actor.name not in page


def test_reply_it_comes_to_the_case_once_with_its_file(desk: Desk) -> None:
    place = handed_in()
    form = {"nonce": str(uuid4()), "texto": "Adjunto la ficha"}

    for _ in range(2):
        file = SimpleUploadedFile("ficha.pdf", b"%PDF-1.4 ficha")
        assert Client().post(place, {**form, "archivos": file}).status_code == 302

    contacts = [one for one in the_case(desk).contacts if one.text == "Adjunto la ficha"]
    assert [[file.name for file in one.files] for one in contacts] == [["ficha.pdf"]]
    assert Attachment.objects.within(desk.organization_id).count() == 1


def test_file_it_is_a_download_for_whoever_has_the_key(desk: Desk) -> None:
    place = handed_in()
    file = SimpleUploadedFile("ficha.html", b"<script>alert(1)</script>")
    Client().post(place, {"nonce": str(uuid4()), "texto": "x", "archivos": file})
    reference = Attachment.objects.within(desk.organization_id).get().reference

    answer = Client().get(f"{place}archivos/{reference}/")

    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert "attachment" in answer.headers["Content-Disposition"]
    other = handed_in()
    assert Client().get(f"{other}archivos/{reference}/").status_code == 404


def test_reply_that_says_nothing_it_is_refused(desk: Desk) -> None:
    place = handed_in()

    answer = Client().post(place, {"nonce": str(uuid4()), "texto": " "})

    assert answer.status_code == 422
    assert Interaction.objects.within(desk.organization_id).count() == 1


def test_closed_request_it_says_so(desk: Desk) -> None:
    place = handed_in()
    case = the_case(desk).reference
    cancel(actor=desk.agent.actor, now=datetime.now(UTC), case=case, reason="Duplicada")

    page = Client().get(place).content.decode()

    assert "Concluida" in page
    assert "Duplicada" not in page


# --- keys -----------------------------------------------------------------------------------------


def test_key_it_opens_its_own_case_in_its_own_house_only(desk: Desk) -> None:
    case = uuid4()
    key = tracking_key(desk.organization_id, case)

    assert tracked_case(desk.organization_id, key) == case
    assert tracked_case(desk.organization_id + 1, key) is None
    for position in range(len(key) - 1):
        other = "A" if key[position] != "A" else "B"
        assert (
            tracked_case(desk.organization_id, key[:position] + other + key[position + 1 :]) is None
        )


@pytest.mark.parametrize("key", ["", "x", "ñ" * 43, "A" * 43, "." * 43])
def test_key_that_is_none_it_is_not_found(desk: Desk, key: str) -> None:
    assert tracked_case(desk.organization_id, key) is None
    if key:
        assert Client().get(f"/portal/{SLUG}/seguimiento/{key}/").status_code == 404


def test_key_of_the_neighbour_it_opens_nothing_here(desk: Desk, neighbour: Desk) -> None:
    place = handed_in()

    assert Client().get(place.replace("/promperu/", "/vecino/")).status_code == 404


@pytest.mark.parametrize("address", ["/portal/nadie/", f"/portal/{SLUG}/pedir/OTRO/"])
def test_house_or_service_that_is_not_there_it_is_not_found(desk: Desk, address: str) -> None:
    assert Client().get(address).status_code == 404


def test_pages_they_are_not_kept_nor_listed_nor_told_to_other_sites(desk: Desk) -> None:
    page = Client().get(handed_in())

    assert "no-store" in page.headers["Cache-Control"]
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert page.headers["Referrer-Policy"] == "no-referrer"


def test_portal_without_services_it_says_where_to_turn(db: None) -> None:
    pack = pack_files()
    text = pack.files[PROCEDURE_FILE]
    start, end = text.index("\nportal:"), text.index("\ntracks:")
    closed = {**pack.files, PROCEDURE_FILE: text[:start] + text[end:]}
    load_pack(files=PackFiles(name=SLUG, files=closed), now=datetime.now(UTC), slug=SLUG)

    page = Client().get(reverse("portal:services", args=[SLUG])).content.decode()

    assert "Por ahora nada se pide en línea" in page


# --- mails ----------------------------------------------------------------------------------------


def test_mail_to_whoever_asked_it_says_where_to_follow_the_request(
    desk: Desk, settings: LazySettings
) -> None:
    place = handed_in()
    case = Case.objects.within(desk.organization_id).get()

    def words(recipient: str) -> str:
        return tracking_words(case, slug=SLUG, recipient=recipient, language="es")

    assert words("Nelida@correo.example").endswith(f"{settings.ENVIRONMENT.address}{place}")
    assert words("otra@correo.example") == ""


def test_mail_of_a_case_that_came_otherwise_it_says_nothing(desk: Desk) -> None:
    number = case_by_mail(desk, datetime.now(UTC))
    case = Case.objects.within(desk.organization_id).get(number=number)
    writer = case_file(actor=desk.agent.actor, number=number).state.sender.email

    assert tracking_words(case, slug=SLUG, recipient=writer, language="es") == ""
