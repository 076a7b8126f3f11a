"""Nothing accepted is lost and nothing happens twice, whenever web or worker are killed."""

import itertools
import logging
import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from tests.runner.inside_tasks import AGENT, PASSWORD
from tests.runner.installation import Installation, installation
from tests.runner.pages import Form, NoAnswer, Visitor

# What the mail server says line by line would bury what failed.
logging.getLogger("mail.log").setLevel(logging.WARNING)

STRESS = bool(os.environ.get("VENTANILLA_STRESS"))
MAILS, STEPS, NOTES, KILLS = (800, 600, 600, 100) if STRESS else (200, 150, 150, 20)
STEP = "solicitar_datos#1"
VISITORS = 3
DOOR = "exportador@promperu.example"


@dataclass(slots=True)
class Deeds:
    """What was asked of the web, and what it answered."""

    steps: set[int] = field(default_factory=set)
    answered_notes: set[str] = field(default_factory=set)
    unanswered_notes: set[str] = field(default_factory=set)
    broken_answers: int = 0


def test_kills_it_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    with installation(tmp_path) as house:
        deeds = live_through_kills(house, random.Random(random.random()))
        house.work_off()
        house.web.stop()
        verdict, report = house.verify(), house.report()

    assert house.web.kills + house.worker.kills == KILLS
    assert verdict["findings"] == []
    assert_every_mail_is_one_case(house, report)
    assert_every_deed_is_done_once(deeds, report)
    assert_every_message_left(house, deeds, report)


def live_through_kills(house: Installation, chance: random.Random) -> Deeds:
    """Let mails come in, work at the desk and kill processes, all at the same time, to the end."""
    deeds = Deeds()
    visitors = [signed_in(house.port) for _ in range(VISITORS)]
    numbers = iter(range(1, STEPS + 1))
    with ThreadPoolExecutor(1 + VISITORS) as pool:
        lives = [
            pool.submit(feed_and_kill, house, chance),
            *(pool.submit(work_at_desk, visitor, deeds, numbers) for visitor in visitors),
        ]
    for life in lives:
        life.result()
    wait_for_empty_inbox(house)
    house.worker.stop()
    return deeds


