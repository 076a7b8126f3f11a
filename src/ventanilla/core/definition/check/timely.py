"""Schedules that never end or do nothing, and checklists that nothing waits for."""

from ventanilla.core.definition.check.parts import used_names
from ventanilla.core.definition.check.places import Places
from ventanilla.core.definition.model import Deeds, EventKind, Procedure, Schedule
from ventanilla.core.definition.problems import Code, Problems


def check_timely(procedure: Procedure, places: Places, problems: Problems) -> None:
    for name, schedule in procedure.schedules.items():
        mark = places.at("schedules", name)
        if not schedule.stops and schedule.times is None and schedule.opt_out is None:
            problems.add(Code.SCHEDULE_WITHOUT_END, mark, name=name)
        if schedule.do == Deeds() and not _reacted_to(procedure, schedule):
            problems.add(Code.SCHEDULE_DOES_NOTHING, mark, name=name)
    waited = _waited_for(procedure)
    for name in procedure.checklists:
        if name not in waited:
            problems.add(Code.UNUSED_CHECKLIST, places.at("checklists", name), name=name)


def _reacted_to(procedure: Procedure, schedule: Schedule) -> bool:
    return any(
        event.kind is EventKind.REPEATED and event.subject == schedule.name
        for event in procedure.reactions
    )


def _waited_for(procedure: Procedure) -> frozenset[str]:
    """The checklists that a step is about, a condition asks or a rule reacts to."""
    found = {step.checklist for step in procedure.steps.values()}
    found |= {step.wait.checklist for step in procedure.steps.values() if step.wait is not None}
    found |= {event.subject for event in procedure.reactions if event.kind is EventKind.COMPLETE}
    asked = (name.partition(".") for name in used_names(procedure))
    found |= {name for question, dot, name in asked if question in {"complete", "received"}}
    return frozenset(name for name in found if name is not None)
