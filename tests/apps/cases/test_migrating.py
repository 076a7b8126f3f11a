"""Open cases go over to the version in force, one by one or all, and their journals stay whole."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from uuid import UUID

import pytest
from django.core.management import call_command

from tests.packs.workshop import workshop_files
from ventanilla.cases.migrating import migrate_case, migrations
from ventanilla.cases.models import Case, Clock, JournalEntry
from ventanilla.cases.outcomes import Moved, NotMoved
from ventanilla.cases.selectors import case_file
from ventanilla.cases.services import Opening, complete_task, open_case
from ventanilla.cases.verify import verify
from ventanilla.catalog.services import load_pack
from ventanilla.core.engine import facts as f
from ventanilla.core.engine.commands import RefusalCode
from ventanilla.core.engine.state import Sender
from ventanilla.identity.access import NotAllowed
from ventanilla.identity.actor import Actor, ActorKind, system_actor
from ventanilla.packs.reader import PackFiles

NOW = datetime(2026, 3, 16, 15, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
FILES = workshop_files()
PATH = "procedures/traslado.yaml"


def load(*changes: tuple[str, str], at: datetime = NOW) -> int:
    text = FILES[PATH]
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    files = PackFiles(name="taller", files={**FILES, PATH: text})
    return load_pack(files=files, now=at, slug="taller").organization_id


NEXT = ("version: 1", "version: 2")
LONGER = ("within: 3 months", "within: 6 months")
OTHER_END = ("do: Cerrar, end: trasladada", "ask: [cita], end: movida")
NO_NAMES = ("citar: {who: tecnico, say: saludo, ask: [cita]}", "citar: {who: jefe, ask: [cita]}")


@pytest.fixture
def operator(db: None) -> Actor:
    return system_actor(load(), "test")


def begun(operator: Actor) -> UUID:
    opened = open_case(
        actor=operator,
        now=NOW,
        opening=Opening(
            procedure="TA-TRA",
            channel="email",
            office="centro",
            happened_at=NOW,
            sender=Sender(name="Luis Campos", email="luis@cliente.example"),
        ),
    )
    assert isinstance(opened, Moved)
    done = complete_task(
        actor=operator,
        now=NOW,
        case=opened.reference,
        task="citar#1",
        values={"cita": NOW + timedelta(days=9)},
    )
    assert isinstance(done, Moved)
    return opened.reference


def test_case_it_goes_over_with_its_limits_and_its_journal_stays_whole(operator: Actor) -> None:
    case = begun(operator)
    load(NEXT, LONGER, at=NOW + timedelta(minutes=5))

    outcome = migrate_case(actor=operator, now=LATER, case=case, code="TA-TRA")

    assert isinstance(outcome, Moved), outcome
    row = Case.objects.across_organizations().get(reference=case)
    assert row.procedure.version == 2
    clock = Clock.objects.across_organizations().get(case=row, name="traslado")
    assert clock.due_at == datetime(2026, 9, 16, 15, tzinfo=UTC)
    assert row.due_at == clock.due_at
    assert verify().findings == ()
    file = case_file(actor=operator, number=row.number)
    assert [type(fact) for fact in file.entries[-1].facts] == [f.Migrated, f.DeadlineRecounted]


def test_case_it_goes_on_under_the_new_version(operator: Actor) -> None:
    case = begun(operator)
    load(NEXT, OTHER_END)
    migrate_case(actor=operator, now=LATER, case=case, code="TA-TRA")
    load((NEXT[0], "version: 3"), LONGER, OTHER_END, at=LATER)

    twice = migrate_case(actor=operator, now=LATER, case=case, code="TA-TRA")

    assert isinstance(twice, Moved), twice
    commands = JournalEntry.objects.across_organizations().order_by("seq")
    assert [one.command for one in commands] == ["open", "complete", "migrate", "migrate"]
    assert verify().findings == ()


def test_case_it_is_refused_with_the_step_and_nothing_changes(operator: Actor) -> None:
    case = begun(operator)
    load(NEXT, NO_NAMES)

    outcome = migrate_case(actor=operator, now=LATER, case=case, code="TA-TRA")

    assert isinstance(outcome, NotMoved)
    assert (outcome.refusal.code, outcome.refusal.params["step"]) == (
        RefusalCode.CANNOT_MIGRATE,
        "Citar",
    )
    assert Case.objects.across_organizations().get(reference=case).procedure.version == 1


def test_preview_it_shows_each_case_and_changes_none(operator: Actor) -> None:
    begun(operator)
    load(NEXT, LONGER)

    found = migrations(actor=operator, code="TA-TRA", now=LATER)

    (line,) = found.lines
    assert (found.version, line.version, line.preview.steps) == (2, 1, ("Revisar",))
    assert [(one.name, one.after) for one in line.preview.limits] == [
        ("traslado", datetime(2026, 9, 16, 15, tzinfo=UTC))
    ]
    assert JournalEntry.objects.across_organizations().count() == 2


def test_command_it_shows_first_and_takes_over_when_told(operator: Actor) -> None:
    begun(operator)
    load(NEXT, LONGER)
    shown, applied = StringIO(), StringIO()

    call_command("upgrade", "TA-TRA", organization="taller", stdout=shown)
    before = Case.objects.across_organizations().get().procedure.version
    call_command("upgrade", "TA-TRA", organization="taller", apply=True, stdout=applied)

    assert "2026-06-16 15:00 UTC → 2026-09-16 15:00 UTC" in shown.getvalue()
    assert before == 1
    assert "pasó a la versión 2.1" in applied.getvalue()
    assert Case.objects.across_organizations().get().procedure.version == 2


def test_going_over_it_is_for_administrators(operator: Actor) -> None:
    case = begun(operator)
    clerk = Actor(
        kind=ActorKind.PERSON, organization_id=operator.organization_id, user_id=1, name="Eva"
    )

    with pytest.raises(NotAllowed):
        migrate_case(actor=clerk, now=LATER, case=case, code="TA-TRA")
    with pytest.raises(NotAllowed):
        migrations(actor=clerk, code="TA-TRA", now=LATER)
