"""Asking the engine, with the people it may pick from when a task has to find somebody."""

from collections import defaultdict
from datetime import datetime

from django.db.models import Count, Max

from ventanilla.cases.models import Task, TaskStatus
from ventanilla.core.definition.model import Pick, Procedure
from ventanilla.core.engine.commands import Accepted, Command, Decision, Performer
from ventanilla.core.engine.decide import decide
from ventanilla.core.engine.roster import Candidate, Roster, given_in
from ventanilla.core.engine.state import State
from ventanilla.identity.selectors import Holder, holders
from ventanilla.identity.services import note_turn


def decided(
    organization_id: int,
    procedure: Procedure,
    state: State,
    command: Command,
    *,
    now: datetime,
    by: Performer,
) -> Decision:
    """What the command comes to. Who is there is only read when somebody has to be picked."""
    decision = decide(procedure, state, command, now=now, by=by)
    if not isinstance(decision, Accepted) or not decision.unstaffed:
        return decision
    party = getattr(command, "party", None) or state.party
    roster = _roster(organization_id, procedure, party.ref if party else "", now)
    decision = decide(procedure, state, command, now=now, by=by, roster=roster)
    if isinstance(decision, Accepted):
        for email, role, at in given_in(procedure, decision.facts):
            note_turn(organization_id, email=email, role=role, at=at)
    return decision


def _roster(organization_id: int, procedure: Procedure, party: str, now: datetime) -> Roster:
    whos = [step.who for step in procedure.steps.values() if step.who is not None]
    picked = {who.role: who.pick for who in whos if who.pick is not Pick.QUEUE}
    by_person: defaultdict[int, list[Holder]] = defaultdict(list)
    for holder in holders(organization_id, frozenset(picked), now):
        by_person[holder.user_id].append(holder)
    loads = _loads(organization_id, list(by_person))
    served = _served(organization_id, party, list(picked)) if Pick.LAST in picked.values() else {}
    return Roster(
        tuple(
            Candidate(
                id=held[0].email,
                roles=frozenset((one.role, one.office) for one in held),
                load=loads.get(user_id, 0),
                given={one.role: one.given_at for one in held if one.given_at is not None},
                served=served.get(f"person:{user_id}", {}),
            )
            for user_id, held in by_person.items()
        )
    )


def _loads(organization_id: int, people: list[int]) -> dict[int, int]:
    """How many open tasks each has."""
    rows = Task.objects.within(organization_id).filter(
        status=TaskStatus.OPEN, assignee_id__in=people
    )
    counted = rows.order_by().values_list("assignee_id").annotate(load=Count("id"))
    return {person: load for person, load in counted if person is not None}


def _served(organization_id: int, party: str, roles: list[str]) -> dict[str, dict[str, datetime]]:
    """By person, when they last did a task of each role for the party."""
    if not party:
        return {}
    rows = Task.objects.within(organization_id).filter(
        case__party__reference=party, role__in=roles, status=TaskStatus.DONE
    )
    found: defaultdict[str, dict[str, datetime]] = defaultdict(dict)
    latest = rows.order_by().values_list("done_by", "role").annotate(at=Max("done_at"))
    for person, role, at in latest:
        if at is not None:
            found[person][role] = at
    return found
