"""The form of a new contact: by which door, who it is, what for. Only the last is needed."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import uuid4

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from ventanilla.answers.controls import control
from ventanilla.answers.refusals import unreadable_words
from ventanilla.core.definition.expressions import Value
from ventanilla.core.definition.model import Field
from ventanilla.core.definition.values import Reading, Unreadable, read_value
from ventanilla.desk.labels import channel_label

SEARCH_LABEL: Final = _("Nombre, documento, RUC, teléfono o correo")
NEW: Final = "new"


def _silent(form: forms.Form, *names: str) -> None:
    for name in names:
        form.fields[name].silent_optional = True  # type: ignore[attr-defined]


class SearchForm(forms.Form):
    """One box for everything a person can be found by."""

    q = forms.CharField(
        label=SEARCH_LABEL,
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "data-key": "/"}),
    )

    def __init__(self, *args: Any, looks_in: str, shows_in: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _silent(self, "q")
        self.fields["q"].widget.attrs |= live_search(looks_in, shows_in)


class PartyForm(forms.Form):
    """The data of somebody new. Nothing is required; what is wrong is said beside the field."""

    def __init__(
        self, *args: Any, attributes: tuple[Field, ...], reading: Reading, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.attributes = attributes
        self.reading = reading
        self.values: dict[str, Value] = {}
        for of in attributes:
            made = control(of, required=False, people=())
            made.silent_optional = True  # type: ignore[attr-defined]
            self.fields[attribute_control(of)] = made

    @property
    def party_fields(self) -> list[BoundField]:
        return [self[attribute_control(of)] for of in self.attributes]

    def clean(self) -> dict[str, Any]:
        """Reads every datum; all that cannot be right are said at once."""
        for of in self.attributes:
            name = attribute_control(of)
            value = read_value(of, self.cleaned_data.get(name), self.reading)
            if isinstance(value, Unreadable):
                self.add_error(name, unreadable_words(value))
            elif value is not None:
                self.values[of.name] = value
        return self.cleaned_data

    def refuse_attribute(self, attribute: str, words: str) -> None:
        """Puts a refusal of the registry beside its field."""
        known = {of.name: attribute_control(of) for of in self.attributes}
        self.add_error(known.get(attribute), words)


class ContactForm(PartyForm):
    """A call or a visit, from the first word to the open case."""

    channel = forms.ChoiceField(
        label=_("Canal"), widget=forms.RadioSelect(attrs={"class": "across"})
    )
    office = forms.ChoiceField(label=_("Oficina"))
    q = forms.CharField(label=SEARCH_LABEL, required=False, max_length=200)
    procedure = forms.ChoiceField(label=_("Servicio"), widget=forms.RadioSelect)
    subject = forms.CharField(
        label=_("Motivo, en sus palabras"),
        max_length=300,
        error_messages={"required": _("Escriba a qué viene, aunque sea en tres palabras.")},
    )
    began_at = forms.CharField(widget=forms.HiddenInput, required=False)
    nonce = forms.UUIDField(widget=forms.HiddenInput, required=False)
    call = forms.UUIDField(widget=forms.HiddenInput, required=False)
    caller = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)

    def __init__(
        self,
        *args: Any,
        channels: tuple[str, ...],
        offices: Mapping[str, str],
        procedures: Mapping[str, str],
        looks_in: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        named = [(code, str(channel_label(code).text)) for code in channels]
        self._choose("channel", named)
        self._choose("office", list(offices.items()))
        self._choose("procedure", list(procedures.items()))
        self.fields["q"].widget = forms.TextInput(
            attrs={"type": "search", "autocomplete": "off", "data-key": "/"}
            | live_search(looks_in, "#personas")
        )
        _silent(self, "q")

    @property
    def door_fields(self) -> list[BoundField]:
        return [self["channel"], self["office"]]

    @property
    def matter_fields(self) -> list[BoundField]:
        return [self["procedure"], self["subject"]]

    @property
    def opens_new_party(self) -> bool:
        return any(field.errors or field.value() for field in self.party_fields)

    def begin_anew(self, words: str) -> None:
        """Says why nothing was opened; handed in again, it counts as another form."""
        self.add_error(None, words)
        told = {name: self.data[name] for name in self.data}
        self.data = {**told, "nonce": str(uuid4())}

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices
            if len(choices) == 1:
                field.initial = choices[0][0]


def attribute_control(of: Field) -> str:
    """The name of the control of an attribute."""
    return f"ficha-{of.name}"


def live_search(looks_in: str, shows_in: str) -> dict[str, str]:
    """The attributes that make a box search as one types."""
    return {
        "hx-get": looks_in,
        "hx-trigger": "input changed delay:250ms, search",
        "hx-target": shows_in,
        "hx-swap": "outerHTML",
        "hx-params": "q",
    }
