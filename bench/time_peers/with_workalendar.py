"""workalendar: a calendar with the same holidays; it knows days only."""

import sys
from datetime import date
from zoneinfo import ZoneInfo

from workalendar.core import (  # type: ignore[import-not-found, import-untyped, unused-ignore]
    Calendar,
    WesternMixin,
)

from bench.time_peers.answering import answer
from bench.time_questions import DAYS, ZONE, holidays, starts

closed = holidays()
by_year = {year: [(day, "") for day in closed if day.year == year] for year in range(2019, 2031)}


class Chile(WesternMixin, Calendar):  # type: ignore[misc, unused-ignore]
    def holidays(self, year: int | None = None) -> list[tuple[date, str]]:
        return by_year[year or 2026]


office = Chile()
local = {start: start.astimezone(ZoneInfo(ZONE)).replace(tzinfo=None) for start in starts()}

answer({"30 days": lambda start: office.add_working_days(local[start], DAYS)}, sys.argv[1])
