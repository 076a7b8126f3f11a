"""What carries a scenario out: the engine alone here, the services and a database elsewhere."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from ventanilla.core.definition.expressions import Value
from ventanilla.core.definition.model import Connector, FieldType, Procedure
from ventanilla.core.engine.answering import Answerer, Reply, from_table, replies
from ventanilla.core.engine.clientele import counted
from ventanilla.core.engine.commands import (
    SYSTEM,
    Accepted,
    Act,
    Command,
    Complete,
    Decision,
    LinkParty,
    Open,
    Performer,
)
from ventanilla.core.engine.decide import decide
from ventanilla.core.engine.facts import ActivityCounted, Entrusted, Fact, PartyRecorded
from ventanilla.core.engine.roster import Candidate, Roster, given_in
from ventanilla.core.engine.state import NEW, PartyView, Sender, State, Tally
from ventanilla.core.scenarios.cast import staff
from ventanilla.core.scenarios.model import Absence, KnownParty


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What is there before a scenario begins."""

    procedure: str
    start: datetime
    people: Mapping[str, Performer]
    parties: tuple[KnownParty, ...]
    absences: tuple[Absence, ...] = ()
    replies: Mapping[str, Reply] = field(default_factory=dict)
    """What systems outside reply, by connector; of the others the pack's own sheets are asked."""

    def answerer(self, otherwise: Answerer) -> Answerer:
        """Whoever answers in this scenario."""

        def answer(connector: Connector, given: Mapping[str, Value]) -> Reply:
            if connector.name in self.replies:
                return self.replies[connector.name]
            return otherwise(connector, given)

        return answer


class Driver(Protocol):
    """Carries out commands on one case.

    Commands come without what the outside adds: the number of a case and the view of its party are
    the driver's to fill in. ``party`` names a party of the setting by its key: whose contact it is
    with ``Open``, whom the case is linked to with ``LinkParty``. The answer of ``perform`` holds
    all facts that the command has brought about.
    """

    @property
    def procedure(self) -> Procedure: ...

    @property
    def state(self) -> State: ...

    def begin(self, setting: Setting) -> None:
        """Prepare for a scenario; nothing of an earlier one is left."""

    def perform(
        self, command: Command, *, now: datetime, by: Performer, party: str = ""
    ) -> Decision:
        """Carry the command out on the scenario's case, or say why not."""


class PureDriver:
    """The engine alone, with a registry of parties in memory."""

    def __init__(self, procedure: Procedure, answerer: Answerer = from_table) -> None:
        self._procedure = procedure
        self._local = answerer
        self._answerer = answerer
        self._state = NEW
        self._registry: dict[str, PartyView] = {}
        self._setting: Setting | None = None
        self._given: dict[tuple[str, str], datetime] = {}

    @property
    def procedure(self) -> Procedure:
        return self._procedure

    @property
    def state(self) -> State:
        return self._state

    def begin(self, setting: Setting) -> None:
        self._state = NEW
        self._setting, self._given = setting, {}
        self._answerer = setting.answerer(self._local)
        self._registry = {party.key: _registered(party) for party in setting.parties}

    def perform(
        self, command: Command, *, now: datetime, by: Performer, party: str = ""
    ) -> Decision:
        whole = self._completed(command, party)
        roster = self._roster(now)
        decision = decide(self._procedure, self._state, whole, now=now, by=by, roster=roster)
        if not isinstance(decision, Accepted):
            return decision
        self._state = decision.state
        facts = (*decision.facts, *self._answered(decision.facts, now))
        self._remember(facts)
        return Accepted(facts=facts, state=self._state)

    def _answered(self, facts: tuple[Fact, ...], now: datetime) -> Iterator[Fact]:
        """What follows from the answers that are there at once."""
        for reply in replies(self._procedure, self._state, facts, self._answerer):
            roster = self._roster(now)
            decision = decide(
                self._procedure, self._state, reply, now=now, by=SYSTEM, roster=roster
            )
            if isinstance(decision, Accepted):
                self._state = decision.state
                yield from decision.facts
                yield from self._answered(decision.facts, now)

    def _roster(self, now: datetime) -> Roster:
        """The people of the scenario who are there, with the tasks of its case."""
        if self._setting is None:
            return Roster(())
        people = staff(self._setting.people, self._procedure.roles, self._setting.absences, now)
        load = Counter(active.assignee for active in self._state.active.values())
        return Roster(
            tuple(
                Candidate(
                    id=one.id,
                    roles=one.roles,
                    load=load[one.id],
                    given={
                        role: at for (login, role), at in self._given.items() if login == one.id
                    },
                )
                for one in people
            )
        )

    def _completed(self, command: Command, party: str) -> Command:
        match command:
            case Open():
                found = self._registry.get(party) or self._whose(command.sender)
                return replace(command, number="1", party=found)
            case LinkParty():
                return LinkParty(party=self._registry[party])
            case Complete() | Act():
                return replace(command, new_party=f"new-{len(self._registry) + 1}")
            case _:
                return command

    def _whose(self, sender: Sender) -> PartyView | None:
        """The party with the sender's address or telephone, if there is exactly one."""
        found = [party for party in self._registry.values() if self._reached(party, sender)]
        return found[0] if len(found) == 1 else None

    def _reached(self, party: PartyView, sender: Sender) -> bool:
        by_type = {FieldType.EMAIL: sender.email, FieldType.PHONE: sender.phone}
        for name, attribute in self._procedure.party.attributes.items():
            address = _comparable(by_type.get(attribute.type, ""))
            if address and _comparable(str(party.attributes.get(name) or "")) == address:
                return True
        return False

    def _remember(self, facts: tuple[Fact, ...]) -> None:
        for login, role, at in given_in(self._procedure, facts):
            self._given[login, role] = at
        if any(isinstance(fact, PartyRecorded | Entrusted | ActivityCounted) for fact in facts):
            party = self._state.party
            if party is not None:
                self._registry[party.ref] = party


def _registered(party: KnownParty) -> PartyView:
    tallies: tuple[Tally, ...] = ()
    for kind, on in party.activities:
        tallies = counted(tallies, kind, on)
    return PartyView(
        ref=party.key,
        lifecycle=party.lifecycle,
        attributes=party.attributes,
        executive=party.executive,
        tallies=tallies,
        agreed=party.agreed,
    )


def _comparable(address: str) -> str:
    """An address without capitals, a telephone number without what people put between digits."""
    return address.casefold() if "@" in address else "".join(filter(str.isdigit, address))
