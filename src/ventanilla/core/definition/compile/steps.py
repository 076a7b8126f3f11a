"""Steps and tracks: what each step does, whose it is, and where the case goes after it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ventanilla.core.businesstime import Span
from ventanilla.core.definition.compile import events, sections
from ventanilla.core.definition.compile.made_fields import reason_of, verdict_of
from ventanilla.core.definition.compile.names import Names
from ventanilla.core.definition.compile.outside import (
    compile_check,
    compile_opening,
    questions_to_people,
)
from ventanilla.core.definition.compile.records import compile_record
from ventanilla.core.definition.compile.shape import Form, open_form
from ventanilla.core.definition.expressions import Expression, Kind
from ventanilla.core.definition.model import (
    MAIN_TRACK,
    RETURNED,
    Approve,
    Ask,
    Branch,
    Check,
    Event,
    EventKind,
    FieldType,
    GiveUp,
    Opening,
    Remind,
    Requirement,
    Step,
    StepKind,
    Track,
    Trigger,
    Wait,
    WaitFor,
    Who,
)
from ventanilla.core.definition.nodes import Mark, Node, Scalar, Sequence
from ventanilla.core.definition.problems import Code

_PERSONAL = ("who", "say", "ask", "do", "checklist")
_WAITING = ("remind", "give_up")
_BY_ITSELF = ("send", "decide", "score", "record")


_LIST_WORD = "checklist "


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a step stands: in which track, and which step is written after it."""

    track: str
    following: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """A step's own limit, to become a deadline of its name."""

    step: str
    title: str
    written: Node


def compile_track(
    key: Scalar | None, form: Form, owner: str, names: Names
) -> tuple[Track | None, list[Step], list[Within]]:
    """A track and its steps; no key stands for the main one, which begins with the case."""
    name = MAIN_TRACK if key is None else key.text
    entries = form.named("steps")
    if not entries:
        names.problems.add(Code.NO_STEPS, key.mark if key is not None else form.mark, name=name)
        return None, [], []
    steps: list[Step] = []
    limits: list[Within] = []
    for index, (step_key, node) in enumerate(entries):
        after = entries[index + 1][0].text if index + 1 < len(entries) else None
        place = Place(track=name, following=after)
        inner = open_form(node, names.problems, sections.STEP)
        if inner is None:
            continue
        steps.append(_step(step_key, inner, place, owner, names))
        written = inner.get("within")
        if written is not None:
            title = steps[-1].title
            limits.append(Within(step=step_key.text, title=title, written=written))
    track = Track(
        name=name,
        title=form.text("title", name),
        first=entries[0][0].text,
        starts=(
            (Trigger(on=Event(EventKind.OPENED)),)
            if key is None
            else events.compile_triggers(form, "from", names)
        ),
        stops=() if key is None else events.compile_triggers(form, "until", names),
    )
    return track, steps, limits


def _step(key: Scalar, form: Form, place: Place, owner: str, names: Names) -> Step:
    kind = _kind(form)
    _refuse_clashes(form, kind)
    score = form.scalar("score")
    approve = _approve(key, form, place, owner, names) if kind is StepKind.APPROVE else None
    check = compile_check(form, owner, names) if kind is StepKind.CHECK else None
    opening = compile_opening(form, key.text, names, step=True)
    wait = _wait(form, kind, opening, place, names)
    return Step(
        name=key.text,
        title=form.text("title") or key.text.replace("_", " ").capitalize(),
        track=place.track,
        kind=kind,
        who=_answers_for(approve, check) or _who(form, kind, wait, owner, names),
        say=events.compile_scripts(form, names),
        ask=(
            _answers(approve, names)
            if approve
            else (*questions_to_people(check, names), *_asks(form, kind, names))
        ),
        do=events.compile_items(form, names),
        checklist=_checklist(form, names),
        send=events.compile_send(form, names),
        decide=_table(form, names),
        score=_questionnaire(score, names) if score is not None else None,
        wait=wait,
        approve=approve,
        record=compile_record(form, names),
        check=check,
        open=opening,
        skip_if=names.condition(form.scalar("skip_if")),
        requires=compile_requires(form, names),
        next=_next(key, form, place, names),
    )


