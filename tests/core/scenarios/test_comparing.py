"""Journals of two drivers: alike but for the names each gives, or told where they part."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.core.engine.builders import AGENT, WRITER, procedure
from ventanilla.core.engine import facts as f
from ventanilla.core.engine.commands import RefusalCode, Refused
from ventanilla.core.engine.state import PartyView
from ventanilla.core.scenarios.comparing import compare
from ventanilla.core.scenarios.journal import Journal, JournalEntry

AT = datetime(2026, 3, 16, 15, 0, tzinfo=UTC)
PROCEDURE = procedure("""
    fields: {docs: {type: files, label: Docs}, nota: {type: text, label: Nota}}
    steps: {uno: {who: jefe, ask: [docs, nota], end: fin}}
""")


def journal(number: str, party: str, file: str, nota: str = "Vista") -> Journal:
    facts: tuple[f.Fact, ...] = (
        f.Opened(
            number=number, channel="email", office="centro", subject="x", sender=WRITER, at=AT
        ),
        f.PartyLinked(party=PartyView(ref=party)),
        f.MessageReceived(ref=f"m-{number}", at=AT, files=(file,)),
        f.FieldsSet(values={"docs": (file,), "nota": f"{nota} en el caso {number}"}),
        f.PartyRecorded(ref=party, attributes={"name": "Ana"}),
        f.MessageOwed(
            key="carta#1",
            message="carta",
            digest="d",
            via="email",
            to="a@b.example",
            subject=f"Caso {number}",
            body=f"Su caso {number}",
            attachments=(file,),
        ),
    )
    refused = Refused(code=RefusalCode.NOT_YOURS, params={"role": f"of {number}"})
    return (
        JournalEntry(
            command="open", subject="", by=AGENT, happened_at=AT, recorded_at=AT, facts=facts
        ),
        JournalEntry(
            command="act", subject="", by=AGENT, happened_at=AT, recorded_at=AT, refused=refused
        ),
    )


ONE = journal("1", "party", "file")
OTHER = journal("2026-00042", "7f3a", "9c1b")


def test_journals_they_agree_when_only_their_names_for_things_differ() -> None:
    assert compare(PROCEDURE, ONE, OTHER) is None


@pytest.mark.parametrize(
    "different",
    [
        journal("2026-00042", "7f3a", "9c1b", nota="Oída"),
        (replace(OTHER[0], facts=OTHER[0].facts[:-1]), OTHER[1]),
        (replace(OTHER[0], facts=OTHER[0].facts[::-1]), OTHER[1]),
        (replace(OTHER[0], recorded_at=AT.replace(minute=1)), OTHER[1]),
    ],
)
def test_journals_they_part_where_anything_else_differs(different: Journal) -> None:
    found = compare(PROCEDURE, ONE, different)

    assert found is not None
    assert found.entry == 0


def test_journals_they_part_where_one_reference_has_become_two() -> None:
    another = f.PartyRecorded(ref="another", attributes={"name": "Ana"})
    facts = (*OTHER[0].facts[:4], another, OTHER[0].facts[5])

    assert compare(PROCEDURE, ONE, (replace(OTHER[0], facts=facts), OTHER[1])) is not None


def test_journals_they_part_where_one_was_refused_for_another_reason() -> None:
    other = (OTHER[0], replace(OTHER[1], refused=Refused(code=RefusalCode.TASK_GONE)))

    found = compare(PROCEDURE, ONE, other)

    assert found is not None
    assert found.entry == 1


def test_journals_they_part_where_one_ends() -> None:
    found = compare(PROCEDURE, ONE, OTHER[:1])

    assert found is not None
    assert (found.entry, found.other) == (1, None)
