"""What every contestant of the time benchmark is asked; with the standard library only."""

import json
import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

ZONE = "America/Santiago"
OPEN, LUNCH, BACK, CLOSE = 9, 13, 14, 18
HOURS, DAYS = 72, 30


def holidays_path() -> Path:
    return Path(os.environ["BENCH_HOLIDAYS"])


def holidays() -> list[date]:
    """The holidays that all contestants use, as ours wrote them."""
    return [date.fromisoformat(day) for day in json.loads(holidays_path().read_text())]


def starts() -> list[datetime]:
    """Two hundred instants in open hours: outside them libraries differ in what they promise."""
    closed, zone = set(holidays()), ZoneInfo(ZONE)
    first = datetime(2026, 1, 5, 12, 7, tzinfo=UTC)
    every = (first + number * timedelta(hours=7, minutes=13) for number in range(2_000))
    return [at for at in every if _is_open(at.astimezone(zone), closed)][:200]


def _is_open(local: datetime, closed: set[date]) -> bool:
    working = local.weekday() < 5 and local.date() not in closed
    return working and (OPEN <= local.hour < LUNCH or BACK <= local.hour < CLOSE)
