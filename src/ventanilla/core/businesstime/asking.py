"""Questions to a calendar about one instant."""

from bisect import bisect_right
from datetime import date, datetime, timedelta

from ventanilla.core.businesstime.calendars import Calendar
from ventanilla.core.businesstime.horizon import BeyondHorizon
from ventanilla.core.businesstime.zones import instant, micros


def local_date(calendar: Calendar, moment: datetime) -> date:
    """The day that the calendar's own clock shows at an instant."""
    return moment.astimezone(calendar.timeline.zone).date()


def local_time(calendar: Calendar, moment: datetime) -> datetime:
    """The instant as the calendar's own clock shows it."""
    return moment.astimezone(calendar.timeline.zone)


def is_open(calendar: Calendar, moment: datetime) -> bool | BeyondHorizon:
    """Whether the office is open: the opening instant is, the closing instant is not."""
    timeline, at = calendar.timeline, micros(moment)
    if timeline.day_of(at) is None:
        return _beyond(calendar)
    opening = bisect_right(timeline.opens, at) - 1
    return opening >= 0 and at < timeline.closes[opening]


def next_opening(calendar: Calendar, moment: datetime) -> datetime | BeyondHorizon:
    """The first instant from this one on at which the office is open (in UTC)."""
    timeline, at = calendar.timeline, micros(moment)
    if timeline.day_of(at) is None:
        return _beyond(calendar)
    opening = bisect_right(timeline.closes, at)
    if opening == len(timeline.opens):
        return _beyond(calendar)
    return instant(max(at, timeline.opens[opening]))


def open_time(calendar: Calendar, start: datetime, end: datetime) -> timedelta | BeyondHorizon:
    """How long the office is open between two instants; negative if ``end`` comes first."""
    timeline, begins, ends = calendar.timeline, micros(start), micros(end)
    if timeline.day_of(begins) is None or timeline.day_of(ends) is None:
        return _beyond(calendar)
    return timedelta(microseconds=timeline.worked_until(ends) - timeline.worked_until(begins))


def _beyond(calendar: Calendar) -> BeyondHorizon:
    return BeyondHorizon(first=calendar.first, last=calendar.last)
