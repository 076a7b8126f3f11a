"""Accounts and rights: who may change them, and that a change holds at once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.http import Http404

from tests.apps.conftest import NOW, PASSWORD, House
from ventanilla.identity import services
from ventanilla.identity.access import NotAllowed
from ventanilla.identity.actor import ADMINISTRATOR, Actor
from ventanilla.identity.models import User
from ventanilla.identity.selectors import (
    UnknownOrganization,
    actor_of_user,
    offices,
    organization_by_slug,
    organization_of,
    roles,
    staff,
)

LATER = NOW + timedelta(hours=1)


def now_of(actor: Actor) -> Actor:
    assert actor.user_id is not None
    found = actor_of_user(actor.user_id)
    assert found is not None
    return found


def test_a_role_in_one_office_it_counts_there_and_not_elsewhere(house: House) -> None:
    agent = house.agent

    assert agent.has_role("orientador", "lima")
    assert agent.has_role("orientador")
    assert not agent.has_role("orientador", "piura")
    assert not agent.has_role("coordinador")


def test_a_role_without_office_it_counts_everywhere(house: House) -> None:
    services.grant_role(
        actor=house.administrator, now=NOW, user_id=house.agent_id, role="coordinador"
    )

    assert now_of(house.agent).has_role("coordinador", "piura")


def test_a_role_granted_twice_it_is_held_once_and_one_revocation_ends_it(house: House) -> None:
    for _ in range(2):
        services.grant_role(
            actor=house.administrator, now=NOW, user_id=house.agent_id, role="coordinador"
        )

    services.revoke_role(
        actor=house.administrator, now=LATER, user_id=house.agent_id, role="coordinador"
    )

    assert not now_of(house.agent).has_role("coordinador")
    assert now_of(house.agent).has_role("orientador", "lima")


def test_somebody_without_the_right_it_may_not_change_accounts(house: House) -> None:
    agent = house.agent

    with pytest.raises(NotAllowed):
        services.create_user(
            actor=agent, now=NOW, email="x@norte.example", full_name="X", password=PASSWORD
        )
    with pytest.raises(NotAllowed):
        services.grant_role(actor=agent, now=NOW, user_id=house.agent_id, role=ADMINISTRATOR)
    with pytest.raises(NotAllowed):
        services.deactivate_user(actor=agent, user_id=house.agent_id)


def test_an_account_of_another_organisation_it_is_as_if_it_did_not_exist(
    house: House, neighbour: House
) -> None:
    theirs = neighbour.agent_id

    with pytest.raises(Http404):
        services.grant_role(actor=house.administrator, now=NOW, user_id=theirs, role="orientador")
    with pytest.raises(Http404):
        services.deactivate_user(actor=house.administrator, user_id=theirs)
    with pytest.raises(Http404):
        services.change_password(
            actor=house.administrator, user_id=theirs, password=PASSWORD + "-nueva"
        )
    assert theirs not in {row.id for row in staff(house.administrator)}


def test_an_address_it_signs_in_one_account_whatever_its_case(
    house: House, neighbour: House
) -> None:
    with pytest.raises(services.EmailTaken):
        services.create_user(
            actor=neighbour.administrator,
            now=NOW,
            email="AGENTE@norte.example",
            full_name="Otra",
            password=PASSWORD,
        )


@pytest.mark.parametrize(
    ("email", "password", "problem"),
    [
        ("sin-arroba", PASSWORD, services.UnusableEmail),
        ("nueva@norte.example", "corta", services.WeakPassword),
        ("nueva@norte.example", "1qaz2wsx3edc", services.WeakPassword),
    ],
)
def test_an_unusable_account_it_is_refused(
    house: House, email: str, password: str, problem: type[Exception]
) -> None:
    with pytest.raises(problem):
        services.create_user(
            actor=house.administrator, now=NOW, email=email, full_name="Nueva", password=password
        )
    assert len(staff(house.administrator)) == 2


def test_nobody_it_locks_themselves_out(house: House) -> None:
    administrator = house.administrator

    with pytest.raises(NotAllowed):
        services.deactivate_user(actor=administrator, user_id=house.administrator_id)
    with pytest.raises(NotAllowed):
        services.revoke_role(
            actor=administrator, now=LATER, user_id=house.administrator_id, role=ADMINISTRATOR
        )


def test_a_closed_account_it_is_nobody_until_it_is_opened_again(house: House) -> None:
    services.deactivate_user(actor=house.administrator, user_id=house.agent_id)
    assert actor_of_user(house.agent_id) is None

    services.reactivate_user(actor=house.administrator, user_id=house.agent_id)

    assert now_of(house.agent).has_role("orientador", "lima")


def test_a_missing_role_it_retires_and_its_holders_hold_it_no_more(house: House) -> None:
    services.arrange_roles(
        actor=house.system,
        now=LATER,
        roles=[services.RoleFacts(code="coordinador", title="Coordinación")],
    )

    assert [(role.code, role.title) for role in roles(house.agent)] == [
        (ADMINISTRATOR, services.ADMINISTRATOR_TITLE),
        ("coordinador", "Coordinación"),
    ]
    assert not now_of(house.agent).has_role("orientador")


def test_a_missing_office_it_retires_and_comes_back_with_new_facts(house: House) -> None:
    lima = services.OfficeFacts(code="lima", title="Lima", calendar="lima", zone="America/Lima")
    services.arrange_offices(actor=house.system, now=LATER, offices=[lima])
    assert [office.code for office in offices(house.agent)] == ["lima"]

    piura = replace(lima, code="piura", title="Piura centro")
    services.arrange_offices(actor=house.system, now=LATER, offices=[lima, piura])

    assert [office.title for office in offices(house.agent)] == ["Lima", "Piura centro"]


def test_a_new_password_it_ends_the_open_sessions(house: House) -> None:
    user_id = house.agent_id
    before = User.objects.visible_to(house.agent).get(pk=user_id).get_session_auth_hash()

    services.change_password(actor=house.agent, user_id=user_id, password=PASSWORD + "-nueva")

    after = User.objects.visible_to(house.agent).get(pk=user_id).get_session_auth_hash()
    assert before != after


def test_the_organisation_it_is_found_by_its_slug_or_named_as_missing(house: House) -> None:
    assert organization_by_slug("norte") == organization_of(house.agent)
    with pytest.raises(UnknownOrganization, match="este"):
        organization_by_slug("este")
