"""Writing to the desk as somebody outside would, without a mail program."""

from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import Any

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _


class TestMailForm(forms.Form):
    """A mail to the desk, from somebody made up."""

    name = forms.CharField(label=_("Quién escribe"), max_length=100)
    sender = forms.EmailField(label=_("Su correo"), max_length=200)
    to = forms.EmailField(label=_("Para"), max_length=200)
    subject = forms.CharField(label=_("Asunto"), max_length=200)
    body = forms.CharField(label=_("Texto"), max_length=50_000, widget=forms.Textarea)
    attachment = forms.FileField(label=_("Adjuntos"), required=False)
    in_reply_to = forms.CharField(required=False, max_length=998, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Refuses what cannot stand in one line of a header."""
        for name in ("name", "subject", "in_reply_to"):
            text = self.cleaned_data.get(name, "")
            if any(ord(character) < 32 for character in text):
                self.add_error(name, _("Escríbalo en una sola línea."))
        return self.cleaned_data

    def message(self) -> bytes:
        """The mail, ready to be received."""
        data = self.cleaned_data
        mail = EmailMessage()
        mail["From"] = f'"{data["name"].replace(chr(34), "")}" <{data["sender"]}>'
        mail["To"] = data["to"]
        mail["Subject"] = data["subject"]
        mail["Date"] = format_datetime(localtime())
        mail["Message-ID"] = make_msgid(domain="demostracion.example")
        if data["in_reply_to"]:
            mail["In-Reply-To"] = data["in_reply_to"]
            mail["References"] = data["in_reply_to"]
        mail.set_content(data["body"])
        if file := data["attachment"]:
            kind, _slash, subkind = (file.content_type or "").partition("/")
            mail.add_attachment(
                file.read(),
                maintype=kind if subkind else "application",
                subtype=subkind or "octet-stream",
                filename=file.name,
            )
        return mail.as_bytes()
