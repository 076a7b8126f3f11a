"""Texts longer than any column: PostgreSQL refuses what SQLite takes, so neither gets them."""

from datetime import UTC, datetime
from pathlib import Path

from ventanilla.cases.models import Clock, Interaction, Task
from ventanilla.cases.outcomes import Moved
from ventanilla.cases.services import Opening, complete_task, open_case
from ventanilla.catalog.services import load_pack
from ventanilla.core.engine.commands import Wording
from ventanilla.core.engine.state import Sender
from ventanilla.identity.actor import system_actor
from ventanilla.packs.reader import PackFiles, read_pack

NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
LONG = "palabra " * 90
PACK = Path(__file__).parents[1] / "channels" / "pack"


def _with_long_titles() -> PackFiles:
    """The small pack of the mail tests, with every title as long as somebody might write it."""
    files = read_pack(PACK)
    lengthened = {
        name: "\n".join(_lengthened(line) for line in text.splitlines())
        for name, text in files.files.items()
    }
    return PackFiles(name=files.name, files=lengthened)


def _lengthened(line: str) -> str:
    for key in ("title:", "region:", "hours_text:", "name:"):
        if line.strip().startswith(key) and "{" not in line:
            return f'{line[: line.index(key)]}{key} "{LONG}"'
    return line


def test_titles_of_a_pack_it_may_be_longer_than_a_column(db: None) -> None:
    organization_id = load_pack(files=_with_long_titles(), now=NOW).organization_id
    actor = system_actor(organization_id, "test")

    outcome = open_case(
        actor=actor,
        now=NOW,
        opening=Opening(
            procedure="CONSULTA",
            channel="email",
            office="lima",
            happened_at=NOW,
            subject=LONG,
            sender=Sender(name=LONG, email="rosa@cacao.example"),
        ),
    )
    assert isinstance(outcome, Moved)
    sent = complete_task(
        actor=actor,
        now=NOW,
        case=outcome.reference,
        task="responder#1",
        values={},
        wording=Wording(subject=LONG, body=LONG),
    )

    assert isinstance(sent, Moved), sent
    assert Task.objects.within(organization_id).exists()
    assert Clock.objects.within(organization_id).exists()
    mail = Interaction.objects.within(organization_id).get(key="respuesta#1")
    assert (len(mail.subject), mail.text) == (500, LONG)
