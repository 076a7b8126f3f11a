"""The forms of checklists and appointments."""

from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ventanilla.core.definition.model import ListItem
from ventanilla.core.engine.timely_state import Mark, Marked, Meeting

MARKS: Final[dict[Mark, Promise]] = {
    Mark.RECEIVED: _("Recibido"),
    Mark.OBSERVED: _("Observado"),
    Mark.ACCEPTED: _("Conforme"),
}
MOVED: Final = "moved"
OUTCOMES: Final[dict[str, Promise]] = {
    str(Meeting.KEPT): _("Se realizó"),
    str(Meeting.MISSED): _("No se presentó"),
    MOVED: _("Cambia de fecha"),
    str(Meeting.CALLED_OFF): _("Se anula"),
}


class ChecklistForm(forms.Form):
    """The items of a checklist that count now, each with its mark and what was observed."""

    def __init__(
        self, items: tuple[ListItem, ...], marks: dict[str, Marked], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._items = items
        choices = [("", _("Falta")), *((str(mark), words) for mark, words in MARKS.items())]
        for item in items:
            made = marks.get(item.key)
            label = f"{item.text} ({gettext('opcional')})" if item.optional else item.text
            self.fields[f"marca-{item.key}"] = forms.ChoiceField(
                label=label,
                choices=choices,
                required=False,
                initial=str(made.mark) if made is not None else "",
            )
            self.fields[f"nota-{item.key}"] = forms.CharField(
                label=gettext("Qué se observa en «{item}»").format(item=item.text),
                max_length=2_000,
                required=False,
                initial=made.note if made is not None else "",
            )
            for name in (f"marca-{item.key}", f"nota-{item.key}"):
                self.fields[name].silent_optional = True  # type: ignore[attr-defined]

    @property
    def marks(self) -> dict[str, tuple[Mark | None, str]]:
        """The marks by item, with the observation where something was observed."""
        found: dict[str, tuple[Mark | None, str]] = {}
        for item in self._items:
            word = self.cleaned_data[f"marca-{item.key}"]
            mark = Mark(word) if word else None
            note = self.cleaned_data[f"nota-{item.key}"] if mark is Mark.OBSERVED else ""
            found[item.key] = (mark, note)
        return found

    def clean(self) -> dict[str, Any]:
        for item in self._items:
            observed = self.cleaned_data.get(f"marca-{item.key}") == Mark.OBSERVED
            if observed and not (self.cleaned_data.get(f"nota-{item.key}") or "").strip():
                self.add_error(f"nota-{item.key}", gettext("Escriba qué se observa."))
        return self.cleaned_data


class MeetForm(forms.Form):
    """What became of an appointment."""

    outcome = forms.ChoiceField(
        label=_("Qué pasó con la cita"),
        choices=list(OUTCOMES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Elija qué pasó con la cita.")},
    )
    moved_to = forms.DateTimeField(
        label=_("Nueva fecha y hora, si cambia"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        error_messages={"invalid": _("Escriba la fecha y la hora.")},
    )
    note = forms.CharField(
        label=_("Motivo"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Queda en la historia del caso, con su nombre."),
    )

    @property
    def meeting(self) -> Meeting:
        """The outcome as the engine knows it; an appointment that moves stays booked."""
        word = self.cleaned_data["outcome"]
        return Meeting.BOOKED if word == MOVED else Meeting(word)

    def clean(self) -> dict[str, Any]:
        moves = self.cleaned_data.get("outcome") == MOVED
        if moves and not self.cleaned_data.get("moved_to") and "moved_to" not in self.errors:
            self.add_error("moved_to", gettext("Escriba la nueva fecha y hora."))
        return self.cleaned_data
