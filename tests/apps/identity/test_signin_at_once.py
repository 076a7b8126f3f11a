"""Many guesses at once do not outrun the brake."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from tests.apps.conftest import NOW, build_house
from ventanilla.identity.signin import TRIES_BY_ACCOUNT, TooManyTries, sign_in

AT_ONCE = 12


@pytest.mark.django_db(transaction=True)
def test_guesses_at_once_they_are_counted_one_by_one() -> None:
    build_house("norte")
    start = Barrier(AT_ONCE)

    def guess(number: int) -> bool:
        try:
            start.wait(timeout=20)
            answer = sign_in(
                email="agente@norte.example",
                password=f"intento-{number}",
                address=f"192.0.2.{number}",
                now=NOW,
            )
            return isinstance(answer, TooManyTries)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        braked = list(pool.map(guess, range(AT_ONCE)))

    assert braked.count(False) == TRIES_BY_ACCOUNT
