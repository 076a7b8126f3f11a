"""The short forms of what can be done at any time."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class NoteForm(forms.Form):
    """A free note."""

    text = forms.CharField(
        label=_("Qué quiere dejar anotado"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Escriba la nota.")},
    )


class ReasonForm(forms.Form):
    """A reason, which stays in the story."""

    reason = forms.CharField(
        label=_("Motivo"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Queda en la historia del caso, con su nombre."),
        error_messages={"required": _("Escriba el motivo: queda en la historia del caso.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].widget.attrs["maxlength"] = 2_000
