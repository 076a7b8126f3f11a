"""Who does what in a scenario: whom it names, or somebody who holds the role."""

from collections.abc import Mapping
from dataclasses import dataclass

from ventanilla.core.definition.model import Action, Procedure, Step
from ventanilla.core.engine.commands import SYSTEM, Performer
from ventanilla.core.engine.sheets import owed_by
from ventanilla.core.engine.state import ActiveStep, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """The people of a scenario as the case stands: ``people`` has a stand-in for every role."""

    procedure: Procedure
    people: Mapping[str, Performer]
    state: State

    def someone(self, name: str) -> Performer:
        """Who is named by login or role; nobody named is the owner of the procedure."""
        wanted = name or self.procedure.owner
        if wanted in self.procedure.roles:
            return self.holder(wanted)
        return self.people.get(wanted, SYSTEM)

    def holder(self, role: str) -> Performer:
        """A person of the scenario who holds the role, before the role's stand-in."""
        named = (one for one in self.people.values() if one.id not in self.procedure.roles)
        found = (one for one in named if one.holds(role, self.state.office))
        return next(found, self.people[role])

    def performer_of(self, part: Step | Action) -> Performer:
        """Who does it when nobody is named: the assignee, or somebody of the role."""
        if isinstance(part, Action):
            return self.holder(part.who[0].role) if part.who else self.someone("")
        active = self.active(part.name)
        if active is not None and active.assignee in self.people:
            return self.people[active.assignee]
        who = owed_by(part, self.state)
        return self.holder(who.role) if who else SYSTEM

    def active(self, step: str) -> ActiveStep | None:
        """The visit to a step that has not ended."""
        found = (one for one in self.state.active.values() if one.step == step)
        return next(found, None)
