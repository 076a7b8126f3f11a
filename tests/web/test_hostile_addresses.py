"""What no honest browser sends: every address answers calmly, the same on both databases."""

import pytest
from django.test import Client

from tests.support.desks import Desk

NOBODY = "00000000-0000-4000-8000-000000000000"
HUGE = "9" * 40

HOSTILE = (
    "/casos/2026%00000001/",
    "/casos/2026%00000001/nota/",
    "/casos/2026%00000001/acciones/escribir/",
    "/casos/2026%00000001/plazos/a%00b/",
    f"/casos/2026%00000001/mensajes/{NOBODY}/",
    "/procedimientos/IN%00DX/",
    f"/casos/{'9' * 500}/",
    f"/buzon/{NOBODY}/adjuntos/{HUGE}/",
)
CALM = (
    "/clientes/?q=a%00b%00c",
    "/contactos/personas/?q=%00%00ab",
    "/bandeja/?role=a%00b&office=%00&channel=%00&desde=%00",
    f"/bandeja/?desde={HUGE}",
    f"/buzon/?desde={HUGE}",
    "/contactos/nuevo/?motivo=a%00b",
)


@pytest.mark.parametrize("address", HOSTILE)
def test_address_it_finds_nothing_at_what_cannot_be(agent: Client, address: str) -> None:
    assert agent.get(address).status_code == 404


@pytest.mark.parametrize("address", CALM)
def test_address_it_answers_whatever_is_asked(agent: Client, address: str) -> None:
    assert agent.get(address).status_code == 200


def test_retry_it_finds_nothing_at_a_number_that_no_row_can_have(agent: Client) -> None:
    assert agent.post(f"/envios/{HUGE}/reintentar/").status_code == 404


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ficha-email", "rosa\0@agrovalle.example"),
        ("ficha-email", "rosa@agro\0valle.example"),
        ("ficha-name", "Ro\0sa"),
        ("ficha-phone", "987\x00654321"),
        ("ficha-document", "456\x0078901"),
        ("subject", "Palta\0Hass"),
    ],
)
def test_contact_it_refuses_what_no_database_can_hold(
    desk: Desk, agent: Client, name: str, text: str
) -> None:
    typed = {
        "channel": "phone",
        "office": "lima",
        "procedure": "IN-DX-EXP-001",
        "subject": "Palta Hass",
        "ficha-name": "Rosa Quispe",
    }

    answer = agent.post("/contactos/nuevo/", {**typed, name: text})

    assert answer.status_code == 422
