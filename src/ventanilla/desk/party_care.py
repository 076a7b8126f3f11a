"""What the page of a client says of its care: whose it is, its states, activities, agreements."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext

from ventanilla.answers.shown import shown
from ventanilla.core.definition.model import Pack
from ventanilla.desk.forms.care import ExecutiveForm
from ventanilla.desk.labels import Label, lifecycle_label
from ventanilla.identity.actor import Actor
from ventanilla.identity.selectors import staff
from ventanilla.parties.care import may_agree, may_entrust
from ventanilla.parties.history import EXECUTIVE, LIFECYCLE
from ventanilla.parties.portfolio import AgreementRow, Care, care_of
from ventanilla.parties.snapshots import PartySnapshot

MOST = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class StateLine:
    """A state with its days; ``is_now`` for the one of today."""

    words: str
    since: date
    until: date | None
    is_now: bool
    is_to_come: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementLine:
    label: str
    value: str
    since: date
    until: date | None
    by: str
    evidence: str
    holds: bool
    end_address: str


def care_context(
    actor: Actor, pack: Pack, snapshot: PartySnapshot, today: date
) -> dict[str, object]:
    """Everything that the templates around a client's care need."""
    model = pack.party
    care = care_of(actor, model=model, snapshot=snapshot, today=today)
    may = may_entrust(actor, model)
    return {
        "lifecycle": _lifecycle(care, pack, today),
        "has_executive": model.executive is not None,
        "executive": care.executive.name if care.executive is not None else "",
        "executive_form": _executive_form(actor, pack, care) if may else None,
        "states": _states(care, today),
        "changes": _changes(care, pack),
        "has_activities": bool(model.activities),
        "activities": [
            (model.activities[one.kind].title, one.on, one.by)
            for one in care.activities
            if one.kind in model.activities
        ][:MOST],
        "activities_this_year": sum(
            1
            for one in care.activities
            if one.on.year == today.year and one.kind in model.counting()
        ),
        "has_agreements": bool(model.agreements),
        "agreements": [
            _agreement(one, pack, actor, snapshot.reference, today) for one in care.agreements
        ],
        "may_agree": [
            (kind.field.label, reverse("desk:agree", args=(snapshot.reference, name)))
            for name, kind in model.agreements.items()
            if may_agree(actor, model, name)
        ],
    }


def executives(actor: Actor, role: str | None, typed: QueryDict | None = None) -> ExecutiveForm:
    """The form that offers those who may take care of clients."""
    people = tuple(
        person
        for person in staff(actor)
        if person.is_active and role in {held for held, _ in person.roles}
    )
    return ExecutiveForm(people, typed)


def _executive_form(actor: Actor, pack: Pack, care: Care) -> ExecutiveForm:
    form = executives(actor, pack.party.executive)
    form.initial = {"executive": care.executive.key if care.executive is not None else ""}
    return form


def _lifecycle(care: Care, pack: Pack, today: date) -> Label | None:
    past = [one.state for one in care.states if one.since <= today]
    return lifecycle_label(past[-1], pack.party.registered) if past else None


def _states(care: Care, today: date) -> tuple[StateLine, ...]:
    """The states, the one to come first."""
    following = [*(one.since for one in care.states[1:]), None]
    lines = [
        StateLine(
            words=one.state.replace("_", " ").capitalize(),
            since=one.since,
            until=until,
            is_now=one.since <= today and (until is None or today < until),
            is_to_come=one.since > today,
        )
        for one, until in zip(care.states, following, strict=True)
    ]
    return tuple(reversed(lines))[:MOST]


def _changes(care: Care, pack: Pack) -> list[tuple[str, str, object, str]]:
    """Changes of executive and categories: what, to what, when, and who made it."""
    found: list[tuple[str, str, object, str]] = []
    for one in care.changes:
        if one.what == EXECUTIVE:
            found.append((gettext("A cargo de"), one.value or gettext("nadie"), one.at, one.by))
        elif one.what != LIFECYCLE and one.what in pack.party.attributes:
            of = pack.party.attributes[one.what]
            found.append((of.label, shown(of, one.value or None) or "—", one.at, one.by))
    return found[:MOST]


def _agreement(
    one: AgreementRow, pack: Pack, actor: Actor, party: UUID, today: date
) -> AgreementLine:
    kind = pack.party.agreements[one.name]
    open_ended = one.until is None or one.until > today
    may = open_ended and may_agree(actor, pack.party, one.name)
    return AgreementLine(
        label=kind.field.label,
        value=shown(kind.field, one.value),
        since=one.since,
        until=one.until,
        by=one.by,
        evidence=one.evidence,
        holds=one.since <= today and (one.until is None or today <= one.until),
        end_address=reverse("desk:end_agreement", args=(party, one.key)) if may else "",
    )
