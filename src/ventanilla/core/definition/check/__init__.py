"""What a pack says as a whole, once every part of it can be read: ends, gaps, contradictions."""

from collections.abc import Mapping
from dataclasses import dataclass

from ventanilla.core.definition.check.asking import check_asking
from ventanilla.core.definition.check.conditions import check_conditions
from ventanilla.core.definition.check.duties import check_duties
from ventanilla.core.definition.check.fitting import check_fitting
from ventanilla.core.definition.check.flow import known_at
from ventanilla.core.definition.check.graph import check_graph, graph_of
from ventanilla.core.definition.check.holders import check_holders
from ventanilla.core.definition.check.hours import check_hours
from ventanilla.core.definition.check.indicators import check_indicators
from ventanilla.core.definition.check.meanings import check_meanings, check_scales
from ventanilla.core.definition.check.media import check_media
from ventanilla.core.definition.check.outside import check_outside, given_by_others
from ventanilla.core.definition.check.papers import check_papers, check_units
from ventanilla.core.definition.check.places import Places
from ventanilla.core.definition.check.promises import (
    check_every_way,
    check_same_activities,
    check_spoken,
    check_starts,
)
from ventanilla.core.definition.check.reachable import possible_options
from ventanilla.core.definition.check.reception import check_reception
from ventanilla.core.definition.check.scores import check_scores
from ventanilla.core.definition.check.tables import check_tables
from ventanilla.core.definition.check.timely import check_timely
from ventanilla.core.definition.check.times import check_promises, check_times
from ventanilla.core.definition.check.usage import (
    check_pack_usage,
    check_usage,
    check_words,
)
from ventanilla.core.definition.expressions import Env
from ventanilla.core.definition.model import Pack, Procedure
from ventanilla.core.definition.nodes import Mark
from ventanilla.core.definition.problems import Problems

__all__ = [
    "Places",
    "Readable",
    "check_pack",
    "check_procedure",
    "check_reception",
    "given_by_others",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Readable:
    """A procedure that compiled, with the names its conditions see and where its parts stand."""

    procedure: Procedure
    env: Env
    places: Places


def check_procedure(
    one: Readable, given: frozenset[str], messages: Mapping[str, Mark], problems: Problems
) -> None:
    """Judge one procedure as a whole; ``given`` are fields with which others open it."""
    procedure, places = one.procedure, one.places
    graph = graph_of(procedure, one.env, possible_options(procedure))
    known = known_at(graph)
    check_graph(graph, places, problems)
    check_conditions(procedure, one.env, places, problems)
    check_tables(procedure, known, places, problems)
    check_scores(procedure, places, problems)
    check_times(graph, places, problems)
    check_usage(procedure, given, places, problems)
    check_timely(procedure, places, problems)
    check_indicators(procedure, places, problems)
    check_words(procedure, known, places, problems)
    check_media(procedure, places, messages, problems)
    check_papers(procedure, places, problems)
    check_duties(procedure, places, problems)
    check_holders(procedure, places, problems)
    check_asking(procedure, known, places, problems)
    check_scales(procedure, places, problems)
    check_fitting(graph, places, problems)
    check_every_way(graph, places, problems)
    check_spoken(procedure, places, messages, problems)


def check_pack(
    pack: Pack,
    written: Places,
    places: Mapping[str, Places],
    messages: Mapping[str, Mark],
    connectors: Mapping[str, Mark],
    problems: Problems,
) -> None:
    """Judge what only all procedures together tell. ``written`` is where ``pack.yaml`` stands."""
    check_promises(pack, places, problems)
    check_starts(pack, places, problems)
    check_same_activities(pack, places, problems)
    check_meanings(pack, written, places, problems)
    check_units(pack, places, problems)
    check_pack_usage(pack, messages, written, problems)
    check_hours(pack, written, problems)
    check_outside(pack, places, connectors, problems)
