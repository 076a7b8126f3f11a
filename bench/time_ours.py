"""Our side of the time benchmark."""

import json
import sys
from datetime import datetime
from functools import partial
from itertools import cycle, islice

from bench.contestant import serve
from bench.time_questions import (
    BACK,
    CLOSE,
    DAYS,
    HOURS,
    LUNCH,
    OPEN,
    holidays_path,
    starts,
)
from ventanilla.core.businesstime import (
    BeyondHorizon,
    Calendar,
    Span,
    Unit,
    due,
    local_time,
    parse_hours,
)
from ventanilla.packs.public_calendars import public_calendar

OPERATIONS = {
    "72 hours": Span(amount=HOURS, unit=Unit.BUSINESS_HOUR),
    "30 days": Span(amount=DAYS, unit=Unit.BUSINESS_DAY),
}


def calendar() -> Calendar:
    hours = parse_hours(f"{OPEN:02}:00-{LUNCH}:00,{BACK}:00-{CLOSE}:00")
    return public_calendar("CL", hours=dict.fromkeys(range(5), hours))


def main(verb: str) -> None:
    office = calendar()
    if verb == "holidays":
        days = sorted({one.day for one in office.special})
        holidays_path().write_text(json.dumps([day.isoformat() for day in days]))
        return
    asked = starts()
    if verb == "answers":
        answers: dict[str, list[str]] = {"starts": [start.isoformat() for start in asked]}
        for name, span in OPERATIONS.items():
            found = [_told(office, due(office, start, span)) for start in asked]
            answers[name] = [told if name == "72 hours" else told[:10] for told in found]
        json.dump(answers, sys.stdout)
    else:
        serve({name: partial(_ask, office, span, asked) for name, span in OPERATIONS.items()})


def _told(office: Calendar, answer: datetime | BeyondHorizon) -> str:
    assert not isinstance(answer, BeyondHorizon)
    return local_time(office, answer).isoformat(timespec="minutes")


def _ask(office: Calendar, span: Span, asked: list[datetime], times: int) -> None:
    for start in islice(cycle(asked), times):
        due(office, start, span)


if __name__ == "__main__":
    main(sys.argv[1])
