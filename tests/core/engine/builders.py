"""Small procedures from text, a cast, and a case that is moved by commands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from json import dumps, loads
from textwrap import dedent
from typing import Any

from ventanilla.core.definition.expressions import Value
from ventanilla.core.definition.model import Procedure
from ventanilla.core.definition.problems import Severity
from ventanilla.core.engine import facts as f
from ventanilla.core.engine.codec import read_facts, write_facts
from ventanilla.core.engine.commands import (
    SYSTEM,
    Accepted,
    Act,
    Command,
    Complete,
    Decision,
    Open,
    Performer,
    PerformerKind,
    Receive,
    Refused,
    Tick,
    Wording,
)
from ventanilla.core.engine.decide import decide
from ventanilla.core.engine.evolve import fold
from ventanilla.core.engine.state import NEW, PartyView, Sender, State
from ventanilla.core.engine.state_codec import read_state, write_state
from ventanilla.packs.reader import PackFiles, compile_pack

PACK = """
organization: {slug: prueba, name: Prueba}
calendars:
  centro: {country: PE, hours: {mon-fri: ["09:00-18:00"]}}
  norte: {country: CL, hours: {mon-fri: ["08:00-12:00"]}}
offices:
  centro: {title: Centro, calendar: centro, phone: "+51 1 555 0100"}
  norte: {title: Norte, calendar: norte}
roles:
  agente: {title: Agente}
  jefe: {title: Jefe}
channels:
  email: {office: centro, address: casos@prueba.example, opens: PR-1}
  desk: {office: centro, opens: PR-1}
  phone: {office: centro, opens: PR-1}
party:
  attributes:
    name: {type: text, label: Nombre}
    email: {type: email, label: Correo}
    phone: {type: phone, label: Teléfono}
    city: {type: text, label: Ciudad, personal: false}
  lifecycle:
    states: [nuevo, activo, antiguo]
    computed: [{state: antiguo, if: "years(party.last_activity, today) >= 3"}]
  registered: [activo]
  executive: agente
  activities: {feria: Feria, charla: {title: Charla, counts: false}}
agreements:
  plazo: {type: duration, label: Plazo}
  credito: {type: text, label: Crédito, set_by: jefe}
