"""How a case flows: what each fact sets off, until everything rests on a person or on time.

A ``Run`` is the working copy of one decision. Facts are told to it one by one; each is folded into
the state at once, so whatever follows sees it. What a fact sets off waits on an agenda and is done
in order: clocks stop before clocks start, then tracks, then rules, then the next step.
"""
# house: long-file, because all that a case does of itself goes over one agenda

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial

from ventanilla.core.businesstime import Span
from ventanilla.core.definition.expressions import Entry, Expression, Person, Value
from ventanilla.core.definition.expressions.wording import number_text
from ventanilla.core.definition.model import (
    MAIN_TRACK,
    Branch,
    Check,
    Deadline,
    Deeds,
    Event,
    EventKind,
    NewRow,
    Opening,
    Pick,
    Procedure,
    Reactions,
    Record,
    Send,
    Step,
    StepKind,
    Track,
    Trigger,
    Who,
)
from ventanilla.core.definition.texts import Text
from ventanilla.core.engine import (
    clocks,
    outside,
    schedules,
    scores,
    standing,
    tables,
    timely,
    words,
)
from ventanilla.core.engine import facts as f
from ventanilla.core.engine.commands import SYSTEM, Performer, Wording
from ventanilla.core.engine.evolve import evolve
from ventanilla.core.engine.roster import Roster
from ventanilla.core.engine.scope import Scope, zone_of
from ventanilla.core.engine.sheets import owed_by
from ventanilla.core.engine.state import (
    ActiveStep,
    Outcome,
    State,
    Status,
    TrackStatus,
    Wake,
)

MOST_FACTS = 1_000
"""One command may set off this many facts; a procedure that wants more is going in circles."""


class Runaway(Exception):
    """A command set off more facts than any sound procedure does."""


