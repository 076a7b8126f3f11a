"""One procedure file: names first, then everything that uses them, then the whole."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from ventanilla.core.definition.check import Places, Readable
from ventanilla.core.definition.compile import sections
from ventanilla.core.definition.compile.deadlines import (
    alarm_names,
    compile_deadline,
    deadline_of_step,
)
from ventanilla.core.definition.compile.deeds import compile_action, compile_rules
from ventanilla.core.definition.compile.document import compile_document, compile_indicator
from ventanilla.core.definition.compile.environment import Nameable, environments
from ventanilla.core.definition.compile.fields import check_saves, compile_field
from ventanilla.core.definition.compile.fragments import compile_fragments
from ventanilla.core.definition.compile.letters import compile_message, compile_script
from ventanilla.core.definition.compile.made_fields import (
    entry_codes,
    entry_fields,
    made_fields,
)
from ventanilla.core.definition.compile.names import Names
from ventanilla.core.definition.compile.organization import Shared
from ventanilla.core.definition.compile.outside import opened_codes
from ventanilla.core.definition.compile.portal import compile_portal
from ventanilla.core.definition.compile.questionnaires import (
    compile_questionnaire,
    questions_of,
)
from ventanilla.core.definition.compile.sections_pack import FIELD
from ventanilla.core.definition.compile.shape import Form, named_entries, open_form
from ventanilla.core.definition.compile.sources import PackNodes, Sibling
from ventanilla.core.definition.compile.steps import Within, compile_track
from ventanilla.core.definition.compile.tables import compile_catalogue, compile_table
from ventanilla.core.definition.compile.timely import (
    compile_appointment,
    compile_checklist,
    compile_schedule,
    opt_outs,
)
from ventanilla.core.definition.model import (
    MAIN_TRACK,
    Catalogue,
    Connector,
    Deadline,
    Field,
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
    catalogues = _compiled(
        form.named("catalogues"),
        lambda key, node: compile_catalogue(key, node, form.problems, nodes.sheets),
    )
    return Sibling(code=code, fields=_fields(form, shared, catalogues), results=_results(form))


def compile_procedure(
    head: Head, shared: Shared, nodes: PackNodes, siblings: Mapping[str, Sibling]
) -> Readable | None:
    """Compile everything; None when something essential is missing, with its problems told."""
    form = head.form
    catalogues = _compiled(
        form.named("catalogues"),
        lambda key, node: compile_catalogue(key, node, form.problems, nodes.sheets),
    )
    names = _all_names(form, shared, nodes, catalogues, siblings)
    owner = _owner(form, names)
    tracks, steps, limits = _tracks(form, owner, names)
    if MAIN_TRACK not in tracks:
        return None
    procedure = Procedure(
        code=head.code.text.strip(),
        title=form.text("title"),
        version=form.integer("version", 1, least=1),
        effective=form.day("effective"),
        owner=owner,
        document=compile_document(form),
        fields=names.fields,
        steps=steps,
        tracks=tracks,
        actions=_compiled(
            form.named("actions"), lambda key, node: compile_action(key, node, owner, names)
        ),
        rules=compile_rules(form, names),
        deadlines=_deadlines(form, owner, limits, names),
        tables=_compiled(
            form.named("tables"), lambda key, node: compile_table(key, node, names, nodes.sheets)
        ),
        catalogues=catalogues,
        scripts=_compiled(
            form.named("scripts"), lambda key, node: compile_script(key, node, names)
        ),
        messages=_messages(form, nodes, names),
        indicators=_compiled(
            form.named("indicators"),
            lambda key, node: compile_indicator(key, node, form.problems),
        ),
        roles=shared.roles,
        offices=shared.offices,
        channels=shared.channels,
        calendars=shared.calendars,
        party=shared.party,
        results=_results(form),
        reopen=_reopen(form, names),
        portal=compile_portal(form, names),
        questionnaires=_compiled(
            form.named("questionnaires"),
            lambda key, node: compile_questionnaire(key, node, names),
        ),
        schedules=_compiled(
            form.named("schedules"), lambda key, node: compile_schedule(key, node, owner, names)
        ),
        checklists=_compiled(
            form.named("checklists"),
            lambda key, node: compile_checklist(key, node, owner, names, nodes.sheets),
        ),
        appointments=_compiled(
            form.named("appointments"),
            lambda key, node: compile_appointment(key, node, owner, names),
        ),
        texts=names.fragments,
        connectors=_asked(steps, shared),
    )
    places = Places(node=form.node, sheets=nodes.sheets)
    return Readable(procedure=procedure, env=names.conditions, places=places)


def _asked(steps: Mapping[str, Step], shared: Shared) -> dict[str, Connector]:
    names = {step.check.connector: None for step in steps.values() if step.check is not None}
    return {name: shared.connectors[name] for name in names}


def _compiled(
    entries: Iterable[tuple[Scalar, Node]], compile_one: Callable[[Scalar, Node], _T | None]
) -> dict[str, _T]:
    found = ((key.text, compile_one(key, node)) for key, node in entries)
    return {name: one for name, one in found if one is not None}


# --- names -------------------------------------------------------------------------------------


def _all_names(
    form: Form,
    shared: Shared,
    nodes: PackNodes,
    catalogues: Mapping[str, Catalogue],
    siblings: Mapping[str, Sibling],
) -> Names:
    """What can be named, with the conditions of the fields and the shared texts."""
    plain = _all_fields(form, shared, catalogues)
    names = _names(form, shared, nodes, plain, catalogues, siblings)
    names = replace(names, fields=_with_conditions(form, plain, names))
    return replace(names, fragments=compile_fragments(form, names))


def _names(
    form: Form,
    shared: Shared,
    nodes: PackNodes,
    fields: Mapping[str, Field],
    catalogues: Mapping[str, Catalogue],
    siblings: Mapping[str, Sibling],
) -> Names:
    """Collect what can be named, without judging it yet."""
    quiet = Form(node=form.node, problems=Problems())
    steps = _step_names(form, quiet)
    limited = frozenset(
        key.text for key, node in _step_entries(quiet) if _has(node, "within") and key.text in steps
    )
    deadlines = quiet.named("deadlines")
    names = frozenset(key.text for key, _ in deadlines) | limited
    codes = entry_codes(form, catalogues)
    conditions, words = environments(
        shared,
        Nameable(
            fields=fields,
            catalogues=catalogues,
            deadlines=names,
            results=_results(quiet),
            entries=codes,
            entry_fields=entry_fields(quiet, fields),
            checklists=_keys(quiet, "checklists"),
            appointments=_keys(quiet, "appointments"),
        ),
    )
    return Names(
        shared=shared,
        problems=form.problems,
        fields=fields,
        steps=steps,
        tracks=_keys(quiet, "tracks") | {MAIN_TRACK},
        actions=_keys(quiet, "actions"),
        messages=frozenset(nodes.messages),
        scripts=_keys(quiet, "scripts"),
        tables=_keys(quiet, "tables"),
        deadlines=names,
        alarms=frozenset(
            f"{key.text}.{alarm}" for key, node in deadlines for alarm in alarm_names(node)
        ),
        questionnaires={
            key.text: questions_of(node) for key, node in quiet.named("questionnaires")
        },
        approvals=frozenset(
            key.text for key, node in _step_entries(quiet) if _has(node, "approve")
        ),
        checks=frozenset(key.text for key, node in _step_entries(quiet) if _has(node, "check")),
        opened=opened_codes(form.node) & siblings.keys(),
        siblings=siblings,
        some_unread=bool(nodes.unread),
        entries=codes,
        schedules=_keys(quiet, "schedules"),
        opt_outs=opt_outs(quiet.named("schedules")),
        checklists=_keys(quiet, "checklists"),
        appointments=_keys(quiet, "appointments"),
        conditions=conditions,
        words=words,
    )


def _keys(form: Form, section: str) -> frozenset[str]:
    return frozenset(key.text for key, _ in form.named(section))


def _step_names(form: Form, quiet: Form) -> dict[str, str]:
    """Every step and its track; one name for one step in the whole procedure."""
    found: dict[str, str] = {}
    for track, node in _tracks_written(quiet):
        for key, _ in named_entries(node, quiet.problems):
            if key.text in found:
                form.problems.add(Code.REPEATED, key.mark, name=key.text)
            else:
                found[key.text] = track
    return found


def _tracks_written(form: Form) -> list[tuple[str, Node | None]]:
    found: list[tuple[str, Node | None]] = [(MAIN_TRACK, form.get("steps"))]
    for key, node in form.named("tracks"):
        found.append((key.text, node.get("steps") if isinstance(node, MappingNode) else None))
    return found


def _step_entries(form: Form) -> list[tuple[Scalar, Node]]:
    return [
        entry for _, node in _tracks_written(form) for entry in named_entries(node, form.problems)
    ]


def _has(node: Node, name: str) -> bool:
    return isinstance(node, MappingNode) and node.get(name) is not None


def _results(form: Form) -> tuple[str, ...]:
    """Every result that an ``end`` of the main track or an action names, in written order."""
    quiet = Problems()
    found: dict[str, None] = {}
    parts = (form.get("steps"), form.get("actions"))
    for _, node in (entry for part in parts for entry in named_entries(part, quiet)):
        for end in _ends(node):
            found[end] = None
    return tuple(found)


def _ends(node: Node) -> Iterable[str]:
    if isinstance(node, Sequence):
        for item in node:
            yield from _ends(item)
    if isinstance(node, MappingNode):
        end = node.get("end")
        for name in ("next", "give_up"):
            inner = node.get(name)
            if inner is not None:
                yield from _ends(inner)
        if isinstance(end, Scalar) and end.text:
            yield end.text


# --- fields ------------------------------------------------------------------------------------


def _fields(form: Form, shared: Shared, catalogues: Mapping[str, Catalogue]) -> dict[str, Field]:
    return _compiled(
        form.named("fields"),
        lambda key, node: compile_field(
            key,
            node,
            form.problems,
            catalogues=catalogues,
            kinds=shared.outside.identity_kinds,
            identity=shared.outside.identity,
            section=FIELD,
        ),
    )


def _all_fields(
    form: Form, shared: Shared, catalogues: Mapping[str, Catalogue]
) -> dict[str, Field]:
    """What the author wrote, and what constructs bring of themselves."""
    plain = _fields(form, shared, catalogues)
    steps = _step_entries(Form(node=form.node, problems=Problems()))
    return plain | made_fields(form, plain, catalogues, steps, shared.organization.language)


def _with_conditions(form: Form, fields: Mapping[str, Field], names: Names) -> dict[str, Field]:
    found = dict(fields)
    for key, node in form.named("fields"):
        field = found.get(key.text)
        if field is None or not isinstance(node, MappingNode):
            continue
        inner = Form(node=node, problems=names.problems)
        found[key.text] = replace(
            field,
            saves=_saves(inner, field, names),
            show_if=names.condition(inner.scalar("show_if")),
        )
    return found


def _saves(form: Form, field: Field, names: Names) -> str | None:
    scalar = form.scalar("saves")
    if scalar is None:
        return None
    attributes = names.shared.party.attributes
    name = scalar.text.removeprefix("party.")
    written = Scalar(text=name, mark=scalar.at(len(scalar.text) - len(name)))
    names.resolve(written, attributes, Code.UNKNOWN_ATTRIBUTE)
    if name not in attributes:
        return None
    check_saves(field, attributes[name], scalar, names.problems)
    return name


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
    found = _compiled(
        form.named("deadlines"), lambda key, node: compile_deadline(key, node, owner, names)
    )
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
