"""The mail of the demonstration in the browser: what clients got, and writing as one of them."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from ventanilla.catalog.published import current_pack
from ventanilla.channels.intake import DoorUnknown, receive_mail
from ventanilla.channels.mail.message import Understood
from ventanilla.channels.models import InboundStatus
from ventanilla.channels.services import Placement
from ventanilla.demo.folders import demo_folders
from ventanilla.demo.forms import TestMailForm
from ventanilla.demo.sink import kept_mails, read_kept, read_kept_raw
from ventanilla.identity.actor import system_actor
from ventanilla.identity.selectors import offices, organizations
from ventanilla.ui.foreign import cleaned, shut_in


@require_GET
def mails(request: HttpRequest) -> HttpResponse:
    """The mails that left, the newest first."""
    with timezone.override(_zone()):
        return render(request, "demo/mails.html", {"rows": kept_mails(_sink())})


@require_GET
def mail(request: HttpRequest, name: str) -> HttpResponse:
    """One mail as its recipient reads it."""
    with timezone.override(_zone()):
        return _show(request, name, _found(name))


@require_GET
def mail_html(request: HttpRequest, name: str) -> HttpResponse:
    """The mail with its own marks, cleaned and shut in."""
    html = _found(name).html
    return shut_in(render(request, "desk/foreign.html", {"html": cleaned(html)}))


@require_GET
def mail_raw(request: HttpRequest, name: str) -> HttpResponse:
    """The mail exactly as it left, as a download."""
    content = read_kept_raw(_sink(), name)
    if content is None:
        raise Http404
    return _download(content, f"{name}.eml")


@require_GET
def mail_file(request: HttpRequest, name: str, position: int) -> HttpResponse:
    """A file of the mail, as a download."""
    files = _found(name).files
    if position >= len(files):
        raise Http404
    return _download(files[position].content, files[position].name)


@require_http_methods(["GET", "POST"])
def drop(request: HttpRequest) -> HttpResponse:
    """Writes to the desk as somebody new."""
    form = TestMailForm(request.POST or None, request.FILES or None, initial=_example())
    placement = _received(form)
    if placement is not None:
        return _told(request, placement)
    return render(request, "demo/drop.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def reply(request: HttpRequest, name: str) -> HttpResponse:
    """Answers a mail as its recipient."""
    found = _found(name)
    recipient = (found.delivered_to or found.to)[:1]
    back = (found.reply_to or ((found.sender,) if found.sender else ()))[:1]
    form = TestMailForm(
        request.POST or None,
        request.FILES or None,
        initial={
            "name": recipient[0].name if recipient else "",
            "sender": recipient[0].address if recipient else "",
            "to": back[0].address if back else "",
            "subject": f"Re: {found.subject.removeprefix('Re: ')}",
            "body": f"\n\n{_quoted(found)}",
            "in_reply_to": found.message_id or "",
        },
    )
    placement = _received(form)
    if placement is not None:
        return _told(request, placement)
    return render(
        request, "demo/drop.html", {"form": form, "mail": found}, status=422 if form.errors else 200
    )


def _show(request: HttpRequest, name: str, found: Understood) -> HttpResponse:
    files = [
        {
            "name": file.name,
            "size": len(file.content),
            "address": reverse("demo:mail_file", args=(name, position)),
        }
        for position, file in enumerate(found.files)
    ]
    recipients = ", ".join(str(one.address) for one in found.delivered_to or found.to)
    letter = {
        "subject": found.subject,
        "sender": f"{found.sender.name} <{found.sender.address}>" if found.sender else "",
        "to": recipients,
        "text": found.text,
        "files": files,
        "html_address": reverse("demo:mail_html", args=(name,)) if found.html else "",
    }
    return render(request, "demo/mail.html", {"name": name, "mail": found, "letter": letter})


def _received(form: TestMailForm) -> Placement | None:
    if not form.is_valid():
        return None
    try:
        return receive_mail(raw=form.message(), now=datetime.now(UTC))
    except DoorUnknown:
        form.add_error("to", gettext("Ninguna oficina recibe correo en esa dirección."))
        return None


def _told(request: HttpRequest, placement: Placement) -> HttpResponse:
    match placement.status:
        case InboundStatus.PLACED:
            words = gettext("El correo llegó: está en el caso {number}.")
            messages.success(request, words.format(number=placement.number))
        case InboundStatus.QUARANTINED:
            messages.warning(request, gettext("El correo llegó y espera una decisión en el buzón."))
        case _:
            messages.info(request, gettext("El correo llegó."))
    return redirect("demo:mails")


def _found(name: str) -> Understood:
    found = read_kept(_sink(), name)
    if found is None:
        raise Http404
    return found


def _sink() -> Path:
    return demo_folders(str(settings.DATABASES["default"]["NAME"])).sink


def _zone() -> ZoneInfo | None:
    """The hours of the first office, as the desk shows them."""
    known = (offices(system_actor(one.id, "demo")) for one in organizations())
    return next((ZoneInfo(rows[0].zone) for rows in known if rows), None)


def _download(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/octet-stream")
    disposition = content_disposition_header(as_attachment=True, filename=name)
    answer.headers["Content-Disposition"] = disposition or "attachment"
    return shut_in(answer)


def _quoted(found: Understood) -> str:
    lines = "\n".join(f"> {line}" for line in found.text.splitlines())
    sender = found.sender.address if found.sender else ""
    return f"El {found.date:%d/%m/%Y}, {sender} escribió:\n{lines}" if found.date else lines


def _example() -> dict[str, str]:
    return {
        "name": "Rosa Quispe Huamán",
        "sender": "rosa.quispe@agrovalle.example",
        "to": _first_address(),
        "subject": "Quiero exportar palta Hass a Corea",
        "body": (
            "Buenas tardes:\n\nTenemos palta Hass en Chavimochic y queremos exportar a Corea."
            " ¿Qué requisitos hay?\n\nGracias,\nRosa Quispe"
        ),
    }


def _first_address() -> str:
    now = datetime.now(UTC)
    packs = (current_pack(organization.id, now) for organization in organizations())
    channels = (channel for pack in packs if pack for channel in pack.channels.values())
    return next((channel.address for channel in channels if channel.address), "")
