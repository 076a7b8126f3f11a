"""The page about the language is true: its examples compile, and no construct lacks one."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from typing import Any

import pytest

from tests.architecture.sources import ROOT
from ventanilla.core.definition import model as m
from ventanilla.core.definition.check.parts import all_expressions
from ventanilla.core.definition.compile import Compiled
from ventanilla.core.definition.expressions import Expression
from ventanilla.core.definition.expressions import tree as t
from ventanilla.core.definition.expressions.functions import FUNCTIONS
from ventanilla.core.definition.expressions.groups import GROUP_FUNCTIONS
from ventanilla.core.definition.problems import Severity
from ventanilla.packs.reader import PackFiles, compile_pack

PAGE = "docs/reference/language.md"
SECTION = re.compile(r"^#{2,3} (.+)$", re.MULTILINE)
FENCE = re.compile(r"^```(?:yaml|csv|markdown|json) (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TOP = re.compile(r"^(\w+):", re.MULTILINE)

BASE_PACK = """\
organization: {slug: oficina, name: Oficina}
calendars: {lima: {country: PE}}
offices: {centro: {title: Centro, calendar: lima}}
roles: {orientador: Orientador, jefe: Jefatura}
channels: {email: {}, phone: {}, desk: {}, web: {}}
party:
  attributes:
    nombre: {type: text, label: Nombre}
    documento: {type: identity, kinds: [pe.dni, pe.ce, passport], label: Documento}
  lifecycle: [desconocido, parcial, registrado]
"""
BASE_PROCEDURE = """\
code: EJ-1
title: Ejemplo
version: 1
owner: jefe
steps: {atender: {who: orientador, do: Atender, end: atendida}}
"""


def top_blocks(text: str) -> dict[str, str]:
    """The text of each key at the top of a YAML file."""
    starts = [*TOP.finditer(text)]
    ends = [found.start() for found in starts[1:]] + [len(text)]
    return {found[1]: text[found.start() : end] for found, end in zip(starts, ends, strict=False)}


def completed(base: str, given: str) -> str:
    return "".join({**top_blocks(base), **top_blocks(given)}.values())


def examples() -> dict[str, dict[str, str]]:
    """The files of each section's example, by the section's title."""
    page = (ROOT / PAGE).read_text(encoding="utf-8")
    titles = [*SECTION.finditer(page)]
    ends = [found.start() for found in titles[1:]] + [len(page)]
    found: dict[str, dict[str, str]] = {}
    for title, end in zip(titles, ends, strict=True):
        blocks = dict(FENCE.findall(page[title.end() : end]))
        if blocks:
            found[title[1]] = files_of(blocks)
    return found


def files_of(blocks: Mapping[str, str]) -> dict[str, str]:
    given = {
        purpose.removeprefix("file="): text
        for purpose, text in blocks.items()
        if purpose.startswith("file=")
    }
    return {
        "pack.yaml": pack_of(blocks),
        "procedures/ejemplo.yaml": completed(BASE_PROCEDURE, blocks.get("procedure", "")),
        **given,
    }


def pack_of(blocks: Mapping[str, str]) -> str:
    """The example's part of the pack, with the calendars that the rest of it names."""
    given = blocks.get("pack", "")
    base = (
        BASE_PACK.replace("calendar: lima", "calendar: arica") if "arica:" in given else BASE_PACK
    )
    return completed(base, given)


EXAMPLES = examples()


def compile_example(files: Mapping[str, str]) -> Compiled:
    return compile_pack(PackFiles(name="oficina", files=files))


@pytest.mark.parametrize("title", EXAMPLES)
def test_page_its_example_compiles(title: str) -> None:
    compiled = compile_example(EXAMPLES[title])

    errors = [one for one in compiled.problems if one.severity is Severity.ERROR]

    assert errors == []


def walk(value: Any) -> Iterator[Any]:
    """Every value inside of a compiled pack; expressions stay whole."""
    yield value
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from walk(inner)
    elif isinstance(value, tuple | frozenset | list):
        for inner in value:
            yield from walk(inner)
    elif is_dataclass(value) and type(value).__module__.startswith(m.__name__):
        for one in fields(value):
            if one.name != "reactions":
                yield from walk(getattr(value, one.name))


COMPILED = [
    pack for files in EXAMPLES.values() if (pack := compile_example(files).pack) is not None
]
SEEN = [value for pack in COMPILED for value in walk(pack)]

