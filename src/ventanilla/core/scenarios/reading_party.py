"""Parties in scenarios: who is known before it begins, and what must be known of the case's."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from ventanilla.core.definition.compile.shape import (
    NO,
    YES,
    Form,
    as_scalar,
    entries_of,
    is_blank,
    open_form,
)
from ventanilla.core.definition.compile.shapes import ANYTHING, Section
from ventanilla.core.definition.expressions import Value
from ventanilla.core.definition.nodes import Mapping as MappingNode
from ventanilla.core.definition.nodes import Node, Scalar
from ventanilla.core.definition.problems import Code, near
from ventanilla.core.engine.state import Agreed
from ventanilla.core.scenarios import sections
from ventanilla.core.scenarios.context import Context
from ventanilla.core.scenarios.model import Aspect, Expectation, KnownParty


def party_key(node: Node) -> str:
    """What the scenario calls a party: its ``key``, or its name."""
    if not isinstance(node, MappingNode):
        return ""
    named = node.get("key") or node.get("name")
    return named.text.strip() if isinstance(named, Scalar) else ""


def read_party(node: Node, context: Context) -> KnownParty:
    """Somebody the registry knows before the scenario begins."""
    model = context.pack.party
    words = {**sections.PARTY_WORDS, **dict.fromkeys(model.attributes, ANYTHING)}
    form = open_form(node, context.problems, Section("party", words))
    if form is None or not party_key(node):
        context.problems.add(Code.MISSING_KEY, node.mark, name="key")
        return KnownParty(key="")
    attributes: dict[str, Value] = {}
    for name, of in model.attributes.items():
        written = form.get(name)
        if written is not None and not is_blank(written):
            attributes[name] = context.readable(of, written)
    party = KnownParty(
        key=party_key(node),
        lifecycle=context.name(form, "lifecycle", Code.UNKNOWN_LIFECYCLE, model.lifecycle),
        attributes=attributes,
        activities=tuple(_activities(form, context)),
        agreed=tuple(_agreed(form, context)),
    )
    executive = context.someone(context.person(form, "executive"))
    if executive is None:
        return party
    # whoever a party is entrusted to is known by the account, whose login is the address
    return replace(party, executive=replace(executive, email=executive.key))


def _activities(form: Form, context: Context) -> Iterator[tuple[str, date]]:
    for item in form.items("activities"):
        inner = open_form(item, context.problems, sections.ACTIVITY)
        on = inner.day("on") if inner is not None else None
        if inner is not None and on is not None:
            kinds = context.pack.party.activities
            yield context.name(inner, "kind", Code.UNKNOWN_ACTIVITY, kinds), on


def _agreed(form: Form, context: Context) -> Iterator[Agreed]:
    kinds = context.pack.party.agreements
    for key, node in form.entries("agreements"):
        name = context.known(Code.UNKNOWN_AGREEMENT, key, kinds)
        inner = None
        if isinstance(node, MappingNode):
            inner = open_form(node, context.problems, sections.AGREED)
        value = inner.get("value") if inner is not None else node
        if name in kinds and value is not None:
            since = inner.day("from") if inner is not None else None
            yield Agreed(
                name=name,
                value=context.readable(kinds[name].field, value),
                since=since or date.min,
                until=inner.day("until") if inner is not None else None,
            )


# --- what must be so -----------------------------------------------------------------------------


def read_party_expected(node: Node, context: Context) -> Iterator[Expectation]:
    """``{ATTRIBUTE: value}``, and what a party has beside its attributes."""
    model = context.pack.party
    for key, value in entries_of(node, context.problems):
        match context.known(Code.UNKNOWN_ATTRIBUTE, key, (*_BESIDE, *model.attributes)):
            case "lifecycle":
                state = word(value, model.lifecycle, context)
                yield Expectation(aspect=Aspect.LIFECYCLE, wanted=state, mark=key.mark)
            case "registered" | "known" as name:
                wanted = truth(value, context)
                yield Expectation(aspect=Aspect(name), wanted=wanted, mark=key.mark)
            case "executive":
                whose = word(value, ("", *context.people), context)
                yield Expectation(aspect=Aspect.EXECUTIVE, wanted=whose, mark=key.mark)
            case "activities":
                yield from _counts(value, context)
            case "agreements":
                yield from _agreements(value, context)
            case name if name in model.attributes:
                datum = context.readable(model.attributes[name], value)
                yield Expectation(
                    aspect=Aspect.ATTRIBUTE, subject=name, wanted=datum, mark=key.mark
                )
            case _:
                continue


_BESIDE = ("lifecycle", "registered", "known", "executive", "activities", "agreements")


def _counts(node: Node, context: Context) -> Iterator[Expectation]:
    form = Form(node=node, problems=context.problems) if isinstance(node, MappingNode) else None
    for key, _ in entries_of(node, context.problems):
        kind = context.known(Code.UNKNOWN_ACTIVITY, key, context.pack.party.activities)
        wanted = form.integer(key.text, 0) if form is not None else 0
        yield Expectation(aspect=Aspect.ACTIVITIES, subject=kind, wanted=wanted, mark=key.mark)


def _agreements(node: Node, context: Context) -> Iterator[Expectation]:
    kinds = context.pack.party.agreements
    for key, value in entries_of(node, context.problems):
        name = context.known(Code.UNKNOWN_AGREEMENT, key, kinds)
        if name in kinds:
            wanted = context.readable(kinds[name].field, value)
            yield Expectation(aspect=Aspect.AGREEMENT, subject=name, wanted=wanted, mark=key.mark)


# --- words of the language -----------------------------------------------------------------------


def word(node: Node, allowed: Iterable[str], context: Context) -> str:
    """One of these words, after telling the problem if it is none."""
    found = as_scalar(node, context.problems)
    if found is None:
        return ""
    words = tuple(str(word) for word in allowed)
    if found.text.strip() not in words:
        context.problems.add(
            Code.EXPECTED_ONE_OF,
            found.mark,
            found=found.text[:40],
            expected=", ".join(words),
            near=near(found.text, words),
        )
    return found.text.strip()


def truth(node: Node, context: Context) -> bool:
    """Yes or no."""
    found = as_scalar(node, context.problems)
    said = found.text.strip().casefold() if found is not None else ""
    if found is not None and said not in YES | NO:
        context.problems.add(Code.BAD_BOOLEAN, found.mark, found=found.text[:40])
    return said in YES
