"""Reads around a party: whose it is, what it took part in, what is agreed, and since when."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from ventanilla.core.definition.expressions import Person, Value
from ventanilla.core.definition.model import PartyModel
from ventanilla.core.definition.values import decode, well_typed
from ventanilla.core.engine.clientele import counted, lifecycle_on
from ventanilla.core.engine.state import Agreed, PartyView, Tally
from ventanilla.identity.actor import Actor
from ventanilla.identity.selectors import names_of
from ventanilla.parties.access import activities_of, agreements_of, changes_of
from ventanilla.parties.history import LIFECYCLE
from ventanilla.parties.models import Agreement, Party
from ventanilla.parties.snapshots import PartySnapshot

AHEAD = timedelta(days=366 * 4)
"""How far the states to come are looked for."""
BACK = timedelta(days=366 * 6)
"""How far back a state is told day by day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityRow:
    kind: str
    on: date
    recorded_at: datetime
    by: str
    case: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementRow:
    """What is or was agreed; ``key`` is for ending it."""

    key: int
    name: str
    value: Value
    since: date
    until: date | None
    evidence: str
    set_at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    what: str
    value: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StateSpan:
    """A state in which a party is from a day on, until the next one's."""

    state: str
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    """Everything around a party that its page tells, the newest first."""

    executive: Person | None
    activities: tuple[ActivityRow, ...]
    agreements: tuple[AgreementRow, ...]
    changes: tuple[ChangeRow, ...]
    states: tuple[StateSpan, ...]
    """Past, present and, as far as they are known to come, future states, the oldest first."""


def view_of(organization_id: int, snapshot: PartySnapshot, model: PartyModel) -> PartyView:
    """The party as the engine sees it; asks only for what the organisation keeps."""
    return PartyView(
        ref=str(snapshot.reference),
        lifecycle=snapshot.lifecycle,
        attributes=snapshot.attributes,
        executive=(
            _executive(organization_id, snapshot.row_id) if model.executive is not None else None
        ),
        tallies=_tallies(snapshot.row_id) if model.activities else (),
        agreed=_agreed(snapshot.row_id, model) if model.agreements else (),
    )


def care_of(actor: Actor, *, model: PartyModel, snapshot: PartySnapshot, today: date) -> Care:
    """What is kept around the party of a snapshot that the actor has read."""
    row = snapshot.row_id
    activities = list(activities_of([row]).order_by("-on", "-id"))
    agreements = list(agreements_of([row]).order_by("-since", "-id"))
    changes = list(changes_of([row]).order_by("-at", "-id"))
    keys = {one.recorded_by for one in activities} | {one.set_by for one in agreements}
    names = names_of(actor.organization_id, keys | {one.by for one in changes})
    days = [(one.kind, one.on) for one in reversed(activities)]
    told = [(one.at.date(), one.value) for one in reversed(changes) if one.what == LIFECYCLE]
    return Care(
        executive=_executive(actor.organization_id, row),
        activities=tuple(
            ActivityRow(
                kind=one.kind,
                on=one.on,
                recorded_at=one.recorded_at,
                by=names.get(one.recorded_by, ""),
                case=one.case,
            )
            for one in activities
        ),
        agreements=tuple(
            _row(one, model, names) for one in agreements if one.name in model.agreements
        ),
        changes=tuple(
            ChangeRow(what=one.what, value=one.value, at=one.at, by=names.get(one.by, ""))
            for one in changes
        ),
        states=_states(model, snapshot, days, told, today),
    )


def portfolio(actor: Actor, *, limit: int = 500) -> tuple[tuple[UUID, str], ...]:
    """The parties in the actor's own care, by name."""
    rows = Party.objects.visible_to(actor).filter(executive_id=actor.user_id, erased_at=None)
    return tuple(rows.order_by("name_key", "id").values_list("reference", "name")[:limit])


def _executive(organization_id: int, row_id: int) -> Person | None:
    rows = Party.objects.within(organization_id).filter(pk=row_id)
    found = rows.values_list("executive__email", "executive__full_name", "executive__phone").first()
    if found is None or found[0] is None:
        return None
    email, name, phone = found
    return Person(key=email, name=name, email=email, phone=phone)


def _tallies(row_id: int) -> tuple[Tally, ...]:
    tallies: tuple[Tally, ...] = ()
    for kind, on in activities_of([row_id]).order_by("on", "id").values_list("kind", "on"):
        tallies = counted(tallies, kind, on)
    return tallies


def _agreed(row_id: int, model: PartyModel) -> tuple[Agreed, ...]:
    rows = agreements_of([row_id]).filter(name__in=model.agreements).order_by("since", "id")
    found = (_value(one, model) for one in rows)
    return tuple(
        Agreed(name=one.name, value=value, since=one.since, until=one.until)
        for one, value in zip(rows, found, strict=True)
        if value is not None
    )


def _value(row: Agreement, model: PartyModel) -> Value:
    """What was agreed, unless an older pack kept it in another form."""
    field = model.agreements[row.name].field
    try:
        value = decode(field, row.value)
    except (ArithmeticError, LookupError, TypeError, ValueError):
        return None
    return value if well_typed(field, value) else None


def _row(one: Agreement, model: PartyModel, names: dict[str, str]) -> AgreementRow:
    return AgreementRow(
        key=one.pk,
        name=one.name,
        value=_value(one, model),
        since=one.since,
        until=one.until,
        evidence=one.evidence,
        set_at=one.set_at,
        by=names.get(one.set_by, ""),
    )


def _states(
    model: PartyModel,
    snapshot: PartySnapshot,
    activities: list[tuple[str, date]],
    told: list[tuple[date, str]],
    today: date,
) -> tuple[StateSpan, ...]:
    """The state on each day, where it changes: recorded ones, and what is computed over them."""
    known = [*(day for day, _ in told), *(day for _, day in activities), today]
    day, last = max(min(known), today - BACK), today + AHEAD if model.computed else today
    party = PartyView(ref="", attributes=snapshot.attributes)
    found: list[StateSpan] = []
    while day <= last:
        while told and told[0][0] <= day:
            party = replace(party, lifecycle=told.pop(0)[1])
        while activities and activities[0][1] <= day:
            party = replace(party, tallies=counted(party.tallies, *activities.pop(0)))
        state = lifecycle_on(model, party, day)
        if state and (not found or found[-1].state != state):
            found.append(StateSpan(state=state, since=day))
        day += timedelta(days=1)
    return tuple(found)
