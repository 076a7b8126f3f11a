"""The fold: what a case is after one more fact. Total, and the only way state ever changes."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from ventanilla.core.businesstime import Extension, Pause
from ventanilla.core.engine import facts as f
from ventanilla.core.engine.clientele import counted
from ventanilla.core.engine.state import (
    ActiveStep,
    Child,
    Ordered,
    PartyView,
    Running,
    Settled,
    State,
    Status,
    TrackStatus,
    ended,
    visit_key,
)
from ventanilla.core.engine.timely_state import Booking, Marked, Repeating

if TYPE_CHECKING:
    from dataclasses import replace as changed
else:

    def changed(state: State, **changes: Any) -> State:
        """The same as ``replace``, which makes and checks every part again: a state has many."""
        after = object.__new__(State)
        after.__dict__.update(state.__dict__, **changes)
        return after


_V = TypeVar("_V")


def evolve(state: State, fact: f.Fact) -> State:
    """Return the state after the fact."""
    return _FOLDS[type(fact)](state, fact)


def fold(state: State, facts: tuple[f.Fact, ...]) -> State:
    """Return the state after all the facts, in order."""
    for fact in facts:
        state = evolve(state, fact)
    return state


def _with(mapping: Mapping[str, _V], key: str, value: _V) -> dict[str, _V]:
    return {**mapping, key: value}


def _without(mapping: Mapping[str, _V], key: str) -> dict[str, _V]:
    return {name: value for name, value in mapping.items() if name != key}


def _opened(state: State, fact: f.Opened) -> State:
    return changed(
        state,
        status=Status.OPEN,
        number=fact.number,
        channel=fact.channel,
        office=fact.office,
        subject=fact.subject,
        sender=fact.sender,
        opened_at=fact.at,
        depth=fact.depth,
    )


def _party_linked(state: State, fact: f.PartyLinked) -> State:
    return changed(state, party=fact.party)


def _party_recorded(state: State, fact: f.PartyRecorded) -> State:
    known = state.party or PartyView(ref=fact.ref)
    party = replace(
        known,
        ref=fact.ref,
        lifecycle=fact.lifecycle or known.lifecycle,
        attributes={**known.attributes, **fact.attributes},
    )
    return changed(state, party=party)


def _entrusted(state: State, fact: f.Entrusted) -> State:
    known = state.party or PartyView(ref=fact.ref)
    return changed(state, party=replace(known, executive=fact.executive))


def _activity_counted(state: State, fact: f.ActivityCounted) -> State:
    known = state.party or PartyView(ref=fact.ref)
    tallies = counted(known.tallies, fact.kind, fact.on)
    return changed(state, party=replace(known, tallies=tallies))


def _fields_set(state: State, fact: f.FieldsSet | f.Corrected) -> State:
    return changed(state, fields={**state.fields, **fact.values})


def _track_begun(state: State, fact: f.TrackBegun) -> State:
    return changed(state, tracks=_with(state.tracks, fact.track, TrackStatus.BEGUN))


def _track_ended(state: State, fact: f.TrackEnded) -> State:
    return changed(
        state,
        tracks=_with(state.tracks, fact.track, TrackStatus.ENDED),
        result=fact.result if fact.track == "main" else state.result,
    )


def _step_entered(state: State, fact: f.StepEntered) -> State:
    active = ActiveStep(
        step=fact.step,
        visit=fact.visit,
        entered_at=fact.at,
        assignee=fact.assignee,
        wakes=fact.wakes,
        asks=fact.asks,
    )
    return changed(
        state,
        visits=_with(state.visits, fact.step, fact.visit),
        active=_with(state.active, active.key, active),
    )


def _step_done(state: State, fact: f.StepDone) -> State:
    after = _step_ended(state, fact)
    if not fact.by:
        return after
    return changed(after, hands={**_without(after.hands, fact.step), fact.step: fact.by})


def _step_ended(state: State, fact: f.StepDone | f.StepLeft | f.SentBack | f.Unanswered) -> State:
    active = _without(state.active, visit_key(fact.step, fact.visit))
    if fact.step not in state.signed:
        return changed(state, active=active)
    return changed(state, active=active, signed=_without(state.signed, fact.step))


def _asked(state: State, fact: f.Asked) -> State:
    before = state.orders.get(fact.step)
    if not fact.order or (before is not None and before.key == fact.order):
        return state
    times = before.times + 1 if before is not None else 1
    order = Ordered(key=fact.order, given=fact.given, times=times)
    return changed(state, orders=_with(state.orders, fact.step, order))


def _answered(state: State, fact: f.Answered) -> State:
    order = state.orders.get(fact.step)
    if order is None:
        return state
    return changed(state, orders=_with(state.orders, fact.step, replace(order, done=True)))


def _case_owed(state: State, fact: f.CaseOwed) -> State:
    child = Child(opening=fact.opening, procedure=fact.procedure)
    return changed(state, children=_with(state.children, fact.key, child))


def _other_closed(state: State, fact: f.OtherClosed) -> State:
    child = replace(state.children[fact.key], closed=True)
    return changed(state, children=_with(state.children, fact.key, child))


def _signed(state: State, fact: f.Signed) -> State:
    people = (*state.signed.get(fact.step, ()), fact.by)
    return changed(
        state,
        active=_without(state.active, visit_key(fact.step, fact.visit)),
        signed=_with(state.signed, fact.step, people),
    )


def _assigned(state: State, fact: f.Assigned) -> State:
    return _change_step(state, fact.step, fact.visit, assignee=fact.assignee)


def _reminded(state: State, fact: f.Reminded) -> State:
    active = state.active[visit_key(fact.step, fact.visit)]
    return _change_step(
        state, fact.step, fact.visit, reminded=active.reminded + 1, wakes=fact.wakes
    )


def _given_up(state: State, fact: f.GivenUp) -> State:
    return _change_step(state, fact.step, fact.visit, wakes=())


def _change_step(state: State, step: str, visit: int, **changes: Any) -> State:
    key = visit_key(step, visit)
    return changed(state, active=_with(state.active, key, replace(state.active[key], **changes)))


def _message_counted(state: State, fact: f.MessageOwed) -> State:
    count = state.messages.get(fact.message, 0) + 1
    after = changed(state, messages=_with(state.messages, fact.message, count))
    if not fact.instead_of:
        return after
    return changed(after, replaced=_with(state.replaced, fact.instead_of, fact.key))


def _deadline_started(state: State, fact: f.DeadlineStarted) -> State:
    clock = Running(
        started_at=fact.started_at, due_at=fact.due_at, alarms=fact.alarms, term=fact.term
    )
    return changed(state, running=_with(state.running, fact.name, clock))


def _alarm_fired(state: State, fact: f.AlarmFired) -> State:
    clock = state.running[fact.deadline]
    left = tuple(alarm for alarm in clock.alarms if alarm.name != fact.alarm)
    return changed(state, running=_with(state.running, fact.deadline, replace(clock, alarms=left)))


def _deadline_late(state: State, fact: f.DeadlineLate) -> State:
    clock = replace(state.running[fact.name], late=True)
    return changed(state, running=_with(state.running, fact.name, clock))


def _deadline_stopped(state: State, fact: f.DeadlineStopped) -> State:
    clock = state.running[fact.name]
    pause = Pause(kind=fact.kind, begins=fact.begins, reason=fact.reason)
    stands = replace(clock, due_at=None, late=False, pauses=(*clock.pauses, pause))
    return changed(state, running=_with(state.running, fact.name, stands))


def _deadline_resumed(state: State, fact: f.DeadlineResumed) -> State:
    clock = state.running[fact.name]
    pauses = ended(clock.pauses, fact.kind, fact.ends)
    goes = replace(clock, due_at=fact.due_at, alarms=fact.alarms, pauses=pauses)
    return changed(state, running=_with(state.running, fact.name, goes))


def _deadline_extended(state: State, fact: f.DeadlineExtended) -> State:
    clock = state.running[fact.name]
    more = (*clock.extensions, Extension(span=fact.by, reason=fact.reason))
    longer = replace(clock, due_at=fact.due_at, alarms=fact.alarms, extensions=more)
    return changed(state, running=_with(state.running, fact.name, longer))


def _deadline_ended(state: State, fact: f.DeadlineEnded) -> State:
    clock = state.running[fact.name]
    settled = Settled(
        started_at=clock.started_at,
        due_at=clock.due_at,
        ended_at=fact.at,
        outcome=fact.outcome,
        pauses=clock.pauses,
        extensions=clock.extensions,
        term=clock.term,
    )
    return changed(
        state,
        running=_without(state.running, fact.name),
        settled=_with(state.settled, fact.name, settled),
    )


def _schedule_started(state: State, fact: f.ScheduleStarted) -> State:
    begun = Repeating(started_at=fact.at, beat=fact.beat)
    return changed(state, schedules=_with(state.schedules, fact.name, begun))


def _schedule_fired(state: State, fact: f.ScheduleFired) -> State:
    known = state.schedules[fact.name]
    moved = replace(known, beat=fact.beat, done=known.done + 1)
    return changed(state, schedules=_with(state.schedules, fact.name, moved))


def _schedule_moved(state: State, fact: f.ScheduleMoved) -> State:
    moved = replace(state.schedules[fact.name], beat=fact.beat)
    return changed(state, schedules=_with(state.schedules, fact.name, moved))


def _schedule_ended(state: State, fact: f.ScheduleEnded) -> State:
    return changed(state, schedules=_without(state.schedules, fact.name))


def _opted_out(state: State, fact: f.OptedOut) -> State:
    return changed(state, opted_out=(*state.opted_out, fact.schedule))


def _item_marked(state: State, fact: f.ItemMarked) -> State:
    before = state.marks.get(fact.checklist, {})
    if fact.mark is None:
        marks = _without(before, fact.item)
    else:
        made = Marked(mark=fact.mark, by=fact.by, at=fact.at, note=fact.note)
        marks = _with(before, fact.item, made)
    return changed(state, marks=_with(state.marks, fact.checklist, marks))


def _booked(state: State, fact: f.Booked) -> State:
    before = state.bookings.get(fact.name)
    moves = before.moves + fact.moved if before is not None else 0
    booking = Booking(at=fact.at, moves=moves, reminders=fact.reminders)
    return changed(state, bookings=_with(state.bookings, fact.name, booking))


def _appointment_reminded(state: State, fact: f.AppointmentReminded) -> State:
    booking = state.bookings[fact.name]
    left = tuple(one for one in booking.reminders if one[0] != fact.number)
    return changed(
        state, bookings=_with(state.bookings, fact.name, replace(booking, reminders=left))
    )


def _appointment_ended(state: State, fact: f.AppointmentEnded) -> State:
    over = replace(state.bookings[fact.name], status=fact.outcome, reminders=())
    return changed(state, bookings=_with(state.bookings, fact.name, over))


def _migrated(state: State, fact: f.Migrated) -> State:
    party = state.party
    if party is not None and fact.attributes:
        party = replace(party, attributes=_let_go(party.attributes, fact.attributes))
    return changed(
        state,
        party=party,
        fields=_let_go(state.fields, fact.fields),
        schedules=_let_go(state.schedules, fact.schedules),
        marks=_let_go(state.marks, fact.checklists),
        bookings=_let_go(state.bookings, fact.appointments),
    )


def _let_go(mapping: Mapping[str, _V], names: tuple[str, ...]) -> dict[str, _V]:
    return {name: value for name, value in mapping.items() if name not in names}


def _deadline_recounted(state: State, fact: f.DeadlineRecounted) -> State:
    clock = state.running[fact.name]
    late = clock.late and clock.due_at == fact.due_at
    moved = replace(clock, due_at=fact.due_at, alarms=fact.alarms, late=late)
    return changed(state, running=_with(state.running, fact.name, moved))


def _closed(state: State, fact: f.Closed) -> State:
    return _over(state, fact.result, fact.at)


def _cancelled(state: State, fact: f.Cancelled) -> State:
    return _over(state, "cancelled", fact.at)


def _over(state: State, result: str, at: datetime) -> State:
    """Closed: nothing repeats and nothing is reminded of any more."""
    bookings = {name: replace(one, reminders=()) for name, one in state.bookings.items()}
    return changed(
        state,
        status=Status.CLOSED,
        result=result,
        closed_at=at,
        schedules={},
        bookings=bookings,
    )


def _reopened(state: State, fact: f.Reopened) -> State:
    return changed(state, status=Status.OPEN, result="", closed_at=None)


def _entry_made(state: State, fact: f.EntryMade) -> State:
    count = state.noted.get(fact.code, 0) + 1
    return changed(state, noted={**_without(state.noted, fact.code), fact.code: count})


def _unchanged(state: State, fact: f.Fact) -> State:
    return state


_FOLDS: Mapping[type[Any], Callable[[State, Any], State]] = {
    f.Opened: _opened,
    f.PartyLinked: _party_linked,
    f.PartyRecorded: _party_recorded,
    f.Entrusted: _entrusted,
    f.ActivityCounted: _activity_counted,
    f.FieldsSet: _fields_set,
    f.Corrected: _fields_set,
    f.TrackBegun: _track_begun,
    f.TrackEnded: _track_ended,
    f.StepEntered: _step_entered,
    f.StepDone: _step_done,
    f.Signed: _signed,
    f.SentBack: _step_ended,
    f.StepLeft: _step_ended,
    f.StepSkipped: _unchanged,
    f.Asked: _asked,
    f.Answered: _answered,
    f.Unanswered: _step_ended,
    f.CaseOwed: _case_owed,
    f.OtherClosed: _other_closed,
    f.TableRead: _unchanged,
    f.Scored: _unchanged,
    f.Assigned: _assigned,
    f.MessageOwed: _message_counted,
    f.MessageImpossible: _unchanged,
    f.DeliveryKnown: _unchanged,
    f.MessageReceived: _unchanged,
    f.ActionTaken: _unchanged,
    f.EntryMade: _entry_made,
    f.Noted: _unchanged,
    f.DeadlineStarted: _deadline_started,
    f.DeadlineStopped: _deadline_stopped,
    f.DeadlineResumed: _deadline_resumed,
    f.DeadlineExtended: _deadline_extended,
    f.AlarmFired: _alarm_fired,
    f.DeadlineLate: _deadline_late,
    f.DeadlineEnded: _deadline_ended,
    f.Reminded: _reminded,
    f.GivenUp: _given_up,
    f.ScheduleStarted: _schedule_started,
    f.ScheduleFired: _schedule_fired,
    f.ScheduleMoved: _schedule_moved,
    f.ScheduleEnded: _schedule_ended,
    f.OptedOut: _opted_out,
    f.ItemMarked: _item_marked,
    f.Booked: _booked,
    f.AppointmentReminded: _appointment_reminded,
    f.AppointmentEnded: _appointment_ended,
    f.Migrated: _migrated,
    f.DeadlineRecounted: _deadline_recounted,
    f.Closed: _closed,
    f.Cancelled: _cancelled,
    f.Reopened: _reopened,
}
