"""What narrows the worklist; kept in the address, so that it can be kept and sent."""

from collections.abc import Mapping
from typing import Any, TypedDict

from django import forms
from django.utils.translation import gettext_lazy as _

from ventanilla.desk.labels import CHANNELS
from ventanilla.identity.selectors import OfficeRow


class Chosen(TypedDict):
    whose: str
    role: str
    office: str
    channel: str
    page: int


class WorklistFilter(forms.Form):
    """Whose, which role, which office, which door. Nonsense in the address narrows nothing."""

    whose = forms.ChoiceField(
        label=_("De quién"),
        required=False,
        choices=(
            ("", _("Mías y de mis funciones")),
            ("mine", _("Solo las mías")),
            ("free", _("Sin tomar")),
        ),
    )
    role = forms.ChoiceField(label=_("Función"), required=False)
    office = forms.ChoiceField(label=_("Oficina"), required=False)
    channel = forms.ChoiceField(
        label=_("Canal"),
        required=False,
        choices=(("", _("Todos")), *((code, label.text) for code, label in CHANNELS.items())),
    )

    def __init__(
        self, data: Any, *, offices: tuple[OfficeRow, ...], roles: Mapping[str, str]
    ) -> None:
        super().__init__(data)
        every = ("", _("Todas"))
        self._choose("role", [every, *roles.items()])
        self._choose("office", [every, *((row.code, row.title) for row in offices)])
        for field in self.fields.values():
            field.silent_optional = True  # type: ignore[attr-defined]
        self.is_valid()

    def chosen(self) -> Chosen:
        """What was chosen, fit for the selector."""
        data = self.cleaned_data
        page = self.data.get("desde", "")
        return Chosen(
            whose=data.get("whose") or "all",
            role=data.get("role") or "",
            office=data.get("office") or "",
            channel=data.get("channel") or "",
            page=int(page) if page.isascii() and page.isdecimal() and len(page) < 6 else 1,
        )

    @property
    def is_narrow(self) -> bool:
        return any(self.cleaned_data.values())

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices
