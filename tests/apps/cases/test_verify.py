"""Nothing in the record can be changed unnoticed, and a person can still be forgotten."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from json import dumps, loads
from threading import Event

import pytest
from django.db import connection

from tests.apps.cases.conftest import ADDRESS, MONDAY, NAME, Desk, accepted, mail
from ventanilla.cases.erasure import erase_cases_of
from ventanilla.cases.incoming import IncomingFile
from ventanilla.cases.journal import Header, chain
from ventanilla.cases.models import (
    Attachment,
    Blob,
    Case,
    Clock,
    Interaction,
    JournalEntry,
    PersonalValue,
    Task,
)
from ventanilla.cases.outcomes import Moved
from ventanilla.cases.selectors import case_file
from ventanilla.cases.services import note, receive
from ventanilla.cases.verify import Anchor, FindingKind, heads, verify


def _entries() -> list[JournalEntry]:
    return list(JournalEntry.objects.across_organizations().order_by("case_id", "seq"))


def _change(at: int, **values: object) -> None:
    JournalEntry.objects.across_organizations().filter(seq=at).update(**values)


def _edit_a_fact() -> None:
    facts = loads(_entries()[1].facts)
    facts[0][-1] = ["inventado"]
    _change(2, facts=dumps(facts))


def _change_the_actor() -> None:
    _change(2, actor="person:999")


def _change_the_time() -> None:
    _change(2, happened_at=MONDAY - timedelta(days=1))


def _drop_one() -> None:
    JournalEntry.objects.across_organizations().filter(seq=2).delete()


def _cut_the_tail() -> None:
    last = _entries()[-1]
    JournalEntry.objects.across_organizations().filter(pk=last.pk).delete()


def _swap_two() -> None:
    _change(2, seq=102)
    _change(3, seq=2)
    _change(102, seq=3)


def _change_a_personal_value() -> None:
    rows = PersonalValue.objects.across_organizations().filter(seq=1)
    rows.update(value=dumps("otra persona"))


def _lose_a_personal_value() -> None:
    PersonalValue.objects.across_organizations().filter(seq=1, position=0).delete()


def _change_the_state() -> None:
    row = Case.objects.across_organizations().get()
    Case.objects.across_organizations().update(state=row.state.replace("registrado", "parcial"))


def _spoil_the_facts() -> None:
    _change(2, facts="no JSON any more")


def _spoil_the_commitments() -> None:
    _change(1, sealed='{"not": "a list"}')


def _spoil_a_salt() -> None:
    PersonalValue.objects.across_organizations().filter(seq=1).update(salt="no salt")


def _spoil_a_personal_value() -> None:
    PersonalValue.objects.across_organizations().filter(seq=1).update(value="{")


def _forge_the_last_entry_with_its_hash() -> None:
    """What only somebody with the database can do: nonsense, chained as it should be."""
    last = _entries()[-1]
    case = Case.objects.across_organizations().get()
    header = Header(
        case=case.reference,
        seq=last.seq,
        actor=last.actor,
        command=last.command,
        about=last.about,
        happened_at=last.happened_at,
        recorded_at=last.recorded_at,
    )
    facts = [["no such fact", 1]]
    head = chain(header, facts, loads(last.sealed), last.previous)
    _change(last.seq, facts=dumps(facts), hash=head)
    Case.objects.across_organizations().update(head=head)


def _change_a_file() -> None:
    Blob.objects.across_organizations().update(content=b"another file")


def _lose_a_file() -> None:
    Attachment.objects.across_organizations().all().delete()


TAMPERING: list[tuple[Callable[[], None], FindingKind]] = [
    (_edit_a_fact, FindingKind.EDITED),
    (_change_the_actor, FindingKind.EDITED),
    (_change_the_time, FindingKind.EDITED),
    (_drop_one, FindingKind.DROPPED),
    (_cut_the_tail, FindingKind.CUT),
    (_swap_two, FindingKind.RECHAINED),
    (_change_a_personal_value, FindingKind.VALUE_CHANGED),
    (_lose_a_personal_value, FindingKind.VALUE_MISSING),
    (_change_the_state, FindingKind.REPLAY_DIFFERS),
    (_spoil_the_facts, FindingKind.EDITED),
    (_spoil_the_commitments, FindingKind.EDITED),
    (_spoil_a_salt, FindingKind.VALUE_CHANGED),
    (_spoil_a_personal_value, FindingKind.VALUE_CHANGED),
    (_forge_the_last_entry_with_its_hash, FindingKind.REPLAY_DIFFERS),
    (_change_a_file, FindingKind.FILE_CHANGED),
    (_lose_a_file, FindingKind.FILE_MISSING),
]


def test_it_finds_nothing_where_nothing_was_changed(desk: Desk) -> None:
    desk.registered()

    verdict = verify()

    assert verdict.findings == ()
    assert (verdict.cases, verdict.entries) == (1, 4)


@pytest.mark.parametrize(("tamper", "kind"), TAMPERING)
def test_it_finds_what_was_changed(
    desk: Desk, tamper: Callable[[], None], kind: FindingKind
) -> None:
    case = desk.registered()
    _send_a_file(desk, case)

    tamper()

    (finding,) = verify().findings
    assert (finding.case, finding.kind) == (case.number, kind)


def _send_a_file(desk: Desk, case: Moved) -> None:
    file = IncomingFile(name="lista.txt", content_type="text/plain", content=b"quinua")
    incoming = replace(mail(MONDAY + timedelta(hours=2), "Va mi lista."), files=(file,))
    later = MONDAY + timedelta(hours=2)
    accepted(receive(actor=desk.system, now=later, case=case.reference, incoming=incoming))


def test_it_finds_a_case_that_is_gone_with_its_whole_journal(desk: Desk) -> None:
    first, gone, _last = (desk.enquiry() for _ in range(3))
    case = Case.objects.across_organizations().get(reference=gone.reference)
    for model in (JournalEntry, PersonalValue, Task, Clock, Interaction):
        model.objects.across_organizations().filter(case=case).delete()
    case.delete()

    (finding,) = verify().findings

    assert first.number != gone.number
    assert (finding.case, finding.kind) == (gone.number, FindingKind.CASE_MISSING)


def test_it_raises_no_false_alarm_while_people_work(desk_for_threads: Desk) -> None:
    desk = desk_for_threads
    cases = [desk.enquiry() for _ in range(8)]
    is_over = Event()

    def work() -> int:
        count = 0
        while not is_over.is_set():
            for case in reversed(cases):
                note(actor=desk.paola, now=MONDAY, case=case.reference, text="Otra nota")
                count += 1
        connection.close()
        return count

    with ThreadPoolExecutor(1) as pool:
        notes = pool.submit(work)
        findings = [verify().findings for _ in range(6)]
        is_over.set()

    assert notes.result() > 0
    assert findings == [()] * 6


def test_it_finds_a_journal_made_anew_by_the_anchor_kept_outside(desk: Desk) -> None:
    case = desk.registered()
    kept = tuple(heads())
    row = Case.objects.across_organizations().get()
    forged = Anchor(case=case.reference, seq=row.seq, hash="0" * 64)

    assert verify(kept).findings == ()
    assert [finding.kind for finding in verify((forged,)).findings] == [FindingKind.ANCHOR_MISSING]


def test_it_keeps_personal_values_out_of_the_entries(desk: Desk) -> None:
    desk.registered()

    written = "".join(row.facts + row.sealed + row.about + row.actor for row in _entries())

    for personal in (NAME, ADDRESS, "45678912", "Jr. Prueba", "987654321"):
        assert personal not in written


def test_it_forgets_a_person_while_chain_and_replay_stay_whole(desk: Desk) -> None:
    case = desk.registered()
    party = case_file(actor=desk.paola, number=case.number).party
    assert party is not None

    count = erase_cases_of(actor=desk.system, party=party, now=MONDAY + timedelta(days=1))

    verdict = verify()
    assert count == 1
    assert verdict.findings == ()
    assert verdict.erased_values > 0
    assert _places_that_still_know("Canales", "45678912", ADDRESS) == []


def _places_that_still_know(*personal: str) -> list[str]:
    """Tables of the cases app in which one of the texts still stands."""
    found = []
    for model in (Case, JournalEntry, PersonalValue, Interaction, Blob):
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table}")
            text = str(cursor.fetchall())
        found += [f"{table}: {word}" for word in personal if word in text]
    return found
