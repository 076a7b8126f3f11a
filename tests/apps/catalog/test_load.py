"""Packs are loaded whole or not at all; a published version stays as it was published."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from ventanilla.catalog.models import PackRelease, ProcedureVersion
from ventanilla.catalog.published import (
    ProcedureUnknown,
    all_in_force,
    current_pack,
    in_force,
    published,
)
from ventanilla.catalog.selectors import versions
from ventanilla.catalog.services import (
    Change,
    PackRefused,
    RoleReserved,
    VersionChanged,
    VersionOutdated,
    load_pack,
)
from ventanilla.identity.access import all_organizations
from ventanilla.identity.actor import system_actor
from ventanilla.identity.selectors import offices, roles
from ventanilla.packs.reader import PackFiles

NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
CODE = "PR-ATENDER"

PACK = """\
organization: {slug: norte, name: Casa Norte, accent: "#0b5c6b"}
calendars:
  lima: {country: PE, hours: {mon-fri: ["09:00-13:00"]}}
offices:
  lima: {title: Lima, calendar: lima, phone: "+51 1 555 0100"}
roles:
  orientador: {title: Orientador(a)}
channels:
  email: {office: lima, address: consultas@norte.example}
party:
  attributes:
    name: {type: text, label: Nombre}
  lifecycle: [desconocido, registrado]
"""
PROCEDURE = f"""\
code: {CODE}
title: Atender una consulta
version: 4
effective: 2019-02-11
owner: orientador
objective: Que cada persona reciba una respuesta.
steps:
  atender:
    title: Atender
    who: orientador
    do: [Escuchar la consulta]
    end: atendido
