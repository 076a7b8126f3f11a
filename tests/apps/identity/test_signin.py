"""Signing in tells strangers nothing, is braked, and a session dies with the right to it."""

from datetime import timedelta

import pytest
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from tests.apps.conftest import NOW, PASSWORD, House
from ventanilla.identity import services
from ventanilla.identity.backend import AccountBackend
from ventanilla.identity.brakes import forget_old_tries
from ventanilla.identity.models import SignInBrake
from ventanilla.identity.sessions import begin_session, current_actor, end_session
from ventanilla.identity.signin import (
    TRIES_BY_ACCOUNT,
    TRIES_BY_ADDRESS,
    WINDOW,
    SignedIn,
    SignIn,
    TooManyTries,
    WrongCredentials,
    sign_in,
)

ACCOUNT = "agente@norte.example"
ADDRESS = "192.0.2.7"


def attempt(
    *, email: str = ACCOUNT, password: str = PASSWORD, address: str = ADDRESS, after: int = 0
) -> SignIn:
    return sign_in(
        email=email, password=password, address=address, now=NOW + timedelta(seconds=after)
    )


def test_the_right_password_it_signs_in(house: House) -> None:
    assert attempt(email=" Agente@NORTE.example ") == SignedIn(user_id=house.agent_id)


@pytest.mark.parametrize(
    ("email", "password"),
    [
        (ACCOUNT, "otra"),
        (ACCOUNT, ""),
        (ACCOUNT, "x" * 5000),
        ("nadie@norte.example", PASSWORD),
        ("a\0b", PASSWORD),
        ("", PASSWORD),
    ],
)
def test_a_wrong_password_and_an_unknown_account_it_gets_the_same_answer(
    house: House, email: str, password: str
) -> None:
    assert attempt(email=email, password=password) == WrongCredentials()


def test_a_closed_account_it_gets_the_answer_of_an_unknown_one(house: House) -> None:
    services.deactivate_user(actor=house.administrator, user_id=house.agent_id)

    assert attempt() == WrongCredentials()


def test_an_unknown_account_it_costs_one_password_hash_like_a_known_one(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    monkeypatch.setattr("ventanilla.identity.signin.make_password", hashed.append)

    def check(password: str, _encoded: str) -> bool:
        hashed.append(password)
        return False

    monkeypatch.setattr("ventanilla.identity.signin.check_password", check)

    attempt(email="nadie@norte.example", password="una")
    attempt(email=ACCOUNT, password="otra")

    assert hashed == ["una", "otra"]


@pytest.mark.parametrize("email", [ACCOUNT, "nadie@norte.example"])
def test_an_account_tried_too_often_it_is_braked_known_or_not_and_freed_later(
    house: House, email: str
) -> None:
    for count in range(TRIES_BY_ACCOUNT):
        tried = attempt(email=email, password="otra", address=f"192.0.2.{count}")
        assert tried == WrongCredentials()

    assert attempt(email=email, address="192.0.2.99", after=60) == TooManyTries(until=NOW + WINDOW)
    freed = attempt(email=email, address="192.0.2.99", after=int(WINDOW.total_seconds()))
    assert not isinstance(freed, TooManyTries)


def test_an_address_that_tries_many_accounts_it_is_braked_and_others_are_not(house: House) -> None:
    for count in range(TRIES_BY_ADDRESS):
        attempt(email=f"nadie{count}@norte.example")

    assert isinstance(attempt(), TooManyTries)
    assert isinstance(attempt(address="192.0.2.8"), SignedIn)


def test_a_right_password_it_clears_the_account_and_spares_the_address(house: House) -> None:
    for count in range(TRIES_BY_ADDRESS * 2):
        outcome = attempt(password=PASSWORD if count % 4 == 3 else "otra")
        if count < TRIES_BY_ADDRESS:
            assert not isinstance(outcome, TooManyTries)


def test_the_brake_it_keeps_no_address_in_clear_and_is_forgotten(house: House) -> None:
    attempt(password="otra")

    assert not SignInBrake.objects.filter(key__contains="norte").exists()
    assert forget_old_tries(now=NOW + timedelta(hours=23)) == 0
    assert forget_old_tries(now=NOW + timedelta(days=2)) == 2


def request_of(session: SessionStore) -> HttpRequest:
    request = RequestFactory().get("/")
    request.session = session
    AuthenticationMiddleware(lambda _: HttpResponse()).process_request(request)
    return request


def test_a_session_it_gets_a_new_key_and_knows_its_actor(house: House) -> None:
    session = SessionStore()
    session.create()
    planted = session.session_key
    request = request_of(session)

    begin_session(request, house.agent_id)

    assert request.session.session_key != planted
    assert current_actor(request) == house.agent
    end_session(request)
    assert current_actor(request) is None


def test_the_account_of_a_session_it_is_asked_anew(house: House) -> None:
    user_id = house.agent_id
    assert AccountBackend().get_user(user_id) is not None

    services.deactivate_user(actor=house.administrator, user_id=user_id)

    assert AccountBackend().get_user(user_id) is None
