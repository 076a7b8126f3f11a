"""Reads of the catalogue by a row of ours, where the row already told whose it is."""

from django.db.models import QuerySet

from ventanilla.catalog.models import PackRelease, ProcedureVersion


def versions_by_row() -> QuerySet[ProcedureVersion]:
    """Versions of every organisation: for code that holds the row id of one of its own cases."""
    return ProcedureVersion.objects.across_organizations()


def releases_by_row() -> QuerySet[PackRelease]:
    """Releases of every organisation: to compile the one that a version belongs to."""
    return PackRelease.objects.across_organizations()
