"""The short forms around a client and around one's own absence."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ventanilla.answers.controls import control
from ventanilla.answers.refusals import unreadable_words
from ventanilla.core.definition.expressions import Value
from ventanilla.core.definition.model import AgreementKind
from ventanilla.core.definition.values import Reading, Unreadable, read_value
from ventanilla.identity.selectors import StaffRow


class DayField(forms.DateField):
    """A day, chosen as the browser offers it."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=widget, input_formats=["%Y-%m-%d"], **kwargs)


class AgreementForm(forms.Form):
    """What is agreed with a client, from when and until when, and where it stands in writing."""

    since = DayField(label=_("Desde"), error_messages={"required": _("Escriba desde cuándo.")})
    until = DayField(
        label=_("Hasta"), required=False, help_text=_("Si no tiene fin, déjelo vacío.")
    )
    evidence = forms.CharField(
        label=_("Dónde consta"),
        max_length=300,
        required=False,
        help_text=_("El correo, la carta o el contrato en que se acordó."),
    )
    field_order = ("value", "since", "until", "evidence")

    def __init__(self, kind: AgreementKind, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kind = kind
        self.value: Value = None
        self.fields["value"] = control(kind.field, required=True, people=())
        self.fields["since"].initial = today
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """Reads the value as the language does; days must be in order."""
        found = self.cleaned_data
        value = read_value(self._kind.field, found.get("value"), Reading())
        if isinstance(value, Unreadable):
            self.add_error("value", unreadable_words(value))
        elif value is None:
            self.add_error("value", gettext("Escriba qué se acordó."))
        else:
            self.value = value
        since, until = found.get("since"), found.get("until")
        if since and until and until < since:
            self.add_error("until", gettext("Termina antes de empezar: corrija las fechas."))
        return found


class EndForm(forms.Form):
    """The last day on which an agreement holds."""

    until = DayField(
        label=_("Último día en que vale"),
        error_messages={"required": _("Escriba el último día en que vale.")},
    )


class ExecutiveForm(forms.Form):
    """Who takes care of a client."""

    executive = forms.ChoiceField(label=_("A cargo de"), required=False)

    def __init__(self, people: tuple[StaffRow, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(person.email, person.full_name) for person in people]
        self.fields["executive"].choices = [("", gettext("Nadie")), *choices]  # type: ignore[attr-defined]
        self.fields["executive"].silent_optional = True  # type: ignore[attr-defined]


class AbsenceForm(forms.Form):
    """The days on which somebody is not there, and who stands in."""

    first_on = DayField(
        label=_("Primer día"), error_messages={"required": _("Escriba el primer día.")}
    )
    last_on = DayField(
        label=_("Último día"), error_messages={"required": _("Escriba el último día.")}
    )
    deputy = forms.ChoiceField(
        label=_("Suplente"),
        required=False,
        help_text=_("Tendrá sus tareas y sus funciones esos días, y solo esos días."),
    )
    reason = forms.CharField(label=_("Motivo"), max_length=200, required=False)

    def __init__(self, people: tuple[StaffRow, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(person.email, person.full_name) for person in people]
        self.fields["deputy"].choices = [("", gettext("Nadie")), *choices]  # type: ignore[attr-defined]
