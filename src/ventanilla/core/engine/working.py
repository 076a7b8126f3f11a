"""The working copy of one decision: facts are told to it, and each is folded in at once.

What a fact sets off waits on an agenda; here is what data, people and clocks mean by themselves.
"""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial

from ventanilla.core.businesstime import Span
from ventanilla.core.definition.expressions import Entry, Expression, Person, Value
from ventanilla.core.definition.model import (
    Deadline,
    Event,
    EventKind,
    NewRow,
    Pick,
    Procedure,
    Reactions,
    Record,
    Trigger,
    Who,
)
from ventanilla.core.definition.texts import Text
from ventanilla.core.engine import (
    clocks,
    standing,
    timely,
)
from ventanilla.core.engine import facts as f
from ventanilla.core.engine.commands import SYSTEM, Performer
from ventanilla.core.engine.evolve import evolve
from ventanilla.core.engine.roster import Roster
from ventanilla.core.engine.scope import Scope, zone_of
from ventanilla.core.engine.state import (
    Outcome,
    State,
    Status,
)

MOST_FACTS = 1_000
"""One command may set off this many facts; a procedure that wants more is going in circles."""


class Runaway(Exception):
    """A command set off more facts than any sound procedure does."""


class Working:
    """The state so far, the facts so far, and what is still to do."""

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

    def _react(self, event: Event) -> None:
        """What an event sets off; whoever runs the case says."""
        raise NotImplementedError

    def _reactions(self, event: Event) -> Reactions:
        return self.procedure.reactions.get(event) or Reactions()

    def scope(self) -> Scope:
        return Scope(self.procedure, self.state, self.now, self.by)

    def holds(self, condition: Expression | None) -> bool:
        return condition is None or condition.holds(self.scope())

    # --- people ----------------------------------------------------------------------------------

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

    # --- data ------------------------------------------------------------------------------------

    def set(self, values: dict[str, Value]) -> None:
        """Write values into the fields; what does not change is no fact."""
        changed = {k: v for k, v in values.items() if self.state.fields.get(k) != v}
        if changed:
            self.tell(
                f.FieldsSet(values=changed), *(Event(EventKind.SET, name) for name in changed)
            )

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

    # --- clocks ----------------------------------------------------------------------------------

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

    def drop_clocks(self) -> None:
        """Drop every clock that still runs."""
        for name in sorted(self.state.running):
            self._drop_clock(name)
