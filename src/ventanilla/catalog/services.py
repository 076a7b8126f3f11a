"""Loading packs: a folder of an organisation becomes what its cases run on, whole or not at all."""

import re
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from ventanilla.catalog.calendars import write_calendars
from ventanilla.catalog.models import PackRelease, ProcedureVersion
from ventanilla.core.definition.model import Pack, Procedure
from ventanilla.core.definition.problems import Problem
from ventanilla.identity.actor import Actor, system_actor
from ventanilla.identity.services import (
    OfficeFacts,
    RoleFacts,
    arrange_offices,
    arrange_roles,
    save_organization,
)
from ventanilla.packs.reader import PackFiles, compile_pack

LOADER = "carga"


class PackRefused(Exception):
    """The pack has errors; nothing was loaded. ``problems`` say where and what to do."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__(f"{len(problems)} problems")


class VersionChanged(Exception):
    """A published version was given another text; a new rule is a new version."""

    def __init__(self, code: str, version: int) -> None:
        self.code = code
        self.version = version
        super().__init__(f"{code} v{version}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What loading did: the organisation, and the versions that came in force by it."""

    organization_id: int
    slug: str
    is_new: bool
    published: tuple[str, ...]
    problems: tuple[Problem, ...]


@transaction.atomic
def load_pack(*, now: datetime, files: PackFiles, redraft: bool = False) -> Loaded:
    """Load a pack for its organisation, creating it when needed.

    Raises PackRefused when it has errors, VersionChanged when a version already published came
    with another text (``redraft`` lets a demonstration have its way: a further edition).
    """
    compiled = compile_pack(files)
    if compiled.pack is None:
        raise PackRefused(compiled.problems)
    pack = compiled.pack
    organization_id = save_organization(
        now=now,
        slug=pack.organization.slug,
        name=pack.organization.name,
        accent=pack.organization.accent,
        language=pack.organization.language,
    )
    actor = system_actor(organization_id, LOADER)
    _arrange(actor, now, pack)
    release, is_new = _release(actor, now, pack, files)
    published = ()
    if is_new:
        published = tuple(
            label
            for procedure in pack.procedures.values()
            if (label := _publish(actor, now, release, procedure, files, redraft)) is not None
        )
    return Loaded(
        organization_id=organization_id,
        slug=pack.organization.slug,
        is_new=is_new,
        published=published,
        problems=compiled.problems,
    )


def _arrange(actor: Actor, now: datetime, pack: Pack) -> None:
    arrange_offices(
        actor=actor,
        now=now,
        offices=[
            OfficeFacts(
                code=office.code,
                title=office.title,
                calendar=office.calendar,
                zone=pack.calendars[office.calendar].zone,
                region=office.region,
                address=office.address,
                hours_text=office.hours_text,
                phone=office.phone,
                email=office.email,
            )
            for office in pack.offices.values()
        ],
    )
    roles = [RoleFacts(code=role.code, title=role.title) for role in pack.roles.values()]
    arrange_roles(actor=actor, now=now, roles=roles)


def _release(
    actor: Actor, now: datetime, pack: Pack, files: PackFiles
) -> tuple[PackRelease, bool]:
    digest = _content_digest(files, pack)
    found = PackRelease.objects.visible_to(actor).filter(digest=digest).first()
    if found is not None:
        return found, False
    row = PackRelease(
        organization_id=actor.organization_id,
        digest=digest,
        files=dict(files.files),
        calendars=write_calendars(pack.calendars),
        loaded_at=now,
        loaded_by=actor.key,
    )
    row.save(force_insert=True)
    return row, True


def _publish(
    actor: Actor,
    now: datetime,
    release: PackRelease,
    procedure: Procedure,
    files: PackFiles,
    redraft: bool,
) -> str | None:
    digest = procedure_digest(procedure, files)
    rows = ProcedureVersion.objects.visible_to(actor).filter(code=procedure.code)
    last = rows.order_by("-version", "-edition").first()
    edition = 1
    if last is not None and last.version == procedure.version:
        if last.digest != digest and not redraft:
            raise VersionChanged(procedure.code, procedure.version)
        edition = last.edition + 1
    elif last is not None and last.version > procedure.version:
        raise VersionChanged(procedure.code, procedure.version)
    rows.filter(replaced_at=None).update(replaced_at=now)
    ProcedureVersion(
        organization_id=actor.organization_id,
        code=procedure.code,
        version=procedure.version,
        edition=edition,
        title=procedure.title,
        digest=digest,
        release=release,
        in_force_from=now,
    ).save(force_insert=True)
    return f"{procedure.code} v{procedure.version}"


def procedure_digest(procedure: Procedure, files: PackFiles) -> str:
    """What makes a version's text the same: its file, its messages, and the sheets it names."""
    summed = sha256()
    own = _file_of(procedure.code, files)
    summed.update(own.encode())
    for message in sorted(procedure.messages.values(), key=lambda message: message.name):
        summed.update(f"\0{message.name}\0{message.digest}".encode())
    for path, text in sorted(files.files.items()):
        if path.startswith("tables/") and path in own:
            summed.update(f"\0{path}\0{text}".encode())
    return summed.hexdigest()


def _file_of(code: str, files: PackFiles) -> str:
    heading = re.compile(rf"^code:\s*[\"']?{re.escape(code)}[\"']?\s*(#.*)?$", re.MULTILINE)
    for path, text in sorted(files.files.items()):
        if path.startswith("procedures/") and heading.search(text):
            return text
    return ""


def _content_digest(files: PackFiles, pack: Pack) -> str:
    """The pack's definition and the calendars it was compiled with."""
    versions = "".join(f"{name}{pack.calendars[name].version}" for name in sorted(pack.calendars))
    return sha256(f"{files.digest}{versions}".encode()).hexdigest()
