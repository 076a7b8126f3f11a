"""Cases of any procedure: whatever may come to them, in any order, driven by a source of luck."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from ventanilla.core.businesstime import Span, Unit
from ventanilla.core.definition.expressions import Entry, GeoPoint, Identity, Person, Value
from ventanilla.core.definition.model import Action, Field, FieldType, Procedure, Step
from ventanilla.core.engine import facts as f
from ventanilla.core.engine.commands import (
    SYSTEM,
    Accepted,
    Act,
    Assign,
    Cancel,
    Command,
    Complete,
    Correct,
    Decision,
    Note,
    Open,
    Performer,
    PerformerKind,
    Receive,
    Reopen,
    Tick,
)
from ventanilla.core.engine.decide import decide
from ventanilla.core.engine.state import NEW, Sender, State, Status, next_wake

START = datetime(2026, 3, 16, 15, 0, tzinfo=UTC)
PARTY = Performer(kind=PerformerKind.PARTY, id="party")
JUMPS = (0, 0, 1, 45, 300, 1440, 4320, 30_000)
"""Minutes that may pass between two commands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """What was commanded when, and what it came to."""

    command: Command
    now: datetime
    before: State
    decision: Decision


@dataclass(slots=True, repr=False)
class AnyLife:
    """A case of a procedure, with everything that was tried on it."""

    procedure: Procedure
    rng: Random
    now: datetime = START
    state: State = NEW
    tried: list[Entered] = field(default_factory=list)

    def tell(self, command: Command, by: Performer = SYSTEM) -> Decision:
        decision = decide(self.procedure, self.state, command, now=self.now, by=by)
        self.tried.append(
            Entered(command=command, now=self.now, before=self.state, decision=decision)
        )
        if isinstance(decision, Accepted):
            self.state = decision.state
        return decision

    def __repr__(self) -> str:
        """What was tried, for whoever reads a failure."""
        tried = "\n".join(f"  {one.now:%d %H:%M} {one.command}" for one in self.tried)
        return f"{self.procedure.code}:\n{tried}"

    @property
    def accepted(self) -> list[tuple[f.Fact, ...]]:
        return [one.decision.facts for one in self.tried if isinstance(one.decision, Accepted)]


def live(procedure: Procedure, rng: Random, commands: int = 25) -> AnyLife:
    """Open a case and let so many things happen to it."""
    life = AnyLife(procedure, rng)
    life.tell(_opening(procedure, rng, life.now))
    for _ in range(commands):
        if rng.random() < 0.2:
            life.now = max(life.now, next_wake(life.state) or life.now)
        else:
            life.now += timedelta(minutes=rng.choice(JUMPS))
        command = any_command(life)
        life.tell(command, performer(procedure, command, rng))
    return life


def performer(procedure: Procedure, command: Command, rng: Random) -> Performer:
    """Most often somebody who may do anything."""
    if isinstance(command, Receive):
        return PARTY
    roles = frozenset((role, None) for role in procedure.roles)
    person = rng.choice(["alma", "julio", "nora"])
    if rng.random() < 0.1:
        roles = frozenset()
    return Performer(kind=PerformerKind.PERSON, id=person, name=person.title(), roles=roles)


def any_command(life: AnyLife) -> Command:
    """Something that may come to the case as it stands."""
    rng, state = life.rng, life.state
    at = life.now - timedelta(minutes=rng.choice([0, 0, 0, 0, 30, 3000]))
    if state.status is Status.CLOSED and rng.random() < 0.5:
        again: tuple[Command, ...] = (Reopen(reason="Sigue", happened_at=at), _receive(rng, at))
        return rng.choice(again)
    chance = rng.random()
    if state.active and chance < 0.6:
        return _completing(life, at)
    if life.procedure.actions and chance < 0.75:
        return _acting(life, at)
    return _other(life, at)


def _other(life: AnyLife, at: datetime) -> Command:
    rng, fields = life.rng, life.procedure.fields
    name = rng.choice(sorted(fields)) if fields else ""
    found: list[Command] = [
        _receive(rng, at),
        _receive(rng, at),
        Tick(),
        Note(text="Algo", happened_at=at),
        Assign(task=next(iter(life.state.active), "x#1"), assignee=rng.choice(["", "alma"])),
        Correct(
            values={name: any_value(fields[name], rng)} if name else {},
            reason=rng.choice(["Error", ""]),
            happened_at=at,
        ),
        Cancel(reason=rng.choice(["", "", "No va"]), happened_at=at),
    ]
    return rng.choice(found)