def feed_and_kill(house: Installation, chance: random.Random) -> None:
    """Before each kill a handful of mails come in, so that it falls into the middle of work."""
    numbers = iter(range(1, MAILS + 1))
    for _ in range(KILLS):
        for number in itertools.islice(numbers, MAILS // KILLS):
            house.drop(f"{number:05}", mail_from(number))
        time.sleep(chance.uniform(0.01, 0.7))
        service = chance.choice((house.web, house.worker))
        service.kill()
        service.start()
        service.wait_until_ready()
        time.sleep(chance.uniform(0, 1.5))


def work_at_desk(visitor: Visitor, deeds: Deeds, numbers: Iterator[int]) -> None:
    """Make the first step of cases and note something on them, as their mails come in."""
    for number in numbers:
        make_step(visitor, deeds, number)
        if number <= NOTES:
            write_note(visitor, deeds, number)


def make_step(visitor: Visitor, deeds: Deeds, number: int) -> None:
    """Send the request for data. Without an answer, look: it may have been done."""
    while True:
        form = form_of(visitor, deeds, f"/casos/{folio(number)}/", containing="solicitar_datos")
        if form is None:
            break
        try:
            answer = visitor.send(form)
        except NoAnswer:
            deeds.broken_answers += 1
            continue
        assert answer.status in {302, 409}, answer.text
        if answer.status == 302:
            break
    deeds.steps.add(number)


def write_note(visitor: Visitor, deeds: Deeds, number: int) -> None:
    """Write a note once. Without an answer it is never repeated, since it may be there."""
    text = f"nota-{number:05}-{random.randrange(10**9):09}"
    form = form_of(visitor, deeds, f"/casos/{folio(number)}/nota/", containing="nota")
    assert form is not None
    try:
        answer = visitor.send(form, text=text)
    except NoAnswer:
        deeds.broken_answers += 1
        deeds.unanswered_notes.add(text)
        return
    assert answer.status == 302, answer.text
    deeds.answered_notes.add(text)


def form_of(visitor: Visitor, deeds: Deeds, path: str, *, containing: str) -> Form | None:
    """The form of a page, once the page is there; none when the page no longer offers it."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            answer = visitor.get(path)
        except NoAnswer:
            deeds.broken_answers += 1
            time.sleep(0.1)
            continue
        if answer.status == 404:
            time.sleep(0.1)
            continue
        assert answer.status == 200, (path, answer.status, answer.location)
        offered = [form for form in answer.forms if form.method == "POST"]
        return next((form for form in offered if containing in form.action), None)
    pytest.fail(f"{path} did not appear within a minute")


def signed_in(port: int) -> Visitor:
    """Somebody at the desk, before the killing starts."""
    visitor = Visitor(port)
    form = visitor.get("/entrar/").forms[0]
    form.action = form.action or "/entrar/"
    answer = visitor.send(form, email=AGENT, password=PASSWORD)
    assert answer.status == 302, answer.text
    return visitor


def wait_for_empty_inbox(house: Installation) -> None:
    end = time.monotonic() + 90
    while house.waiting_mail() and time.monotonic() < end:
        time.sleep(0.1)
    assert house.waiting_mail() == 0


def mail_from(number: int) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"] = f"Persona {number} <{address(number)}>"
    message["To"] = DOOR
    message["Subject"] = "Quiero exportar"
    message["Date"] = datetime.now(UTC)
    message["Message-ID"] = message_id(number)
    message.set_content("Buenos días, quisiera información para exportar. Gracias.\n")
    return message.as_bytes()


def message_id(number: int) -> str:
    return f"<mail-{number:05}@correo.example>"


def address(number: int) -> str:
    return f"persona{number}@correo.example"


def folio(number: int) -> str:
    return f"{datetime.now(UTC).year}-{number:06}"


def assert_every_mail_is_one_case(house: Installation, report: dict[str, list[object]]) -> None:
    inbound: list[dict[str, str]] = report["inbound"]  # type: ignore[assignment]
    fed = {message_id(number) for number in range(1, MAILS + 1)}

    assert Counter(row["message_id"] for row in inbound) == Counter(fed)
    assert {row["status"] for row in inbound} == {"placed"}
    assert report["cases"] == [folio(number) for number in range(1, MAILS + 1)]
    assert {row["case__number"] for row in inbound} == set(report["cases"])
    assert Counter(report["contacts"]) == Counter(fed)


def assert_every_deed_is_done_once(deeds: Deeds, report: dict[str, list[object]]) -> None:
    entries: list[dict[str, str]] = report["entries"]  # type: ignore[assignment]
    completed = Counter(
        row["case__number"]
        for row in entries
        if row["command"] == "complete" and row["about"] == STEP
    )
    opened = Counter(row["case__number"] for row in entries if row["command"] == "open")
    written = Counter(
        value for text in report["values"] if (value := str(text).strip('"')).startswith("nota-")
    )

    assert completed == Counter({folio(number): 1 for number in deeds.steps})
    assert opened == Counter({str(number): 1 for number in report["cases"]})
    assert {text: written[text] for text in deeds.answered_notes} == dict.fromkeys(
        deeds.answered_notes, 1
    )
    assert all(written[text] <= 1 for text in deeds.unanswered_notes)
    assert written.keys() <= deeds.answered_notes | deeds.unanswered_notes


def assert_every_message_left(
    house: Installation, deeds: Deeds, report: dict[str, list[object]]
) -> None:
    effects: list[dict[str, str]] = report["effects"]  # type: ignore[assignment]
    inbound: list[dict[str, str]] = report["inbound"]  # type: ignore[assignment]
    senders = {message_id(number): address(number) for number in range(1, MAILS + 1)}
    writer = {row["case__number"]: senders[row["message_id"]] for row in inbound}
    received = house.sink.received()
    by_recipient: dict[str, set[str]] = {}
    for identifier, recipient in received:
        by_recipient.setdefault(recipient, set()).add(identifier)

    assert {row["status"] for row in effects} == {"done"}
    assert len(effects) == STEPS
    assert by_recipient.keys() == {writer[folio(number)] for number in deeds.steps}
    assert {len(identifiers) for identifiers in by_recipient.values()} == {1}
    assert len(received) - len(set(received)) <= house.worker.kills
