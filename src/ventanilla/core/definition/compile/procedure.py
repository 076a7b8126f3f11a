"""One procedure file: names first, then everything that uses them, then the whole."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from ventanilla.core.definition.check import Places, Readable
from ventanilla.core.definition.compile import sections
from ventanilla.core.definition.compile.deadlines import (
    compile_deadline,
    deadline_of_step,
)
from ventanilla.core.definition.compile.deeds import compile_action, compile_rules
from ventanilla.core.definition.compile.document import compile_document
from ventanilla.core.definition.compile.duties import compile_responsibilities
from ventanilla.core.definition.compile.gathering import (
    compiled,
    fields_of,
    gather_names,
    results_of,
)
from ventanilla.core.definition.compile.indicators import compile_indicator
from ventanilla.core.definition.compile.letters import compile_message, compile_script
from ventanilla.core.definition.compile.names import Names
from ventanilla.core.definition.compile.organization import Shared
from ventanilla.core.definition.compile.outside import opened_codes
from ventanilla.core.definition.compile.portal import compile_portal
from ventanilla.core.definition.compile.questionnaires import (
    compile_questionnaire,
)
from ventanilla.core.definition.compile.shape import Form, open_form
from ventanilla.core.definition.compile.sources import PackNodes, Sibling
from ventanilla.core.definition.compile.steps import Within, compile_track
from ventanilla.core.definition.compile.tables import compile_catalogue, compile_table
from ventanilla.core.definition.compile.timely import (
    compile_appointment,
    compile_checklist,
    compile_schedule,
)
from ventanilla.core.definition.model import (
    MAIN_TRACK,
    Catalogue,
    Connector,
    Deadline,
    Message,
    Procedure,
    Step,
    Track,
)
from ventanilla.core.definition.nodes import Mapping as MappingNode
from ventanilla.core.definition.nodes import Node, Scalar, Sequence
from ventanilla.core.definition.problems import Code, Problems

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What identifies a procedure, read before its contents."""

    code: Scalar
    form: Form


def open_procedure(node: Node, problems: Problems) -> Head | None:
    """Read who the procedure is; None with a problem when it cannot be told."""
    form = open_form(node, problems, sections.PROCEDURE)
    code = form.scalar("code") if form is not None else None
    if form is None or code is None or not code.text.strip():
        return None
    return Head(code=code, form=form)


def siblings_of(heads: Mapping[str, Head], shared: Shared, nodes: PackNodes) -> dict[str, Sibling]:
    """Every procedure by its code; those that some other opens with their data and results."""
    opened = frozenset().union(*(opened_codes(node) for node in nodes.procedures.values()))
    return {
        code: _sibling(code, head, shared, nodes, code in opened) for code, head in heads.items()
    }


def _sibling(code: str, head: Head, shared: Shared, nodes: PackNodes, whole: bool) -> Sibling:
    if not whole:
        return Sibling(code=code)
    form = Form(node=head.form.node, problems=Problems())
    catalogues = _catalogues(form, nodes)
    return Sibling(code=code, fields=fields_of(form, shared, catalogues), results=results_of(form))


def compile_procedure(
    head: Head, shared: Shared, nodes: PackNodes, siblings: Mapping[str, Sibling]
) -> Readable | None:
    """Compile everything; None when something essential is missing, with its problems told."""
    form = head.form
    catalogues = _catalogues(form, nodes)
    names = gather_names(form, shared, nodes, catalogues, siblings)
    owner = _owner(form, names)
    tracks, steps, limits = _tracks(form, owner, names)
    if MAIN_TRACK not in tracks:
        return None
    each = partial(_each, form)
    procedure = Procedure(
        code=head.code.text.strip(),
        title=form.text("title"),
        version=form.integer("version", 1, least=1),
        effective=form.day("effective"),
        owner=owner,
        document=replace(
            compile_document(form), responsibilities=compile_responsibilities(form, names)
        ),
        fields=names.fields,
        steps=steps,
        tracks=tracks,
        actions=each("actions", lambda key, node: compile_action(key, node, owner, names)),
        rules=compile_rules(form, names),
        deadlines=_deadlines(form, owner, limits, names),
        tables=each("tables", lambda key, node: compile_table(key, node, names, nodes.sheets)),
        catalogues=catalogues,
        scripts=each("scripts", lambda key, node: compile_script(key, node, names)),
        messages=_messages(form, nodes, names),
        indicators=each("indicators", lambda key, node: compile_indicator(key, node, names)),
        roles=shared.roles,
        offices=shared.offices,
        channels=shared.channels,
        calendars=shared.calendars,
        party=shared.party,
        results=results_of(form),
        reopen=_reopen(form, names),
        portal=compile_portal(form, names),
        questionnaires=each(
            "questionnaires", lambda key, node: compile_questionnaire(key, node, names)
        ),
        schedules=each("schedules", lambda key, node: compile_schedule(key, node, owner, names)),
        checklists=each(
            "checklists", lambda key, node: compile_checklist(key, node, owner, names, nodes.sheets)
        ),
        appointments=each(
            "appointments", lambda key, node: compile_appointment(key, node, owner, names)
        ),
        texts=names.fragments,
        connectors=_asked(steps, shared),
    )
    places = Places(node=form.node, sheets=nodes.sheets)
    return Readable(procedure=procedure, env=names.conditions, places=places)


