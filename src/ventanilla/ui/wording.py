"""Time as people write it, in Spanish and English: with the weekday, and what is left in words."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.utils.dateformat import format as dated
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext

SOON = timedelta(hours=4)
NEAR = timedelta(hours=24)


class Pressure(StrEnum):
    """How pressing a deadline is; each has a word and an icon, never only a colour."""

    LATE = "late"
    SOON = "soon"
    NEAR = "near"
    CALM = "calm"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLeft:
    """What is left until a deadline, in words, with its pressure."""

    words: str
    pressure: Pressure


def time_left(due_at: datetime, *, now: datetime) -> TimeLeft:
    """ "quedan 3 horas", "vencido hace 2 días", with how pressing it is."""
    left = due_at - now
    if left < timedelta(0):
        words = gettext("vencido hace {span}").format(span=span_words(-left))
        return TimeLeft(words=words, pressure=Pressure.LATE)
    pressure = _pressure(left)
    if left < timedelta(minutes=1):
        return TimeLeft(words=gettext("vence ahora"), pressure=pressure)
    single = span_amount(left) == 1
    sentence = gettext("queda {span}") if single else gettext("quedan {span}")
    return TimeLeft(words=sentence.format(span=span_words(left)), pressure=pressure)


def time_ago(at: datetime, *, now: datetime) -> str:
    """ "hace 5 minutos"; "ahora mismo" below one minute."""
    past = now - at
    if past < timedelta(minutes=1):
        return gettext("ahora mismo")
    return gettext("hace {span}").format(span=span_words(past))


def span_words(span: timedelta) -> str:
    """A length of time by its largest fitting unit: minutes to 2 h, hours to 2 days, then days."""
    amount = span_amount(span)
    if span < timedelta(hours=2):
        sentence = ngettext("{amount} minuto", "{amount} minutos", amount)
    elif span < timedelta(days=2):
        sentence = ngettext("{amount} hora", "{amount} horas", amount)
    else:
        sentence = ngettext("{amount} día", "{amount} días", amount)
    return sentence.format(amount=amount)


def span_amount(span: timedelta) -> int:
    """The number that span_words names."""
    if span < timedelta(hours=2):
        return int(span // timedelta(minutes=1))
    if span < timedelta(days=2):
        return int(span // timedelta(hours=1))
    return span.days


def moment_words(at: datetime, *, now: datetime) -> str:
    """ "hoy, 16:30", "ayer, 9:05", "viernes 27 de noviembre, 10:00"; the year when it differs."""
    local = localtime(at)
    return gettext("{day}, {time}").format(
        day=day_words(local.date(), today=localtime(now).date()), time=dated(local, "G:i")
    )


def day_words(day: date, *, today: date) -> str:
    """ "hoy", "ayer", "mañana", "viernes 27 de noviembre"; the year when it differs."""
    near = {-1: gettext("ayer"), 0: gettext("hoy"), 1: gettext("mañana")}
    distance = (day - today).days
    if distance in near:
        return near[distance]
    if day.year == today.year:
        return dated(day, gettext(r"l j \d\e F"))
    return dated(day, gettext(r"l j \d\e F \d\e Y"))


def full_moment_words(at: datetime) -> str:
    """The whole date with weekday, year and time, whatever the day is today."""
    local = localtime(at)
    return gettext("{day}, {time}").format(
        day=dated(local, gettext(r"l j \d\e F \d\e Y")), time=dated(local, "G:i")
    )


def size_words(amount: int) -> str:
    """A file's size as people say it: "812 bytes", "45 kB", "3,2 MB"."""
    if amount < 1000:
        return ngettext("{amount} byte", "{amount} bytes", amount).format(amount=amount)
    if amount < 1_000_000:
        return f"{round(amount / 1000)} kB"
    comma = gettext("{whole},{tenth} MB")
    tenths = round(amount / 100_000)
    return comma.format(whole=tenths // 10, tenth=tenths % 10)


def _pressure(left: timedelta) -> Pressure:
    if left <= SOON:
        return Pressure.SOON
    return Pressure.NEAR if left <= NEAR else Pressure.CALM
