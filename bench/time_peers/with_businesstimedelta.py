"""businesstimedelta: work days, a lunch break and holidays as rules."""

import sys
from datetime import time

import businesstimedelta  # type: ignore[import-not-found]
import pytz  # type: ignore[import-not-found, import-untyped, unused-ignore]

from bench.time_peers.answering import answer
from bench.time_questions import BACK, CLOSE, HOURS, LUNCH, OPEN, ZONE, holidays

zone = pytz.timezone(ZONE)
week = [0, 1, 2, 3, 4]
rules = businesstimedelta.Rules(
    [
        businesstimedelta.WorkDayRule(time(OPEN), time(CLOSE), week, tz=zone),
        businesstimedelta.LunchTimeRule(time(LUNCH), time(BACK), week, tz=zone),
        businesstimedelta.HolidayRule(set(holidays()), tz=zone),
    ]
)
delta = businesstimedelta.BusinessTimeDelta(rules, hours=HOURS)

answer({"72 hours": lambda start: start + delta}, sys.argv[1])
