"""Two front offices that must never meet, and a browser without script for each."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from tests.support.desks import Desk, Person, open_desk
from ventanilla.identity.models import User


@pytest.fixture
def desk(db: None) -> Desk:
    return open_desk(datetime.now(UTC))


@pytest.fixture
def neighbour(db: None) -> Desk:
    return open_desk(datetime.now(UTC), slug="vecino")


def signed_in(person: Person) -> Client:
    """A browser in which this person has signed in."""
    client = Client()
    user = User.objects.across_organizations().get(pk=person.id)
    client.force_login(user, backend="ventanilla.identity.backend.AccountBackend")
    return client


@pytest.fixture
def agent(desk: Desk) -> Client:
    return signed_in(desk.agent)


@pytest.fixture
def colleague(desk: Desk) -> Client:
    return signed_in(desk.colleague)
