"""The post: messages that wait for a decision, and mails that did not leave."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from ventanilla.catalog.published import all_in_force
from ventanilla.channels.mail.message import Understood
from ventanilla.channels.repairs import (
    NotRepaired,
    discard,
    open_case_with,
    put_into_case,
    send_again,
)
from ventanilla.channels.selectors import (
    InboxMessage,
    MessageNotFound,
    failed_mails,
    inbox,
    inbox_message,
)
from ventanilla.channels.services import Placement
from ventanilla.desk.entrance import for_staff, show
from ventanilla.desk.forms.post import DiscardForm, LinkForm, OpenForm
from ventanilla.desk.letters import FileLink, Letter, named
from ventanilla.desk.post_words import hindrance_words, reason_label, reason_sentence
from ventanilla.identity.actor import Actor


@require_GET
@for_staff
def inbox_page(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """The messages that no rule could place."""
    page = page_number(request)
    lines, more = inbox(actor=actor, page=page)
    rows = [(line, reason_label(line.reason)) for line in lines]
    context = {"rows": rows, "next_page": page + 1 if more else None}
    return show(request, actor, "desk/inbox/list.html", context, place="inbox")


@require_GET
@for_staff
def message(request: HttpRequest, actor: Actor, reference: UUID) -> HttpResponseBase:
    """One message, and what can be decided about it."""
    return _show_message(request, actor, _find(actor, reference))


@require_POST
@for_staff
def link(request: HttpRequest, actor: Actor, reference: UUID) -> HttpResponseBase:
    """The message belongs to this case."""
    form = LinkForm(request.POST)

    def put() -> Placement | NotRepaired:
        return put_into_case(
            actor=actor,
            now=timezone.now(),
            reference=reference,
            number=form.cleaned_data["number"].strip(),
        )

    return _decide(request, actor, reference, form, "link_form", put)


@require_POST
@for_staff
def open_new(request: HttpRequest, actor: Actor, reference: UUID) -> HttpResponseBase:
    """The message begins a case."""
    form = OpenForm(request.POST, procedures=_procedures(actor))

    def begin() -> Placement | NotRepaired:
        return open_case_with(
            actor=actor,
            now=timezone.now(),
            reference=reference,
            procedure=form.cleaned_data["procedure"],
        )

    return _decide(request, actor, reference, form, "open_form", begin)


@require_POST
@for_staff
def throw_away(request: HttpRequest, actor: Actor, reference: UUID) -> HttpResponseBase:
    """The message needs nobody; it is kept with the reason."""
    form = DiscardForm(request.POST)

    def put_aside() -> Placement | NotRepaired:
        return discard(
            actor=actor,
            now=timezone.now(),
            reference=reference,
            reason=form.cleaned_data["reason"],
        )

    return _decide(request, actor, reference, form, "discard_form", put_aside)


@require_GET
@for_staff
def outbox_page(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """The mails that were given up."""
    page = page_number(request)
    rows, more = failed_mails(actor=actor, page=page)
    context = {"rows": rows, "next_page": page + 1 if more else None}
    return show(request, actor, "desk/outbox/list.html", context, place="inbox")


@require_POST
@for_staff
def retry(request: HttpRequest, actor: Actor, key: int) -> HttpResponseBase:
    """The mail is tried again."""
    if not send_again(actor=actor, now=timezone.now(), key=key):
        raise Http404
    messages.success(request, gettext("Se intentará otra vez ahora mismo."))
    return redirect("desk:outbox")


def page_number(request: HttpRequest) -> int:
    """The page of a list that the address asks for."""
    wanted = request.GET.get("desde", "")
    return int(wanted) if wanted.isascii() and wanted.isdecimal() and len(wanted) < 6 else 1


def _decide(
    request: HttpRequest,
    actor: Actor,
    reference: UUID,
    form: forms.Form,
    name: str,
    do: Callable[[], Placement | NotRepaired],
) -> HttpResponseBase:
    found = _find(actor, reference)
    if form.is_valid():
        outcome = do()
        if isinstance(outcome, Placement):
            return _decided(request, outcome)
        form.add_error(None, hindrance_words(outcome))
    return _show_message(request, actor, found, form=(name, form), status=422)


def _decided(request: HttpRequest, placement: Placement) -> HttpResponseBase:
    if placement.number:
        messages.success(request, gettext("El mensaje está ahora en este caso."))
        return redirect("desk:case", number=placement.number)
    messages.success(request, gettext("Descartado. Se conserva con su motivo."))
    return redirect("desk:inbox")


def _find(actor: Actor, reference: UUID) -> InboxMessage:
    try:
        return inbox_message(actor=actor, reference=reference)
    except MessageNotFound as missing:
        raise Http404 from missing


def _show_message(
    request: HttpRequest,
    actor: Actor,
    found: InboxMessage,
    *,
    form: tuple[str, forms.Form] | None = None,
    status: int = 200,
) -> HttpResponseBase:
    line = found.line
    context: dict[str, object] = {
        "row": line,
        "reason": reason_label(line.reason),
        "reason_sentence": reason_sentence(line.reason),
        "is_settled": found.is_settled,
        "settled_at": found.settled_at,
        "case_number": found.case_number,
        "note": found.note,
        "letter": _letter(line.reference, found.content),
        "raw_address": reverse("desk:raw", args=(line.reference,)),
        "link_form": LinkForm(prefix=None),
        "open_form": OpenForm(procedures=_procedures(actor)),
        "discard_form": DiscardForm(),
    }
    if form is not None:
        context[form[0]] = form[1]
    return show(request, actor, "desk/inbox/message.html", context, place="inbox", status=status)


def _procedures(actor: Actor) -> dict[str, str]:
    in_force = all_in_force(actor.organization_id, timezone.now())
    return {one.code: one.title for one in in_force}


def _letter(reference: UUID, content: Understood) -> Letter:
    sender = content.sender
    return Letter(
        subject=content.subject,
        sender=named(sender.name, sender.address) if sender else "",
        to="",
        text=content.reply or content.text,
        quoted=content.quoted if content.reply else "",
        status=None,
        flag="",
        files=tuple(
            FileLink(
                name=file.name,
                size=len(file.content),
                address=reverse("desk:inbox_attachment", args=(reference, position)),
            )
            for position, file in enumerate(content.files)
        ),
        html_address=reverse("desk:inbox_html", args=(reference,)) if content.html else "",
    )