WRITTEN = (
    *(m.Organization, m.Office, m.Role, m.Channel, m.PartyModel, m.Procedure, m.Document),
    *(m.LegalBasis, m.Related, m.Signature, m.Change, m.Field, m.Option, m.Catalogue),
    *(
        m.CatalogueRow,
        m.Step,
        m.Who,
        m.Approve,
        m.Ask,
        m.CheckItem,
        m.Send,
        m.Wait,
        m.Remind,
        m.GiveUp,
    ),
    *(m.Record, m.Requirement, m.Branch, m.Table, m.Row, m.OneOf, m.Range, m.AnyCell),
    *(m.Track, m.Trigger, m.Action, m.CodedEntry, m.Rule, m.Deadline, m.Alarm, m.Script, m.Message),
    *(
        m.Suspend,
        m.Extend,
        m.Deeds,
        m.NewRow,
        *(m.Schedule, m.OptOut, m.Checklist, m.ListItem, m.Appointment, m.Reminder),
        m.Questionnaire,
        m.Question,
        m.Band,
    ),
    *(m.Queue, m.Service, m.Counter, m.Priority, m.MissedCall, m.Portal),
    *(m.Responsibility, m.ActivityKind, m.AgreementKind, m.ComputedState, m.RecordActivity),
    *(m.Connector, m.LocalTable, m.Zones, m.Area, m.Check, m.Opening),
    *(m.Indicator, m.Template, m.OrgUnit),
)
MADE = {
    ("Row", "key"),
    ("Message", "digest"),
    ("Procedure", "reactions"),
    ("Procedure", "openings"),
}
"""What no author writes."""


def is_said(value: Any, default: Any) -> bool:
    empty: tuple[Any, ...] = ("", (), {}, frozenset())
    plain = value is None or value in empty if not isinstance(value, bool) else False
    return not plain and (default is MISSING or value != default)


@pytest.mark.parametrize("kind", WRITTEN, ids=lambda kind: kind.__name__)
def test_page_it_shows_every_part_of_the_construct(kind: type[Any]) -> None:
    found = [value for value in SEEN if type(value) is kind]

    missing = [
        one.name
        for one in fields(kind)
        if (kind.__name__, one.name) not in MADE
        and not any(is_said(getattr(value, one.name), one.default) for value in found)
    ]

    assert found
    assert missing == []


@pytest.mark.parametrize(
    "kind",
    [m.FieldType, m.EventKind, m.StepKind, m.WaitFor, m.HitPolicy, m.Side, m.Pick],
    ids=lambda kind: kind.__name__,
)
def test_page_it_shows_every_word_of_a_kind(kind: type[Enum]) -> None:
    assert set(kind) - {value for value in SEEN if isinstance(value, kind)} == set()


def calls(node: Any) -> Iterator[str]:
    if isinstance(node, t.Call):
        yield node.function
    if is_dataclass(node) and not isinstance(node, type):
        for one in fields(node):
            yield from calls(getattr(node, one.name))
    if isinstance(node, tuple):
        for inner in node:
            yield from calls(inner)


def test_page_it_shows_every_function() -> None:
    trees = [value.tree for value in SEEN if isinstance(value, Expression)]
    for value in SEEN:
        trees += [part.tree for part in getattr(value, "parts", ()) if isinstance(part, Expression)]

    shown = {name for tree in trees for name in calls(tree)}

    assert {*FUNCTIONS, *GROUP_FUNCTIONS, "lookup", "without"} - shown == set()


def test_page_it_covers_every_construct_of_the_model() -> None:
    defined = {
        one
        for one in vars(m).values()
        if isinstance(one, type) and is_dataclass(one) and one.__module__.startswith(m.__name__)
    }

    assert defined - set(WRITTEN) == {m.Event, m.Pack, m.Reactions}


@pytest.mark.parametrize("title", EXAMPLES)
def test_checker_it_looks_at_every_expression_there_is(title: str) -> None:
    pack = compile_example(EXAMPLES[title]).pack
    assert pack is not None

    for procedure in pack.procedures.values():
        inside = [one for one in walk(procedure) if isinstance(one, Expression)]
        gathered = {id(one) for one in all_expressions(procedure)}

        assert [one.source for one in inside if id(one) not in gathered] == []
