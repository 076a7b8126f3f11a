"""What a procedure is made of, gathered from wherever it may stand: expressions, texts, sends."""

from collections.abc import Iterator

from ventanilla.core.businesstime import Span
from ventanilla.core.definition.expressions import Expression
from ventanilla.core.definition.model import (
    Action,
    Ask,
    Deadline,
    Deeds,
    Procedure,
    Record,
    Send,
    Step,
    Trigger,
    Who,
)
from ventanilla.core.definition.texts import Text


def step_sends(step: Step) -> tuple[Send, ...]:
    remind = step.wait.remind if step.wait is not None else None
    found = (step.send, remind.send if remind is not None else None)
    return tuple(send for send in found if send is not None)


def all_sends(procedure: Procedure) -> Iterator[Send]:
    for step in procedure.steps.values():
        yield from step_sends(step)
    found = [action.send for action in procedure.actions.values()]
    found += [deeds.send for deeds in all_deeds(procedure)]
    yield from (send for send in found if send is not None)
    for appointment in procedure.appointments.values():
        yield from (reminder.send for reminder in appointment.reminders)


def all_scripts(procedure: Procedure) -> frozenset[str]:
    """The scripts that some step or action says."""
    said = [step.say for step in procedure.steps.values()]
    said += [action.say for action in procedure.actions.values()]
    return frozenset(name for names in said for name in names)


def all_who(procedure: Procedure) -> Iterator[Who]:
    for step in procedure.steps.values():
        if step.approve is not None:
            yield from step.approve.signers
        elif step.who is not None:
            yield step.who
    for action in procedure.actions.values():
        yield from action.who
    for deadline in procedure.deadlines.values():
        yield from (alarm.to for alarm in deadline.alarms if alarm.to is not None)
    for schedule in procedure.schedules.values():
        yield from schedule.opt_out.who if schedule.opt_out is not None else ()
    for checklist in procedure.checklists.values():
        yield from checklist.who
    for appointment in procedure.appointments.values():
        yield from appointment.who
        yield from (one for one in (appointment.host,) if one is not None)


def all_asks(procedure: Procedure) -> Iterator[Ask]:
    """Whatever a person is asked, at a step or an action."""
    for step in procedure.steps.values():
        yield from step.ask
    for action in procedure.actions.values():
        yield from action.ask


def all_deeds(procedure: Procedure) -> Iterator[Deeds]:
    """Whatever follows by itself from an event."""
    yield from (rule.do for rule in procedure.rules)
    for schedule in procedure.schedules.values():
        yield schedule.do
        if schedule.opt_out is not None:
            yield schedule.opt_out.do


def set_fields(procedure: Procedure) -> frozenset[str]:
    """The fields that something fills without asking a person for them."""
    found = {name for action in procedure.actions.values() for name, _ in action.set}
    found |= {name for deeds in all_deeds(procedure) for name, _ in deeds.set}
    for table in procedure.tables.values():
        found.update(table.outputs)
    for questionnaire in procedure.questionnaires.values():
        found.add(questionnaire.points)
        if questionnaire.band is not None:
            found.add(questionnaire.band)
    return frozenset(found)


def all_spans(procedure: Procedure) -> Iterator[Span]:
    """Every length of time that some clock of the procedure keeps."""
    yield from (deadline.within for deadline in procedure.deadlines.values())
    for action in procedure.actions.values():
        if action.extend is not None:
            yield action.extend.by
    for step in procedure.steps.values():
        if step.wait is not None and step.wait.give_up is not None:
            yield step.wait.give_up.after
        if step.wait is not None and step.wait.remind is not None:
            yield step.wait.remind.after


def all_texts(procedure: Procedure) -> Iterator[Text]:
    for script in procedure.scripts.values():
        yield from script.texts.values()
    for message in procedure.messages.values():
        yield from (message.subject, message.body)
    notes = [action.note for action in procedure.actions.values()]
    notes += [deeds.note for deeds in all_deeds(procedure)]
    yield from (note for note in notes if note is not None)


