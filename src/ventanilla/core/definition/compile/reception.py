"""The reception of ``pack.yaml``: queues with their services, counters, priorities, lost calls."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from ventanilla.core.businesstime import Span, Unit
from ventanilla.core.definition.compile import sections_pack
from ventanilla.core.definition.compile.shape import Form, named_entries, open_form
from ventanilla.core.definition.model import Counter, MissedCall, Office, Priority, Queue, Role
from ventanilla.core.definition.model import Service as ServiceModel
from ventanilla.core.definition.nodes import Node, Scalar
from ventanilla.core.definition.problems import Code, Problems, near

_LETTER = re.compile(r"[A-ZÑ]{1,2}")
_CLOCK: Final = {Unit.MINUTE: 1, Unit.HOUR: 60}


def compile_queues(
    form: Form, offices: Mapping[str, Office], roles: Mapping[str, Role], opens: list[Scalar]
) -> dict[str, Queue]:
    """The lines; what their services open is added to ``opens``."""
    found: dict[str, Queue] = {}
    taken: dict[tuple[str, str], str] = {}
    services: set[tuple[str, str]] = set()
    for key, node in form.named("queues"):
        inner = open_form(node, form.problems, sections_pack.QUEUE)
        if inner is None:
            continue
        queue = Queue(
            name=key.text,
            title=inner.text("title"),
            letter=_letter(inner),
            offices=known_names(inner, "offices", offices, Code.UNKNOWN_OFFICE) or tuple(offices),
            who=known_names(inner, "who", roles, Code.UNKNOWN_ROLE),
            services=_services(inner, opens),
            room=inner.text("room"),
        )
        found[key.text] = queue
        for office in queue.offices:
            if taken.setdefault((office, queue.letter), key.text) != key.text:
                form.problems.add(Code.REPEATED, inner.mark_of("letter"), name=queue.letter)
                break
        _once(inner, queue, services)
    return found


def compile_counters(
    form: Form, offices: Mapping[str, Office], queues: Mapping[str, Queue]
) -> dict[str, Counter]:
    """The places of attention; one that names no line calls from all of its office."""
    found: dict[str, Counter] = {}
    for key, node in form.named("counters"):
        inner = open_form(node, form.problems, sections_pack.COUNTER)
        if inner is None:
            continue
        office = next(iter(known_names(inner, "office", offices, Code.UNKNOWN_OFFICE)), "")
        office = office or next(iter(offices), "")
        here = {name: queue for name, queue in queues.items() if office in queue.offices}
        found[key.text] = Counter(
            name=key.text,
            title=inner.text("title"),
            office=office,
            serves=known_names(inner, "serves", here, Code.UNKNOWN_QUEUE) or tuple(here),
        )
    return found


def compile_priorities(form: Form) -> dict[str, Priority]:
    """The head starts that the line knows."""
    found: dict[str, Priority] = {}
    for key, node in form.named("priorities"):
        inner = open_form(node, form.problems, sections_pack.PRIORITY)
        span = inner.span("ahead") if inner is not None else None
        if inner is None or span is None:
            continue
        if span.unit not in _CLOCK:
            _not_clock(inner, span)
            continue
        found[key.text] = Priority(
            name=key.text,
            title=inner.text("title"),
            ahead=span,
            help=inner.text("help"),
            appointment=inner.boolean("appointment"),
        )
    return found


def compile_missed_call(
    node: Node | None, problems: Problems, opens: list[Scalar]
) -> MissedCall | None:
    """What a channel says of calls that nobody answered."""
    inner = open_form(node, problems, sections_pack.MISSED_CALL)
    within = inner.span("within") if inner is not None else None
    if inner is None or within is None:
        return None
    opened = inner.scalar("open")
    if opened is not None:
        opens.append(opened)
    return MissedCall(
        within=within,
        open=opened.text if opened is not None else None,
        tries=inner.integer("tries", 3, least=1, most=20),
    )


def known_names(form: Form, name: str, known: Iterable[str], unknown: Code) -> tuple[str, ...]:
    """The names listed under a key that exist; the others are problems."""
    there, found = tuple(known), []
    for scalar in form.scalars(name):
        if scalar.text in there:
            found.append(scalar.text)
        else:
            form.problems.add(
                unknown, scalar.mark, name=scalar.text[:60], near=near(scalar.text, there)
            )
    return tuple(found)


def _letter(form: Form) -> str:
    scalar = form.scalar("letter")
    if scalar is not None and scalar.text and not _LETTER.fullmatch(scalar.text):
        form.problems.add(Code.BAD_NAME, scalar.mark, name=scalar.text[:40])
    return scalar.text if scalar is not None else ""


def _services(form: Form, opens: list[Scalar]) -> dict[str, ServiceModel]:
    found: dict[str, ServiceModel] = {}
    for key, node in named_entries(form.get("services"), form.problems):
        if isinstance(node, Scalar):
            found[key.text] = ServiceModel(name=key.text, title=node.text.strip() or key.text)
            continue
        inner = open_form(node, form.problems, sections_pack.SERVICE)
        if inner is None:
            continue
        opened = inner.scalar("opens")
        if opened is not None:
            opens.append(opened)
        found[key.text] = ServiceModel(
            name=key.text,
            title=inner.text("title"),
            group=inner.text("group"),
            help=inner.text("help"),
            opens=opened.text if opened is not None else None,
        )
    return found


def _once(form: Form, queue: Queue, seen: set[tuple[str, str]]) -> None:
    """A service leads to one line of an office, or nobody could tell where it leads."""
    for name in queue.services:
        here = {(office, name) for office in queue.offices}
        if here & seen:
            form.problems.add(Code.REPEATED, form.mark_of("services"), name=name)
        seen |= here


def _not_clock(form: Form, span: Span) -> None:
    scalar = form.scalar("ahead")
    if scalar is not None:
        form.problems.add(
            Code.EXPECTED_ONE_OF,
            scalar.mark,
            found=str(span),
            expected=", ".join(f"{unit}s" for unit in _CLOCK),
            near="",
        )
