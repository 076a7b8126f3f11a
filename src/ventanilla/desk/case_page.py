"""The page of a case: what to do now, who it is, how it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext

from ventanilla.answers.shown import shown
from ventanilla.cases.selectors import CaseFile, OpenTask, OtherCase
from ventanilla.core.definition.model import Procedure, WaitFor
from ventanilla.core.engine import facts as f
from ventanilla.core.engine.clientele import agreement, lifecycle_on
from ventanilla.core.engine.flow import Run
from ventanilla.core.engine.state import ActiveStep, PartyView, Status, WakeKind
from ventanilla.core.engine.words import SPOKEN_CHANNELS, VOICE, Said
from ventanilla.desk.deeds import consequence_of, deed_of
from ventanilla.desk.kin import kin_links
from ventanilla.desk.labels import Label, lifecycle_label
from ventanilla.desk.letters import Letter, file_link, letter
from ventanilla.desk.limits import call_clock, limits
from ventanilla.desk.path import Visit, path
from ventanilla.desk.questioning import Preview, draft_of, may, preview_of, speeches
from ventanilla.desk.story import result_words, story
from ventanilla.desk.upkeep import upkeep
from ventanilla.desk.waiting_room import turns_of
from ventanilla.identity.actor import Actor
from ventanilla.telephone.doors import CHANNEL
from ventanilla.telephone.selectors import CallRow, calls_of_case
from ventanilla.ui.wording import moment_words


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskTab:
    """One of the tasks that are open in the case."""

    key: str
    title: str
    address: str
    is_mine: bool
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrentTask:
    """The task that the page is about, with what is said and what its button does."""

    key: str
    title: str
    role_title: str
    assignee: str
    is_mine: bool
    may_do: bool
    due_at: datetime | None
    address: str
    speeches: tuple[Said, ...]
    manners: tuple[str, ...]
    deed: str
    consequence: str
    preview: Preview | None
    unanswered: str = ""
    """The system outside that did not answer, in whose place the person is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """A step where the case waits by itself."""

    title: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionLink:
    title: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLink:
    """A case named somewhere else."""

    number: str
    subject: str
    is_open: bool
    opened_at: datetime
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """Whose case it is, as far as is known."""

    name: str
    is_linked: bool
    lifecycle: Label | None
    facts: tuple[tuple[str, str], ...]
    cases: tuple[CaseLink, ...]
    address: str


def chosen_task(case: CaseFile, run: Run, actor: Actor, wanted: str) -> OpenTask | None:
    """The task the page is about: the one asked for, else mine, else one I may do, else any."""
    steps = run.procedure.steps
    asked = [task for task in case.tasks if task.key == wanted]
    mine = [task for task in case.tasks if task.assignee == actor.email]
    possible = [
        task
        for task in case.tasks
        if task.step in steps and not task.assignee and may(run, steps[task.step])
    ]
    return next(iter((*asked, *mine, *possible, *case.tasks)), None)


def current_task(case: CaseFile, run: Run, actor: Actor, task: OpenTask) -> CurrentTask:
    """The task with its words and its button."""
    procedure = run.procedure
    step = procedure.steps[task.step]
    draft = draft_of(run, step)
    said = speeches(run, step)
    role = procedure.roles.get(task.role)
    return CurrentTask(
        key=task.key,
        title=step.title,
        role_title=role.title if role else task.role,
        assignee=task.assignee_name,
        is_mine=bool(task.assignee) and task.assignee == actor.email,
        may_do=may(run, step, task.assignee),
        due_at=task.due_at,
        address=task_address(case.number, task.key),
        speeches=tuple(one for one in said if one.text),
        manners=tuple(manner for one in said for manner in one.behaviour),
        deed=deed_of(step, procedure, draft),
        consequence=consequence_of(step, procedure, draft),
        preview=preview_of(run, step, draft),
        unanswered=procedure.connectors[step.check.connector].title if step.check else "",
    )


def task_address(number: str, key: str) -> str:
    """The page of a case, opened on one of its tasks."""
    return f"{reverse('desk:case', args=(number,))}?{urlencode({'tarea': key})}"


