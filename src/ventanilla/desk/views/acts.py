"""What can be done with a case at any time: the procedure's actions, notes, closing, reopening."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from ventanilla.answers.refusals import refusal_words
from ventanilla.cases import services
from ventanilla.cases.outcomes import NotMoved, Outcome
from ventanilla.cases.selectors import CaseFile, times_done
from ventanilla.core.definition.model import Action
from ventanilla.core.engine.commands import RefusalCode
from ventanilla.core.engine.flow import Run
from ventanilla.desk.case_page import head
from ventanilla.desk.deeds import action_consequence, action_deed
from ventanilla.desk.entrance import for_staff, in_dialog, show
from ventanilla.desk.forms.acts import NoteForm, ReasonForm
from ventanilla.desk.forms.sheet import Sheet
from ventanilla.desk.handing_in import (
    UnusableFile,
    carry_out,
    empty_sheet,
    is_fit,
    retyped,
    sheet_from,
)
from ventanilla.desk.questioning import draft_of, may, position, preview_of, speeches
from ventanilla.desk.views.case import LOOKING, find_case
from ventanilla.identity.actor import Actor
from ventanilla.identity.selectors import staff

TIMES = "veces"


@require_http_methods(["GET", "POST"])
@for_staff
def act(request: HttpRequest, actor: Actor, number: str, action: str) -> HttpResponseBase:
    """One of the procedure's actions: its form, and doing it."""
    case, now = find_case(actor, number), timezone.now()
    known = case.published.procedure.actions.get(action)
    if known is None:
        raise Http404
    run = position(case, actor, now)
    if not may(run, known):
        raise PermissionDenied
    people = staff(actor)
    if request.method == "GET":
        return _show_action(request, actor, case, run, known, empty_sheet(run, known, people))
    if request.POST.get("deed") in LOOKING:
        sheet = retyped(request, case, known, actor, now, people)
        tried = position(case, actor, now, sheet.asked.state.fields)
        return _show_action(request, actor, case, tried, known, sheet)
    sheet = sheet_from(request, run, known, people)
    before = _times_shown(request)
    if is_fit(sheet, case, actor, now) and _carried_out(case, known, sheet, actor, now, before):
        messages.success(request, gettext("Listo: «{title}».").format(title=known.title))
        return redirect("desk:case", number=number)
    return _show_action(request, actor, case, run, known, sheet, status=422)


@require_http_methods(["GET", "POST"])
@for_staff
def note(request: HttpRequest, actor: Actor, number: str) -> HttpResponseBase:
    """A free note on the case."""

    def write(case: UUID, form: NoteForm) -> Outcome:
        text = form.cleaned_data["text"]
        return services.note(actor=actor, now=timezone.now(), case=case, text=text)

    return short_form(
        request,
        actor,
        number,
        form=NoteForm(request.POST or None),
        do=write,
        heading=gettext("Anotar"),
        deed=gettext("Guardar la nota"),
        consequence=gettext("Queda en la historia del caso; la persona no la ve."),
        done=gettext("Nota guardada."),
    )


@require_http_methods(["GET", "POST"])
@for_staff
def cancel(request: HttpRequest, actor: Actor, number: str) -> HttpResponseBase:
    """Closes the case without finishing it."""

    def close(case: UUID, form: ReasonForm) -> Outcome:
        reason = form.cleaned_data["reason"]
        return services.cancel(actor=actor, now=timezone.now(), case=case, reason=reason)

    return short_form(
        request,
        actor,
        number,
        form=ReasonForm(request.POST or None),
        do=close,
        heading=gettext("Cerrar sin terminar"),
        deed=gettext("Cerrar el caso sin terminarlo"),
        consequence=gettext("Sus tareas y plazos dejan de correr. No sale ningún mensaje."),
        done=gettext("El caso quedó cerrado sin terminar."),
    )