"""


def pack(procedure: str = PROCEDURE, house: str = PACK, **more: str) -> PackFiles:
    return PackFiles(
        name="norte", files={"pack.yaml": house, "procedures/atender.yaml": procedure, **more}
    )


def organization_id() -> int:
    return all_organizations().get(slug="norte").pk


def changes(files: PackFiles, now: datetime = NOW, *, redraft: bool = False) -> list[Change]:
    loaded = load_pack(files=files, now=now, may_redraft=redraft)
    return [procedure.change for procedure in loaded.procedures]


@pytest.mark.django_db
def test_a_pack_it_brings_organisation_offices_roles_and_procedures() -> None:
    assert changes(pack()) == [Change.PUBLISHED]

    actor = system_actor(organization_id(), "test")
    office = offices(actor)[0]
    assert (office.title, office.zone, office.country) == ("Lima", "America/Lima", "PE")
    assert {role.code for role in roles(actor)} == {"administrador", "orientador"}
    found = in_force(organization_id(), CODE, NOW)
    assert found.procedure.title == "Atender una consulta"
    assert found.label.startswith(f"{CODE} v4.1 ")
    assert published(found.id).procedure.steps.keys() == {"atender"}
    assert current_pack(organization_id(), NOW) == found.pack


@pytest.mark.django_db
def test_the_same_pack_again_it_changes_nothing() -> None:
    load_pack(files=pack(), now=NOW)

    assert changes(pack(), LATER) == [Change.UNCHANGED]
    assert PackRelease.objects.within(organization_id()).count() == 1


@pytest.mark.django_db
def test_scenarios_and_demo_data_it_leaves_outside_the_release() -> None:
    load_pack(files=pack(), now=NOW)
    demo = {"data/parties.csv": "name\nRosa\n", "scenarios/uno.yaml": "title: x\n"}

    assert changes(pack(**demo), LATER) == [Change.UNCHANGED]

    kept = PackRelease.objects.within(organization_id()).get()
    assert set(kept.files) == {"pack.yaml", "procedures/atender.yaml"}


@pytest.mark.django_db
def test_a_pack_with_an_error_it_is_refused_with_its_place_and_loads_nothing() -> None:
    broken = PROCEDURE.replace("who: orientador", "who: orientadora")

    with pytest.raises(PackRefused) as refused:
        load_pack(files=pack(broken), now=NOW)

    problem = refused.value.problems[0]
    assert (problem.mark.file, problem.mark.line) == ("procedures/atender.yaml", 10)
    assert not all_organizations().exists()


@pytest.mark.django_db
def test_a_changed_text_under_the_same_version_it_is_refused_and_nothing_moves() -> None:
    load_pack(files=pack(), now=NOW)
    changed = pack(
        PROCEDURE.replace("Escuchar", "Oír"), PACK.replace("Casa Norte", "Casa del Norte")
    )

    with pytest.raises(VersionChanged, match="version: 5"):
        load_pack(files=changed, now=LATER)

    assert all_organizations().get(slug="norte").name == "Casa Norte"
    assert PackRelease.objects.within(organization_id()).count() == 1


@pytest.mark.django_db
def test_a_redraft_in_the_demo_it_serves_new_cases_while_old_ones_keep_their_text() -> None:
    load_pack(files=pack(), now=NOW)
    old = in_force(organization_id(), CODE, NOW)
    changed = pack(PROCEDURE.replace("Escuchar", "Oír"))

    assert changes(changed, LATER, redraft=True) == [Change.REDRAFTED]

    new = in_force(organization_id(), CODE, LATER)
    assert (new.version, new.edition) == (4, 2)
    assert new.procedure.steps["atender"].do[0].text == "Oír la consulta"
    assert published(old.id).procedure.steps["atender"].do[0].text == "Escuchar la consulta"


@pytest.mark.django_db
def test_a_change_around_the_text_it_makes_an_edition_and_no_new_version() -> None:
    load_pack(files=pack(), now=NOW)
    old = in_force(organization_id(), CODE, NOW)
    moved = pack(house=PACK.replace("555 0100", "555 0199"))

    assert changes(moved, LATER) == [Change.REISSUED]

    new = in_force(organization_id(), CODE, LATER)
    assert (new.version, new.edition, new.digest) == (4, 2, old.digest)
    assert new.procedure.offices["lima"].phone == "+51 1 555 0199"
    assert published(old.id).procedure.offices["lima"].phone == "+51 1 555 0100"


@pytest.mark.django_db
def test_a_new_version_it_takes_over_on_its_effective_day_at_local_midnight() -> None:
    load_pack(files=pack(), now=NOW)
    fifth = PROCEDURE.replace("version: 4", "version: 5").replace("2019-02-11", "2026-12-01")

    assert changes(pack(fifth)) == [Change.PUBLISHED]

    midnight = datetime(2026, 12, 1, 5, 0, tzinfo=UTC)
    before = in_force(organization_id(), CODE, midnight - timedelta(seconds=1))
    after = in_force(organization_id(), CODE, midnight)
    assert (before.version, after.version) == (4, 5)
    assert [row.version for row in versions(system_actor(organization_id(), "test"))] == [5, 4]


@pytest.mark.django_db
def test_a_new_version_effective_in_the_past_it_never_rewrites_what_was_in_force() -> None:
    load_pack(files=pack(), now=NOW)
    fifth = PROCEDURE.replace("version: 4", "version: 5").replace("2019-02-11", "2020-01-01")

    load_pack(files=pack(fifth), now=LATER)

    assert in_force(organization_id(), CODE, LATER - timedelta(seconds=1)).version == 4
    assert in_force(organization_id(), CODE, LATER).version == 5


@pytest.mark.django_db
def test_a_message_that_the_procedure_sends_it_is_part_of_its_text_and_others_are_not() -> None:
    sending = PROCEDURE.replace("    end: atendido\n", "  avisar: {send: aviso, end: atendido}\n")
    letter = "---\ntitle: Aviso\nsubject: Su consulta\nvia: [email]\n---\nFue atendida.\n"
    files = {"messages/aviso.md": letter, "messages/otro.md": letter}
    load_pack(files=pack(sending, **files), now=NOW)

    other = {**files, "messages/otro.md": letter.replace("Fue", "Ha sido")}
    assert changes(pack(sending, **other), LATER) == [Change.REISSUED]
    own = {**files, "messages/aviso.md": letter.replace("Fue", "Ha sido")}
    with pytest.raises(VersionChanged):
        load_pack(files=pack(sending, **own), now=LATER)


@pytest.mark.django_db
def test_an_older_version_it_is_refused() -> None:
    load_pack(files=pack(), now=NOW)

    with pytest.raises(VersionOutdated, match="as version 5"):
        load_pack(files=pack(PROCEDURE.replace("version: 4", "version: 3")), now=LATER)


@pytest.mark.django_db
def test_a_procedure_that_the_pack_drops_it_takes_no_new_cases_and_can_come_back() -> None:
    second = PROCEDURE.replace(CODE, "PR-OTRA")
    both = pack(**{"procedures/otra.yaml": second})
    load_pack(files=both, now=NOW)
    known = in_force(organization_id(), "PR-OTRA", NOW)

    load_pack(files=pack(), now=LATER)
    with pytest.raises(ProcedureUnknown):
        in_force(organization_id(), "PR-OTRA", LATER)
    assert published(known.id).code == "PR-OTRA"

    load_pack(files=both, now=LATER + timedelta(hours=1))
    back = all_in_force(organization_id(), LATER + timedelta(hours=1))
    assert [found.code for found in back] == [CODE, "PR-OTRA"]


@pytest.mark.django_db
def test_the_kept_calendar_it_is_used_whatever_the_library_says_later() -> None:
    load_pack(files=pack(), now=NOW)
    row = ProcedureVersion.objects.within(organization_id()).select_related("release").get()
    kept = row.release
    kept.calendars["lima"]["special"] = []
    kept.digest = "0" * 64
    kept.save()

    calendar = published(row.pk).procedure.calendars["lima"]

    assert calendar.special == ()


@pytest.mark.django_db
def test_a_pack_that_claims_the_administrator_it_is_refused() -> None:
    house = PACK.replace("roles:", "roles:\n  administrador: {title: Jefa}")

    with pytest.raises(RoleReserved):
        load_pack(files=pack(house=house), now=NOW)


@pytest.mark.django_db
def test_another_organisation_it_does_not_know_the_procedures_of_this_one() -> None:
    load_pack(files=pack(), now=NOW)
    theirs = load_pack(
        files=pack(PROCEDURE.replace(CODE, "PR-SUR"), PACK.replace("slug: norte", "slug: sur")),
        now=NOW,
    )

    with pytest.raises(ProcedureUnknown):
        in_force(theirs.organization_id, CODE, NOW)
    assert [row.code for row in versions(system_actor(theirs.organization_id, "t"))] == ["PR-SUR"]


def write(folder: Path, files: PackFiles) -> Path:
    for path, text in files.files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.django_db
def test_the_command_it_loads_a_folder_of_packs_and_says_what_changed(tmp_path: Path) -> None:
    write(tmp_path / "norte", pack())
    out = StringIO()

    call_command("load", str(tmp_path), stdout=out)

    assert out.getvalue() == f"norte\n  {CODE} v4: publicada\n"


@pytest.mark.django_db
def test_the_command_it_tells_file_line_and_remedy_of_a_broken_pack(tmp_path: Path) -> None:
    write(tmp_path, pack(PROCEDURE.replace("who: orientador", "who: orientadora")))
    err = StringIO()

    with pytest.raises(CommandError):
        call_command("load", str(tmp_path), stderr=err)

    assert "procedures/atender.yaml:10:" in err.getvalue()
    assert "orientador" in err.getvalue()


@pytest.mark.django_db
def test_the_command_it_refuses_to_redraft_outside_the_demo_and_a_folder_without_pack(
    tmp_path: Path,
) -> None:
    write(tmp_path / "norte", pack())

    with pytest.raises(CommandError, match="demostración"):
        call_command("load", str(tmp_path), redraft=True)
    with pytest.raises(CommandError, match=r"pack\.yaml"):
        call_command("load", str(tmp_path / "nada"))
