"""Tags that pages are written with: icons, time in words, deadlines, notices, fields."""

from datetime import date, datetime
from typing import Final

from django import template
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext

from ventanilla.ui import icons, wording
from ventanilla.ui.wording import Pressure

register = template.Library()

PRESSURE_ICON: Final = {
    Pressure.LATE: "circle-alert",
    Pressure.SOON: "timer",
    Pressure.NEAR: "clock",
    Pressure.CALM: "clock",
}
NOTICE_ICON: Final = {
    "late": "circle-alert",
    "soon": "triangle-alert",
    "good": "circle-check",
    "info": "info",
}
MESSAGE_TONE: Final = {"error": "late", "warning": "soon", "success": "good"}


@register.simple_tag
def icon(name: str, label: str = "", size: int = 20) -> SafeString:
    """Draws the icon; announced only when it has a label."""
    return icons.icon(str(name), str(label), size)


@register.simple_tag(takes_context=True)
def moment(context: Context, at: datetime | None) -> SafeString | str:
    """An instant as people say it, with the whole date behind it."""
    if at is None:
        return ""
    return _time(at, wording.moment_words(at, now=_now(context)))


@register.simple_tag(takes_context=True)
def ago(context: Context, at: datetime | None) -> SafeString | str:
    """How long ago it was."""
    if at is None:
        return ""
    return _time(at, wording.time_ago(at, now=_now(context)))


@register.simple_tag(takes_context=True)
def day(context: Context, on: date | None) -> str:
    """A date as people say it."""
    if on is None:
        return ""
    return wording.day_words(on, today=localtime(_now(context)).date())


@register.simple_tag(takes_context=True)
def left(context: Context, due_at: datetime | None) -> SafeString | str:
    """The deadline's chip: icon and words, in a colour that only repeats them."""
    if due_at is None:
        return ""
    what = wording.time_left(due_at, now=_now(context))
    return format_html(
        '<span class="chip" data-tone="{}">{} {}</span>',
        what.pressure,
        icons.icon(PRESSURE_ICON[what.pressure], size=15),
        _time(due_at, what.words),
    )


@register.simple_tag
def badge(text: str, tone: str = "", icon_name: str = "") -> SafeString:
    """A state in words, with its icon."""
    drawn = icons.icon(icon_name, size=15) if icon_name else ""
    return format_html('<span class="badge" data-tone="{}">{} {}</span>', tone, drawn, text)


@register.inclusion_tag("ui/parts/field.html")
def field(bound: object) -> dict[str, object]:
    """A form's field with label, help and errors beside it."""
    return {"field": bound}


@register.simple_block_tag
def notice(content: str, tone: str = "info", role: str = "") -> SafeString:
    """Something the reader must know, with the icon of its tone."""
    spoken = format_html(' role="{}"', role) if role else ""
    return format_html(
        '<div class="notice" data-tone="{}"{}>{}<div>{}</div></div>',
        tone,
        spoken,
        icons.icon(NOTICE_ICON[tone], label=_tone_name(tone)),
        content,
    )


@register.filter
def message_tone(level: str) -> str:
    """The notice's tone for a level of Django's messages."""
    return MESSAGE_TONE.get(level, "info")


@register.filter
def file_size(amount: int) -> str:
    """A size as people say it."""
    return wording.size_words(amount)


@register.filter
def initials(name: str) -> str:
    """The first letters of the first two words."""
    return "".join(word[0] for word in name.split()[:2]).upper()


def _tone_name(tone: str) -> str:
    names = {
        "late": gettext("Atención"),
        "soon": gettext("Aviso"),
        "good": gettext("Hecho"),
        "info": gettext("Información"),
    }
    return names[tone]


def _time(at: datetime, words: str) -> SafeString:
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        localtime(at).isoformat(timespec="minutes"),
        wording.full_moment_words(at),
        words,
    )


def _now(context: Context) -> datetime:
    now = context["now"]
    if not isinstance(now, datetime):
        raise TypeError("A page's context carries its instant as `now`.")
    return now
