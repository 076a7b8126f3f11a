"""The sheet of a step or action, made from the procedure: questions, checklist, message."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField
from django.utils.timezone import localdate
from django.utils.translation import gettext

from ventanilla.answers.controls import FilesField, ManyFiles, Upload, control
from ventanilla.answers.refusals import refusal_words, unreadable_words
from ventanilla.answers.shown import shown, typed
from ventanilla.core.definition.expressions import Value
from ventanilla.core.definition.model import (
    Action,
    Ask,
    Field,
    FieldType,
    Message,
    Procedure,
    Step,
)
from ventanilla.core.definition.values import Reading, Unreadable, read_value
from ventanilla.core.engine.commands import RefusalCode, Refused, Wording
from ventanilla.core.engine.sheets import as_of
from ventanilla.core.engine.state import State
from ventanilla.core.engine.words import VOICE, Draft
from ventanilla.desk.labels import channel_label

CHECKED: Final = "hecho"
SUBJECT: Final = "asunto"
BODY: Final = "texto"
VIA: Final = "medio"
ATTACHED: Final = "adjuntos"
PRINT: Final = "huella"
LARGEST_FILE = 20 * 1024 * 1024

Part = Step | Action


@dataclass(frozen=True, slots=True, kw_only=True)
class Questionnaire:
    """What a sheet is made from.

    ``met`` are the fields asked as things stand; the others depend on answers that the sheet itself
    gives, and ``deciding`` are the fields in which those answers are given. ``demanded`` are those
    without which the sheet is not taken, as far as the answers tell.
    """

    procedure: Procedure
    state: State
    part: Part
    asks: tuple[Ask, ...]
    met: frozenset[str]
    deciding: frozenset[str]
    demanded: frozenset[str]
    draft: Draft | None
    reading: Reading
    people: tuple[tuple[str, str], ...] = ()


class Sheet(forms.Form):
    """A form whose controls hand on what was typed, and whose reading is the language's own."""

    def __init__(self, asked: Questionnaire, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        self.met = asked.met
        self.values: dict[str, Value] = {}
        self._ask_questions()
        self._ask_checks()
        self._ask_wording()

    # --- for the template

    @property
    def questions(self) -> list[tuple[BoundField, bool]]:
        """Each question, and whether it is asked as things stand."""
        return [(self[_control_name(ask.field)], ask.field in self.met) for ask in self.asked.asks]

    @property
    def check_field(self) -> BoundField | None:
        return self[CHECKED] if CHECKED in self.fields else None

    @property
    def letter_fields(self) -> list[BoundField]:
        return [self[name] for name in (VIA, SUBJECT, BODY, ATTACHED) if name in self.fields]

    # --- for the view

    @property
    def checked(self) -> tuple[str, ...]:
        """The items of the checklist that were ticked."""
        return tuple(self.cleaned_data.get(CHECKED, ()))

    @property
    def uploads(self) -> Mapping[str, list[Upload]]:
        """Files by the field that asked for them; those of the message under no name."""
        found = {
            ask.field: self.cleaned_data.get(_control_name(ask.field), [])
            for ask in self.asked.asks
            if self._field(ask).type is FieldType.FILES
        }
        return {**found, "": self.cleaned_data.get(ATTACHED, [])}

    def wording(self, attachments: tuple[str, ...]) -> Wording | None:
        """The words the person chose; what was left as suggested stays the template's."""
        if self.asked.draft is None:
            return None
        subject, body = self.cleaned_data.get(SUBJECT, ""), self.cleaned_data.get(BODY, "")
        own = fingerprint(subject, body) != self.data.get(PRINT)
        return Wording(
            subject=subject if own else "",
            body=body if own else "",
            via=self.cleaned_data.get(VIA, ""),
            attachments=attachments,
        )

    def ask_only(self, met: frozenset[str]) -> bool:
        """Judges the answers to these questions alone; what is wrong in the others is no matter."""
        self.met = met
        for ask in self.asked.asks:
            if ask.field not in met:
                self.errors.pop(_control_name(ask.field), None)
                self.values.pop(ask.field, None)
        return self.is_valid()

    def refuse(self, refused: Refused) -> None:
        """Puts the engine's refusal beside the control that can be put right."""
        words = refusal_words(refused, self.asked.procedure)
        self.add_error(self._place_of(refused), words)

    def typed_words(self) -> list[tuple[str, str]]:
        """What was typed, in words, for somebody who could not hand it in."""
        questions = [
            (self._field(ask).label, shown(self._field(ask), self.values.get(ask.field)))
            for ask in self.asked.asks
        ]
        letter = [
            (str(self.fields[n].label), self.data.get(n, ""))
            for n in (SUBJECT, BODY)
            if n in self.fields
        ]
        return [(label, text) for label, text in (*questions, *letter) if text]

    def clean(self) -> dict[str, Any]:
        """Reads every answer; all that cannot be read are said at once."""
        for ask in self.asked.asks:
            of = self._field(ask)
            if of.type is not FieldType.FILES:
                self._read(ask, of)
        return self.cleaned_data

    # --- making

    def _ask_questions(self) -> None:
        for ask in self.asked.asks:
            of = self._field(ask)
            offered = as_of(self.asked.procedure, of, localdate(), self.asked.state)
            made = control(offered, required=False, people=self.asked.people)
            made.silent_optional = of.required or ask.field in self.asked.demanded  # type: ignore[attr-defined]
            if ask.field in self.asked.deciding:
                made.widget.attrs["data-decides"] = "yes"
            self.fields[_control_name(ask.field)] = made
            self.initial.setdefault(_control_name(ask.field), self._known(of))

    def _ask_checks(self) -> None:
        items = [(item.key, item.text) for item in self.asked.part.do]
        if not items:
            return
        made = forms.MultipleChoiceField(
            label=gettext("Marque lo que hizo"),
            choices=items,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        made.silent_optional = True  # type: ignore[attr-defined]
        self.fields[CHECKED] = made

    def _ask_wording(self) -> None:
        draft = self.asked.draft
        if draft is None:
            return
        message = self.asked.procedure.messages[draft.message]
        media = _media(message)
        if len(media) > 1:
            self.fields[VIA] = forms.ChoiceField(label=gettext("Por dónde"), choices=media)
        if draft.via != VOICE or draft.subject:
            self.fields[SUBJECT] = forms.CharField(
                label=gettext("Asunto"), max_length=300, required=False
            )
        self.fields[BODY] = forms.CharField(
            label=gettext("Texto"), widget=forms.Textarea(attrs={"class": "tall"}), required=False
        )
        if draft.via != VOICE:
            self.fields[ATTACHED] = FilesField(
                label=gettext("Adjuntos"),
                required=False,
                widget=ManyFiles(attrs={"multiple": True}),
            )
        self.fields[PRINT] = forms.CharField(required=False, widget=forms.HiddenInput)
        suggested = {
            VIA: draft.via,
            SUBJECT: draft.subject,
            BODY: draft.body,
            PRINT: fingerprint(draft.subject, draft.body),
        }
        self.initial = {**suggested, **self.initial}
        for name in (SUBJECT, BODY):
            if name in self.fields:
                self.fields[name].silent_optional = True  # type: ignore[attr-defined]

    def _known(self, of: Field) -> object:
        """What is known already: from the case, or from the registry."""
        value = self.asked.state.fields.get(of.name)
        party = self.asked.state.party
        if value is None and of.saves is not None and party is not None:
            value = party.attributes.get(of.saves.removeprefix("party."))
        return typed(of, value)

    # --- reading

    def _read(self, ask: Ask, of: Field) -> None:
        name = _control_name(ask.field)
        raw = self.cleaned_data.get(name)
        value = read_value(of, raw, self.asked.reading)
        if isinstance(value, Unreadable):
            self.add_error(name, unreadable_words(value))
            return
        self.values[ask.field] = value

    def _place_of(self, refused: Refused) -> str | None:
        if refused.code is RefusalCode.ITEM_UNCHECKED:
            return CHECKED
        if refused.code is RefusalCode.WORDING_EMPTY:
            return BODY
        name = _control_name(refused.datum)
        return name if name in self.fields else None

    def _field(self, ask: Ask) -> Field:
        return self.asked.procedure.fields[ask.field]


def fingerprint(subject: str, body: str) -> str:
    """A short print of a text, the same whatever the browser did to its line ends."""
    plain = "\n".join(line.rstrip() for line in f"{subject}\n{body}".strip().splitlines())
    return sha256(plain.encode()).hexdigest()[:24]


def _control_name(field: str) -> str:
    return f"dato-{field}"


def _media(message: Message) -> list[tuple[str, str]]:
    media: Iterable[str] = message.via
    return [(medium, str(channel_label(medium).text)) for medium in media]