class Run:
    """The working copy of one decision: the state so far, the facts so far, what is still to do."""

    def __init__(
        self,
        procedure: Procedure,
        state: State,
        at: datetime,
        now: datetime,
        by: Performer,
        roster: Roster | None = None,
    ) -> None:
        self.procedure = procedure
        self.state = self._before = state
        self.at = at.astimezone(UTC)
        self.now = now.astimezone(UTC)
        self.by = by
        self.unstaffed = False
        self._roster = roster
        self._clock = self.now
        self.facts: list[f.Fact] = []
        self._agenda: deque[Callable[[], None]] = deque()
        self._turns: dict[str, int] = {}
        """By track, how often the case was called away: what was still to do there is void."""

    @contextmanager
    def by_itself(self, at: datetime) -> Iterator[None]:
        """What happens within happens at an instant already past, and nobody does it."""
        before = self.at, self.now, self.by
        self.at, self.now, self.by = at, at, SYSTEM
        try:
            yield
        finally:
            self.at, self.now, self.by = before

    def tell(self, fact: f.Fact, *events: Event) -> None:
        """State a fact; the events it means wait on the agenda."""
        if len(self.facts) >= MOST_FACTS:
            raise Runaway
        self.facts.append(fact)
        self.state = evolve(self.state, fact)
        for event in events:
            self.happen(event)
        for follows in standing.facts_after(self.procedure, self.state, fact, self.at):
            self.tell(follows)
        if isinstance(fact, f.FieldsSet | f.Corrected) and (
            self.state.schedules or self.procedure.appointments
        ):
            self._tell_what_data_mean(fact)

    def _tell_what_data_mean(self, fact: f.FieldsSet | f.Corrected) -> None:
        found = timely.facts_after(self.procedure, self.state, fact, self.scope(), self.at)
        for follows, happened in tuple(found):
            self.tell(follows, *happened)

    def happen(self, event: Event) -> None:
        """Put what the event sets off on the agenda."""
        if event in self.procedure.reactions:
            self._agenda.append(partial(self._react, event))

    def settle(self) -> None:
        """Do all that is on the agenda, and close the case when nothing is left to do in it."""
        while True:
            while self._agenda:
                self._agenda.popleft()()
            if not self._end_waits() and not self._close_if_ended():
                return

    def _end_waits(self) -> bool:
        """Complete the first step whose waiting is over because of what became of the case."""
        for active in self.state.active.values():
            step = self.procedure.steps[active.step]
            if step.wait is not None and outside.is_over(self.state, step, self.scope()):
                self.complete(step, active.visit)
                return True
        return False

    def scope(self) -> Scope:
        return Scope(self.procedure, self.state, self.now, self.by)

    def holds(self, condition: Expression | None) -> bool:
        return condition is None or condition.holds(self.scope())

    # --- steps -------------------------------------------------------------------------------

    def begin(self, track: Track) -> None:
        """Begin a track at its first step."""
        self.tell(f.TrackBegun(track=track.name))
        self.go(self.procedure.steps[track.first])

    def go(self, step: Step) -> None:
        """Put entering the step on the agenda."""
        self._in_turn(step, self._enter)

    def go_aside(self, step: Step) -> None:
        """Leave whatever is active or to come in the step's track and go to the step."""
        if self.state.status is not Status.OPEN:
            return
        self.leave(step.track)
        if self.state.tracks.get(step.track) is not TrackStatus.BEGUN:
            self.tell(f.TrackBegun(track=step.track))
        self.go(step)

    def leave(self, track: str) -> None:
        """End every visit of a track without completing it; what was to come there is void."""
        self._turns[track] = self._turns.get(track, 0) + 1
        for active in list(self.state.active.values()):
            if self.procedure.steps[active.step].track == track:
                self.leave_step(active)

    def leave_step(self, active: ActiveStep) -> None:
        """End one visit without completing it; its own clock is dropped."""
        self.tell(f.StepLeft(step=active.step, visit=active.visit, at=self.at))
        self.drop_clock_of(active.step)

    def complete(self, step: Step, visit: int, checked: tuple[str, ...] = (), by: str = "") -> None:
        """End a visit by doing it, and move on along the first branch that holds."""
        self.tell(
            f.StepDone(step=step.name, visit=visit, at=self.at, checked=checked, by=by),
            Event(EventKind.DONE, step.name),
        )
        self._in_turn(step, self._move_on)

    def _in_turn(self, step: Step, what: Callable[[Step], None]) -> None:
        """Put something on the agenda that is void once the case is called away in that track."""
        turn = self._turns.get(step.track)

        def unless_called_away() -> None:
            if self._turns.get(step.track) == turn:
                what(step)

        self._agenda.append(unless_called_away)

    def take(self, step: Step, branch: Branch) -> None:
        """Follow a branch out of a step."""
        if branch.go is not None:
            self.go(self.procedure.steps[branch.go])
            return
        self.tell(f.TrackEnded(track=step.track, result=branch.end or ""))

    def _enter(self, step: Step) -> None:
        if self.state.status is not Status.OPEN:
            return
        if step.skip_if is not None and self.holds(step.skip_if):
            self.tell(f.StepSkipped(step=step.name))
            self._move_on(step)
            return
        asks = step.check.connector if step.check is not None else ""
        visit = self.visit(step, Event(EventKind.ENTERED, step.name), asks=asks)
        if step.check is not None:
            self._ask(step, step.check, visit)
        if timely.is_over(step, self.procedure, self.state, self.scope()):
            self.complete(step, visit)
            return
        if step.kind in (StepKind.TASK, StepKind.APPROVE, StepKind.CHECK):
            return
        self._do_by_itself(step)
        if step.wait is None:
            self.complete(step, visit)

    def _ask(self, step: Step, check: Check, visit: int) -> None:
        asked = outside.question(self.procedure, self.state, step, check, visit, self.scope())
        if asked is None:
            self.ask_people(step, visit, "incomplete")
        elif outside.stands(self.state, asked):
            self.complete(step, visit)
        else:
            self.tell(asked)

    def ask_people(self, step: Step, visit: int, reason: str) -> None:
        """The connector does not answer: whoever stands in for it is asked the same."""
        told = f.Unanswered(step=step.name, visit=visit, reason=reason, at=self.at)
        self.tell(told, Event(EventKind.UNANSWERED, step.name))
        self.visit(step)

    def open_case(self, opening: Opening | None) -> None:
        """Owe a case of another procedure."""
        if opening is not None:
            self.tell(outside.case_owed(self.state, opening, self.scope()))

    def visit(self, step: Step, *events: Event, asks: str = "") -> int:
        """Begin a visit to a step, for whoever owes it now."""
        if step.approve is not None:
            self.set({step.approve.verdict: None, step.approve.reason: None})
        visit = self.state.visits.get(step.name, 0) + 1
        self.tell(
            f.StepEntered(
                step=step.name,
                visit=visit,
                at=self.at,
                assignee="" if asks else self.assignee(owed_by(step, self.state)),
                wakes=self._wakes(step, asks=bool(asks)),
                asks=asks,
            ),
            *events,
        )
        return visit

    def _do_by_itself(self, step: Step) -> None:
        self.open_case(step.open)
        if step.decide is not None:
            self.decide(step.decide)
        if step.score is not None:
            self.score(step.score)
        if step.record is not None:
            self.record(step.record)
        if step.send is not None:
            self.send(step.send)

    def _move_on(self, step: Step) -> None:
        if self.state.tracks.get(step.track) is not TrackStatus.BEGUN:
            return
        for branch in step.next:
            if self.holds(branch.condition):
                self.take(step, branch)
                return

    def assignee(self, who: Who | None) -> str:
        """The person whom the step's ``who`` names by a field, else whom it picks, if any."""
        person = self.scope()[who.person] if who is not None and who.person is not None else None
        if isinstance(person, Person):
            return person.key
        if who is None or who.pick is Pick.QUEUE:
            return ""
        if self._roster is None:
            self.unstaffed = True
            return ""
        office = str(who.office.evaluate(self.scope()) or "") if who.office else self.state.office
        return self._roster.pick(
            who.pick, who.role, office, self._hands_of(who.role), self._freed()
        )

    def _freed(self) -> Iterator[str]:
        """Whose tasks this decision has ended."""
        for key, active in self._before.active.items():
            if active.assignee and key not in self.state.active:
                yield active.assignee

    def _hands_of(self, role: str) -> Iterator[str]:
        """Who did the tasks of a role in this case, the latest last."""
        for step, person in self.state.hands.items():
            owed = self.procedure.steps[step].who if step in self.procedure.steps else None
            if owed is not None and owed.role == role:
                yield person

    def _wakes(self, step: Step, *, asks: bool) -> tuple[Wake, ...]:
        """What happens by itself at a visit. A connector has its time from now, whenever it was."""
        calendar = clocks.calendar_of(self.procedure, self.state.office, None)
        wait = step.wait
        if asks and step.check is not None:
            return clocks.patience(calendar, step.check, max(self.at, self._clock))
        if wait is None:
            return ()
        date = wait.at.evaluate(self.scope()) if wait.at is not None else None
        return clocks.wakes(
            calendar, wait, self.at, clocks.instant_of(calendar, date) if date else None
        )

    # --- what steps, actions and rules do ------------------------------------------------------

    def set(self, values: dict[str, Value]) -> None:
        """Write values into the fields; what does not change is no fact."""
        changed = {k: v for k, v in values.items() if self.state.fields.get(k) != v}
        if changed:
            self.tell(
                f.FieldsSet(values=changed), *(Event(EventKind.SET, name) for name in changed)
            )

    def record(self, record: Record, ref: str = "") -> None:
        """Write to the party what a step or rule says; without a party nothing is written."""
        if not self.holds(record.condition):
            return
        scope = self.scope()
        values = {name: expression.evaluate(scope) for name, expression in record.attributes}
        self.record_values(values, record.lifecycle or "", ref)
        self.record_care(record, scope)

    def record_care(self, record: Record, scope: Scope) -> None:
        """Entrust the party to somebody, and count what it took part in, as the record says."""
        party = self.state.party
        if party is None:
            return
        if record.executive is not None:
            person = record.executive.evaluate(scope)
            executive = person if isinstance(person, Person) else None
            if executive != party.executive:
                self.tell(f.Entrusted(ref=party.ref, executive=executive))
        if record.activity is not None:
            today = self.at.astimezone(zone_of(self.procedure, self.state.office)).date()
            on = record.activity.on.evaluate(scope) if record.activity.on is not None else None
            day = on if isinstance(on, date) else today
            self.tell(f.ActivityCounted(ref=party.ref, kind=record.activity.kind, on=day))

    def record_values(self, values: dict[str, Value], lifecycle: str, ref: str = "") -> None:
        """Write attributes and a state to the party; one not known yet gets the reference."""
        party = self.state.party
        target = party.ref if party else ref
        if not target:
            return
        known = party.attributes if party else {}
        changed = {k: v for k, v in values.items() if known.get(k) != v}
        moved = lifecycle if lifecycle != (party.lifecycle if party else "") else ""
        if changed or moved or party is None:
            self.tell(f.PartyRecorded(ref=target, attributes=changed, lifecycle=moved))

    def send(
        self,
        send: Send,
        wording: Wording | None = None,
        person: bool = False,
        instead_of: str = "",
    ) -> None:
        """Owe a message; one that has nowhere to go by itself is told as impossible."""
        via = wording.via if wording else ""
        template = words.draft(self.procedure, self.state, send, self.scope(), via)
        final = words.adapted(template, wording)
        if not final.to:
            self.tell(f.MessageImpossible(message=send.message, reason="no_address"))
            return
        count = self.state.messages.get(send.message, 0) + 1
        self.tell(
            f.MessageOwed(
                key=f"{send.message}#{count}",
                message=send.message,
                digest=final.digest,
                via=final.via,
                to=final.to,
                subject=final.subject,
                body=final.body,
                adapted=final != template,
                automatic=not person,
                attachments=wording.attachments if wording else (),
                instead_of=instead_of,
            ),
            Event(EventKind.SENT, send.message),
        )

    def decide(self, name: str) -> None:
        """Read a decision table and write what it answers into the fields."""
        table = self.procedure.tables[name]
        rows = tables.matching(table, self.scope())
        self.tell(f.TableRead(table=name, rows=tuple(row.key for row in rows)))
        self.set(tables.outputs(table, rows))

    def score(self, name: str) -> None:
        """Sum up a questionnaire and write what it comes to into the fields."""
        questionnaire = self.procedure.questionnaires[name]
        found = scores.score(self.procedure, questionnaire, self.scope())
        points = "" if found.points is None else number_text(found.points)
        self.tell(f.Scored(questionnaire=name, points=points, band=found.band or ""))
        self.set(scores.results(questionnaire, found))

    # --- reactions -----------------------------------------------------------------------------

    def _react(self, event: Event) -> None:
        reactions = self._reactions(event)
        self._change_clocks(reactions)
        self._change_schedules(reactions)
        for track, trigger in reactions.track_stops:
            if self.holds(trigger.condition):
                self.cancel_track(track.name)
        for track, trigger in reactions.track_starts:
            self._start_track(track, trigger)
        for rule in reactions.rules:
            if self.holds(rule.on.condition):
                self.carry_out(rule.do)

    def _change_clocks(self, reactions: Reactions) -> None:
        for deadline, trigger in reactions.drops:
            if deadline.name in self.state.running and self.holds(trigger.condition):
                self._drop_clock(deadline.name)
        for deadline, trigger in reactions.stops:
            if deadline.name in self.state.running and self.holds(trigger.condition):
                self._end_clock(deadline.name)
        for deadline, trigger in reactions.drops:
            if deadline.name in self.state.running and self.holds(trigger.condition):
                self._drop_clock(deadline.name)
        for deadline, trigger in reactions.starts:
            self._start_clock(deadline, trigger)

    def _change_schedules(self, reactions: Reactions) -> None:
        for schedule, trigger in reactions.schedule_stops:
            if schedule.name in self.state.schedules and self.holds(trigger.condition):
                self.end_schedule(schedule.name, f.ScheduleEnd.UNTIL)
        for schedule, trigger in reactions.schedule_starts:
            if timely.may_start(schedule, self.state) and self.holds(trigger.condition):
                beat = schedules.first_beat(
                    self.procedure, schedule, self.state, self.scope(), self.at
                )
                self.tell(f.ScheduleStarted(name=schedule.name, at=self.at, beat=beat))

    def end_schedule(self, name: str, why: f.ScheduleEnd) -> None:
        """End a schedule that is under way."""
        self.tell(f.ScheduleEnded(name=name, why=why, at=self.at))

    def repeat(self, name: str) -> None:
        """Do what a schedule does when its time has come, and look for the next."""
        schedule, running = self.procedure.schedules[name], self.state.schedules[name]
        holds = self.holds(schedule.condition)
        beat = schedules.following_beat(
            self.procedure, schedule, self.state, self.scope(), running.beat
        )
        events = (Event(EventKind.REPEATED, name),) if holds else ()
        self.tell(f.ScheduleFired(name=name, due_at=self.at, beat=beat, skipped=not holds), *events)
        if schedule.times is not None and running.done + 1 >= schedule.times:
            self.end_schedule(name, f.ScheduleEnd.TIMES)
        if holds:
            self.carry_out(schedule.do)

    def _reactions(self, event: Event) -> Reactions:
        return self.procedure.reactions.get(event) or Reactions()

    def _start_clock(self, deadline: Deadline, trigger: Trigger) -> None:
        if self.state.status is not Status.OPEN or not self.holds(trigger.condition):
            return
        if deadline.name in self.state.running:
            if not deadline.restart:
                return
            self._drop_clock(deadline.name)
        since = None
        if deadline.since is not None:
            calendar = clocks.calendar_of(self.procedure, self.state.office, deadline.calendar)
            since = clocks.instant_of(calendar, deadline.since.evaluate(self.scope()))
        term = self._term(deadline)
        clock = clocks.start(self.procedure, deadline, self.state.office, self.at, since, term)
        self.tell(clock)
        if clock.due_at is not None and clock.due_at <= self.at:
            self._be_late(deadline.name, clock.due_at)

    def _term(self, deadline: Deadline) -> Span | None:
        """The time given instead of what the procedure says: as agreed, else as valued."""
        scope = self.scope()
        agreed = scope[f"agreement.{deadline.agreement}"] if deadline.agreement else None
        valued = deadline.term.evaluate(scope) if deadline.term is not None else None
        found = (one for one in (agreed, valued) if isinstance(one, Span))
        return next(found, None)

    def _start_track(self, track: Track, trigger: Trigger) -> None:
        begun = self.state.tracks.get(track.name) is TrackStatus.BEGUN
        if begun or track.name == MAIN_TRACK or self.state.status is not Status.OPEN:
            return
        if self.holds(trigger.condition):
            self.begin(track)

    def carry_out(self, deeds: Deeds) -> None:
        """Do what follows by itself from an event."""
        scope = self.scope()
        self.set({name: expression.evaluate(scope) for name, expression in deeds.set})
        self.add_rows(deeds.add)
        if deeds.record is not None:
            self.record(deeds.record)
        if deeds.send is not None:
            self.send(deeds.send)
        self.note(deeds.note)
        self.open_case(deeds.open)
        if deeds.cancel_track is not None:
            self.cancel_track(deeds.cancel_track)
        if deeds.go is not None:
            self.go_aside(self.procedure.steps[deeds.go])

    def add_rows(self, rows: tuple[NewRow, ...]) -> None:
        """Add a row to each repeating group named."""
        scope = self.scope()
        for row in rows:
            cells = tuple((name, one.evaluate(scope)) for name, one in row.cells)
            before = self.state.fields.get(row.field)
            kept = before if isinstance(before, tuple) else ()
            self.set({row.field: (*kept, Entry(cells=cells))})

    def note(self, text: Text | None) -> None:
        """Note a text with its merge fields filled; an empty one is no note."""
        words = text.render(self.scope()).strip() if text is not None else ""
        if words:
            self.tell(f.Noted(text=words, at=self.at))

    def cancel_track(self, name: str) -> None:
        """Stop a track that is under way."""
        if self.state.tracks.get(name) is TrackStatus.BEGUN:
            self.leave(name)
            self.tell(f.TrackEnded(track=name))

    def end_main(self, result: str) -> None:
        """End the main track from wherever it is."""
        self.leave(MAIN_TRACK)
        if self.state.tracks.get(MAIN_TRACK) is TrackStatus.BEGUN:
            self.tell(f.TrackEnded(track=MAIN_TRACK, result=result))

    def _end_clock(self, name: str) -> None:
        clock = self.state.running[name]
        if clock.due_at is None or self.at < clock.due_at:
            met = f.DeadlineEnded(name=name, outcome=Outcome.MET, at=self.at)
            self.tell(met, Event(EventKind.MET, name))
            return
        if not clock.late:
            self._be_late(name, clock.due_at)
        self.tell(f.DeadlineEnded(name=name, outcome=Outcome.MET_LATE, at=self.at))

    def _be_late(self, name: str, due_at: datetime) -> None:
        self.tell(f.DeadlineLate(name=name, due_at=due_at), Event(EventKind.LATE, name))

    def _drop_clock(self, name: str) -> None:
        self.tell(f.DeadlineEnded(name=name, outcome=Outcome.DROPPED, at=self.at))

    def drop_clock_of(self, step: str) -> None:
        """Drop the clock that a step has of its own."""
        for name in sorted(self.state.running):
            if self.procedure.deadlines[name].step == step:
                self._drop_clock(name)

    # --- the end -------------------------------------------------------------------------------

    def _close_if_ended(self) -> bool:
        begun = any(status is TrackStatus.BEGUN for status in self.state.tracks.values())
        if self.state.status is not Status.OPEN or begun:
            return False
        self.close()
        return True

    def drop_clocks(self) -> None:
        """Drop every clock that still runs."""
        for name in sorted(self.state.running):
            self._drop_clock(name)

    def close(self) -> None:
        """Close the case with the result of its main track; clocks that ran past it are dropped."""
        for deadline, trigger in self._reactions(Event(EventKind.CLOSED)).stops:
            if deadline.name in self.state.running and self.holds(trigger.condition):
                self._end_clock(deadline.name)
        self.drop_clocks()
        self.tell(f.Closed(result=self.state.result, at=self.at), Event(EventKind.CLOSED))
