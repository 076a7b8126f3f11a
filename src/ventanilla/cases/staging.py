"""Scenarios through the services and a database, in a transaction that leaves nothing behind."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.hashers import make_password
from django.db import transaction

from ventanilla.cases import services
from ventanilla.cases.contacts import keep_files
from ventanilla.cases.following import answered_by
from ventanilla.cases.incoming import Incoming, IncomingFile
from ventanilla.cases.models import Case
from ventanilla.cases.outcomes import NotMoved, Outcome
from ventanilla.cases.states import load_state
from ventanilla.catalog.services import load_pack
from ventanilla.core.definition.model import Pack, Procedure
from ventanilla.core.engine.answering import Answerer
from ventanilla.core.engine.commands import (
    Accepted,
    Act,
    Answer,
    Assign,
    Cancel,
    CloseOther,
    Command,
    Complete,
    Correct,
    Decision,
    Deliver,
    LinkParty,
    MarkItems,
    Meet,
    Note,
    Open,
    OptOut,
    Performer,
    PerformerKind,
    Receive,
    RefusalCode,
    Refused,
    Reopen,
    Tick,
    Wording,
)
from ventanilla.core.engine.state import NEW, Sender, State
from ventanilla.core.scenarios.cast import staff
from ventanilla.core.scenarios.driver import Driver, Setting
from ventanilla.core.scenarios.model import KnownParty
from ventanilla.identity.actor import Actor, ActorKind, party_actor, system_actor
from ventanilla.identity.models import Absence, User
from ventanilla.identity.services import grant_role
from ventanilla.packs.answers import local_answer
from ventanilla.packs.contacts import COUNTRY_OF_ZONE
from ventanilla.packs.reader import PackFiles
from ventanilla.parties.care import count_activity, entrust_party, set_agreement
from ventanilla.parties.selectors import parties_with_email, parties_with_phone
from ventanilla.parties.services import record_party

MakeDriver = Callable[[Pack, Procedure], Driver]


class _Over(Exception):
    """The stage is cleared: whatever was written is undone."""


@contextmanager
def stage(files: PackFiles, now: datetime) -> Iterator[MakeDriver]:
    """An organisation of its own with the pack loaded, gone when the block ends."""
    try:
        with transaction.atomic():
            slug = f"escenarios-{uuid4().hex[:12]}"
            floor = _Floor(load_pack(files=files, now=now, slug=slug).organization_id)
            yield lambda _pack, procedure: DatabaseDriver(floor, procedure)
            raise _Over
    except _Over:
        pass


class _Floor:
    """The organisation that scenarios are played in; cleared before each."""

    def __init__(self, organization_id: int) -> None:
        self.organization_id = organization_id
        self._savepoint: str | None = None

    def clear(self) -> None:
        if self._savepoint is not None:
            transaction.savepoint_rollback(self._savepoint)
        self._savepoint = transaction.savepoint()


class DatabaseDriver:
    """Carries scenarios out through the services. Each begins where the stage was empty."""

    def __init__(self, floor: _Floor, procedure: Procedure) -> None:
        self._floor = floor
        self._organization_id = floor.organization_id
        self._procedure = procedure
        self._case: UUID | None = None
        self._answerer: Answerer = local_answer
        self._parties: dict[str, UUID] = {}
        self._people: dict[str, Actor] = {}

    @property
    def procedure(self) -> Procedure:
        return self._procedure

    @property
    def state(self) -> State:
        if self._case is None:
            return NEW
        row = Case.objects.within(self._organization_id).get(reference=self._case)
        return load_state(self._procedure, row.state)

    def begin(self, setting: Setting) -> None:
        self._floor.clear()
        self._answerer = setting.answerer(local_answer)
        self._case = None
        self._people = {
            login: self._employ(performer, setting.start)
            for login, performer in setting.people.items()
        }
        self._assemble(setting)
        clerk = system_actor(self._organization_id, "escenario")
        self._parties = {
            party.key: self._register(party, clerk, setting.start) for party in setting.parties
        }

    def _assemble(self, setting: Setting) -> None:
        """Give the people their roles, so that they can be picked, and their absences."""
        clerk = system_actor(self._organization_id, "escenario")
        for one in staff(setting.people, self._procedure.roles, (), setting.start):
            for role, office in one.roles:
                grant_role(
                    actor=clerk,
                    now=setting.start,
                    user_id=self._people[one.id].user_id or 0,
                    role=role,
                    office=office,
                )
        for absence in setting.absences:
            deputy = self._people.get(absence.deputy)
            who = self._people[absence.who].user_id
            if who is None:
                continue
            Absence(
                organization_id=self._organization_id,
                user_id=who,
                deputy_id=deputy.user_id if deputy is not None else None,
                first_on=absence.begins.date(),
                last_on=absence.ends.date(),
                begins_at=absence.begins,
                ends_at=absence.ends,
                set_at=setting.start,
                set_by=clerk.key,
            ).save(force_insert=True)

    def _register(self, party: KnownParty, clerk: Actor, now: datetime) -> UUID:
        """Make the registry know a party with all that the scenario gives it."""
        model = self._procedure.party
        reference = record_party(
            actor=clerk,
            now=now,
            model=model,
            attributes=party.attributes,
            lifecycle=party.lifecycle,
        ).reference
        if party.executive is not None:
            email = party.executive.key
            entrust_party(actor=clerk, now=now, reference=reference, email=email)
        for kind, on in party.activities:
            count_activity(actor=clerk, now=now, model=model, reference=reference, kind=kind, on=on)
        for one in party.agreed:
            set_agreement(
                actor=clerk,
                now=now,
                model=model,
                reference=reference,
                name=one.name,
                value=one.value,
                since=one.since or date.min,
                until=one.until,
            )
        return reference

    def perform(
        self, command: Command, *, now: datetime, by: Performer, party: str = ""
    ) -> Decision:
        with answered_by(self._answerer):
            return self._performed(command, now, self._actor(by), party)

    def _performed(self, command: Command, now: datetime, actor: Actor, party: str) -> Decision:
        if isinstance(command, Open):
            outcome = self._open(command, actor, now, party)
        elif self._case is None:
            outcome = NotMoved(refusal=Refused(code=RefusalCode.NOT_OPEN))
        else:
            outcome = _PERFORMED[type(command)](self, command, actor, now, self._case, party)
        if isinstance(outcome, NotMoved):
            return outcome.refusal
        self._case = outcome.reference
        return Accepted(facts=outcome.facts, state=self.state)

    def _open(self, command: Open, actor: Actor, now: datetime, party: str) -> Outcome:
        return services.open_case(
            actor=actor,
            now=now,
            opening=services.Opening(
                procedure=self._procedure.code,
                channel=command.channel,
                office=command.office,
                happened_at=command.happened_at,
                subject=command.subject,
                sender=command.sender,
                party=self._parties.get(party) or self._whose(command.sender, command.office),
                values=command.values,
                incoming=_incoming(command.channel, command.happened_at, command.files),
            ),
        )

    def _whose(self, sender: Sender, office: str) -> UUID | None:
        """The party with the sender's address or telephone, if there is exactly one."""
        zone = self._procedure.calendars[self._procedure.offices[office].calendar].zone
        found = {
            *parties_with_email(self._organization_id, sender.email),
            *parties_with_phone(self._organization_id, sender.phone, COUNTRY_OF_ZONE.get(zone, "")),
        }
        return found.pop() if len(found) == 1 else None

    def _employ(self, performer: Performer, now: datetime) -> Actor:
        user = User(
            organization_id=self._organization_id,
            email=performer.id.lower(),
            full_name=performer.name or performer.id,
            phone=performer.phone,
            password=make_password(None),
            created_at=now,
        )
        user.save(force_insert=True)
        return Actor(
            kind=ActorKind.PERSON,
            organization_id=self._organization_id,
            user_id=user.pk,
            name=performer.name,
            email=performer.id,
            phone=performer.phone,
            roles=performer.roles,
        )

    def _actor(self, by: Performer) -> Actor:
        match by.kind:
            case PerformerKind.PERSON:
                return replace(self._people[by.id], roles=by.roles, stands_for=by.stands_for)
            case PerformerKind.PARTY:
                return party_actor(self._organization_id, name="", reference="party")
            case PerformerKind.SYSTEM:
                return system_actor(self._organization_id, "system")

    def party(self, key: str) -> UUID:
        """The reference of a party of the setting."""
        return self._parties[key]


