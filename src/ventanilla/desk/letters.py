"""Messages of a case as pages show them."""

from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ventanilla.cases.selectors import ContactRow, FileRow
from ventanilla.desk.labels import Label

DELIVERY: Final = {
    "pending": Label(text=_("por salir"), icon="clock", tone="info"),
    "sent": Label(text=_("enviado"), icon="circle-check", tone="good"),
    "failed": Label(text=_("no salió"), icon="circle-alert", tone="late"),
    "bounced": Label(text=_("devuelto"), icon="undo-2", tone="late"),
    "said": Label(text=_("dicho"), icon="message-square-quote", tone=""),
}

FLAGS: Final[dict[str, str | Promise]] = {
    "other_address": _("Llegó desde otra dirección que la conocida. Compruebe quién escribe."),
    "bounce": _("Es un aviso de que un mensaje nuestro no se entregó."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLink:
    """A file with the address from which it is downloaded."""

    name: str
    size: int
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A message: from or to whom, its words, its files, and what became of it."""

    subject: str
    sender: str
    to: str
    text: str
    quoted: str
    status: Label | None
    flag: str | Promise
    files: tuple[FileLink, ...]
    html_address: str


def letter(number: str, contact: ContactRow) -> Letter:
    """The contact as a letter on the page of its case."""
    came = contact.direction == "in"
    correspondent = named(contact.name, contact.address)
    return Letter(
        subject=contact.subject,
        sender=correspondent if came else "",
        to="" if came else correspondent,
        text=contact.text,
        quoted=contact.quoted,
        status=None if came else DELIVERY.get(contact.delivery),
        flag=FLAGS.get(contact.flag, ""),
        files=tuple(file_link(file) for file in contact.files),
        html_address=(
            reverse("desk:case_html", args=(number, contact.reference)) if contact.html else ""
        ),
    )


def file_link(file: FileRow) -> FileLink:
    """The file with its address."""
    return FileLink(
        name=file.name, size=file.size, address=reverse("desk:file", args=(file.reference,))
    )


def named(name: str, address: str) -> str:
    """A name with its address, or the one that is known."""
    return f"{name} <{address}>" if name and address else name or address
