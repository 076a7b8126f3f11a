"""The page of a case, and completing its tasks."""

from dataclasses import dataclass
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from ventanilla.cases.outcomes import CaseNotFound, NotMoved
from ventanilla.cases.selectors import CaseFile, OpenTask, case_file, mark_seen
from ventanilla.core.engine.commands import RefusalCode
from ventanilla.core.engine.state import Status
from ventanilla.desk.case_page import around, chosen_task, current_task, head
from ventanilla.desk.entrance import for_staff, in_dialog, show
from ventanilla.desk.forms.sheet import Sheet
from ventanilla.desk.handing_in import (
    UnusableFile,
    complete,
    empty_sheet,
    is_fit,
    retyped,
    sheet_from,
)
from ventanilla.desk.limits import counted
from ventanilla.desk.questioning import may, position, preview_of
from ventanilla.identity.actor import Actor
from ventanilla.identity.selectors import StaffRow, staff
from ventanilla.ui.wording import moment_words

LOOKING = frozenset({"look", "preview"})
"""Deeds that only look at what the answers would come to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Somebody else was first; what was typed is kept."""

    heading: str
    sentence: str
    typed: list[tuple[str, str]]


@require_http_methods(["GET", "POST"])
@for_staff
def page(request: HttpRequest, actor: Actor, number: str) -> HttpResponseBase:
    """A case: what to do, who it is, how it stands. Posting completes the task in the address."""
    case = find_case(actor, number)
    people = staff(actor)
    if request.method == "POST":
        return _hand_in(request, actor, case, people)
    if any(contact.is_new for contact in case.contacts):
        mark_seen(actor=actor, case=case.reference, now=timezone.now())
    return _show(request, actor, case, people)


@require_GET
@for_staff
def deadline(request: HttpRequest, actor: Actor, number: str, name: str) -> HttpResponseBase:
    """How a deadline was counted, line by line."""
    case = find_case(actor, number)
    found = counted(case, name)
    if found is None:
        raise Http404
    dialog = in_dialog(request)
    context = {
        "case": head(case, timezone.now()),
        "limit": found.limit,
        "rule": found.rule,
        "calendar": found.calendar,
        "lines": found.lines,
        "in_dialog": dialog,
    }
    template = "desk/case/deadline_count.html" if dialog else "desk/case/deadline.html"
    return show(request, actor, template, context, place="worklist")


def find_case(actor: Actor, number: str) -> CaseFile:
    """The case, or the same 404 as for one that does not exist."""
    try:
        return case_file(actor=actor, number=number)
    except CaseNotFound as missing:
        raise Http404 from missing


def _hand_in(
    request: HttpRequest, actor: Actor, case: CaseFile, people: tuple[StaffRow, ...]
) -> HttpResponseBase:
    key, now = request.GET.get("tarea", ""), timezone.now()
    task = next((one for one in case.tasks if one.key == key), None)
    if task is None:
        return _too_late(request, actor, case, people, key)
    step = case.published.procedure.steps[task.step]
    run = position(case, actor, now)
    if not may(run, step, task.assignee):
        raise PermissionDenied
    if request.POST.get("deed") in LOOKING:
        return _look(request, actor, case, people, task)
    sheet = sheet_from(request, run, step, people)
    if not is_fit(sheet, case, actor, now):
        return _show(request, actor, case, people, sheet=sheet, status=422)
    try:
        outcome = complete(case=case, task=task, sheet=sheet, actor=actor, now=now)
    except UnusableFile as refusal:
        sheet.add_error(None, str(refusal))
        return _show(request, actor, case, people, sheet=sheet, status=422)
    if isinstance(outcome, NotMoved):
        if outcome.refusal.code is RefusalCode.TASK_GONE:
            return _too_late(request, actor, find_case(actor, case.number), people, key, sheet)
        if outcome.refusal.code is RefusalCode.NOT_YOURS:
            raise PermissionDenied
        sheet.refuse(outcome.refusal)
        return _show(request, actor, case, people, sheet=sheet, status=422)
    done = gettext("Listo: «{title}».").format(title=step.title)
    closed = gettext("Listo: «{title}». El caso quedó cerrado.").format(title=step.title)
    messages.success(request, closed if outcome.status == Status.CLOSED else done)
    return redirect("desk:case", number=case.number)


def _look(
    request: HttpRequest,
    actor: Actor,
    case: CaseFile,
    people: tuple[StaffRow, ...],
    task: OpenTask,
) -> HttpResponseBase:
    """The sheet again, asking and saying what these answers call for."""
    step, now = case.published.procedure.steps[task.step], timezone.now()
    sheet = retyped(request, case, step, actor, now, people)
    if request.headers.get("HX-Target") != "hoja":
        return _show(request, actor, case, people, sheet=sheet)
    run = position(case, actor, now, sheet.asked.state.fields)
    current = current_task(case, run, actor, task)
    context = {
        "form": sheet,
        "preview": preview_of(run, step, sheet.asked.draft),
        "form_address": current.address,
    }
    return show(request, actor, "desk/case/sheet.html", context, place="worklist")


def _too_late(
    request: HttpRequest,
    actor: Actor,
    case: CaseFile,
    people: tuple[StaffRow, ...],
    key: str,
    sheet: Sheet | None = None,
) -> HttpResponseBase:
    """The case as it stands now, who was first, and what this person had typed."""
    step = case.published.procedure.steps.get(key.partition("#")[0])
    if step is None or case.state.visits.get(step.name, 0) == 0:
        raise Http404
    if sheet is None:
        sheet = sheet_from(request, position(case, actor, timezone.now()), step, people)
        sheet.is_valid()
    conflict = Conflict(
        heading=_who_was_first(case, key, step.title),
        sentence=gettext("Lo que usted envió llegó después y no se guardó dos veces."),
        typed=sheet.typed_words(),
    )
    return _show(request, actor, case, people, conflict=conflict, status=HTTPStatus.CONFLICT)


def _who_was_first(case: CaseFile, key: str, title: str) -> str:
    for entry in reversed(case.entries):
        if entry.command == "complete" and entry.about == key:
            return gettext("{who} completó «{title}» {moment}").format(
                who=entry.actor_name or gettext("Otra persona"),
                title=title,
                moment=moment_words(entry.recorded_at, now=timezone.now()),
            )
    return gettext("«{title}» ya no está pendiente").format(title=title)


def _show(
    request: HttpRequest,
    actor: Actor,
    case: CaseFile,
    people: tuple[StaffRow, ...],
    *,
    sheet: Sheet | None = None,
    conflict: Conflict | None = None,
    status: int = 200,
) -> HttpResponseBase:
    now = timezone.now()
    run = position(case, actor, now)
    task = chosen_task(case, run, actor, request.GET.get("tarea", ""))
    context: dict[str, object] = {"conflict": conflict}
    if task is not None:
        current = current_task(case, run, actor, task)
        step = run.procedure.steps[task.step]
        form = sheet or (empty_sheet(run, step, people) if current.may_do else None)
        context |= {"task": current, "form": form}
    context |= around(case, run, actor, now, task.key if task else "")
    return show(request, actor, "desk/case/page.html", context, place="worklist", status=status)