def _kind(form: Form) -> StepKind:
    if form.has("wait"):
        return StepKind.WAIT
    if form.has("approve"):
        return StepKind.APPROVE
    if form.has("check"):
        return StepKind.CHECK
    if form.has("open"):
        return StepKind.OPEN
    if any(form.has(name) for name in _PERSONAL):
        return StepKind.TASK
    verbs = {
        "decide": StepKind.DECIDE,
        "score": StepKind.SCORE,
        "send": StepKind.SEND,
        "record": StepKind.RECORD,
    }
    return next((kind for verb, kind in verbs.items() if form.has(verb)), StepKind.JUNCTION)


_CLASHES: Mapping[StepKind, tuple[str, ...]] = {
    StepKind.WAIT: ("say", "ask", "do", "checklist", *_BY_ITSELF, "check", "open", "requires"),
    StepKind.APPROVE: (
        *("who", "ask", "do", "checklist", "check", "open", "requires"),
        *_BY_ITSELF,
        *_WAITING,
    ),
    StepKind.CHECK: (*_PERSONAL, *_WAITING, *_BY_ITSELF, "open", "requires"),
    StepKind.OPEN: (*_PERSONAL, *_BY_ITSELF, "requires"),
    StepKind.TASK: ("decide", *_WAITING),
    StepKind.SEND: (*_WAITING, "requires"),
    StepKind.DECIDE: (*_WAITING, "requires"),
    StepKind.SCORE: (*_WAITING, "requires"),
    StepKind.RECORD: (*_WAITING, "requires"),
    StepKind.JUNCTION: (*_WAITING, "requires", "within"),
}


def _refuse_clashes(form: Form, kind: StepKind) -> None:
    for name in _CLASHES[kind]:
        if form.has(name):
            form.problems.add(Code.VERBS_CLASH, form.mark_of(name), name=name, kind=str(kind))


def _answers_for(approve: Approve | None, check: Check | None) -> Who | None:
    """Whoever signs first, or is asked when a connector does not answer."""
    if approve is not None:
        return approve.signers[0]
    return check.fallback if check is not None else None


def _who(form: Form, kind: StepKind, wait: Wait | None, owner: str, names: Names) -> Who | None:
    """Whose task it is. A task that names nobody belongs to the procedure's owner.

    Waiting for what a checklist names is a task too: somebody has to mark what comes.
    """
    node = form.get("who")
    if kind is StepKind.WAIT and (wait is None or wait.checklist is None):
        if node is not None:
            form.problems.add(Code.VERBS_CLASH, form.mark_of("who"), name="who", kind=str(kind))
        return None
    if kind not in (StepKind.TASK, StepKind.WAIT):
        return None
    found = events.compile_who(node, names, owner) if node is not None else None
    return found or Who(role=owner)


def _questionnaire(scalar: Scalar, names: Names) -> str:
    return names.resolve(scalar, names.questionnaires, Code.UNKNOWN_QUESTIONNAIRE)


def _asks(form: Form, kind: StepKind, names: Names) -> tuple[Ask, ...]:
    """What is asked as written, and all questions of the questionnaire that a task scores."""
    written = events.compile_asks(form, names)
    score = form.scalar("score")
    if score is None or kind is not StepKind.TASK:
        return written
    known = {ask.field for ask in written}
    questions = names.questionnaires.get(score.text.strip(), ())
    asked = (name for name in questions if name not in known and name in names.fields)
    return (*written, *(Ask(field=name, required=True) for name in asked))


def _approve(key: Scalar, form: Form, place: Place, owner: str, names: Names) -> Approve | None:
    """Who signs in which order, and where the case goes when somebody does not."""
    inner = open_form(form.get("approve"), names.problems, sections.APPROVE)
    back = inner.scalar("back") if inner is not None else None
    if inner is None or back is None:
        return None
    signers = (events.compile_who(item, names, owner) for item in inner.items("by"))
    return Approve(
        signers=tuple(who for who in signers if who is not None) or (Who(role=owner),),
        back=_target(back, place, names),
        verdict=verdict_of(key.text),
        reason=reason_of(key.text),
        four_eyes=inner.boolean("four_eyes"),
    )


def _answers(approve: Approve, names: Names) -> tuple[Ask, ...]:
    """What each signer is asked: whether they sign and, if not, why."""
    written = Scalar(text=f'{approve.verdict} == "{RETURNED}"', mark=Mark(""))
    why = Ask(field=approve.reason, required=True, condition=names.condition(written))
    return (Ask(field=approve.verdict, required=True), why)


