"""Published procedures, compiled once per process: what the services and the pages run on."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import Q

from ventanilla.catalog.calendars import read_calendars
from ventanilla.catalog.models import PackRelease, ProcedureVersion
from ventanilla.core.definition.model import Pack, Procedure
from ventanilla.identity.actor import Actor
from ventanilla.packs.reader import PackFiles, compile_pack, kept_calendars


class ProcedureUnknown(Exception):
    """The organisation has no such procedure in force."""


class ReleaseBroken(Exception):
    """A stored release no longer compiles: the software and the data do not fit each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A version of a procedure as it was published, ready to run."""

    id: int
    code: str
    version: int
    edition: int
    title: str
    digest: str
    procedure: Procedure

    @property
    def label(self) -> str:
        """What the journal writes of the version a case began with."""
        return f"{self.code} v{self.version}.{self.edition} {self.digest[:12]}"


@lru_cache(maxsize=512)
def published(version_id: int) -> Published:
    """The published version; rows of versions never change, so the answer is kept."""
    row = ProcedureVersion.objects.across_organizations().get(pk=version_id)
    return Published(
        id=row.pk,
        code=row.code,
        version=row.version,
        edition=row.edition,
        title=row.title,
        digest=row.digest,
        procedure=released(row.release_id).procedures[row.code],
    )


@lru_cache(maxsize=64)
def released(release_id: int) -> Pack:
    """The pack of a release, compiled from the files and calendars it was loaded with."""
    row = PackRelease.objects.across_organizations().get(pk=release_id)
    files = PackFiles(name=row.digest, files=row.files)
    compiled = compile_pack(files, calendars=kept_calendars(read_calendars(row.calendars)))
    if compiled.pack is None:
        raise ReleaseBroken(f"release {release_id}: {compiled.problems[:3]}")
    return compiled.pack


def in_force(organization_id: int, code: str, now: datetime) -> Published:
    """The version of a procedure in force at an instant. Raises ProcedureUnknown."""
    rows = ProcedureVersion.objects.within(organization_id).filter(
        Q(replaced_at=None) | Q(replaced_at__gt=now), code=code, in_force_from__lte=now
    )
    found = rows.order_by("-version", "-edition").values_list("id", flat=True).first()
    if found is None:
        raise ProcedureUnknown(code)
    return published(found)


def all_in_force(actor: Actor, now: datetime) -> tuple[Published, ...]:
    """The procedures of the actor's organisation that are in force, by title."""
    rows = ProcedureVersion.objects.visible_to(actor).filter(
        Q(replaced_at=None) | Q(replaced_at__gt=now), in_force_from__lte=now
    )
    return tuple(published(pk) for pk in rows.order_by("title", "id").values_list("id", flat=True))


def pack_in_force(organization_id: int) -> Pack | None:
    """The pack an organisation loaded last: its channels, offices and party model."""
    rows = PackRelease.objects.within(organization_id)
    found = rows.order_by("-loaded_at", "-id").values_list("id", flat=True).first()
    return None if found is None else released(found)
