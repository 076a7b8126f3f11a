"""The forms of the public: a request, and something more about one that runs."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final
from uuid import uuid4

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ventanilla.answers.controls import FilesField, ManyFiles, Upload, control
from ventanilla.answers.refusals import refusal_words, unreadable_words
from ventanilla.core.definition.expressions import Value
from ventanilla.core.definition.model import Field, FieldType
from ventanilla.core.definition.values import Unreadable, read_value
from ventanilla.core.engine.commands import Refused
from ventanilla.core.engine.state import Sender
from ventanilla.portal.questions import Questions

NAME: Final = "nombre"
EMAIL: Final = "correo"
PHONE: Final = "telefono"
LONGEST_MESSAGE: Final = 20_000
AUTOFILL: Final = {NAME: "name", EMAIL: "email", PHONE: "tel"}


def _silent(made: forms.Field) -> forms.Field:
    made.silent_optional = True  # type: ignore[attr-defined]
    return made


class GuardedForm(forms.Form):
    """A form that is handed in once, and that robots give themselves away with."""

    nonce = forms.UUIDField(widget=forms.HiddenInput)
    apellido2 = forms.CharField(
        label=_("Deje este espacio en blanco"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("nonce", uuid4())
        _silent(self.fields["apellido2"])

    @property
    def trap(self) -> BoundField:
        """The control that people never see."""
        return self["apellido2"]

    @property
    def is_a_robots(self) -> bool:
        return bool(self.data.get("apellido2"))


class RequestForm(GuardedForm):
    """Who asks, and what the procedure wants to know. It refuses beside the field, with remedy."""

    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    """The questions that this page already asks."""

    def __init__(self, *args: Any, questions: Questions, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._questions = questions
        self.values: dict[str, Value] = {}
        self.contact: dict[str, Value] = {}
        self._contact_fields = {field.name: field for field in contact_fields()}
        for field in self._contact_fields.values():
            made = self._ask(_contact_control(field), field)
            made.widget.attrs["autocomplete"] = AUTOFILL[field.name]
        for field in questions.fields:
            self._ask(_control(field), field)

    # --- for the template

    @property
    def contact_questions(self) -> list[BoundField]:
        return [self[_contact_control(field)] for field in self._contact_fields.values()]

    @property
    def questions(self) -> list[BoundField]:
        """What is asked with these answers, in the order of the procedure."""
        asked = self._questions.asked(self.values)
        return [self[_control(field)] for field in self._questions.fields if field.name in asked]

    @property
    def shown_now(self) -> str:
        return " ".join(sorted(self._questions.asked(self.values)))

    @property
    def asks_more(self) -> bool:
        """Whether these answers call for questions that the page did not ask yet."""
        shown = set(self.data.get("shown", "").split())
        return not self._questions.asked(self.values) <= shown

    # --- for the view

    @property
    def sender(self) -> Sender:
        """Who asks, as they wrote it."""
        told = {name: str(value) for name, value in self.contact.items() if value is not None}
        return Sender(name=told.get(NAME, ""), email=told.get(EMAIL, ""), phone=told.get(PHONE, ""))

    @property
    def answers(self) -> Mapping[str, Value]:
        """The answers that count: those to questions that are asked."""
        asked = self._questions.asked(self.values)
        return {name: value for name, value in self.values.items() if name in asked}

    @property
    def uploads(self) -> Mapping[str, list[Upload]]:
        """Files by the question that they answer."""
        return {
            field.name: self.cleaned_data.get(_control(field)) or []
            for field in self._questions.fields
            if field.type is FieldType.FILES
        }

    def clean(self) -> dict[str, Any]:
        """Reads every answer; all that is missing or cannot be read is said at once."""
        for name, field in self._contact_fields.items():
            self._read(_contact_control(field), field, self.contact, name)
        for field in self._questions.fields:
            if field.type is not FieldType.FILES:
                self._read(_control(field), field, self.values, field.name)
        self._demand_contact()
        self._forgive_unasked()
        if not self.asks_more:
            self._demand_answers()
        return self.cleaned_data

    def refuse_file(self, words: str) -> None:
        """Says why a file is not taken; browsers never keep the choice of files."""
        self.add_error(None, words)

    def refuse(self, refused: Refused) -> None:
        """Puts the engine's refusal beside the control that can be put right."""
        name = f"dato-{refused.datum}"
        self.add_error(name if name in self.fields else None, refusal_words(refused))

    # --- making and reading

    def _ask(self, name: str, field: Field) -> forms.Field:
        demanded = self._questions.may_demand(field.name) or field.required
        made = control(field, required=False, people=())
        if demanded:
            _silent(made)
        self.fields[name] = made
        return made

    def _read(self, name: str, field: Field, into: dict[str, Value], key: str) -> None:
        value = read_value(field, self.cleaned_data.get(name), self._questions.reading)
        if isinstance(value, Unreadable):
            self.add_error(name, unreadable_words(value))
        else:
            into[key] = value

    def _demand_contact(self) -> None:
        missing = gettext("Complete este dato.")
        name, email = (f"contacto-{one}" for one in (NAME, EMAIL))
        if name not in self.errors and not self.contact.get(NAME):
            self.add_error(name, missing)
        reached = self.contact.get(EMAIL) or self.contact.get(PHONE)
        if not reached and email not in self.errors and f"contacto-{PHONE}" not in self.errors:
            self.add_error(
                email, gettext("Escriba un correo o un teléfono: por ahí le responderemos.")
            )

    def _demand_answers(self) -> None:
        missing = gettext("Complete este dato.")
        for field in self._questions.fields:
            name = _control(field)
            if name in self.errors or not self._questions.demands(field.name, self.values):
                continue
            given = self.cleaned_data.get(name) if field.type is FieldType.FILES else None
            if not given and self.values.get(field.name) in (None, "", ()):
                self.add_error(name, missing)

    def _forgive_unasked(self) -> None:
        """What is not asked is not judged."""
        asked = self._questions.asked(self.values)
        for field in self._questions.fields:
            if field.name not in asked:
                self.errors.pop(_control(field), None)


class ReplyForm(GuardedForm):
    """Something more about a request that runs: words, files, or both."""

    texto = forms.CharField(
        label=_("Su mensaje"),
        required=False,
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"max_length": _("El mensaje es muy largo: resúmalo o adjúntelo.")},
    )
    archivos = FilesField(
        label=_("Archivos"), required=False, widget=ManyFiles(attrs={"multiple": True})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _silent(self.fields["texto"])

    @property
    def uploads(self) -> list[Upload]:
        return list(self.cleaned_data.get("archivos") or [])

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data.get("texto", "").strip() or self.cleaned_data.get("archivos")
        if not told and "texto" not in self.errors:
            self.add_error("texto", gettext("Escriba un mensaje o elija un archivo."))
        return self.cleaned_data


def contact_fields() -> tuple[Field, ...]:
    """How the public says who asks, and where they can be answered."""
    name = Field(name=NAME, type=FieldType.TEXT, label=gettext("Su nombre"), required=True)
    email = Field(name=EMAIL, type=FieldType.EMAIL, label=gettext("Correo electrónico"))
    phone = Field(name=PHONE, type=FieldType.PHONE, label=gettext("Teléfono"), required=True)
    help_text = gettext("Basta el correo o el teléfono: por ahí le responderemos.")
    return name, replace(email, help=help_text, required=True), phone


def _control(field: Field) -> str:
    return f"dato-{field.name}"


def _contact_control(field: Field) -> str:
    return f"contacto-{field.name}"
