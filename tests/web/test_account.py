"""The door and a person's own page."""

import pytest
from django.test import Client

from tests.support.desks import PASSWORD, Desk

DOOR = "/entrar/"


def test_door_it_lets_in_and_takes_people_where_they_were_going(desk: Desk) -> None:
    client = Client()

    answer = client.post(DOOR, {"email": desk.agent.email, "password": PASSWORD, "next": "/buzon/"})

    assert answer.headers["Location"] == "/buzon/"
    assert client.get("/buzon/").status_code == 200


@pytest.mark.parametrize(
    ("email", "password"), [("ana@promperu.example", "otra"), ("nadie@promperu.example", PASSWORD)]
)
def test_door_it_says_the_same_for_a_wrong_password_and_a_wrong_name(
    desk: Desk, email: str, password: str
) -> None:
    answer = Client().post(DOOR, {"email": email, "password": password})

    assert answer.status_code == 200
    assert "El correo o la contraseña no corresponden." in answer.content.decode()


def test_door_it_slows_down_whoever_keeps_guessing(desk: Desk) -> None:
    guess = {"email": desk.agent.email, "password": "otra"}

    answers = [Client().post(DOOR, guess).status_code for _ in range(10)]

    assert answers[0] == 200
    assert answers[-1] == 429


@pytest.mark.parametrize("place", ["https://evil.example/", "//evil.example", "javascript:x"])
def test_door_it_never_leads_to_another_site(desk: Desk, place: str) -> None:
    answer = Client().post(DOOR, {"email": desk.agent.email, "password": PASSWORD, "next": place})

    assert answer.headers["Location"] == "/"


def test_sign_out_it_ends_the_session(agent: Client) -> None:
    agent.post("/salir/")

    assert agent.get("/bandeja/").status_code == 302


def test_sign_out_it_is_not_done_by_a_mere_link(agent: Client) -> None:
    assert agent.get("/salir/").status_code == 405


def test_profile_it_keeps_theme_language_and_keys(agent: Client) -> None:
    agent.post("/perfil/", {"theme": "dark", "language": "en"})

    page = agent.get("/perfil/").content.decode()

    assert '<html lang="en" data-theme="dark">' in page
    assert "data-keys" not in page


def test_form_it_is_refused_without_its_token(desk: Desk) -> None:
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post(DOOR, {"email": desk.agent.email, "password": PASSWORD})

    assert answer.status_code == 403
    assert "El formulario venció antes de enviarse" in answer.content.decode()


def test_expired_session_it_shows_what_was_typed(desk: Desk) -> None:
    answer = Client().post("/casos/2026-000001/nota/", {"text": "Vino con su hija."})

    page = answer.content.decode()
    assert answer.status_code == 401
    assert "Vino con su hija." in page
    assert "/entrar/" in page
