"""Forms of the door and of a person's own page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ventanilla.ui.look import Theme


class SignInForm(forms.Form):
    """The address and the password, as password managers expect them."""

    email = forms.EmailField(
        label=_("Correo de trabajo"),
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
        error_messages={"required": _("Escriba su correo de trabajo.")},
    )
    password = forms.CharField(
        label=_("Contraseña"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Escriba su contraseña.")},
    )


class ProfileForm(forms.Form):
    """How a person sees the screens."""

    theme = forms.ChoiceField(
        label=_("Tema"),
        choices=(
            (Theme.AUTOMATIC, _("Como el equipo")),
            (Theme.LIGHT, _("Claro")),
            (Theme.DARK, _("Oscuro")),
        ),
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(
        label=_("Idioma"), choices=(("es", "Español"), ("en", "English")), widget=forms.RadioSelect
    )
    shortcuts = forms.BooleanField(
        label=_("Usar atajos de teclado de una sola tecla"),
        required=False,
        help_text=_("Con j y k se recorre la bandeja; con n se empieza un contacto."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shortcuts"].silent_optional = True  # type: ignore[attr-defined]
