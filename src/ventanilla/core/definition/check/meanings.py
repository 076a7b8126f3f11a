"""Words with two meanings: acronyms, terms, codes of options, and scales for one thing."""

from collections.abc import Iterator, Mapping

from ventanilla.core.definition.check.places import Places
from ventanilla.core.definition.check.titles import plain
from ventanilla.core.definition.model import Field, Pack, Procedure
from ventanilla.core.definition.nodes import Mark
from ventanilla.core.definition.problems import Code, Problems

MAX_CODE = 2
"""Letters of an option's code up to which people read it as an abbreviation."""


def check_meanings(
    pack: Pack, written: Places, places: Mapping[str, Places], problems: Problems
) -> None:
    """Tell terms and abbreviations that stand for two things anywhere in the pack."""
    first: dict[str, str] = {}
    for term, meaning, mark in _terms(pack, written, places):
        before = first.setdefault(term, meaning)
        if plain(before) != plain(meaning):
            problems.add(Code.TWO_MEANINGS, mark, name=term, meaning=meaning, other=before)


def check_scales(procedure: Procedure, places: Places, problems: Problems) -> None:
    """Tell codes that mean two things, and things of one name judged by two scales."""
    codes: dict[str, str] = {}
    scales: dict[str, Field] = {}
    for name, field in procedure.fields.items():
        if not field.options or field.catalogue is not None or name not in _written(places):
            continue
        for option in field.options:
            if len(option.value) > MAX_CODE or not option.value.isupper():
                continue
            before = codes.setdefault(option.value, option.label)
            if plain(before) != plain(option.label):
                mark = places.at("fields", name, "options", option.value)
                problems.add(
                    Code.TWO_MEANINGS, mark, name=option.value, meaning=option.label, other=before
                )
        other = scales.setdefault(plain(field.label), field)
        if _labels(other) != _labels(field):
            mark = places.at("fields", name)
            problems.add(Code.SCALES_DIFFER, mark, name=name, label=field.label, other=other.name)


def _written(places: Places) -> frozenset[str]:
    """The fields that an author wrote; others come with a construct."""
    return frozenset(places.keys("fields"))


def _labels(field: Field) -> frozenset[str]:
    return frozenset(plain(option.label) for option in field.options)


def _terms(
    pack: Pack, written: Places, places: Mapping[str, Places]
) -> Iterator[tuple[str, str, Mark]]:
    for code, unit in pack.units.items():
        for short in (unit.short, *unit.also):
            if short:
                yield short, unit.title, written.at("units", code)
    for code, procedure in pack.procedures.items():
        for term, meaning in procedure.document.definitions:
            yield term, meaning, places[code].at("definitions", term)