def around(
    case: CaseFile, run: Run, actor: Actor, now: datetime, current: str
) -> dict[str, object]:
    """Everything on the page beside the task itself."""
    return {
        "case": head(case, now),
        "tasks": _tabs(case, actor, current),
        "resting": _resting(case, now),
        "actions": _actions(case, run),
        "latest": _latest(case),
        "upkeep": upkeep(case, run),
        "who": _whose(case),
        "deadlines": limits(case),
        "path": path(case.published.procedure, case.state, _visits(case)),
        "documents": tuple(
            file_link(file) for contact in reversed(case.contacts) for file in contact.files
        ),
        "values": _values(case),
        "timeline": story(case),
        "my_calls": _my_calls(case, actor),
        "kin": kin_links(case, actor),
        "turns": turns_of(actor, case.reference, case.published.pack),
    }


def _my_calls(case: CaseFile, actor: Actor) -> list[CallRow]:
    """The calls of the case that the reader is in; nobody asks for those of other channels."""
    if case.state.channel != CHANNEL:
        return []
    calls = calls_of_case(actor, case.reference)
    return [one for one in calls if one.is_open and one.agent_id == actor.user_id]


def head(case: CaseFile, now: datetime) -> dict[str, object]:
    """What stands above every page of the case."""
    state, procedure = case.state, case.published.procedure
    office = procedure.offices.get(state.office)
    is_open = state.status is Status.OPEN
    running = [one.due_at for one in limits(case) if one.is_running and one.due_at]
    return {
        "number": case.number,
        "reference": case.reference,
        "who": case.party_name or state.sender.name or state.sender.email or state.sender.phone,
        "subject": state.subject,
        "channel": state.channel,
        "is_spoken": state.channel in SPOKEN_CHANNELS,
        "office_title": office.title if office else state.office,
        "opened_at": state.opened_at,
        "procedure_title": procedure.title,
        "procedure_version": procedure.version,
        "procedure_address": reverse("desk:procedure", args=(procedure.code,)),
        "is_open": is_open,
        "is_closed": not is_open,
        "is_waiting": is_open and not case.tasks,
        "status_text": _status_words(case),
        "closed_words": _closed_words(case, now),
        "may_reopen": not is_open and procedure.reopen is not None,
        "has_party": case.party is not None,
        "clock": call_clock(case, now),
        "next_due_at": min(running, default=None),
    }


def case_link(other: OtherCase) -> CaseLink:
    """The case with its address."""
    return CaseLink(
        number=other.number,
        subject=other.subject,
        is_open=other.status == "open",
        opened_at=other.opened_at,
        address=reverse("desk:case", args=(other.number,)),
    )


def party_facts(
    procedure: Procedure, attributes: Mapping[str, object]
) -> tuple[tuple[str, str], ...]:
    """What the registry holds of a party, in words, in the order the pack lists it."""
    found = (
        (of.label, shown(of, attributes.get(name)))  # type: ignore[arg-type]
        for name, of in procedure.party.attributes.items()
    )
    return tuple((label, text) for label, text in found if text)


def _care_facts(procedure: Procedure, party: PartyView) -> tuple[tuple[str, str], ...]:
    """In whose care the party is, and what is agreed with it today."""
    executive = party.executive.name if party.executive is not None else ""
    agreed = (
        (kind.field.label, shown(kind.field, agreement(party, name, localdate())))
        for name, kind in procedure.party.agreements.items()
    )
    told = ((gettext("A cargo de"), executive), *agreed)
    return tuple((label, text) for label, text in told if text)


def _tabs(case: CaseFile, actor: Actor, current: str) -> tuple[TaskTab, ...]:
    steps = case.published.procedure.steps
    return tuple(
        TaskTab(
            key=task.key,
            title=steps[task.step].title if task.step in steps else task.step,
            address=task_address(case.number, task.key),
            is_mine=bool(task.assignee) and task.assignee == actor.email,
            is_current=task.key == current,
        )
        for task in case.tasks
    )


def _resting(case: CaseFile, now: datetime) -> tuple[Rest, ...]:
    procedure = case.published.procedure
    found = []
    for active in case.state.active.values():
        step = procedure.steps.get(active.step)
        if step is not None and active.asks:
            found.append(Rest(title=step.title, words=_asking_words(case, active, now)))
        elif step is not None and step.wait is not None:
            words = _waiting_words(step.wait.until, active, now)
            found.append(Rest(title=step.title, words=words))
    return tuple(found)


