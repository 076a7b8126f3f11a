"""How a case flows: what each fact sets off, until everything rests on a person or on time.

A ``Run`` is the working copy of one decision (``working``) with all that its agenda brings about,
in order: clocks stop before clocks start, then tracks, then rules, then the next step.
"""

from collections.abc import Callable

from ventanilla.core.definition.expressions.wording import number_text
from ventanilla.core.definition.model import (
    MAIN_TRACK,
    Branch,
    Check,
    Deeds,
    Event,
    EventKind,
    Opening,
    Reactions,
    Send,
    Step,
    StepKind,
    Track,
    Trigger,
)
from ventanilla.core.engine import (
    clocks,
    outside,
    schedules,
    scores,
    tables,
    timely,
    words,
)
from ventanilla.core.engine import facts as f
from ventanilla.core.engine.commands import Wording
from ventanilla.core.engine.sheets import owed_by
from ventanilla.core.engine.state import (
    ActiveStep,
    Status,
    TrackStatus,
    Wake,
)
from ventanilla.core.engine.working import Working


class Run(Working):
    """One decision from its command until everything rests."""

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

    # --- the end -------------------------------------------------------------------------------

    def _close_if_ended(self) -> bool:
        begun = any(status is TrackStatus.BEGUN for status in self.state.tracks.values())
        if self.state.status is not Status.OPEN or begun:
            return False
        self.close()
        return True

    def close(self) -> None:
        """Close the case with the result of its main track; clocks that ran past it are dropped."""
        for deadline, trigger in self._reactions(Event(EventKind.CLOSED)).stops:
            if deadline.name in self.state.running and self.holds(trigger.condition):
                self._end_clock(deadline.name)
        self.drop_clocks()
        self.tell(f.Closed(result=self.state.result, at=self.at), Event(EventKind.CLOSED))
