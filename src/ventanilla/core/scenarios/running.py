"""Running a scenario: what happens is done on a virtual clock, what must be so is looked at."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from ventanilla.core.businesstime import BeyondHorizon, due
from ventanilla.core.definition.nodes import Mark
from ventanilla.core.engine.commands import SYSTEM, Accepted, Refused, Tick
from ventanilla.core.engine.facts import MessageReceived
from ventanilla.core.engine.state import next_wake
from ventanilla.core.scenarios import model as m
from ventanilla.core.scenarios.cast import Cast, acting
from ventanilla.core.scenarios.commanding import Order, order
from ventanilla.core.scenarios.driver import Driver, Setting
from ventanilla.core.scenarios.journal import Journal, JournalEntry, tell_refusal
from ventanilla.core.scenarios.looking import Scene, look


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """An expectation that did not hold, or something turned down that nobody expected to be.

    ``what`` names the thing looked at (``deadlines.datos``); ``so_far`` is how many entries the
    journal had then.
    """

    mark: Mark
    what: str
    expected: str
    actual: str
    so_far: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a scenario."""

    scenario: m.Scenario
    failures: tuple[Failure, ...]
    journal: Journal

    @property
    def green(self) -> bool:
        return not self.failures


def run_scenario(scenario: m.Scenario, driver: Driver) -> Outcome:
    """Run it to its end, whatever fails on the way."""
    driver.begin(
        Setting(
            procedure=scenario.procedure,
            start=scenario.start,
            people=scenario.people,
            parties=scenario.parties,
            absences=scenario.absences,
            replies=scenario.replies,
        )
    )
    running = _Running(scenario, driver)
    steps = scenario.steps
    for step, following in zip(steps, (*steps[1:], None), strict=True):
        if isinstance(step, m.Expects):
            running.expect(step)
        else:
            running.happen(step)
            expected = isinstance(following, m.Expects) and following.refusal is not None
            running.settle(step.mark, may_be_refused=expected)
    return Outcome(
        scenario=scenario, failures=tuple(running.failures), journal=tuple(running.journal)
    )


class _Running:
    """The virtual clock, the journal so far, and what the last command was told."""

    def __init__(self, scenario: m.Scenario, driver: Driver) -> None:
        self.failures: list[Failure] = []
        self.journal: list[JournalEntry] = []
        self._scenario = scenario
        self._driver = driver
        self._calendar = driver.procedure.calendars[scenario.calendar]
        self._now = scenario.start
        self._refused: Refused | None = None
        self._messages = 0
        self._files: dict[str, str] = {}

    def expect(self, step: m.Expects) -> None:
        scene = Scene(
            cast=self._cast(),
            journal=tuple(self.journal),
            refused=self._refused,
            now=self._now,
            zone=ZoneInfo(self._calendar.zone),
            files=self._files,
        )
        for expectation in step.expectations:
            found = look(scene, expectation)
            if found is not None:
                self._fail(expectation.mark, found.what, found.expected, found.actual)

    def happen(self, step: m.Happening) -> None:
        self._refused = None
        if isinstance(step, m.Waits):
            self._wait(step)
            return
        self._perform(order(step, self._cast(), self._now, self._messages))
        if isinstance(step, m.Opens | m.Receives):
            self._messages += 1
            self._recognise(step.files)

    def _recognise(self, names: tuple[str, ...]) -> None:
        """Keep what the driver calls the files that came, in the order in which they are named."""
        for fact in self.journal[-1].facts:
            if isinstance(fact, MessageReceived):
                self._files |= zip(fact.files, names, strict=False)

    def settle(self, mark: Mark, *, may_be_refused: bool) -> None:
        """Tell what was turned down unexpectedly; else do what is due by itself at once."""
        if self._refused is not None:
            if not may_be_refused:
                self._fail(mark, "step", "accepted", f"refused {tell_refusal(self._refused)}")
            return
        at = next_wake(self._driver.state)
        if at is not None and at <= self._now:
            self._tick(mark)

    def _wait(self, step: m.Waits) -> None:
        """Let time pass; what falls due on the way happens at its own instant, in order."""
        end = step.until
        if step.span is not None:
            found = due(self._calendar, self._now, step.span)
            end = None if isinstance(found, BeyondHorizon) else found
        if end is None or end < self._now:
            self._fail(step.mark, "wait", "an instant to come", "past, or beyond the calendar")
            return
        while (at := next_wake(self._driver.state)) is not None and at <= end:
            self._now = max(self._now, at)
            if not self._tick(step.mark):
                break
        self._now = end

    def _tick(self, mark: Mark) -> bool:
        self._perform(Order(command=Tick(), by=SYSTEM))
        refused, self._refused = self._refused, None
        if refused is not None:
            self._fail(mark, "tick", "accepted", f"refused {tell_refusal(refused)}")
        return refused is None

    def _perform(self, wanted: Order) -> None:
        people, absences = self._scenario.people, self._scenario.absences
        decision = wanted.unreadable or self._driver.perform(
            wanted.command,
            now=self._now,
            by=acting(wanted.by, people, absences, self._now),
            party=wanted.party,
        )
        facts = decision.facts if isinstance(decision, Accepted) else ()
        self._refused = decision if isinstance(decision, Refused) else None
        if isinstance(wanted.command, Tick) and not facts and self._refused is None:
            return
        self.journal.append(
            JournalEntry(
                command=type(wanted.command).__name__.lower(),
                subject=wanted.subject,
                by=wanted.by,
                happened_at=getattr(wanted.command, "happened_at", self._now),
                recorded_at=self._now,
                facts=facts,
                refused=self._refused,
            )
        )

    def _cast(self) -> Cast:
        return Cast(
            procedure=self._driver.procedure,
            people=self._scenario.people,
            state=self._driver.state,
        )

    def _fail(self, mark: Mark, what: str, expected: str, actual: str) -> None:
        self.failures.append(
            Failure(
                mark=mark, what=what, expected=expected, actual=actual, so_far=len(self.journal)
            )
        )
