"""What a procedure can name, gathered from what is written before anything of it is judged."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from ventanilla.core.definition.compile.deadlines import alarm_names, promises_of
from ventanilla.core.definition.compile.environment import Nameable, environments
from ventanilla.core.definition.compile.fields import check_saves, compile_field
from ventanilla.core.definition.compile.fragments import compile_fragments
from ventanilla.core.definition.compile.made_fields import entry_codes, entry_fields, made_fields
from ventanilla.core.definition.compile.names import Names
from ventanilla.core.definition.compile.organization import Shared
from ventanilla.core.definition.compile.outside import opened_codes
from ventanilla.core.definition.compile.questionnaires import questions_of
from ventanilla.core.definition.compile.sections_pack import FIELD
from ventanilla.core.definition.compile.shape import Form, named_entries
from ventanilla.core.definition.compile.sources import PackNodes, Sibling
from ventanilla.core.definition.compile.timely import opt_outs
from ventanilla.core.definition.model import MAIN_TRACK, Catalogue, Field
from ventanilla.core.definition.nodes import Mapping as MappingNode
from ventanilla.core.definition.nodes import Node, Scalar, Sequence
from ventanilla.core.definition.problems import Code, Problems

_T = TypeVar("_T")


def compiled(
    entries: Iterable[tuple[Scalar, Node]], compile_one: Callable[[Scalar, Node], _T | None]
) -> dict[str, _T]:
    """What is written under each name, compiled; what could not be has been told."""
    found = ((key.text, compile_one(key, node)) for key, node in entries)
    return {name: one for name, one in found if one is not None}


def gather_names(
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
    quiet = Form(node=form.node, problems=Problems())
    nameable = _nameable(quiet, fields, catalogues)
    conditions, words = environments(shared, nameable)
    written = _step_entries(quiet)
    return Names(
        shared=shared,
        problems=form.problems,
        fields=fields,
        steps=_step_names(form, quiet),
        tracks=_keys(quiet, "tracks") | {MAIN_TRACK},
        actions=_keys(quiet, "actions"),
        messages=frozenset(nodes.messages),
        scripts=_keys(quiet, "scripts"),
        tables=_keys(quiet, "tables"),
        deadlines=nameable.deadlines,
        alarms=frozenset(
            f"{key.text}.{alarm}"
            for key, node in quiet.named("deadlines")
            for alarm in alarm_names(node)
        ),
        questionnaires={
            key.text: questions_of(node) for key, node in quiet.named("questionnaires")
        },
        approvals=_having(written, "approve"),
        checks=_having(written, "check"),
        opened=opened_codes(form.node) & siblings.keys(),
        siblings=siblings,
        some_unread=bool(nodes.unread),
        entries=nameable.entries,
        schedules=_keys(quiet, "schedules"),
        opt_outs=opt_outs(quiet.named("schedules")),
        checklists=nameable.checklists,
        appointments=nameable.appointments,
        conditions=conditions,
        words=words,
    )


def _nameable(
    quiet: Form, fields: Mapping[str, Field], catalogues: Mapping[str, Catalogue]
) -> Nameable:
    """What expressions can name."""
    return Nameable(
        fields=fields,
        catalogues=catalogues,
        deadlines=_keys(quiet, "deadlines") | _having(_step_entries(quiet), "within"),
        promises=promises_of((*quiet.named("deadlines"), *_step_entries(quiet))),
        results=results_of(quiet),
        entries=entry_codes(quiet, catalogues),
        entry_fields=entry_fields(quiet, fields),
        checklists=_keys(quiet, "checklists"),
        appointments=_keys(quiet, "appointments"),
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


def _having(entries: Iterable[tuple[Scalar, Node]], word: str) -> frozenset[str]:
    """The steps in which a word stands."""
    return frozenset(
        key.text
        for key, node in entries
        if isinstance(node, MappingNode) and node.get(word) is not None
    )


def results_of(form: Form) -> tuple[str, ...]:
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


# --- fields --------------------------------------------------------------------------------------


def fields_of(form: Form, shared: Shared, catalogues: Mapping[str, Catalogue]) -> dict[str, Field]:
    """The fields as the author wrote them, without their conditions."""
    return compiled(
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
    plain = fields_of(form, shared, catalogues)
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
