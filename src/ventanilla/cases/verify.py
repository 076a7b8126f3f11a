"""Is everything as it was written? The chain of each journal and the replay of each case.

Finds an entry that was edited, dropped, put in another order, cut off or chained anew, a personal
value that is not the one committed to, a state that its facts do not give, a file that is gone or
another, and a number whose case is gone. What was erased by right is no finding: its commitment
stays and its tombstone says when. People may work meanwhile.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from json import loads
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from ventanilla.cases.journal import GENESIS, Header, chain
from ventanilla.cases.models import (
    Attachment,
    Blob,
    Case,
    Interaction,
    JournalEntry,
    NumberBook,
    PersonalValue,
)
from ventanilla.cases.states import store_state
from ventanilla.cases.versions import versions_of
from ventanilla.catalog.published import published
from ventanilla.core.definition.model import Procedure
from ventanilla.core.engine.codec import read_facts
from ventanilla.core.engine.evolve import fold
from ventanilla.core.engine.facts import Fact, MessageOwed, MessageReceived
from ventanilla.core.engine.sealing import Json, commitment
from ventanilla.core.engine.state import NEW


class FindingKind(StrEnum):
    """What is wrong."""

    EDITED = "edited"
    DROPPED = "dropped"
    CUT = "cut"
    RECHAINED = "rechained"
    VALUE_CHANGED = "value_changed"
    VALUE_MISSING = "value_missing"
    REPLAY_DIFFERS = "replay_differs"
    FILE_MISSING = "file_missing"
    FILE_CHANGED = "file_changed"
    CASE_MISSING = "case_missing"
    ANCHOR_MISSING = "anchor_missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The first thing wrong with a case, and the entry where it shows."""

    case: str
    seq: int
    kind: FindingKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """The head of a journal as it was kept outside: this entry with this hash must still be."""

    case: UUID
    seq: int
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    cases: int
    entries: int
    erased_values: int
    findings: tuple[Finding, ...]


def verify(anchors: tuple[Anchor, ...] = ()) -> Verdict:
    """Recompute every journal and every state of the installation; anchors must still hold."""
    cases = entries = erased = 0
    suspect: list[int] = []
    missing = _missing_cases()
    for case in Case.objects.across_organizations().order_by("id").iterator(chunk_size=500):
        checked = _verify_case(case)
        cases += 1
        entries += checked.entries
        erased += checked.erased
        if checked.finding is not None:
            suspect.append(case.pk)
    findings = [*_still_wrong(suspect), *_changed_files(), *missing, *_missing_anchors(anchors)]
    return Verdict(cases=cases, entries=entries, erased_values=erased, findings=tuple(findings))


def heads() -> Iterator[Anchor]:
    """The head of every journal, to be kept outside."""
    rows = Case.objects.across_organizations().order_by("id")
    for reference, seq, head in rows.values_list("reference", "seq", "head").iterator():
        yield Anchor(case=reference, seq=seq, hash=head)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Checked:
    entries: int
    erased: int
    finding: Finding | None


def _verify_case(case: Case) -> _Checked:
    rows = list(JournalEntry.objects.within(case.organization_id).filter(case=case).order_by("seq"))
    secrets = _secrets(case)
    erased = sum(1 for secret in secrets.values() if secret.erased_at is not None)
    kind, seq = _first_wrong(case, rows, secrets)
    finding = None if kind is None else Finding(case=case.number, seq=seq, kind=kind)
    return _Checked(entries=len(rows), erased=erased, finding=finding)


def _still_wrong(suspect: list[int]) -> Iterator[Finding]:
    """Look again at cases that may only have moved meanwhile, this time with the case held."""
    for pk in suspect:
        with transaction.atomic():
            case = Case.objects.across_organizations().select_for_update().get(pk=pk)
            finding = _verify_case(case).finding
        if finding is not None:
            yield finding


@dataclass(frozen=True, slots=True, kw_only=True)
class _Secret:
    salt: str
    text: str
    erased_at: datetime | None

    @property
    def value(self) -> Json:
        return None if self.erased_at is not None else loads(self.text)


def _secrets(case: Case) -> Mapping[tuple[int, int], _Secret]:
    rows = PersonalValue.objects.within(case.organization_id).filter(case=case)
    return {
        (row.seq, row.position): _Secret(
            salt=row.salt, text=row.value or "", erased_at=row.erased_at
        )
        for row in rows
    }