@require_http_methods(["GET", "POST"])
@for_staff
def reopen(request: HttpRequest, actor: Actor, number: str) -> HttpResponseBase:
    """Opens a closed case again."""

    def again(case: UUID, form: ReasonForm) -> Outcome:
        reason = form.cleaned_data["reason"]
        return services.reopen(actor=actor, now=timezone.now(), case=case, reason=reason)

    return short_form(
        request,
        actor,
        number,
        form=ReasonForm(request.POST or None),
        do=again,
        heading=gettext("Reabrir el caso"),
        deed=gettext("Reabrir"),
        consequence=gettext("El caso sigue en el paso que su procedimiento señala."),
        done=gettext("El caso está abierto otra vez."),
    )


def _times_shown(request: HttpRequest) -> int | None:
    """How often the action had been done when its form was shown."""
    shown = request.POST.get(TIMES, "")
    return int(shown) if shown.isascii() and shown.isdecimal() and len(shown) < 9 else None


def _carried_out(
    case: CaseFile,
    action: Action,
    sheet: Sheet,
    actor: Actor,
    now: datetime,
    done_before: int | None,
) -> bool:
    try:
        outcome = carry_out(
            case=case, action=action, sheet=sheet, actor=actor, now=now, done_before=done_before
        )
    except UnusableFile as refusal:
        sheet.add_error(None, str(refusal))
        return False
    if isinstance(outcome, NotMoved):
        if outcome.refusal.code is RefusalCode.NOT_YOURS:
            raise PermissionDenied
        if outcome.refusal.code is RefusalCode.TASK_GONE:
            sheet.add_error(
                None, gettext("Mientras tanto ya se hizo. Para repetirlo, envíelo otra vez.")
            )
        else:
            sheet.refuse(outcome.refusal)
        return False
    return True


def _show_action(
    request: HttpRequest,
    actor: Actor,
    case: CaseFile,
    run: Run,
    action: Action,
    sheet: Sheet,
    status: int = 200,
) -> HttpResponseBase:
    address = reverse("desk:act", args=(case.number, action.name))
    draft = draft_of(run, action)
    said = speeches(run, action)
    context = {
        "case": head(case, timezone.now()),
        "heading": action.title,
        "form": sheet,
        "preview": preview_of(run, action, draft),
        "speeches": [one for one in said if one.text],
        "manners": [manner for one in said for manner in one.behaviour],
        "deed": action_deed(action, run.procedure, draft),
        "consequence": action_consequence(action, run.procedure, draft),
        "act_address": address,
        "form_address": address,
        "times_done": times_done(actor=actor, case=case.reference, action=action.name),
        "in_dialog": in_dialog(request),
    }
    return show(request, actor, _template(request), context, place="worklist", status=status)


def short_form(
    request: HttpRequest,
    actor: Actor,
    number: str,
    *,
    form: Any,
    do: Callable[[UUID, Any], Outcome],
    heading: str,
    deed: str,
    consequence: str,
    done: str,
) -> HttpResponseBase:
    """A short form about a case: shown, judged, done."""
    case = find_case(actor, number)
    if form.is_valid():
        outcome = do(case.reference, form)
        if not isinstance(outcome, NotMoved):
            messages.success(request, done)
            return redirect("desk:case", number=number)
        form.add_error(None, refusal_words(outcome.refusal))
    context = {
        "case": head(case, timezone.now()),
        "heading": heading,
        "form": form,
        "deed": deed,
        "consequence": consequence,
        "act_address": request.path,
        "in_dialog": in_dialog(request),
    }
    status = 422 if isinstance(form, forms.Form) and form.errors else 200
    return show(request, actor, _template(request), context, place="worklist", status=status)


def _template(request: HttpRequest) -> str:
    target = request.headers.get("HX-Target")
    return {"dialogo": "desk/case/act_form.html", "hoja": "desk/case/sheet.html"}.get(
        target or "", "desk/case/act.html"
    )
