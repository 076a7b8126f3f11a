"""Statements sent together fail like statements sent one by one."""

import pytest
from django.db import IntegrityError, connection, transaction

from ventanilla.cases.writing import writing

TAKEN = "INSERT INTO identity_organization (slug, name, accent, language, created_at)"
VALUES = " VALUES ('casa', 'Casa', '', 'es', '2026-11-23 00:00:00+00:00')"


@pytest.mark.django_db
def test_together_it_raises_what_the_statement_alone_would_raise() -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), writing(1, 1):
        write(times=3)

    assert count() == 0


@pytest.mark.django_db
def test_together_it_writes_everything_and_lets_reads_see_it() -> None:
    with transaction.atomic(), writing(1, 1):
        write()
        seen = count()

    assert seen == count() == 1


def write(times: int = 1) -> None:
    with connection.cursor() as cursor:
        for _ in range(times):
            cursor.execute(TAKEN + VALUES)


def count() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM identity_organization WHERE slug = 'casa'")
        found: int = cursor.fetchone()[0]
        return found