def _checklist(form: Form, names: Names) -> str | None:
    scalar = form.scalar("checklist")
    if scalar is None:
        return None
    return names.resolve(scalar, names.checklists, Code.UNKNOWN_CHECKLIST)


def _table(form: Form, names: Names) -> str | None:
    scalar = form.scalar("decide")
    if scalar is None:
        return None
    return names.resolve(scalar, names.tables, Code.UNKNOWN_TABLE)


def compile_requires(form: Form, names: Names) -> tuple[Requirement, ...]:
    """What must hold before a step or action may be handed in."""
    found: list[Requirement] = []
    for node in form.items("requires"):
        if isinstance(node, Scalar) and node.text.strip().startswith(_LIST_WORD):
            found += _complete(node, names)
            continue
        if isinstance(node, Scalar):
            condition, say = names.condition(node), ""
        else:
            inner = open_form(node, names.problems, sections.REQUIREMENT)
            if inner is None:
                continue
            condition, say = names.condition(inner.scalar("if")), inner.text("say")
        if condition is not None:
            found.append(Requirement(condition=condition, say=say))
    return tuple(found)


def _complete(node: Scalar, names: Names) -> Iterator[Requirement]:
    """``checklist NAME``: all that it asks has been accepted."""
    start = node.text.index(_LIST_WORD) + len(_LIST_WORD)
    written = Scalar(text=node.text[start:].strip(), mark=node.at(start))
    name = names.resolve(written, names.checklists, Code.UNKNOWN_CHECKLIST)
    if name in names.checklists:
        condition = names.condition(Scalar(text=f"complete({name})", mark=node.mark))
        if condition is not None:
            yield Requirement(condition=condition, say="", checklist=name)


# --- where next --------------------------------------------------------------------------------


def _next(key: Scalar, form: Form, place: Place, names: Names) -> tuple[Branch, ...]:
    branches = _branches(form, place, names)
    if branches and branches[-1].condition is None:
        if form.has("end"):
            names.problems.add(Code.GO_AND_END, form.mark_of("end"))
        return branches
    if form.has("end"):
        result = form.scalar("end")
        return (*branches, Branch(end=result.text if result is not None else ""))
    if place.following is not None:
        return (*branches, Branch(go=place.following))
    if place.track == MAIN_TRACK:
        names.problems.add(Code.STEP_NO_WAY_ON, key.mark, name=key.text)
    return (*branches, Branch(end=""))


def _branches(form: Form, place: Place, names: Names) -> tuple[Branch, ...]:
    """The written branches; the plain one, if any, must be the last."""
    node = form.get("next")
    if node is None:
        return ()
    if isinstance(node, Scalar):
        return (Branch(go=_target(node, place, names)),)
    items = node.items if isinstance(node, Sequence) else (node,)
    found: list[Branch] = []
    for item in items:
        if found and found[-1].condition is None:
            names.problems.add(Code.BRANCH_AFTER_PLAIN, item.mark)
            break
        branch = _branch(item, place, names)
        if branch is not None:
            found.append(branch)
    return tuple(found)


def _branch(node: Node, place: Place, names: Names) -> Branch | None:
    if isinstance(node, Scalar):
        return Branch(go=_target(node, place, names))
    form = open_form(node, names.problems, sections.BRANCH)
    if form is None:
        return None
    condition = names.condition(form.scalar("if"))
    if form.has("if") and condition is None:
        return None
    return _destination(form, place, names, condition)


def _destination(
    form: Form, place: Place, names: Names, condition: Expression | None = None
) -> Branch | None:
    go, end = form.scalar("go"), form.scalar("end")
    if go is not None and end is not None:
        names.problems.add(Code.GO_AND_END, end.mark)
    if go is None and end is None:
        names.problems.add(Code.BRANCH_NOWHERE, form.mark)
        return None
    return Branch(
        condition=condition,
        go=_target(go, place, names) if go is not None else None,
        end=end.text if end is not None and go is None else None,
    )


def _target(scalar: Scalar, place: Place, names: Names) -> str:
    """A step of the same track."""
    name = names.step(scalar)
    track = names.steps.get(name, place.track)
    if track != place.track:
        names.problems.add(Code.GO_OTHER_TRACK, scalar.mark, name=name, track=track)
    return name


# --- waiting -----------------------------------------------------------------------------------


