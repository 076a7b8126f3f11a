"""Tags of the pages of the waiting room and the telephone."""

from datetime import timedelta

from django import template
from django.utils.translation import gettext

from ventanilla.packs.contacts import shown_phone
from ventanilla.telephone.course import Standing

register = template.Library()


@register.filter
def stretch(span: timedelta | None) -> str:
    """A length of time in minutes and seconds; a dash where nothing was counted."""
    if span is None:
        return "–"
    minutes, seconds = divmod(max(int(span.total_seconds()), 0), 60)
    if minutes >= 60:
        return gettext("{hours} h {minutes} min").format(hours=minutes // 60, minutes=minutes % 60)
    if minutes >= 10 or not seconds:
        return gettext("{minutes} min").format(minutes=minutes)
    return gettext("{minutes} min {seconds} s").format(minutes=minutes, seconds=seconds)


@register.filter
def phone(number: str, country: str) -> str:
    """A telephone as people of the country write it."""
    return shown_phone(number, country)


@register.filter
def standing(code: str) -> str:
    """How a call stands."""
    words = {
        Standing.RINGING: gettext("suena"),
        Standing.ANSWERED: gettext("hablando"),
        Standing.HELD: gettext("en espera"),
        Standing.ENDED: gettext("atendida"),
        Standing.LOST: gettext("perdida"),
    }
    return words[Standing(code)]
