"""The worklist: what comes first, whose it is, and what it costs."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.support.desks import Desk, case_at_desk, case_by_mail
from tests.web.conftest import signed_in
from ventanilla.cases.selectors import case_file

ADDRESS = "/bandeja/"


def _statements(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_worklist_it_shows_the_soonest_first_with_the_time_left_in_words(
    desk: Desk, agent: Client
) -> None:
    now = datetime.now(UTC)
    with time_machine.travel(now - timedelta(hours=21), tick=False):
        earlier = case_by_mail(desk, datetime.now(UTC), number=1)
    later = case_by_mail(desk, now, number=2)

    shown = agent.get(ADDRESS).content.decode()

    assert shown.index(earlier) < shown.index(later)
    assert "quedan 2 horas" in shown or "quedan 3 horas" in shown


def test_worklist_it_costs_the_same_for_one_task_and_for_many(desk: Desk, agent: Client) -> None:
    now = datetime.now(UTC)
    case_by_mail(desk, now, number=1)
    agent.get(ADDRESS)
    few = _statements(agent, ADDRESS)

    for _ in range(12):
        case_at_desk(desk, now)
    many = _statements(agent, ADDRESS)

    assert many == few <= 6


def test_worklist_it_answers_nothing_when_nothing_changed(desk: Desk, agent: Client) -> None:
    with time_machine.travel(datetime.now(UTC).replace(second=10), tick=False) as clock:
        case_by_mail(desk, datetime.now(UTC), number=1)
        etag = agent.get(ADDRESS).headers["ETag"]

        same = agent.get(ADDRESS, headers={"If-None-Match": etag})
        case_by_mail(desk, datetime.now(UTC), number=2)
        changed = agent.get(ADDRESS, headers={"If-None-Match": etag})
        clock.shift(60)
        a_minute_on = agent.get(ADDRESS, headers={"If-None-Match": changed.headers["ETag"]})

    assert same.status_code == 304
    assert same.content == b""
    assert changed.status_code == 200
    assert a_minute_on.status_code == 200


def test_worklist_it_gives_the_page_only_its_rows_when_it_asks_for_them(
    desk: Desk, agent: Client
) -> None:
    case_by_mail(desk, datetime.now(UTC))

    rows = agent.get(ADDRESS, headers={"HX-Request": "true", "HX-Target": "tareas"})

    assert b"<html" not in rows.content
    assert b'id="tareas"' in rows.content


def test_worklist_it_narrows_by_the_address_and_ignores_nonsense(desk: Desk, agent: Client) -> None:
    now = datetime.now(UTC)
    by_mail, at_desk = case_by_mail(desk, now), case_at_desk(desk, now)

    narrow = agent.get(ADDRESS, {"channel": "desk"}).content.decode()
    nonsense = agent.get(ADDRESS, {"channel": "paloma", "desde": "-7"}).content.decode()

    assert at_desk in narrow
    assert by_mail not in narrow
    assert at_desk in nonsense
    assert by_mail in nonsense


def test_worklist_it_shows_nobody_tasks_of_roles_they_lack(desk: Desk) -> None:
    number = case_by_mail(desk, datetime.now(UTC))

    shown = signed_in(desk.specialist).get(ADDRESS).content.decode()

    assert number not in shown
    assert "Todo al día" in shown


def test_claim_it_makes_the_task_mine_and_release_gives_it_back(desk: Desk, agent: Client) -> None:
    number = case_by_mail(desk, datetime.now(UTC))
    case = case_file(actor=desk.agent.actor, number=number)
    form = {"case": str(case.reference), "task": case.tasks[0].key, "next": ADDRESS}

    claimed = agent.post(reverse("desk:claim"), form)
    mine = case_file(actor=desk.agent.actor, number=number).tasks[0].assignee
    agent.post(reverse("desk:release"), form)
    nobodys = case_file(actor=desk.agent.actor, number=number).tasks[0].assignee

    assert claimed.headers["Location"] == ADDRESS
    assert mine == desk.agent.email
    assert nobodys == ""


@pytest.mark.parametrize("place", ["https://evil.example/", "//evil.example/", ""])
def test_claim_it_never_sends_anybody_to_another_site(
    desk: Desk, agent: Client, place: str
) -> None:
    number = case_by_mail(desk, datetime.now(UTC))
    case = case_file(actor=desk.agent.actor, number=number)

    answer = agent.post(
        reverse("desk:claim"),
        {"case": str(case.reference), "task": case.tasks[0].key, "next": place},
    )

    assert answer.headers["Location"] == ADDRESS
