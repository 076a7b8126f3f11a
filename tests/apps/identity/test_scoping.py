"""Rows of one organisation are out of reach of another: in code and in the database."""

from collections.abc import Iterator, Mapping

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from tests.apps.conftest import NOW, House
from ventanilla.identity.models import Membership, Office, Role, User
from ventanilla.identity.scoping import ScopedManager, UnscopedQuery

OWN_APPS = ("identity", "parties", "catalog", "cases", "channels", "reception", "telephone", "desk")


def owned_models() -> Iterator[type[models.Model]]:
    for label in OWN_APPS:
        for model in apps.get_app_config(label).get_models():
            if any(field.name == "organization" for field in model._meta.get_fields()):
                yield model


@pytest.mark.parametrize("model", list(owned_models()), ids=lambda model: model._meta.label)
def test_a_model_of_an_organisation_it_refuses_a_query_for_nobody(
    model: type[models.Model],
) -> None:
    manager = model._default_manager

    assert isinstance(manager, ScopedManager)
    with pytest.raises(UnscopedQuery):
        manager.count()


def test_an_actor_it_sees_the_rows_of_its_own_organisation_only(
    house: House, neighbour: House
) -> None:
    for model in (Office, Role, User, Membership):
        seen = {row.organization_id for row in model.objects.visible_to(house.agent)}

        assert seen == {house.id}


@pytest.mark.parametrize("field", ["user", "role", "office"])
def test_a_reference_to_another_organisation_it_is_refused_by_the_database(
    house: House, neighbour: House, field: str
) -> None:
    values = {
        "user": User.objects.visible_to(house.agent).get(pk=house.agent_id),
        "role": Role.objects.visible_to(house.agent).get(code="coordinador"),
        "office": Office.objects.visible_to(house.agent).get(code="piura"),
    }
    theirs = {
        "user": User.objects.visible_to(neighbour.agent).get(pk=neighbour.agent_id),
        "role": Role.objects.visible_to(neighbour.agent).get(code="coordinador"),
        "office": Office.objects.visible_to(neighbour.agent).get(code="piura"),
    }

    def save(row: Mapping[str, models.Model]) -> None:
        with transaction.atomic():
            Membership(organization_id=house.id, granted_at=NOW, granted_by="test", **row).save()
            connection.check_constraints(["identity_membership"])
            with connection.cursor() as cursor:
                if connection.vendor == "postgresql":
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(IntegrityError):
        save({**values, field: theirs[field]})
    save(values)