def _asking_words(case: CaseFile, active: ActiveStep, now: datetime) -> str:
    connector = case.published.procedure.connectors.get(active.asks)
    what = gettext("Se consulta a «{system}».").format(
        system=connector.title if connector is not None else active.asks
    )
    then = gettext("Si no contesta, se le pregunta a una persona: {moment}.")
    wakes = (then.format(moment=moment_words(wake.at, now=now)) for wake in active.wakes)
    return " ".join((what, *wakes))


def _waiting_words(until: WaitFor, active: ActiveStep, now: datetime) -> str:
    what = {
        WaitFor.MESSAGE: gettext("Se espera una respuesta."),
        WaitFor.FILES: gettext("Se esperan documentos."),
        WaitFor.DATE: gettext("Se espera una fecha."),
        WaitFor.APPOINTMENT: gettext("Se espera el día de la cita."),
        WaitFor.CASE: gettext("Se espera que termine otro caso."),
        WaitFor.DATA: gettext("Se espera un dato de este caso."),
    }[until]
    then = {
        WakeKind.REMIND: gettext("Se le recuerda: {moment}."),
        WakeKind.GIVE_UP: gettext("Se deja de esperar: {moment}."),
        WakeKind.DATE: gettext("Sigue solo: {moment}."),
    }
    wakes = (then[wake.kind].format(moment=moment_words(wake.at, now=now)) for wake in active.wakes)
    return " ".join((what, *wakes))


def _actions(case: CaseFile, run: Run) -> tuple[ActionLink, ...]:
    if case.state.status is not Status.OPEN:
        return ()
    return tuple(
        ActionLink(title=action.title, address=reverse("desk:act", args=(case.number, action.name)))
        for action in run.procedure.actions.values()
        if run.holds(action.condition) and may(run, action)
    )


def _latest(case: CaseFile) -> Letter | None:
    """What the person wrote last, while nobody has answered it."""
    if not case.contacts:
        return None
    last = case.contacts[-1]
    is_theirs = last.direction == "in" and not last.robot and last.medium != VOICE
    return letter(case.number, last) if is_theirs else None


def _whose(case: CaseFile) -> Whose:
    state, procedure = case.state, case.published.procedure
    sender = state.sender
    if state.party is None:
        told = (
            (gettext("Nombre"), sender.name),
            (gettext("Correo"), sender.email),
            (gettext("Teléfono"), sender.phone),
        )
        facts = tuple((label, text) for label, text in told if text)
    else:
        known = party_facts(procedure, state.party.attributes)
        facts = (*_care_facts(procedure, state.party), *known)
    lifecycle = lifecycle_on(procedure.party, state.party, localdate()) if state.party else ""
    return Whose(
        name=case.party_name or sender.name or sender.email or sender.phone,
        is_linked=case.party is not None,
        lifecycle=lifecycle_label(lifecycle, procedure.party.registered) if lifecycle else None,
        facts=facts,
        cases=tuple(case_link(other) for other in case.others),
        address=reverse("desk:party", args=(case.party,)) if case.party else "",
    )


def _visits(case: CaseFile) -> list[Visit]:
    return [
        Visit(step=fact.step, at=fact.at, by=entry.actor_name)
        for entry in case.entries
        for fact in entry.facts
        if isinstance(fact, f.StepDone)
    ]


def _values(case: CaseFile) -> tuple[tuple[str, str], ...]:
    """What the case has recorded that is not of the registry."""
    fields = case.published.procedure.fields
    found = (
        (fields[name].label, shown(fields[name], value))
        for name, value in case.state.fields.items()
        if name in fields and fields[name].saves is None and value != fields[name].default
    )
    return tuple((label, text) for label, text in found if text)


def _status_words(case: CaseFile) -> str:
    state = case.state
    if state.status is Status.CLOSED:
        result = result_words(state.result)
        return gettext("Cerrado: {result}").format(result=result) if result else gettext("Cerrado")
    return gettext("En atención") if case.tasks else gettext("En espera")


def _closed_words(case: CaseFile, now: datetime) -> str:
    state = case.state
    if state.closed_at is None:
        return ""
    return gettext("Terminó {moment}. Resultado: {result}.").format(
        moment=moment_words(state.closed_at, now=now),
        result=result_words(state.result) or gettext("sin terminar"),
    )