def _catalogues(form: Form, nodes: PackNodes) -> dict[str, Catalogue]:
    return _each(
        form,
        "catalogues",
        lambda key, node: compile_catalogue(key, node, form.problems, nodes.sheets),
    )


def _each(
    form: Form, section: str, compile_one: Callable[[Scalar, Node], _T | None]
) -> dict[str, _T]:
    return compiled(form.named(section), compile_one)


def _asked(steps: Mapping[str, Step], shared: Shared) -> dict[str, Connector]:
    names = {step.check.connector: None for step in steps.values() if step.check is not None}
    return {name: shared.connectors[name] for name in names}


# --- the parts ---------------------------------------------------------------------------------


def _owner(form: Form, names: Names) -> str:
    scalar = form.scalar("owner")
    return names.role(scalar) if scalar is not None else ""


def _tracks(
    form: Form, owner: str, names: Names
) -> tuple[dict[str, Track], dict[str, Step], list[Within]]:
    tracks: dict[str, Track] = {}
    steps: dict[str, Step] = {}
    limits: list[Within] = []
    for key, inner in _track_forms(form, names):
        track, found, within = compile_track(key, inner, owner, names)
        if track is not None:
            tracks[track.name] = track
        steps |= {step.name: step for step in found}
        limits += within
    return tracks, steps, limits


def _track_forms(form: Form, names: Names) -> list[tuple[Scalar | None, Form]]:
    found: list[tuple[Scalar | None, Form]] = [(None, form)]
    for key, node in form.named("tracks"):
        if key.text == MAIN_TRACK:
            names.problems.add(Code.RESERVED_NAME, key.mark, name=key.text)
            continue
        inner = open_form(node, names.problems, sections.TRACK)
        if inner is not None:
            found.append((key, inner))
    return found


def _deadlines(form: Form, owner: str, limits: list[Within], names: Names) -> dict[str, Deadline]:
    found = _each(form, "deadlines", lambda key, node: compile_deadline(key, node, owner, names))
    for limit in limits:
        if limit.step in found:
            names.problems.add(Code.REPEATED, limit.written.mark, name=limit.step)
            continue
        deadline = deadline_of_step(limit, names)
        if deadline is not None:
            found[limit.step] = deadline
    return found


def _messages(form: Form, nodes: PackNodes, names: Names) -> dict[str, Message]:
    """The messages this procedure sends; others of the pack may use names it does not have."""
    found: dict[str, Message] = {}
    for name in sent_messages(form.node):
        letter = nodes.messages.get(name)
        message = compile_message(name, letter, names) if letter is not None else None
        if message is not None:
            found[name] = message
    return found


def sent_messages(node: Node) -> tuple[str, ...]:
    """Every message that a ``send`` anywhere below names, in written order."""
    found: dict[str, None] = {}
    _gather_sends(node, found)
    return tuple(found)


def _gather_sends(node: Node, found: dict[str, None]) -> None:
    if isinstance(node, Sequence):
        for item in node:
            _gather_sends(item, found)
    if not isinstance(node, MappingNode):
        return
    for key, value in node.entries:
        message = value.get("message") if isinstance(value, MappingNode) else value
        if key.text == "send" and isinstance(message, Scalar):
            found[message.text.strip()] = None
        _gather_sends(value, found)


def _reopen(form: Form, names: Names) -> str | None:
    scalar = form.scalar("reopen")
    if scalar is None:
        return None
    name = names.step(scalar)
    if names.steps.get(name, MAIN_TRACK) != MAIN_TRACK:
        names.problems.add(Code.GO_OTHER_TRACK, scalar.mark, name=name, track=names.steps[name])
    return name
