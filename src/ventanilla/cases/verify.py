"""Is everything as it was written? The chain of each journal and the replay of each case.

Finds an entry that was edited, dropped, put in another order, cut off or chained anew, a personal
value that is not the one committed to, and a state that its facts do not give. What was erased by
right is no finding: its commitment stays and its tombstone says when.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from json import loads
from uuid import UUID

from ventanilla.cases.journal import GENESIS, Header, chain
from ventanilla.cases.models import Case, JournalEntry, PersonalValue
from ventanilla.cases.states import store_state
from ventanilla.catalog.published import published
from ventanilla.core.engine.codec import read_facts
from ventanilla.core.engine.evolve import fold
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
    findings: list[Finding] = []
    for case in Case.objects.across_organizations().order_by("id").iterator(chunk_size=500):
        checked = _verify_case(case)
        cases += 1
        entries += checked.entries
        erased += checked.erased
        if checked.finding is not None:
            findings.append(checked.finding)
    findings += _missing_anchors(anchors)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Secret:
    salt: str
    value: Json
    erased_at: datetime | None


def _secrets(case: Case) -> Mapping[tuple[int, int], _Secret]:
    rows = PersonalValue.objects.within(case.organization_id).filter(case=case)
    return {
        (row.seq, row.position): _Secret(
            salt=row.salt,
            value=None if row.value is None else loads(row.value),
            erased_at=row.erased_at,
        )
        for row in rows
    }


def _first_wrong(
    case: Case, rows: list[JournalEntry], secrets: Mapping[tuple[int, int], _Secret]
) -> tuple[FindingKind | None, int]:
    procedure = published(case.procedure_id).procedure
    state, previous = NEW, GENESIS
    for expected, row in enumerate(rows, start=1):
        if row.seq != expected:
            return FindingKind.DROPPED, expected
        if row.previous != previous:
            return FindingKind.RECHAINED, row.seq
        facts, sealed = loads(row.facts), loads(row.sealed)
        if chain(_header(case, row), facts, sealed, previous) != row.hash:
            return FindingKind.EDITED, row.seq
        wrong = _wrong_value(row.seq, sealed, secrets)
        if wrong is not None:
            return wrong, row.seq
        values = [secrets[row.seq, position].value for position in range(len(sealed))]
        state = fold(state, read_facts(procedure, facts, values))
        previous = row.hash
    if len(rows) != case.seq or previous != case.head:
        return FindingKind.CUT, len(rows) + 1
    if store_state(procedure, state) != case.state:
        return FindingKind.REPLAY_DIFFERS, case.seq
    return None, 0


def _wrong_value(
    seq: int, sealed: list[str], secrets: Mapping[tuple[int, int], _Secret]
) -> FindingKind | None:
    for position, committed in enumerate(sealed):
        secret = secrets.get((seq, position))
        if secret is None:
            return FindingKind.VALUE_MISSING
        if secret.erased_at is not None:
            continue
        if commitment(bytes.fromhex(secret.salt), secret.value) != committed:
            return FindingKind.VALUE_CHANGED
    return None


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
