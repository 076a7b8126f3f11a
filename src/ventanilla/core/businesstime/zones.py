"""Between the local clock and UTC, also on the days when the clock jumps."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
EXACT_AS_FLOAT = 4_000_000_000 * SECOND
"""Until 2096 seconds as a float still tell microseconds apart, and convert twice as fast."""
EPOCH_ORDINAL = EPOCH.toordinal()


def micros(instant: datetime) -> int:
    """Microseconds since 1970 in UTC; a naive instant raises TypeError."""
    since = instant - EPOCH
    return (since.days * 86_400 + since.seconds) * SECOND + since.microseconds


def instant(at: int) -> datetime:
    """The instant in UTC of so many microseconds since 1970."""
    if 0 <= at < EXACT_AS_FLOAT:
        return datetime.fromtimestamp(at / SECOND, UTC)
    return EPOCH + timedelta(microseconds=at)


def first_moment(zone: ZoneInfo, wall: datetime) -> int:
    """When the local clock first shows ``wall``, or jumps over it (microseconds)."""
    return _moment(zone, wall, fold=0)


def last_moment(zone: ZoneInfo, wall: datetime) -> int:
    """When the local clock last shows ``wall``, or jumps over it (microseconds)."""
    return _moment(zone, wall, fold=1)


def _moment(zone: ZoneInfo, wall: datetime, fold: int) -> int:
    naive = wall.replace(tzinfo=UTC, fold=0)
    early, late = (_offset(zone, wall, f) for f in (0, 1))
    if early >= late:
        return micros(naive) - (late if fold else early)
    return _jump(zone, micros(naive) - late, micros(naive) - early)


def _offset(zone: ZoneInfo, wall: datetime, fold: int) -> int:
    offset = wall.replace(tzinfo=zone, fold=fold).utcoffset() or timedelta()
    return offset // timedelta(microseconds=1)


def _jump(zone: ZoneInfo, low: int, high: int) -> int:
    """The instant in (low, high] at which the offset changes, to the second."""
    before = _offset_at(zone, low)
    while high - low > SECOND:
        middle = (low + high) // 2 // SECOND * SECOND
        if middle <= low:
            break
        if _offset_at(zone, middle) == before:
            low = middle
        else:
            high = middle
    return high // SECOND * SECOND


def _offset_at(zone: ZoneInfo, at: int) -> timedelta | None:
    return instant(at).astimezone(zone).utcoffset()