def _first_wrong(
    case: Case, rows: list[JournalEntry], secrets: Mapping[tuple[int, int], _Secret]
) -> tuple[FindingKind | None, int]:
    procedure = published(case.procedure_id).procedure
    versions = _versions(case, rows)
    state, previous = NEW, GENESIS
    files: set[str] = set()
    for expected, row in enumerate(rows, start=1):
        if row.seq != expected:
            return FindingKind.DROPPED, expected
        if row.previous != previous:
            return FindingKind.RECHAINED, row.seq
        if not _is_as_chained(case, row):
            return FindingKind.EDITED, row.seq
        sealed = loads(row.sealed)
        wrong = _wrong_value(row.seq, sealed, secrets)
        if wrong is not None:
            return wrong, row.seq
        values = [secrets[row.seq, position].value for position in range(len(sealed))]
        try:
            facts = read_facts(versions[row.seq], loads(row.facts), values)
            state = fold(state, facts)
        except Exception:  # noqa: BLE001 - whatever was forged into the chain is a finding
            return FindingKind.REPLAY_DIFFERS, row.seq
        files.update(*map(_files_of, facts))
        previous = row.hash
    if len(rows) != case.seq or previous != case.head:
        return FindingKind.CUT, len(rows) + 1
    if store_state(procedure, state) != case.state:
        return FindingKind.REPLAY_DIFFERS, case.seq
    if _is_a_file_gone(case, files):
        return FindingKind.FILE_MISSING, case.seq
    return None, 0


def _versions(case: Case, rows: list[JournalEntry]) -> Mapping[int, Procedure]:
    """The version of each entry; none where an entry was forged so that it cannot be told."""
    try:
        return versions_of(published(case.procedure_id).procedure, rows)
    except (ValueError, ObjectDoesNotExist):
        return {}


def _is_as_chained(case: Case, row: JournalEntry) -> bool:
    try:
        facts, sealed = loads(row.facts), loads(row.sealed)
    except ValueError:
        return False
    return chain(_header(case, row), facts, sealed, row.previous) == row.hash


def _wrong_value(
    seq: int, sealed: list[str], secrets: Mapping[tuple[int, int], _Secret]
) -> FindingKind | None:
    for position, committed in enumerate(sealed):
        secret = secrets.get((seq, position))
        if secret is None:
            return FindingKind.VALUE_MISSING
        if secret.erased_at is None and not _is_committed(secret, committed):
            return FindingKind.VALUE_CHANGED
    return None


def _is_committed(secret: _Secret, committed: str) -> bool:
    try:
        return commitment(bytes.fromhex(secret.salt), secret.value) == committed
    except ValueError:
        return False


def _files_of(fact: Fact) -> tuple[str, ...]:
    match fact:
        case MessageReceived(files=files):
            return files
        case MessageOwed(attachments=files):
            return files
        case _:
            return ()


def _is_a_file_gone(case: Case, named: set[str]) -> bool:
    """Whether a file that the journal names is missing, and its contact was not erased."""
    if not named:
        return False
    rows = Attachment.objects.within(case.organization_id).filter(case=case)
    there = {str(reference) for reference in rows.values_list("reference", flat=True)}
    erased = Interaction.objects.within(case.organization_id).filter(case=case)
    return not named <= there and not erased.exclude(erased_at=None).exists()


def _changed_files() -> Iterator[Finding]:
    """Files whose bytes are not those that came, one at a time: they may be large."""
    rows = Blob.objects.across_organizations()
    for pk in rows.order_by("id").values_list("pk", flat=True).iterator():
        found = rows.filter(pk=pk).values_list("sha256", "content").first()
        if found is None or sha256(found[1]).hexdigest() == found[0]:
            continue
        used = Attachment.objects.across_organizations().filter(blob=pk, case__isnull=False)
        numbers = used.values_list("case__number", flat=True).order_by("id")
        yield Finding(case=numbers.first() or "", seq=0, kind=FindingKind.FILE_CHANGED)


def _missing_cases() -> list[Finding]:
    """Numbers that a book has given and no case has. Books are read first: they only grow."""
    missing: list[Finding] = []
    for book in list(NumberBook.objects.across_organizations().order_by("id")):
        rows = Case.objects.within(book.organization_id).filter(number__startswith=f"{book.book}-")
        there = {number.rpartition("-")[2] for number in rows.values_list("number", flat=True)}
        given = (f"{number:06d}" for number in range(1, book.last + 1))
        missing += (
            Finding(case=f"{book.book}-{number}", seq=0, kind=FindingKind.CASE_MISSING)
            for number in given
            if number not in there
        )
    return missing


def _header(case: Case, row: JournalEntry) -> Header:
    return Header(
        case=case.reference,
        seq=row.seq,
        actor=row.actor,
        command=row.command,
        about=row.about,
        happened_at=row.happened_at,
        recorded_at=row.recorded_at,
    )


def _missing_anchors(anchors: tuple[Anchor, ...]) -> list[Finding]:
    missing = []
    for anchor in anchors:
        rows = JournalEntry.objects.across_organizations()
        if not rows.filter(case__reference=anchor.case, seq=anchor.seq, hash=anchor.hash).exists():
            missing.append(
                Finding(case=str(anchor.case), seq=anchor.seq, kind=FindingKind.ANCHOR_MISSING)
            )
    return missing
