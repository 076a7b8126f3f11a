"""The worklist: what I owe and what my roles owe, the soonest first."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import slugify
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_POST

from ventanilla.answers.refusals import refusal_words
from ventanilla.cases.outcomes import CaseNotFound, NotMoved
from ventanilla.cases.selectors import TaskLine, worklist
from ventanilla.cases.services import assign
from ventanilla.desk.case_page import task_address
from ventanilla.desk.entrance import for_staff, offices_of, show
from ventanilla.desk.forms.worklist import WorklistFilter
from ventanilla.identity.actor import Actor
from ventanilla.identity.selectors import roles

ROWS = "desk/parts/worklist_rows.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A task with its address on the page."""

    line: TaskLine
    role_title: str
    address: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Tasks that fall due together."""

    code: str
    title: str
    rows: tuple[Row, ...]


@require_GET
@for_staff
def page(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """The worklist; asked by the page itself it answers only when something has changed."""
    now = timezone.now()
    titles = {role.code: role.title for role in roles(actor)}
    filters = WorklistFilter(request.GET, offices=offices_of(request, actor), roles=titles)
    chosen = filters.chosen()
    lines, more = worklist(actor=actor, **chosen)
    etag = _etag(lines, now)
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=HTTPStatus.NOT_MODIFIED, headers={"ETag": etag})
    context = {
        "filters": filters,
        "filtered": filters.is_narrow,
        "groups": _groups(lines, titles, now),
        "total": len(lines),
        "next": chosen["page"] + 1 if more else None,
        "etag": etag,
    }
    template = ROWS if request.headers.get("HX-Target") == "tareas" else "desk/worklist.html"
    answer = show(request, actor, template, context, place="worklist")
    answer.headers["ETag"] = etag
    return answer


@require_POST
@for_staff
def claim(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """The task is mine from now on, so that nobody else begins it."""
    return _assign(request, actor, actor.email)


@require_POST
@for_staff
def release(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """The task goes back to its role."""
    return _assign(request, actor, "")


def _assign(request: HttpRequest, actor: Actor, assignee: str) -> HttpResponseBase:
    task = request.POST.get("task", "")
    try:
        case = UUID(request.POST.get("case", ""))
        outcome = assign(actor=actor, now=timezone.now(), case=case, task=task, assignee=assignee)
    except (ValueError, CaseNotFound) as missing:
        raise Http404 from missing
    if isinstance(outcome, NotMoved):
        messages.warning(request, refusal_words(outcome.refusal))
    elif assignee:
        messages.success(request, gettext("La tarea es suya: nadie más la empezará."))
    else:
        messages.success(request, gettext("La tarea quedó libre para su función."))
    return redirect(_way_back(request))


def _way_back(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if wanted and safe else reverse("desk:worklist")


def _groups(
    lines: tuple[TaskLine, ...], titles: dict[str, str], now: datetime
) -> tuple[Group, ...]:
    today = timezone.localtime(now).date()
    buckets: dict[str, list[Row]] = {}
    for line in lines:
        row = Row(
            line=line,
            role_title=titles.get(line.role, line.role),
            address=task_address(line.case_number, line.key),
            anchor=slugify(f"{line.case_number}-{line.key}"),
        )
        buckets.setdefault(_bucket(line.due_at, now, today.toordinal()), []).append(row)
    names = {
        "late": gettext("Vencidas"),
        "today": gettext("Vencen hoy"),
        "tomorrow": gettext("Vencen mañana"),
        "later": gettext("Más adelante"),
        "never": gettext("Sin plazo"),
    }
    return tuple(
        Group(code=code, title=title, rows=tuple(buckets[code]))
        for code, title in names.items()
        if code in buckets
    )


def _bucket(due_at: datetime | None, now: datetime, today: int) -> str:
    if due_at is None:
        return "never"
    if due_at < now:
        return "late"
    ahead = timezone.localtime(due_at).date().toordinal() - today
    return {0: "today", 1: "tomorrow"}.get(ahead, "later")


def _etag(lines: tuple[TaskLine, ...], now: datetime) -> str:
    """The same while the rows and the minute are: time left is told in minutes."""
    minute = now.replace(second=0, microsecond=0)
    told = repr((lines, minute.isoformat(), get_language(), timezone.get_current_timezone_name()))
    return f'"{sha256(told.encode()).hexdigest()[:32]}"'
