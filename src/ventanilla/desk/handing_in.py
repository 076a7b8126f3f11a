"""Handing in a sheet: from what was typed to what the service takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.http import HttpRequest

from ventanilla.answers.controls import FilesField
from ventanilla.answers.uploads import UnusableFile, read_uploads
from ventanilla.cases.contacts import keep_files
from ventanilla.cases.outcomes import NotMoved, Outcome
from ventanilla.cases.selectors import CaseFile, OpenTask
from ventanilla.cases.services import act, complete_task
from ventanilla.core.definition.expressions import Value
from ventanilla.core.definition.model import Action
from ventanilla.core.engine.commands import Wording
from ventanilla.core.engine.flow import Run
from ventanilla.desk.forms.sheet import BODY, PRINT, SUBJECT, Part, Sheet, fingerprint
from ventanilla.desk.questioning import asked_now, draft_of, position, questionnaire
from ventanilla.identity.actor import Actor
from ventanilla.identity.selectors import StaffRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """What a person hands in."""

    values: Mapping[str, Value]
    checked: tuple[str, ...]
    wording: Wording | None


def empty_sheet(run: Run, part: Part, staff: tuple[StaffRow, ...]) -> Sheet:
    """The sheet as it is first shown."""
    asked = questionnaire(run, part, staff=staff, draft=draft_of(run, part))
    return Sheet(asked)


def sheet_from(request: HttpRequest, run: Run, part: Part, staff: tuple[StaffRow, ...]) -> Sheet:
    """The sheet with what was typed."""
    asked = questionnaire(run, part, staff=staff, draft=draft_of(run, part))
    return Sheet(asked, request.POST, request.FILES)


def retyped(
    request: HttpRequest,
    case: CaseFile,
    part: Part,
    actor: Actor,
    now: datetime,
    staff: tuple[StaffRow, ...],
) -> Sheet:
    """The sheet with what was typed, asking and saying what these answers call for.

    It is only looked at: nothing is judged. Words that were left as suggested are made again.
    """
    first = sheet_from(request, position(case, actor, now), part, staff)
    first.is_valid()
    run = position(case, actor, now, first.values)
    draft = draft_of(run, part)
    typed = {
        name: field.widget.value_from_datadict(request.POST, request.FILES, name)
        for name, field in first.fields.items()
        if not isinstance(field, FilesField)
    }
    own = fingerprint(typed.get(SUBJECT) or "", typed.get(BODY) or "") != typed.get(PRINT)
    if draft is not None and not own:
        typed |= {SUBJECT: draft.subject, BODY: draft.body}
        typed |= {PRINT: fingerprint(draft.subject, draft.body)}
    asked = questionnaire(run, part, staff=staff, draft=draft)
    return Sheet(asked, initial=typed)


def is_fit(sheet: Sheet, case: CaseFile, actor: Actor, now: datetime) -> bool:
    """Whether all that these answers call for can be read."""
    sheet.is_valid()
    tried = position(case, actor, now, sheet.values)
    return sheet.ask_only(asked_now(tried, sheet.asked.part))


def complete(
    *, case: CaseFile, task: OpenTask, sheet: Sheet, actor: Actor, now: datetime
) -> Outcome:
    """Hands in a task's sheet. Raises UnusableFile; the files stay only if it is accepted."""
    with transaction.atomic():
        handed = _handed(sheet, actor, now)
        outcome = complete_task(
            actor=actor,
            now=now,
            case=case.reference,
            task=task.key,
            values=handed.values,
            checked=handed.checked,
            wording=handed.wording,
        )
        if isinstance(outcome, NotMoved):
            transaction.set_rollback(True)
    return outcome


def carry_out(
    *,
    case: CaseFile,
    action: Action,
    sheet: Sheet,
    actor: Actor,
    now: datetime,
    done_before: int | None = None,
) -> Outcome:
    """Hands in an action's sheet. Raises UnusableFile; the files stay only if it is accepted.

    With ``done_before`` it is refused when meanwhile it was done more often than that.
    """
    with transaction.atomic():
        handed = _handed(sheet, actor, now)
        outcome = act(
            actor=actor,
            now=now,
            case=case.reference,
            action=action.name,
            values=handed.values,
            checked=handed.checked,
            wording=handed.wording,
            done_before=done_before,
        )
        if isinstance(outcome, NotMoved):
            transaction.set_rollback(True)
    return outcome


def _handed(sheet: Sheet, actor: Actor, now: datetime) -> Handed:
    values = dict(sheet.values)
    attachments: tuple[str, ...] = ()
    for name, uploads in sheet.uploads.items():
        kept = keep_files(actor=actor, files=read_uploads(uploads), now=now) if uploads else ()
        references = tuple(map(str, kept))
        if name:
            values[name] = references or None
        else:
            attachments = references
    return Handed(
        values={name: value for name, value in values.items() if name in sheet.met},
        checked=sheet.checked,
        wording=sheet.wording(attachments),
    )


__all__ = [
    "UnusableFile",
    "carry_out",
    "complete",
    "empty_sheet",
    "is_fit",
    "retyped",
    "sheet_from",
]
