"""From what an author wrote to what the engine runs, or to everything that is wrong with it."""

from dataclasses import dataclass

from ventanilla.core.definition.check import (
    Places,
    Readable,
    check_pack,
    check_procedure,
    check_reception,
    given_by_others,
)
from ventanilla.core.definition.compile.organization import Shared, compile_shared
from ventanilla.core.definition.compile.procedure import (
    Head,
    compile_procedure,
    open_procedure,
    siblings_of,
)
from ventanilla.core.definition.compile.sources import (
    CalendarMaker,
    CalendarPlan,
    CalendarRefused,
    Letter,
    Outside,
    PackNodes,
    Plot,
)
from ventanilla.core.definition.model import Pack
from ventanilla.core.definition.nodes import Mark
from ventanilla.core.definition.problems import Code, Problem, Problems, near

__all__ = [
    "CalendarMaker",
    "CalendarPlan",
    "CalendarRefused",
    "Compiled",
    "Letter",
    "Outside",
    "PackNodes",
    "Plot",
    "compile_nodes",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """``pack`` is there only when no problem is an error: nothing loads half."""

    pack: Pack | None
    problems: tuple[Problem, ...]


def compile_nodes(nodes: PackNodes, problems: Problems, outside: Outside) -> Compiled:
    """Compile a whole pack; ``problems`` may already hold those of reading its files."""
    if nodes.pack is None:
        if not problems.any_error:
            problems.add(Code.FILE_MISSING, Mark("pack.yaml"), name="pack.yaml", near="")
        return Compiled(pack=None, problems=problems.sorted())
    shared = compile_shared(nodes, problems, outside)
    if shared is None:
        return Compiled(pack=None, problems=problems.sorted())
    readable = _procedures(nodes, shared, problems)
    pack = Pack(
        organization=shared.organization,
        offices=shared.offices,
        roles=shared.roles,
        channels=shared.channels,
        calendars=shared.calendars,
        party=shared.party,
        procedures={code: one.procedure for code, one in readable.items()},
        digest=nodes.digest,
        queues=shared.queues,
        counters=shared.counters,
        priorities=shared.priorities,
        connectors=shared.connectors,
        references=shared.references,
        units=shared.units,
    )
    _check(pack, readable, nodes, problems)
    return Compiled(pack=None if problems.any_error else pack, problems=problems.sorted())


def _procedures(nodes: PackNodes, shared: Shared, problems: Problems) -> dict[str, Readable]:
    heads = _heads(nodes, problems)
    codes = frozenset(heads)
    for scalar in shared.opens:
        if scalar.text not in codes and not nodes.unread:
            problems.add(
                Code.UNKNOWN_PROCEDURE,
                scalar.mark,
                name=scalar.text,
                near=near(scalar.text, codes),
            )
    found: dict[str, Readable] = {}
    siblings = siblings_of(heads, shared, nodes)
    for code, head in heads.items():
        readable = compile_procedure(head, shared, nodes, siblings)
        if readable is not None:
            found[code] = readable
    return found


def _heads(nodes: PackNodes, problems: Problems) -> dict[str, Head]:
    heads: dict[str, Head] = {}
    for _, node in sorted(nodes.procedures.items()):
        head = open_procedure(node, problems)
        if head is None:
            continue
        code = head.code.text.strip()
        if code in heads:
            problems.add(Code.REPEATED, head.code.mark, name=code)
        heads[code] = head
    return heads


def _check(pack: Pack, readable: dict[str, Readable], nodes: PackNodes, problems: Problems) -> None:
    """Judge the whole: each procedure whose file could be read, and the pack when all could."""
    messages = {name: letter.body.mark for name, letter in nodes.messages.items()}
    for code, one in readable.items():
        if not problems.errors_in(one.places.node.mark.file):
            given = given_by_others(code, pack.procedures.values())
            check_procedure(one, given, messages, problems)
    if problems.any_error or nodes.pack is None:
        return
    written = Places(node=nodes.pack, sheets={})
    places = {code: one.places for code, one in readable.items()}
    connectors = {name: written.at("connectors", name) for name in pack.connectors}
    check_pack(pack, written, places, messages, connectors, problems)
    check_reception(pack, written, problems)
