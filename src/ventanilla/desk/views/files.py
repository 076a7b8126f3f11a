"""Files and foreign words: given as downloads, or shut in a frame."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from ventanilla.cases.selectors import attachment
from ventanilla.channels.selectors import (
    MessageNotFound,
    inbox_file,
    inbox_message,
    raw_message,
)
from ventanilla.desk.entrance import for_staff
from ventanilla.desk.views.case import find_case
from ventanilla.identity.actor import Actor
from ventanilla.ui.foreign import cleaned, shut_in


@require_GET
@for_staff
def file(request: HttpRequest, actor: Actor, reference: UUID) -> HttpResponseBase:
    """A file of a case, always as a download."""
    found = attachment(actor=actor, reference=reference)
    if found is None:
        raise Http404
    return _download(found.content, found.name)


@require_GET
@for_staff
def case_html(request: HttpRequest, actor: Actor, number: str, reference: UUID) -> HttpResponseBase:
    """A message of the case with its own marks, cleaned and shut in."""
    case = find_case(actor, number)
    html = next((one.html for one in case.contacts if one.reference == reference), "")
    if not html:
        raise Http404
    return _foreign(request, html)


@require_GET
@for_staff
def inbox_html(request: HttpRequest, actor: Actor, reference: UUID) -> HttpResponseBase:
    """A message of the inbox with its own marks, cleaned and shut in."""
    try:
        html = inbox_message(actor=actor, reference=reference).content.html
    except MessageNotFound as missing:
        raise Http404 from missing
    return _foreign(request, html)


@require_GET
@for_staff
def inbox_attachment(
    request: HttpRequest, actor: Actor, reference: UUID, position: int
) -> HttpResponseBase:
    """A file of a message of the inbox, always as a download."""
    try:
        found = inbox_file(actor=actor, reference=reference, position=position)
    except MessageNotFound as missing:
        raise Http404 from missing
    return _download(found.content, found.name)


@require_GET
@for_staff
def raw(request: HttpRequest, actor: Actor, reference: UUID) -> HttpResponseBase:
    """A message exactly as it came, as a download."""
    try:
        content = raw_message(actor=actor, reference=reference)
    except MessageNotFound as missing:
        raise Http404 from missing
    return _download(content, f"{reference}.eml")


def _download(content: bytes, name: str) -> HttpResponse:
    """Never shown from our own origin, whatever it claims to be."""
    answer = HttpResponse(content, content_type="application/octet-stream")
    disposition = content_disposition_header(as_attachment=True, filename=name)
    answer.headers["Content-Disposition"] = disposition or "attachment"
    return shut_in(answer)


def _foreign(request: HttpRequest, html: str) -> HttpResponse:
    return shut_in(render(request, "desk/foreign.html", {"html": cleaned(html)}))
