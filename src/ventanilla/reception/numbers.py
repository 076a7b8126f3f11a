"""The numbers of tickets: counted anew each day, at each office, for each letter."""

from datetime import date

from django.db import connection


def take_number(organization_id: int, office: str, day: date, letter: str) -> int:
    """The next number; the count stays locked until the transaction ends, so none is left out."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO reception_ticketcount (organization_id, office, day, letter, last)"
            " VALUES (%s, %s, %s, %s, 1) ON CONFLICT (organization_id, office, day, letter)"
            " DO UPDATE SET last = reception_ticketcount.last + 1 RETURNING last",
            [organization_id, office, connection.ops.adapt_datefield_value(day), letter],
        )
        number: int = cursor.fetchone()[0]
        return number
