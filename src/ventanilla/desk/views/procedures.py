"""The procedures in force, as documents to read: steps, tables, what is said and sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from ventanilla.answers.shown import language, shown
from ventanilla.catalog.published import ProcedureUnknown, all_in_force, in_force
from ventanilla.core.definition.expressions.wording import show as words_of
from ventanilla.core.definition.expressions.wording import span_text
from ventanilla.core.definition.model import (
    MAIN_TRACK,
    Action,
    AnyCell,
    Branch,
    Cell,
    OneOf,
    Procedure,
    Range,
    Responsibility,
    Script,
    Step,
    StepKind,
    Table,
)
from ventanilla.desk.entrance import for_staff, show
from ventanilla.desk.story import result_words
from ventanilla.identity.actor import Actor

STEP_ICON: Final[Mapping[StepKind, str]] = {
    StepKind.TASK: "user-round",
    StepKind.SEND: "send",
    StepKind.DECIDE: "split",
    StepKind.SCORE: "split",
    StepKind.WAIT: "hourglass",
    StepKind.APPROVE: "check",
    StepKind.RECORD: "save",
    StepKind.CHECK: "plug",
    StepKind.OPEN: "folder-plus",
    StepKind.JUNCTION: "git-branch",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StepSheet:
    name: str
    title: str
    icon: str
    who: str
    within: str
    goes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackSheet:
    title: str
    steps: tuple[StepSheet, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSheet:
    name: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    channel: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptSheet:
    title: str
    ways: tuple[Way, ...]
    behaviour: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSheet:
    title: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitSheet:
    title: str
    span: str
    cites: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Duties:
    """Who has what to do with each step and action: a column for each role."""

    roles: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@require_GET
@for_staff
def library(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """The procedures in force."""
    rows = all_in_force(actor.organization_id, timezone.now())
    return show(request, actor, "desk/procedures/list.html", {"rows": rows}, place="procedures")


@require_GET
@for_staff
def page(request: HttpRequest, actor: Actor, code: str) -> HttpResponseBase:
    """One procedure, to be read."""
    try:
        version = in_force(actor.organization_id, code, timezone.now())
    except ProcedureUnknown as missing:
        raise Http404 from missing
    procedure = version.procedure
    context = {
        "doc": {
            "title": procedure.title,
            "code": procedure.code,
            "version": procedure.version,
            "objective": procedure.document.objective,
            "legal": procedure.document.legal,
            "signatures": procedure.document.signatures,
            "changes": procedure.document.changes,
        },
        "duties": _duties(procedure),
        "tracks": _tracks(procedure),
        "tables": [_table(procedure, table) for table in procedure.tables.values()],
        "scripts": [_script(script) for script in procedure.scripts.values()],
        "letters": [
            LetterSheet(
                title=message.title, subject=message.subject.source, body=message.body.source
            )
            for message in procedure.messages.values()
        ],
        "deadlines": [
            LimitSheet(
                title=limit.title, span=span_text(limit.within, language()), cites=limit.cites
            )
            for limit in procedure.deadlines.values()
        ],
    }
    return show(request, actor, "desk/procedures/page.html", context, place="procedures")


def _duties(procedure: Procedure) -> Duties | None:
    """The matrix of responsibilities, with a step or action in each row."""
    matrix = procedure.document.responsibilities
    if not matrix:
        return None
    parts: list[Step | Action] = [*procedure.steps.values(), *procedure.actions.values()]
    rows = tuple(
        (part.title, tuple(_duty(one, part.name) for one in matrix))
        for part in parts
        if any(_duty(one, part.name) for one in matrix)
    )
    roles = tuple(procedure.roles[one.role].title for one in matrix)
    return Duties(roles=roles, rows=rows)


def _duty(one: Responsibility, part: str) -> str:
    words = (
        (gettext("responde"), one.accountable),
        (gettext("hace"), one.does),
        (gettext("apoya"), one.supports),
        (gettext("se le informa"), one.informed),
    )
    return ", ".join(word for word, parts in words if part in parts)


def _tracks(procedure: Procedure) -> list[TrackSheet]:
    return [
        TrackSheet(
            title="" if track.name == MAIN_TRACK else track.title,
            steps=tuple(
                _step(procedure, step)
                for step in procedure.steps.values()
                if step.track == track.name
            ),
        )
        for track in procedure.tracks.values()
    ]


def _step(procedure: Procedure, step: Step) -> StepSheet:
    role = procedure.roles.get(step.who.role) if step.who else None
    limit = next((one for one in procedure.deadlines.values() if one.step == step.name), None)
    return StepSheet(
        name=step.name,
        title=step.title,
        icon=STEP_ICON[step.kind],
        who=role.title if role else "",
        within=span_text(limit.within, language()) if limit else "",
        goes=tuple(dict.fromkeys(_goes(procedure, branch) for branch in step.next)),
    )


def _goes(procedure: Procedure, branch: Branch) -> str:
    if branch.go is not None:
        target = f"«{procedure.steps[branch.go].title}»"
    else:
        target = gettext("fin: {result}").format(result=result_words(branch.end or ""))
    return target


def _table(procedure: Procedure, table: Table) -> TableSheet:
    asked = [procedure.fields.get(one.source) for one in table.inputs]
    given = [procedure.fields[name] for name in table.outputs]
    heads = [of.label if of else one.source for of, one in zip(asked, table.inputs, strict=True)]
    return TableSheet(
        name=table.name,
        title=table.title or table.name,
        heads=(*heads, *(of.label for of in given)),
        rows=tuple(
            (
                *(
                    _cell(cell, {o.value: o.label for o in of.options} if of else {})
                    for cell, of in zip(row.cells, asked, strict=True)
                ),
                *(shown(of, value) for of, value in zip(given, row.outputs, strict=True)),
            )
            for row in table.rows
        ),
    )


def _cell(cell: Cell, labels: Mapping[str, str]) -> str:
    def told(value: object) -> str:
        if isinstance(value, str):
            return labels.get(value, value)
        return words_of(value, language=language())  # type: ignore[arg-type]

    match cell:
        case AnyCell():
            return "–"
        case OneOf(values=values):
            return ", ".join(told(one) or gettext("sin dato") for one in values)
        case Range(low=low, high=high):
            if low is None:
                return gettext("hasta {high}").format(high=told(high))
            if high is None:
                return gettext("desde {low}").format(low=told(low))
            return gettext("de {low} a {high}").format(low=told(low), high=told(high))


def _script(script: Script) -> ScriptSheet:
    return ScriptSheet(
        title=script.phase or script.name.replace("_", " ").capitalize(),
        ways=tuple(
            Way(channel=channel, text=text.source) for channel, text in script.texts.items()
        ),
        behaviour=script.behaviour,
    )