"""
HEAD = {"code": "PR-1", "title": "Prueba", "version": "1", "owner": "jefe"}

MONDAY_TEN = datetime(2026, 3, 16, 15, 0, tzinfo=UTC)
"""Monday 16 March 2026, ten in the morning in Lima, which is five hours behind UTC all year."""

AGENT = Performer(
    kind=PerformerKind.PERSON,
    id="alma",
    name="Alma Ríos",
    phone="+51 1 555 0101",
    email="alma@prueba.example",
    roles=frozenset({("agente", "centro")}),
)
CHIEF = Performer(
    kind=PerformerKind.PERSON, id="julio", name="Julio Paz", roles=frozenset({("jefe", None)})
)
FAR_AGENT = Performer(
    kind=PerformerKind.PERSON, id="nora", name="Nora Gil", roles=frozenset({("agente", "norte")})
)
OUTSIDER = Performer(kind=PerformerKind.PERSON, id="otto", name="Otto Luz")
PARTY = Performer(kind=PerformerKind.PARTY, id="party")
WRITER = Sender(name="Ana Solís", email="ana@cliente.example")


def procedure(
    text: str,
    messages: Mapping[str, str] | None = None,
    sheets: Mapping[str, str] | None = None,
) -> Procedure:
    """Compile a procedure of which only what matters to the test is written."""
    written = dedent(text)
    given = {line.partition(":")[0] for line in written.splitlines() if line[:1].isalpha()}
    head = "\n".join(f"{key}: {value}" for key, value in HEAD.items() if key not in given)
    files = {"pack.yaml": PACK, "procedures/prueba.yaml": f"{head}\n{written}"}
    for name, letter in (messages or {}).items():
        body = letter if letter.startswith("---") else _letter(name, letter)
        files[f"messages/{name}.md"] = body
    files |= {f"tables/{name}.csv": rows for name, rows in (sheets or {}).items()}
    compiled = compile_pack(PackFiles(name="prueba", files=files))
    errors = [one for one in compiled.problems if one.severity is Severity.ERROR]
    assert compiled.pack is not None, errors
    return compiled.pack.procedures["PR-1"]


def _letter(name: str, body: str) -> str:
    return f"---\ntitle: {name}\nsubject: Sobre {name}\nvia: [email]\n---\n{body}\n"


@dataclass(slots=True)
class Case:
    """A case on its way: each command is decided and folded, and all facts are kept."""

    procedure: Procedure
    now: datetime = MONDAY_TEN
    state: State = NEW
    facts: list[f.Fact] = field(default_factory=list)

    def tell(self, command: Command, by: Performer = SYSTEM) -> Decision:
        decision = decide(self.procedure, self.state, command, now=self.now, by=by)
        if isinstance(decision, Accepted):
            self.state = fold(self.state, decision.facts)
            self.facts += decision.facts
        return decision

    def accept(self, command: Command, by: Performer = SYSTEM) -> tuple[f.Fact, ...]:
        decision = self.tell(command, by)
        assert isinstance(decision, Accepted), decision
        return decision.facts

    def refuse(self, command: Command, by: Performer = SYSTEM) -> Refused:
        decision = self.tell(command, by)
        assert isinstance(decision, Refused), decision
        return decision

    def open(
        self,
        *,
        channel: str = "email",
        sender: Sender = WRITER,
        at: datetime | None = None,
        party: PartyView | None = None,
        **values: Value,
    ) -> tuple[f.Fact, ...]:
        return self.accept(opening(self.now, channel, sender, at, party, **values))

    def do(
        self,
        step: str,
        *,
        by: Performer = CHIEF,
        at: datetime | None = None,
        wording: Wording | None = None,
        checked: tuple[str, ...] = (),
        **values: Value,
    ) -> tuple[f.Fact, ...]:
        command = self.completing(step, at=at, wording=wording, checked=checked, **values)
        return self.accept(command, by)

    def completing(
        self,
        step: str,
        *,
        at: datetime | None = None,
        wording: Wording | None = None,
        checked: tuple[str, ...] = (),
        **values: Value,
    ) -> Complete:
        task = step if "#" in step else f"{step}#{self.state.visits.get(step, 1)}"
        return Complete(
            task=task,
            happened_at=at or self.now,
            values=values,
            checked=checked,
            wording=wording,
            new_party="new",
        )

    def act(self, action: str, *, by: Performer = CHIEF, **values: Value) -> tuple[f.Fact, ...]:
        command = Act(action=action, happened_at=self.now, values=values, new_party="new")
        return self.accept(command, by)

    def receive(self, *files: str, robot: bool = False) -> tuple[f.Fact, ...]:
        command = Receive(message="m", happened_at=self.now, files=files, robot=robot)
        return self.accept(command, PARTY)

    def wait(self, **time: Any) -> tuple[f.Fact, ...]:
        """Let time pass, and tick once at its end."""
        self.now += timedelta(**time)
        return self.accept(Tick())

    def at(self) -> list[str]:
        return sorted(active.step for active in self.state.active.values())

    def check_whole(self) -> None:
        """Facts and state come back whole from JSON, and the facts fold to the state."""
        facts = tuple(self.facts)
        written = loads(dumps(write_facts(self.procedure, facts)))
        state = loads(dumps(write_state(self.procedure, self.state)))
        assert read_facts(self.procedure, *written) == facts
        assert fold(NEW, facts) == self.state
        assert read_state(self.procedure, state) == self.state

    def told(self, kind: type[Any]) -> list[Any]:
        return [fact for fact in self.facts if isinstance(fact, kind)]


def opening(
    now: datetime,
    channel: str = "email",
    sender: Sender = WRITER,
    at: datetime | None = None,
    party: PartyView | None = None,
    **values: Value,
) -> Open:
    return Open(
        number="2026-00001",
        channel=channel,
        office="centro",
        happened_at=at or now,
        subject="Consulta",
        sender=sender,
        party=party,
        values=values,
        message="m0",
    )


def opened(text: str, messages: Mapping[str, str] | None = None, **options: Any) -> Case:
    """A case of a procedure written here, just opened."""
    case = Case(procedure(text, messages))
    case.open(**options)
    return case
