"""What a page needs to know to be dressed: whose it is, in which theme and language."""

from dataclasses import dataclass
from enum import StrEnum

from ventanilla.ui.colour import DEFAULT_ACCENT, Colour, NotAColour

THEME_COOKIE = "tema"


class Theme(StrEnum):
    AUTOMATIC = "auto"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The dress of one page."""

    organization: str = ""
    accent: str = DEFAULT_ACCENT.hex
    theme: Theme = Theme.AUTOMATIC

    @property
    def short_name(self) -> str:
        """The short form that long official names carry after a dash; else the whole name."""
        _, dash, short = self.organization.rpartition(" – ")
        return short if dash and short else self.organization

    @property
    def monogram(self) -> str:
        """The one or two letters that stand for the organisation."""
        words = self.short_name.split() or ["Ventanilla"]
        initials = [word[0] for word in words if word[0].isupper()] or [words[0][0].upper()]
        return "".join(initials[:2])


def look_of(organization: str, accent: str, theme: Theme) -> Look:
    """The dress of an organisation; an accent that is no colour becomes ours."""
    try:
        return Look(organization=organization, accent=Colour.read(accent).hex, theme=theme)
    except NotAColour:
        return Look(organization=organization, theme=theme)


def theme_of(chosen: str) -> Theme:
    """The theme a person chose; automatic when the words mean nothing."""
    try:
        return Theme(chosen)
    except ValueError:
        return Theme.AUTOMATIC