def _opening(procedure: Procedure, rng: Random, at: datetime) -> Open:
    channel = rng.choice(sorted(procedure.channels))
    return Open(
        number="2026-00001",
        channel=channel,
        office=procedure.channels[channel].office,
        happened_at=at - timedelta(minutes=rng.choice([0, 0, 90])),
        subject="Consulta",
        sender=Sender(name="Ana Solís", email="ana@cliente.example", phone="+51 1 555 0107"),
        message=rng.choice(["", "m0"]),
    )


def _receive(rng: Random, at: datetime) -> Receive:
    files = rng.choice([(), ("uno.pdf",), ("uno.pdf", "dos.jpg")])
    return Receive(message="m1", happened_at=at, files=files, robot=rng.random() < 0.1)


def _completing(life: AnyLife, at: datetime) -> Complete:
    task = life.rng.choice(list(life.state.active))
    step = life.procedure.steps[task.partition("#")[0]]
    return Complete(
        task=task,
        happened_at=at,
        values=_answers(life, step),
        checked=tuple(item.key for item in step.do),
        new_party="nuevo-1",
    )


def _acting(life: AnyLife, at: datetime) -> Act:
    action = life.procedure.actions[life.rng.choice(sorted(life.procedure.actions))]
    return Act(
        action=action.name,
        happened_at=at,
        values=_answers(life, action),
        checked=tuple(item.key for item in action.do),
        new_party="nuevo-1",
    )


def _answers(life: AnyLife, part: Step | Action) -> dict[str, Value]:
    """An answer to most of what is asked; now and then of the wrong kind."""
    found: dict[str, Value] = {}
    for ask in part.ask:
        if life.rng.random() < 0.92:
            found[ask.field] = any_value(life.procedure.fields[ask.field], life.rng)
    if found and life.rng.random() < 0.03:
        found[next(iter(found))] = life.rng.choice([10**30, ("a", 1), Decimal("NaN"), "\ud800"])
    return found


def any_value(of: Field, rng: Random) -> Value:
    """A value that the field may hold."""
    return _VALUES[of.type](of, rng)


def _day(rng: Random) -> date:
    return date(2026, 3, 1) + timedelta(days=rng.randint(0, 120))


def _choice(of: Field, rng: Random) -> Value:
    return rng.choice(of.options).value if of.options else None


def _choices(of: Field, rng: Random) -> Value:
    some = rng.sample(of.options, min(len(of.options), rng.randint(0, 2)))
    return tuple(option.value for option in some)


def _rows(of: Field, rng: Random) -> Value:
    cells = tuple((column.name, any_value(column, rng)) for column in of.columns)
    return rng.choice([(), (Entry(cells=cells),)])


def _instant(_of: Field, rng: Random) -> Value:
    return datetime.combine(_day(rng), time(rng.randint(0, 23), 30), tzinfo=UTC)


def _one_of(*values: Value) -> Callable[[Field, Random], Value]:
    return lambda _of, rng: rng.choice(values)


_WORDS = _one_of("Ana", "", "ñandú\nsí")
_VALUES: Mapping[FieldType, Callable[[Field, Random], Value]] = {
    FieldType.TEXT: _WORDS,
    FieldType.LONGTEXT: _WORDS,
    FieldType.INTEGER: _one_of(*range(10)),
    FieldType.DECIMAL: _one_of(*(Decimal(number) / 4 for number in range(0, 900, 7))),
    FieldType.BOOLEAN: _one_of(True, False),
    FieldType.CHOICE: _choice,
    FieldType.CHOICES: _choices,
    FieldType.DATE: lambda _of, rng: _day(rng),
    FieldType.DATETIME: _instant,
    FieldType.DURATION: _one_of(*(Span(amount=3, unit=unit) for unit in Unit)),
    FieldType.EMAIL: _one_of("ana@cliente.example"),
    FieldType.EMAILS: _one_of((), ("ana@cliente.example",)),
    FieldType.PHONE: _one_of("+51 1 555 0107"),
    FieldType.URL: _one_of("https://cliente.example"),
    FieldType.IDENTITY: lambda of, rng: Identity(kind=rng.choice(of.kinds), number="12345678"),
    FieldType.FILES: _one_of((), ("uno.pdf",)),
    FieldType.TABLE: _rows,
    FieldType.GEO_POINT: _one_of(GeoPoint(latitude=Decimal("-12.05"), longitude=Decimal("-77.04"))),
    FieldType.PERSON: _one_of(Person(key="alma", name="Alma"), Person(key="julio", name="Julio")),
}
