"""The forms of the telephone: a lost call noted by hand, and a try to call back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ventanilla.telephone.models import AttemptOutcome

OUTCOMES = {
    AttemptOutcome.REACHED: _("Contestó"),
    AttemptOutcome.NO_ANSWER: _("No contesta"),
    AttemptOutcome.BUSY: _("Ocupado"),
    AttemptOutcome.WRONG_NUMBER: _("Número equivocado"),
}


class LostForm(forms.Form):
    """A call that nobody answered, noted by whoever saw it."""

    number = forms.CharField(
        label=_("Número que llamó"),
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        error_messages={"required": _("Escriba el número al que hay que devolver la llamada.")},
    )
    name = forms.CharField(label=_("Nombre"), max_length=200, required=False)


class AttemptForm(forms.Form):
    """How a try to call back went."""

    outcome = forms.ChoiceField(
        label=_("Qué pasó"), choices=list(OUTCOMES.items()), widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("Nota"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
