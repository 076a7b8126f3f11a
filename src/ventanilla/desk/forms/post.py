"""What is decided about a message that no rule could place."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class LinkForm(forms.Form):
    """The case that a message belongs to."""

    number = forms.CharField(
        label=_("Número del caso"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": "2026-000123"}),
        error_messages={"required": _("Escriba el número del caso.")},
    )


class OpenForm(forms.Form):
    """The procedure of the case that a message begins."""

    procedure = forms.ChoiceField(label=_("Servicio"))

    def __init__(self, *args: Any, procedures: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["procedure"]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(procedures.items())


class DiscardForm(forms.Form):
    """Why a message needs nobody."""

    reason = forms.CharField(
        label=_("Motivo"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Escriba por qué no hay nada que atender.")},
    )
