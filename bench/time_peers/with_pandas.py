"""pandas: custom business hours and days."""

import sys

import pandas as pd  # type: ignore[import-not-found, import-untyped, unused-ignore]

from bench.time_peers.answering import answer
from bench.time_questions import (
    BACK,
    CLOSE,
    DAYS,
    HOURS,
    LUNCH,
    OPEN,
    ZONE,
    holidays,
    starts,
)

hours = pd.offsets.CustomBusinessHour(
    n=HOURS,
    start=[f"{OPEN:02}:00", f"{BACK}:00"],
    end=[f"{LUNCH}:00", f"{CLOSE}:00"],
    holidays=holidays(),
)
days = pd.offsets.CustomBusinessDay(n=DAYS, holidays=holidays())
stamps = {start: pd.Timestamp(start).tz_convert(ZONE) for start in starts()}

answer(
    {
        "72 hours": lambda start: stamps[start] + hours,
        "30 days": lambda start: stamps[start] + days,
    },
    sys.argv[1],
)
