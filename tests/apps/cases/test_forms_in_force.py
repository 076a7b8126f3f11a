"""A form that is filled in stays bound to the version that was in force when it was begun."""

from datetime import UTC, datetime, timedelta

import pytest

from ventanilla.cases.models import Case
from ventanilla.cases.outcomes import Moved
from ventanilla.cases.services import Opening, complete_task, open_case
from ventanilla.catalog.services import load_pack
from ventanilla.core.engine.state import Sender
from ventanilla.identity.actor import Actor, system_actor
from ventanilla.packs.reader import PackFiles, find_packs, read_pack

NOW = datetime(2026, 3, 16, 15, 0, tzinfo=UTC)
PATH = "procedures/solicitud-software.yaml"
CODE = "FO-OTI-TIC-001"


def begun(actor: Actor, at: datetime) -> Case:
    opened = open_case(
        actor=actor,
        now=at,
        opening=Opening(
            procedure=CODE,
            channel="web",
            office="lima",
            happened_at=at,
            sender=Sender(name="Elena Paucar Ríos"),
        ),
    )
    assert isinstance(opened, Moved), opened
    return Case.objects.across_organizations().get(reference=opened.reference)


@pytest.mark.covers("SR-10")
@pytest.mark.django_db
def test_form_it_keeps_its_version_while_new_ones_begin_with_the_next() -> None:
    files = read_pack(find_packs()["promperu"])
    actor = system_actor(load_pack(files=files, now=NOW, slug="formatos").organization_id, "test")
    first = begun(actor, NOW)
    text = files.files[PATH].replace("version: 1\n", "version: 2\n", 1)
    load_pack(
        files=PackFiles(name="promperu", files={**files.files, PATH: text}),
        now=NOW + timedelta(hours=1),
        slug="formatos",
    )

    second = begun(actor, NOW + timedelta(hours=2))
    refused = complete_task(
        actor=actor,
        now=NOW + timedelta(hours=2),
        case=first.reference,
        task="llenar#1",
        values={},
    )

    assert not isinstance(refused, Moved)
    first.refresh_from_db()
    assert (first.procedure.code, first.procedure.version) == (CODE, 1)
    assert (second.procedure.code, second.procedure.version) == (CODE, 2)
