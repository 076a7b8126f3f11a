"""Published procedures, compiled once per process and found again by their row."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, partial
from typing import Final

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from ventanilla.catalog.access import releases_by_row, versions_by_row
from ventanilla.catalog.codec import decode_calendars
from ventanilla.catalog.models import ProcedureVersion
from ventanilla.core.definition.model import Pack, Procedure
from ventanilla.packs.reader import PackFiles, compile_pack, kept_calendars


class ProcedureUnknown(Exception):
    """The organisation has no such procedure in force."""


class ReleaseUnreadable(Exception):
    """A release that was loaded once is not understood by this version of the software."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A published version with everything that running it needs. `id` is its row."""

    id: int
    organization_id: int
    code: str
    version: int
    edition: int
    title: str
    digest: str
    in_force_from: datetime
    procedure: Procedure
    pack: Pack

    @property
    def label(self) -> str:
        """The version as the journal names it."""
        return f"{self.code} v{self.version}.{self.edition} {self.digest[:12]}"


_committed: Final[dict[int, Published]] = {}
"""What is known to be in the database for good, by row. Rows of a version never change."""


def published(version_id: int) -> Published:
    """The version of that row. Costs nothing after the first time in a process."""
    known = _committed.get(version_id)
    if known is not None:
        return known
    row = versions_by_row().select_related("release").defer("release__files").get(pk=version_id)
    found = _published(row)
    transaction.on_commit(partial(_committed.__setitem__, version_id, found))
    return found


def in_force(organization_id: int, code: str, now: datetime) -> Published:
    """The version that a case opened now runs on; ProcedureUnknown when there is none."""
    row_id = _row_in_force(organization_id, code, now)
    if row_id is None:
        raise ProcedureUnknown(f"No version of {code!r} is in force.")
    return published(row_id)


def _row_in_force(organization_id: int, code: str, now: datetime) -> int | None:
    """In plain SQL, because every case that opens passes here."""
    instant = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM catalog_procedureversion WHERE organization_id = %s AND code = %s"
            " AND in_force_from <= %s AND (replaced_at IS NULL OR replaced_at > %s)"
            " ORDER BY version DESC, edition DESC LIMIT 1",
            [organization_id, code, instant, instant],
        )
        row = cursor.fetchone()
    return None if row is None else int(row[0])


def all_in_force(organization_id: int, now: datetime) -> tuple[Published, ...]:
    """The versions that cases opened now run on, by code."""
    rows = _in_force(organization_id, now).order_by("code").values_list("pk", flat=True)
    return tuple(published(row_id) for row_id in rows)


def current_pack(organization_id: int, now: datetime) -> Pack | None:
    """The organisation's pack as it holds now; None when nothing is loaded."""
    newest = _in_force(organization_id, now).order_by("-release_id").values_list("pk", flat=True)
    row_id = newest.first()
    return None if row_id is None else published(row_id).pack


def _in_force(organization_id: int, now: datetime) -> QuerySet[ProcedureVersion]:
    return ProcedureVersion.objects.within(organization_id).filter(
        Q(replaced_at=None) | Q(replaced_at__gt=now), in_force_from__lte=now
    )


def _published(row: ProcedureVersion) -> Published:
    pack = _compiled(row.release.digest, row.release_id)
    return Published(
        id=row.pk,
        organization_id=row.organization_id,
        code=row.code,
        version=row.version,
        edition=row.edition,
        title=row.title,
        digest=row.digest,
        in_force_from=row.in_force_from,
        procedure=pack.procedures[row.code],
        pack=pack,
    )


@lru_cache(maxsize=128)
def _compiled(digest: str, release_id: int) -> Pack:
    """The pack of a release. The digest is part of the key: a row id alone may be used again."""
    release = releases_by_row().get(pk=release_id, digest=digest)
    compiled = compile_pack(
        PackFiles(name=digest[:12], files=release.files),
        calendars=kept_calendars(decode_calendars(release.calendars)),
    )
    if compiled.pack is None:
        first = compiled.problems[0]
        raise ReleaseUnreadable(
            f"Release {digest[:12]} no longer compiles: {first.code} at "
            f"{first.mark.file}:{first.mark.line}. Load a corrected version of the pack."
        )
    return compiled.pack