def all_expressions(procedure: Procedure) -> Iterator[Expression]:
    """Every expression of the procedure; merge fields are in the texts."""
    for field in procedure.fields.values():
        yield from _given(field.show_if)
    for step in procedure.steps.values():
        yield from _of_step(step)
    for action in procedure.actions.values():
        yield from _of_action(action)
    if procedure.portal is not None:
        yield from _of_asks(procedure.portal.ask)
    yield from _given(*(rule.on.condition for rule in procedure.rules))
    for deeds in all_deeds(procedure):
        yield from (value for _, value in deeds.set)
        yield from (value for row in deeds.add for _, value in row.cells)
        yield from _of_record(deeds.record)
    for deadline in procedure.deadlines.values():
        yield from _of_deadline(deadline)
    for track in procedure.tracks.values():
        yield from _of_triggers(*track.starts, *track.stops)
    yield from _timely(procedure)
    for indicator in procedure.indicators.values():
        yield from _given(indicator.count, indicator.average, indicator.over)
    for table in procedure.tables.values():
        yield from table.inputs
    for script in procedure.scripts.values():
        yield from _given(script.condition)
    yield from (one.condition for one in procedure.party.computed)
    for opening in procedure.openings.values():
        yield from (value for _, value in opening.values)
    yield from _given(*(send.to for send in all_sends(procedure)))
    yield from _given(*(who.office for who in all_who(procedure)))


def _of_action(action: Action) -> Iterator[Expression]:
    yield from _given(action.condition)
    yield from _of_asks(action.ask)
    yield from (requirement.condition for requirement in action.requires)
    yield from (value for _, value in action.set)
    yield from (value for row in action.add for _, value in row.cells)
    yield from _of_record(action.record)
    if action.suspend is not None:
        yield from _given(action.suspend.since, action.suspend.reason)
    if action.extend is not None:
        yield from _given(action.extend.reason)


def _of_step(step: Step) -> Iterator[Expression]:
    yield from _given(step.skip_if)
    yield from _of_asks(step.ask)
    yield from _given(*(branch.condition for branch in step.next))
    yield from (requirement.condition for requirement in step.requires)
    yield from _of_record(step.record)
    if step.wait is not None:
        yield from _given(step.wait.at, step.wait.when)
    if step.check is not None:
        yield from (value for _, value in step.check.takes)


def _timely(procedure: Procedure) -> Iterator[Expression]:
    for schedule in procedure.schedules.values():
        yield from _of_triggers(*schedule.starts, *schedule.stops)
        yield from _given(schedule.first_at, schedule.condition)
    for checklist in procedure.checklists.values():
        yield from _given(*(item.condition for item in checklist.items))
    for appointment in procedure.appointments.values():
        yield from _given(appointment.place)


def _of_asks(asks: tuple[Ask, ...]) -> Iterator[Expression]:
    for ask in asks:
        yield from _given(ask.condition, ask.required_if)


def _of_record(record: Record | None) -> Iterator[Expression]:
    if record is not None:
        yield from _given(record.condition)
        yield from (value for _, value in record.attributes)
        yield from _given(record.executive)
        if record.activity is not None:
            yield from _given(record.activity.on)


def _of_deadline(deadline: Deadline) -> Iterator[Expression]:
    yield from _given(deadline.since, deadline.term)
    yield from _of_triggers(*deadline.starts, *deadline.stops, *deadline.drops)


def _of_triggers(*triggers: Trigger) -> Iterator[Expression]:
    yield from _given(*(trigger.condition for trigger in triggers))


def _given(*expressions: Expression | None) -> Iterator[Expression]:
    yield from (one for one in expressions if one is not None)


def used_names(procedure: Procedure) -> frozenset[str]:
    """Every name that a condition, a value or a text reads."""
    found: set[str] = set()
    for expression in all_expressions(procedure):
        found |= expression.names
    for text in all_texts(procedure):
        found |= text.names
    for questionnaire in procedure.questionnaires.values():
        found.update(question.field for question in questionnaire.questions)
    found.update(one.at for one in procedure.appointments.values())
    every = (one.every_field for one in procedure.schedules.values())
    found.update(name for name in every if name is not None)
    found.update(who.person for who in all_who(procedure) if who.person is not None)
    return frozenset(found)