def _wait(
    form: Form, kind: StepKind, opening: Opening | None, place: Place, names: Names
) -> Wait | None:
    """What the case rests for here: what is written, or the end of the case that is opened."""
    if kind is StepKind.WAIT:
        return _written_wait(form, place, names)
    if kind is not StepKind.OPEN or opening is None:
        return None
    if opening.wait:
        return Wait(
            until=WaitFor.CASE,
            of=opening.procedure,
            remind=_remind(form, names),
            give_up=_give_up(form, place, names),
        )
    for name in _WAITING:
        if form.has(name):
            form.problems.add(Code.VERBS_CLASH, form.mark_of(name), name=name, kind=str(kind))
    return None


def _written_wait(form: Form, place: Place, names: Names) -> Wait | None:
    node = form.get("wait")
    if isinstance(node, Scalar):
        names.problems.add(Code.EXPECTED_MAPPING, node.mark, keys="for, into, at")
        return None
    inner = open_form(node, names.problems, sections.WAIT)
    until = _until(inner) if inner is not None else None
    if inner is None or until is None:
        return None
    at = names.expression(inner.scalar("at"))
    when = names.condition(inner.scalar("when"))
    _check_wait(inner, until, at.type.kind if at is not None else None)
    if when is not None and when.names & {"now", "today"}:
        names.problems.add(Code.WAIT_READS_CLOCK, inner.mark_of("when"))
    return Wait(
        until=until,
        into=_into(inner, names),
        at=at,
        of=_of(inner, names),
        when=when,
        checklist=_waited(inner, "checklist", WaitFor.FILES, until, names),
        appointment=_waited(inner, "appointment", WaitFor.APPOINTMENT, until, names),
        remind=_remind(form, names),
        give_up=_give_up(form, place, names),
    )


def _of(form: Form, names: Names) -> str | None:
    """The procedure whose cases are waited for, one of those that this one opens."""
    scalar = form.scalar("of")
    return names.resolve(scalar, names.opened, Code.UNKNOWN_PROCEDURE) if scalar else None


def _until(form: Form) -> WaitFor | None:
    return form.one_of("for", {str(one): one for one in WaitFor})


def _check_wait(form: Form, until: WaitFor, at: Kind | None) -> None:
    needs = {
        WaitFor.DATE: "at",
        WaitFor.DATA: "when",
        WaitFor.APPOINTMENT: "appointment",
    }.get(until)
    if needs is not None and not form.has(needs):
        form.problems.add(Code.WAIT_NEEDS, form.mark, what=needs, until=str(until))
    if at is not None and at not in {Kind.DATE, Kind.DATETIME}:
        form.problems.add(
            Code.EXPRESSION_WRONG_TYPE, form.mark_of("at"), expected="date", found=str(at)
        )


def _waited(form: Form, word: str, fits: WaitFor, until: WaitFor, names: Names) -> str | None:
    """The checklist or appointment that the wait is about."""
    scalar = form.scalar(word)
    if scalar is None:
        return None
    if until is not fits:
        names.problems.add(Code.VERBS_CLASH, form.mark_of(word), name=word, kind=str(until))
        return None
    if fits is WaitFor.FILES:
        return names.resolve(scalar, names.checklists, Code.UNKNOWN_CHECKLIST)
    return names.resolve(scalar, names.appointments, Code.UNKNOWN_APPOINTMENT)


def _into(form: Form, names: Names) -> str | None:
    scalar = form.scalar("into")
    if scalar is None:
        return None
    field = names.fields.get(names.field(scalar))
    if field is not None and field.type is not FieldType.FILES:
        names.problems.add(Code.INTO_NOT_FILES, scalar.mark, name=scalar.text, type=str(field.type))
    return scalar.text


def _remind(form: Form, names: Names) -> Remind | None:
    inner = open_form(form.get("remind"), names.problems, sections.REMIND)
    if inner is None:
        return None
    every = inner.span("every")
    after = inner.span("after") if every is None else every
    send = events.compile_send(inner, names)
    if not inner.has("every") and not inner.has("after"):
        inner.problems.add(Code.MISSING_KEY, inner.mark, name="after")
    if after is None or send is None:
        return None
    return Remind(after=after, times=inner.integer("times", 1, least=1, most=100), send=send)


def _give_up(form: Form, place: Place, names: Names) -> GiveUp | None:
    inner = open_form(form.get("give_up"), names.problems, sections.GIVE_UP)
    if inner is None:
        return None
    after: Span | None = inner.span("after")
    branch = _destination(inner, place, names)
    if after is None or branch is None:
        return None
    return GiveUp(after=after, branch=branch)
