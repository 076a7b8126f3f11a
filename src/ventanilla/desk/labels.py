"""Words and icons for the codes that the desk shows."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A code as people see it."""

    text: str | Promise
    icon: str
    tone: str = ""


CHANNELS: Final = {
    "email": Label(text=_("Correo"), icon="mail"),
    "phone": Label(text=_("Teléfono"), icon="phone"),
    "desk": Label(text=_("En ventanilla"), icon="user-round"),
    "web": Label(text=_("Página web"), icon="globe"),
    "whatsapp": Label(text=_("WhatsApp"), icon="message-circle"),
    "social": Label(text=_("Red social"), icon="at-sign"),
    "letter": Label(text=_("Carta"), icon="mailbox"),
    "event": Label(text=_("Evento"), icon="calendar-days"),
    "voice": Label(text=_("De palabra"), icon="message-square-quote"),
}


def channel_label(channel: str) -> Label:
    """The door through which a contact came; the code itself when it is not one of ours."""
    return CHANNELS.get(channel, Label(text=channel, icon="circle-question-mark"))


def lifecycle_label(lifecycle: str, registered: frozenset[str]) -> Label:
    """How well a party is known; being registered is what counts."""
    known = lifecycle in registered
    words = lifecycle.replace("_", " ").capitalize()
    return Label(text=words, icon="badge-check" if known else "badge", tone="good" if known else "")
