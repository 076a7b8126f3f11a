"""`ventanilla upgrade CODE`: the open cases of a procedure and the version in force."""

from argparse import ArgumentParser
from datetime import UTC, datetime

from django.core.management.base import BaseCommand, CommandError

from ventanilla.cases.migrating import MigrationLine, Migrations, migrate_case, migrations
from ventanilla.cases.outcomes import NotMoved
from ventanilla.catalog.published import ProcedureUnknown
from ventanilla.identity.actor import Actor, system_actor
from ventanilla.identity.selectors import organizations


class Command(BaseCommand):
    """Without ``--apply`` it only shows what would become of each case."""

    help = "Muestra qué casos abiertos pasarían a la versión vigente; con --apply, los pasa."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="el código del procedimiento")
        parser.add_argument("--apply", action="store_true", help="pasa los casos que pueden")
        parser.add_argument("--organization", help="la organización, si hay varias")

    def handle(
        self,
        *args: object,
        code: str,
        apply: bool,
        organization: str | None,
        **options: object,
    ) -> None:
        now = datetime.now(UTC)
        actor = system_actor(_organization(organization), "upgrade")
        try:
            found = migrations(actor=actor, code=code, now=now)
        except ProcedureUnknown as unknown:
            raise CommandError(f"No hay una versión vigente de «{code}».") from unknown
        self.stdout.write(
            f"{found.code} {found.title}: versión {found.version}.{found.edition}, "
            f"casos abiertos en otra: {len(found.lines)}"
        )
        for line in found.lines:
            self.stdout.write(_told(line))
            if apply:
                self.stdout.write(f"    {self._applied(actor, now, found, line)}")

    def _applied(self, actor: Actor, now: datetime, found: Migrations, line: MigrationLine) -> str:
        outcome = migrate_case(actor=actor, now=now, case=line.reference, code=found.code)
        if isinstance(outcome, NotMoved):
            step = outcome.refusal.params.get("step", "")
            return f"sigue como estaba: «{step}»" if step else "sigue como estaba"
        return f"pasó a la versión {found.version}.{found.edition}"


def _told(line: MigrationLine) -> str:
    """A case in lines: where it is, what hinders it, and its limits before and after."""
    steps = ", ".join(line.preview.steps) or "—"
    told = [f"{line.number}  versión {line.version}.{line.edition}  en: {steps}"]
    told += [f"    no puede: «{one.title}» ({one.why})" for one in line.preview.hindrances]
    if not line.preview.hindrances:
        told += [
            f"    {one.title}: {_moment(one.before)} → {_moment(one.after)}"
            for one in line.preview.limits
            if one.before != one.after
        ]
    return "\n".join(told)


def _moment(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC" if at is not None else "—"


def _organization(slug: str | None) -> int:
    known = {one.slug: one.id for one in organizations()}
    if slug is None and len(known) == 1:
        return next(iter(known.values()))
    if slug not in known:
        raise CommandError(f"Diga --organization: {', '.join(sorted(known))}.")
    return known[slug]
