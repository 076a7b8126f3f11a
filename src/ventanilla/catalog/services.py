"""Loading a pack: organisation, offices, roles and procedures, whole or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.db import transaction

from ventanilla.catalog.codec import encode_calendars
from ventanilla.catalog.digests import defining_files, procedure_digest, release_digest
from ventanilla.catalog.models import PackRelease, ProcedureVersion
from ventanilla.core.definition.model import Pack, Procedure
from ventanilla.core.definition.problems import Problem
from ventanilla.identity import services as identity
from ventanilla.identity.actor import ADMINISTRATOR, Actor, system_actor
from ventanilla.packs.contacts import COUNTRY_OF_ZONE
from ventanilla.packs.reader import PackFiles, compile_pack

LOADER = "load"


class PackRefused(Exception):
    """The pack has errors; nothing of it was loaded. `problems` say where and what."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__(f"The pack has {len(problems)} problem(s); nothing was loaded.")


class VersionChanged(Exception):
    """The text of a published version was changed."""

    def __init__(self, code: str, version: int) -> None:
        self.code, self.version = code, version
        super().__init__(
            f"{code} version {version} is published already, with another text. A published "
            f"version never changes: write `version: {version + 1}` and say in `changes` what is "
            "new. In a demo installation, --redraft replaces the text."
        )


class VersionOutdated(Exception):
    """A later version was published before."""

    def __init__(self, code: str, version: int, latest: int) -> None:
        self.code, self.version, self.latest = code, version, latest
        super().__init__(
            f"{code} version {version} is older than version {latest}, which is published. "
            f"To return to the older text, publish it as version {latest + 1}."
        )


class RoleReserved(Exception):
    """The pack names a role that belongs to the installation."""

    def __init__(self, role: str) -> None:
        self.role = role
        super().__init__(f"The role {role!r} belongs to the installation; name the pack's another.")


