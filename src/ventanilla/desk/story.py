"""The story of a case: every contact and every change, told from its journal, the last first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from django.utils.translation import gettext

from ventanilla.answers.shown import shown
from ventanilla.cases.selectors import CaseFile, ContactRow, EntryRow
from ventanilla.core.definition.expressions import Value
from ventanilla.core.definition.model import Procedure, Side
from ventanilla.core.engine import facts as f
from ventanilla.core.engine.outside import PERSON
from ventanilla.core.engine.words import VOICE
from ventanilla.desk.forms.timely import MARKS, OUTCOMES
from ventanilla.desk.labels import channel_label
from ventanilla.desk.letters import Letter, letter, named
from ventanilla.ui.wording import day_words, moment_words

NOTED_LATER: Final = timedelta(minutes=2)
"""An entry recorded this long after it happened says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that happened. ``side`` says whose turn it was: theirs, ours, or a wrong turn."""

    heading: str
    icon: str
    at: datetime
    recorded_at: datetime
    by: str = ""
    side: str = ""
    lines: tuple[str, ...] = ()
    text: str = ""
    letter: Letter | None = None

    @property
    def recorded_later(self) -> bool:
        return self.recorded_at - self.at > NOTED_LATER


def story(case: CaseFile) -> tuple[Item, ...]:
    """What happened in the case, the last first."""
    teller = _Teller(case)
    told = [item for entry in case.entries for item in teller.tell(entry)]
    return tuple(reversed(told))


class _Teller:
    def __init__(self, case: CaseFile) -> None:
        self.number = case.number
        self.procedure: Procedure = case.published.procedure
        self.received = {str(contact.reference): contact for contact in case.contacts}
        self.sent = {contact.key: contact for contact in case.contacts if contact.key}

    def tell(self, entry: EntryRow) -> Iterator[Item]:
        """The items of one entry; the values it set are told with what set them."""
        values: dict[str, Value] = {}
        for fact in entry.facts:
            if isinstance(fact, f.FieldsSet | f.Corrected):
                values |= fact.values
        lines = self._lines(values)
        for fact in entry.facts:
            item = self._item(entry, fact)
            if item is None:
                continue
            if lines and isinstance(fact, _CARRIERS):
                item, lines = replace(item, lines=lines), ()
            yield item

    def _item(self, entry: EntryRow, fact: f.Fact) -> Item | None:
        match fact:
            case f.Opened(channel=channel):
                words = gettext("Se abrió el caso por {channel}").format(
                    channel=str(channel_label(channel).text).lower()
                )
                return self._plain(entry, words, "folder-open")
            case f.MessageReceived(ref=ref, robot=robot):
                return self._received(entry, ref, robot=robot)
            case f.MessageOwed():
                return self._owed(entry, fact)
            case f.StepDone(step=step):
                return self._step(entry, step)
            case f.ActionTaken(action=action, at=at):
                known = self.procedure.actions.get(action)
                item = self._plain(entry, known.title if known else action, "zap")
                return replace(item, at=at)
            case f.Noted(text=text, at=at):
                item = self._plain(entry, gettext("Nota"), "sticky-note")
                return replace(item, text=text, at=at)
            case f.Corrected(reason=reason):
                item = self._plain(entry, gettext("Corrigió lo registrado"), "pencil")
                return replace(item, text=reason)
            case f.PartyLinked() if entry.command == "linkparty":
                return self._plain(entry, gettext("Se identificó a la persona"), "user-check")
            case _:
                return (
                    self._course(entry, fact)
                    or self._trouble(entry, fact)
                    or self._outside(entry, fact)
                )

    def _course(self, entry: EntryRow, fact: f.Fact) -> Item | None:
        match fact:
            case f.Assigned(step=step, assignee=assignee):
                words = gettext("Tomó «{step}»") if assignee else gettext("Soltó «{step}»")
                return self._plain(entry, words.format(step=self._title(step)), "hand")
            case f.Signed(step=step, at=at):
                words = gettext("Firmó «{step}»").format(step=self._title(step))
                return replace(self._plain(entry, words, "check"), at=at)
            case f.SentBack(step=step, reason=reason, at=at):
                words = gettext("Devolvió «{step}»").format(step=self._title(step))
                item = self._plain(entry, words, "undo-2")
                return replace(item, at=at, text=reason, side="wrong-turn")
            case f.Reminded(step=step):
                words = gettext("Se le recordó: «{step}»").format(step=self._title(step))
                return self._plain(entry, words, "bell")
            case f.GivenUp(step=step):
                words = gettext("Se dejó de esperar: «{step}»").format(step=self._title(step))
                return self._plain(entry, words, "hourglass")
            case f.Closed(result=result, at=at):
                words = gettext("Se cerró el caso: {result}").format(result=result_words(result))
                return replace(self._plain(entry, words, "circle-check"), at=at, side="ours")
            case f.Reopened(reason=reason, at=at):
                item = self._plain(entry, gettext("Se reabrió el caso"), "folder-open")
                told = "" if reason == "message" else reason
                return replace(item, at=at, text=told)
            case f.OptedOut(schedule=name, at=at):
                known = self.procedure.schedules.get(name)
                title = known.title if known else name
                words = gettext("Ya no quiere «{title}»").format(title=title)
                return replace(self._plain(entry, words, "bell-off"), at=at)
            case f.ItemMarked() | f.Booked() | f.AppointmentEnded():
                return self._kept(entry, fact)
            case f.Migrated(version=version, at=at):
                words = gettext("El caso pasó a la versión {version}").format(version=version)
                return replace(self._plain(entry, words, "git-branch"), at=at)
            case f.AlarmFired(deadline=name, alarm=alarm, due_at=at):
                words = self._alarm_words(name, alarm)
                return replace(self._plain(entry, words, "alarm-clock"), at=at)
            case _:
                return None

    def _outside(self, entry: EntryRow, fact: f.Fact) -> Item | None:
        match fact:
            case f.Answered(source=source) if source != PERSON:
                return self._answered(entry, fact)
            case f.Unanswered(step=step):
                words = gettext("«{step}»: el sistema no contestó; se le pregunta a una persona")
                item = self._plain(entry, words.format(step=self._title(step)), "plug")
                return replace(item, side="wrong-turn")
            case f.CaseOwed(procedure=code):
                words = gettext("Se abrió un caso de {procedure}").format(procedure=code)
                return self._plain(entry, words, "folder-plus")
            case f.OtherClosed(procedure=code, number=number, result=result):
                words = gettext("Terminó el caso {number} de {procedure}: {result}")
                told = words.format(number=number, procedure=code, result=result_words(result))
                return self._plain(entry, told, "folder-check")
            case _:
                return None

    def _answered(self, entry: EntryRow, fact: f.Answered) -> Item:
        title = self._title(fact.step)
        if fact.as_of:
            today = entry.recorded_at.date()
            day = day_words(date.fromisoformat(fact.as_of), today=today)
            words = gettext("«{step}»: lo dice la hoja del {day}").format(step=title, day=day)
        else:
            words = gettext("«{step}»: lo contestó el sistema").format(step=title)
        return self._plain(entry, words, "plug")

    def _kept(self, entry: EntryRow, fact: f.ItemMarked | f.Booked | f.AppointmentEnded) -> Item:
        """What was marked on a checklist, agreed for a day, or became of it."""
        if isinstance(fact, f.ItemMarked):
            item = self._item_text(fact.checklist, fact.item)
            mark = str(MARKS[fact.mark]) if fact.mark is not None else gettext("Sin marca")
            plain = self._plain(entry, f"{mark}: {item}", "list-checks")
            return replace(plain, at=fact.at, text=fact.note)
        known = self.procedure.appointments.get(fact.name)
        title = known.title if known else fact.name
        if isinstance(fact, f.AppointmentEnded):
            heading = f"{title}: {OUTCOMES[str(fact.outcome)]}"
            return replace(self._plain(entry, heading, "calendar"), at=fact.at, text=fact.note)
        words = gettext("Cambió la cita «{title}»") if fact.moved else gettext("Cita «{title}»")
        plain = self._plain(entry, words.format(title=title), "calendar")
        return replace(plain, lines=(moment_words(fact.at, now=entry.recorded_at),))

    def _item_text(self, checklist: str, item: str) -> str:
        known = self.procedure.checklists.get(checklist)
        found = (one.text for one in (known.items if known else ()) if one.key == item)
        return next(found, item)

    def _trouble(self, entry: EntryRow, fact: f.Fact) -> Item | None:
        match fact:
            case f.DeadlineLate(name=name, due_at=at):
                words = gettext("Venció «{limit}»").format(limit=self._limit(name))
                item = self._plain(entry, words, "circle-alert")
                return replace(item, at=at, side="wrong-turn")
            case f.Cancelled(reason=reason, at=at):
                item = self._plain(entry, gettext("Se cerró sin terminar"), "ban")
                return replace(item, at=at, text=reason, side="wrong-turn")
            case f.MessageImpossible(message=name):
                words = gettext("No se pudo enviar «{title}»: no hay dirección").format(
                    title=self._message_title(name)
                )
                return replace(self._plain(entry, words, "circle-alert"), side="wrong-turn")
            case f.DeliveryKnown(delivery=delivery, key=key, detail=detail):
                if delivery is f.Delivery.SENT:
                    return None
                words = gettext("No se entregó «{title}»").format(
                    title=self._message_title(key.partition("#")[0])
                )
                item = self._plain(entry, words, "circle-alert")
                return replace(item, text=detail, side="wrong-turn")
            case _:
                return None

    def _received(self, entry: EntryRow, ref: str, *, robot: bool) -> Item:
        contact = self.received.get(ref)
        if contact is None:
            return self._plain(entry, gettext("Llegó un mensaje"), "mail")
        icon = channel_label(contact.medium).icon
        if robot:
            words = gettext("Respuesta automática de {who}")
        elif contact.medium == VOICE:
            words = gettext("Habló {who}")
        else:
            words = gettext("Escribió {who}")
        item = self._plain(
            entry, words.format(who=named(contact.name, "") or contact.address), icon
        )
        return replace(
            item, at=contact.at, by="", side="theirs", letter=letter(self.number, contact)
        )

    def _owed(self, entry: EntryRow, fact: f.MessageOwed) -> Item:
        title = self._message_title(fact.message)
        spoken = fact.via == VOICE
        words = gettext("Se dijo «{title}»") if spoken else gettext("Se envió «{title}»")
        item = self._plain(
            entry, words.format(title=title), "message-square-quote" if spoken else "send"
        )
        contact: ContactRow | None = self.sent.get(fact.key)
        made = letter(self.number, contact) if contact else None
        return replace(item, side="ours", letter=made)

    def _step(self, entry: EntryRow, name: str) -> Item | None:
        step = self.procedure.steps.get(name)
        if step is None or step.who is None:
            return None
        words = gettext("Completó «{step}»").format(step=step.title)
        return self._plain(entry, words, "check")

    def _plain(self, entry: EntryRow, heading: str, icon: str) -> Item:
        return Item(
            heading=heading,
            icon=icon,
            at=entry.happened_at,
            recorded_at=entry.recorded_at,
            by=entry.actor_name,
        )

    def _lines(self, values: Mapping[str, Value]) -> tuple[str, ...]:
        fields = self.procedure.fields
        told = (
            (fields[name], value)
            for name, value in values.items()
            if name in fields and value != fields[name].default
        )
        return tuple(f"{of.label}: {words}" for of, value in told if (words := shown(of, value)))

    def _title(self, step: str) -> str:
        known = self.procedure.steps.get(step)
        return known.title if known else step

    def _alarm_words(self, name: str, alarm: str) -> str:
        deadline = self.procedure.deadlines.get(name)
        known = (one for one in (deadline.alarms if deadline else ()) if one.name == alarm)
        after = any(one.side is Side.AFTER or one.percent >= 100 for one in known)
        words = gettext("Sigue vencido «{limit}»") if after else gettext("Se acerca «{limit}»")
        return words.format(limit=self._limit(name))

    def _limit(self, name: str) -> str:
        known = self.procedure.deadlines.get(name)
        return known.title if known else name

    def _message_title(self, name: str) -> str:
        known = self.procedure.messages.get(name)
        return known.title if known else name


_CARRIERS = (f.StepDone, f.ActionTaken, f.Corrected, f.Opened)


def result_words(result: str) -> str:
    """A result as people read it: the word of the procedure, without its underscores."""
    return result.replace("_", " ")
