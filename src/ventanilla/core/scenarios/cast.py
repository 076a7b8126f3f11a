"""Who does what in a scenario: whom it names, or somebody who holds the role."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from ventanilla.core.definition.model import Action, Procedure, Step
from ventanilla.core.engine.commands import SYSTEM, Performer
from ventanilla.core.engine.sheets import owed_by
from ventanilla.core.engine.state import ActiveStep, State
from ventanilla.core.scenarios.model import Absence


def acting(
    person: Performer,
    people: Mapping[str, Performer],
    absences: tuple[Absence, ...],
    at: datetime,
) -> Performer:
    """The person with the rights of those for whom they stand in at an instant."""
    absent = [one.who for one in absences if one.deputy == person.id and one.lasts(at)]
    roles = person.roles.union(*(people[login].roles for login in absent))
    return replace(person, roles=roles, stands_for=frozenset(absent))


def staff(
    people: Mapping[str, Performer],
    roles: Iterable[str],
    absences: tuple[Absence, ...],
    at: datetime,
) -> tuple[Performer, ...]:
    """Who is there at an instant: those named, and stand-ins of roles that none of them holds."""
    named = [one for login, one in people.items() if login not in roles]
    held = {role for one in named for role, _ in one.roles}
    stand_ins = (people[role] for role in roles if role not in held)
    away = {one.who for one in absences if one.lasts(at)}
    return tuple(one for one in (*named, *stand_ins) if one.id not in away)


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