class Change(StrEnum):
    """What loading did to a procedure."""

    UNCHANGED = "unchanged"
    PUBLISHED = "published"
    REISSUED = "reissued"
    REDRAFTED = "redrafted"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedProcedure:
    code: str
    version: int
    edition: int
    change: Change
    in_force_from: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What was loaded; `problems` are warnings only."""

    organization_id: int
    slug: str
    release_id: int
    procedures: tuple[LoadedProcedure, ...]
    problems: tuple[Problem, ...]


def load_pack(
    *, files: PackFiles, now: datetime, may_redraft: bool = False, slug: str = ""
) -> Loaded:
    """Publishes what is new in the pack, for the operator. The same pack again changes nothing.

    With ``slug`` it is loaded for that organisation instead of the one the pack names.
    Raises PackRefused, RoleReserved, VersionOutdated or (unless `may_redraft`) VersionChanged, and
    then leaves everything as it was. Open cases stay on the edition they began with.
    """
    compiled = compile_pack(files)
    if compiled.pack is None:
        raise PackRefused(compiled.problems)
    pack = compiled.pack
    if ADMINISTRATOR in pack.roles:
        raise RoleReserved(ADMINISTRATOR)
    with transaction.atomic():
        organization_id = identity.save_organization(
            now=now,
            slug=slug or pack.organization.slug,
            name=pack.organization.name[:200],
            accent=pack.organization.accent,
            language=pack.organization.language,
        )
        actor = system_actor(organization_id, LOADER)
        _arrange_house(actor, now, pack)
        release = _release(actor, now, pack, files)
        loading = _Loading(
            actor=actor, now=now, pack=pack, release=release, may_redraft=may_redraft
        )
        procedures = _publish_all(loading)
    return Loaded(
        organization_id=organization_id,
        slug=slug or pack.organization.slug,
        release_id=release.pk,
        procedures=procedures,
        problems=compiled.problems,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Loading:
    actor: Actor
    now: datetime
    pack: Pack
    release: PackRelease
    may_redraft: bool

    @property
    def files(self) -> Mapping[str, str]:
        files: Mapping[str, str] = self.release.files
        return files


def _arrange_house(actor: Actor, now: datetime, pack: Pack) -> None:
    """Offices and roles as rows. Their texts are cut to what lists show; the pack keeps them."""
    zones = {code: pack.calendars[office.calendar].zone for code, office in pack.offices.items()}
    identity.arrange_offices(
        actor=actor,
        now=now,
        offices=[
            identity.OfficeFacts(
                code=office.code,
                title=office.title[:200],
                calendar=office.calendar,
                zone=zones[office.code],
                country=COUNTRY_OF_ZONE.get(zones[office.code], ""),
                region=office.region[:120],
                address=office.address[:300],
                hours_text=office.hours_text[:300],
                phone=office.phone[:60],
                email=office.email[:254],
            )
            for office in pack.offices.values()
        ],
    )
    identity.arrange_roles(
        actor=actor,
        now=now,
        roles=[
            identity.RoleFacts(code=role.code, title=role.title[:200])
            for role in pack.roles.values()
        ],
    )


def _release(actor: Actor, now: datetime, pack: Pack, files: PackFiles) -> PackRelease:
    release, _ = PackRelease.objects.visible_to(actor).get_or_create(
        organization_id=actor.organization_id,
        digest=release_digest(files, pack.calendars),
        defaults={
            "files": defining_files(files),
            "calendars": encode_calendars(pack.calendars),
            "loaded_at": now,
            "loaded_by": actor.key,
        },
    )
    return release


def _publish_all(loading: _Loading) -> tuple[LoadedProcedure, ...]:
    written: dict[str, list[ProcedureVersion]] = {}
    rows = ProcedureVersion.objects.visible_to(loading.actor).select_for_update()
    for row in rows.order_by("code", "version", "edition"):
        written.setdefault(row.code, []).append(row)
    published = [
        _publish(loading, procedure, written.get(procedure.code, []))
        for procedure in loading.pack.procedures.values()
    ]
    withdrawn = [
        _withdraw(loading, earlier[-1])
        for code, earlier in written.items()
        if code not in loading.pack.procedures and earlier[-1].replaced_at is None
    ]
    return (*published, *withdrawn)


def _publish(
    loading: _Loading, procedure: Procedure, earlier: list[ProcedureVersion]
) -> LoadedProcedure:
    digest = procedure_digest(procedure, loading.files)
    if not earlier:
        return _insert(loading, procedure, digest, None, Change.PUBLISHED)
    last = earlier[-1]
    if procedure.version < last.version:
        raise VersionOutdated(procedure.code, procedure.version, last.version)
    if procedure.version > last.version:
        return _insert(loading, procedure, digest, last, Change.PUBLISHED)
    if digest != last.digest:
        if not loading.may_redraft:
            raise VersionChanged(procedure.code, procedure.version)
        return _insert(loading, procedure, digest, last, Change.REDRAFTED)
    if last.release_id == loading.release.pk and last.replaced_at is None:
        return _told(last, Change.UNCHANGED)
    return _insert(loading, procedure, digest, last, Change.REISSUED)


def _insert(
    loading: _Loading,
    procedure: Procedure,
    digest: str,
    last: ProcedureVersion | None,
    change: Change,
) -> LoadedProcedure:
    same_version = last is not None and last.version == procedure.version
    begins = _begins(loading, procedure, last)
    if last is not None and last.replaced_at is None:
        last.replaced_at = max(begins, last.in_force_from)
        last.save(update_fields=["replaced_at"])
    row = ProcedureVersion(
        organization_id=loading.actor.organization_id,
        code=procedure.code,
        version=procedure.version,
        edition=last.edition + 1 if last is not None and same_version else 1,
        title=procedure.title[:300],
        digest=digest,
        release=loading.release,
        in_force_from=begins,
    )
    row.save(force_insert=True)
    return _told(row, change)


def _begins(loading: _Loading, procedure: Procedure, last: ProcedureVersion | None) -> datetime:
    """From when the version counts: its effective date, but never before an earlier one was read.

    The first version of a procedure may count from a day long past. A further edition of a version
    that is not in force yet waits like that version.
    """
    effective = _midnight(loading.pack, procedure)
    if last is None:
        return effective or loading.now
    if last.version == procedure.version:
        return max(loading.now, last.in_force_from)
    return max(effective or loading.now, loading.now, last.in_force_from)


def _midnight(pack: Pack, procedure: Procedure) -> datetime | None:
    """The beginning of the effective day where the organisation's first office is."""
    if procedure.effective is None:
        return None
    first = next(iter(pack.offices.values()))
    zone = ZoneInfo(pack.calendars[first.calendar].zone)
    return datetime.combine(procedure.effective, time.min, tzinfo=zone).astimezone(UTC)


def _withdraw(loading: _Loading, last: ProcedureVersion) -> LoadedProcedure:
    """A procedure that the pack no longer has takes no new cases."""
    last.replaced_at = max(loading.now, last.in_force_from)
    last.save(update_fields=["replaced_at"])
    return _told(last, Change.WITHDRAWN)


def _told(row: ProcedureVersion, change: Change) -> LoadedProcedure:
    return LoadedProcedure(
        code=row.code,
        version=row.version,
        edition=row.edition,
        change=change,
        in_force_from=row.in_force_from,
    )
