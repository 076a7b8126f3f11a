"""The forms of the reception: a ticket, an appointment, a visitor's credential, a machine."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from ventanilla.identity.models import DeviceKind
from ventanilla.reception.hall import Hall
from ventanilla.reception.visits import Reason

REASONS = {
    Reason.INTERVIEW: _("Entrevista con un funcionario"),
    Reason.VISIT: _("Visita a un sector"),
    Reason.CORRESPONDENCE: _("Entrega de correspondencia"),
}
KINDS = {
    DeviceKind.KIOSK: _("Dispensador de turnos"),
    DeviceKind.PANEL: _("Pantalla de llamados"),
    DeviceKind.TELEPHONE: _("Central telefónica"),
}


class OnceForm(forms.Form):
    """A form that counts once, however often it is handed in."""

    nonce = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nonce"].initial = uuid4

    def choose(self, name: str, choices: Mapping[str, Any], blank: Any = None) -> None:
        """Offer these options; with ``blank`` also none of them."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            none = [] if blank is None else [("", blank)]
            field.choices = [*none, *choices.items()]


class TicketForm(OnceForm):
    """What somebody at the reception comes for."""

    service = forms.ChoiceField(label=_("A qué viene"))
    priority = forms.ChoiceField(label=_("Atención preferente"), required=False)
    name = forms.CharField(label=_("Nombre"), max_length=200, required=False)

    def __init__(self, *args: Any, hall: Hall, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("service", services_of(hall))
        self.choose("priority", {one.name: one.title for one in hall.offered}, _("No"))
        if not hall.offered:
            del self.fields["priority"]


class AppointmentForm(OnceForm):
    """Somebody is expected today at an hour."""

    service = forms.ChoiceField(label=_("A qué viene"))
    at = forms.TimeField(
        label=_("Hora de la cita, hoy"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={
            "required": _("Escriba la hora."),
            "invalid": _("Escriba la hora así: 15:30."),
        },
    )
    name = forms.CharField(
        label=_("Nombre"),
        max_length=200,
        error_messages={"required": _("Escriba a quién se espera.")},
    )

    def __init__(self, *args: Any, hall: Hall, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hall = hall
        self.choose("service", services_of(hall))

    def moment(self, now: datetime) -> datetime:
        """The instant of the hour, today where the office is."""
        at: time = self.cleaned_data["at"]
        return datetime.combine(self.hall.today(now), at, tzinfo=self.hall.zone)


class CredentialForm(OnceForm):
    """A visitor's credential, given against a document."""

    name = forms.CharField(
        label=_("Nombre del visitante"),
        max_length=200,
        error_messages={"required": _("Escriba el nombre del visitante.")},
    )
    document_kind = forms.CharField(
        label=_("Documento"),
        max_length=60,
        help_text=_("Por ejemplo: DNI, carnet de identidad, pasaporte."),
        error_messages={"required": _("Escriba qué documento muestra.")},
    )
    document_number = forms.CharField(
        label=_("Número"),
        max_length=60,
        error_messages={"required": _("Escriba el número del documento.")},
    )
    is_document_kept = forms.BooleanField(
        label=_("El documento queda en recepción"), required=False, initial=True
    )
    reason = forms.ChoiceField(label=_("Motivo"), choices=list(REASONS.items()))
    whom = forms.CharField(label=_("A quién o qué sector visita"), max_length=200, required=False)
    credential = forms.CharField(
        label=_("Credencial que se entrega"),
        max_length=20,
        error_messages={"required": _("Escriba el número de la credencial.")},
    )


class DeviceForm(forms.Form):
    """A machine of an office."""

    kind = forms.ChoiceField(label=_("Qué es"), choices=list(KINDS.items()))
    office = forms.ChoiceField(label=_("Oficina"))
    title = forms.CharField(
        label=_("Nombre"),
        max_length=200,
        help_text=_("Por ejemplo: Pantalla de la entrada."),
        error_messages={"required": _("Escriba un nombre para reconocerlo.")},
    )

    def __init__(self, *args: Any, offices: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["office"]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(offices.items())


def services_of(hall: Hall) -> dict[str, Any]:
    """The services of an office, under the line to which each leads."""
    return {
        queue.title: [(one.name, one.title) for one in queue.services.values()]
        for queue in hall.queues.values()
    }