def _incoming(medium: str, at: datetime, files: tuple[str, ...], robot: bool = False) -> Incoming:
    return Incoming(
        medium=medium,
        at=at,
        robot=robot,
        files=tuple(
            IncomingFile(name=name, content_type="text/plain", content=name.encode())
            for name in files
        ),
    )


def _worded(wording: Wording | None, actor: Actor, now: datetime) -> Wording | None:
    """The wording with its attachments stored, named by their references."""
    if wording is None or not wording.attachments:
        return wording
    files = _incoming("", now, wording.attachments).files
    kept = keep_files(actor=actor, files=files, now=now)
    return Wording(
        subject=wording.subject,
        body=wording.body,
        via=wording.via,
        attachments=tuple(map(str, kept)),
    )


_Performed = Callable[[DatabaseDriver, Any, Actor, datetime, UUID, str], Outcome]

_PERFORMED: Mapping[type[Any], _Performed] = {
    Complete: lambda _driver, command, actor, now, case, _party: services.complete_task(
        actor=actor,
        now=now,
        case=case,
        task=command.task,
        values=command.values,
        checked=command.checked,
        wording=_worded(command.wording, actor, now),
        happened_at=command.happened_at,
    ),
    Act: lambda _driver, command, actor, now, case, _party: services.act(
        actor=actor,
        now=now,
        case=case,
        action=command.action,
        values=command.values,
        checked=command.checked,
        wording=_worded(command.wording, actor, now),
        happened_at=command.happened_at,
    ),
    Receive: lambda _driver, command, actor, now, case, _party: services.receive(
        actor=actor,
        now=now,
        case=case,
        incoming=_incoming("email", command.happened_at, command.files, command.robot),
    ),
    Answer: lambda _driver, command, actor, now, case, _party: services.answer(
        actor=actor, now=now, case=case, answer=command
    ),
    CloseOther: lambda _driver, command, actor, now, case, _party: services.close_other(
        actor=actor, now=now, case=case, other=command
    ),
    Tick: lambda _driver, _command, actor, now, case, _party: services.tick(
        actor=actor, now=now, case=case
    ),
    Assign: lambda _driver, command, actor, now, case, _party: services.assign(
        actor=actor, now=now, case=case, task=command.task, assignee=command.assignee
    ),
    LinkParty: lambda driver, _command, actor, now, case, party: services.link_party(
        actor=actor, now=now, case=case, party=driver.party(party)
    ),
    Note: lambda _driver, command, actor, now, case, _party: services.note(
        actor=actor, now=now, case=case, text=command.text, happened_at=command.happened_at
    ),
    Deliver: lambda _driver, command, actor, now, case, _party: services.record_delivery(
        actor=actor,
        now=now,
        case=case,
        key=command.key,
        delivery=command.delivery,
        detail=command.detail,
    ),
    Correct: lambda _driver, command, actor, now, case, _party: services.correct(
        actor=actor, now=now, case=case, values=command.values, reason=command.reason
    ),
    Cancel: lambda _driver, command, actor, now, case, _party: services.cancel(
        actor=actor, now=now, case=case, reason=command.reason
    ),
    OptOut: lambda _driver, command, actor, now, case, _party: services.opt_out(
        actor=actor,
        now=now,
        case=case,
        schedule=command.schedule,
        happened_at=command.happened_at,
    ),
    MarkItems: lambda _driver, command, actor, now, case, _party: services.mark_items(
        actor=actor,
        now=now,
        case=case,
        checklist=command.checklist,
        marks=command.marks,
        happened_at=command.happened_at,
    ),
    Meet: lambda _driver, command, actor, now, case, _party: services.meet(
        actor=actor,
        now=now,
        case=case,
        appointment=command.appointment,
        outcome=command.outcome,
        moved_to=command.moved_to,
        note=command.note,
        happened_at=command.happened_at,
    ),
    Reopen: lambda _driver, command, actor, now, case, _party: services.reopen(
        actor=actor, now=now, case=case, reason=command.reason
    ),
}
