"""Colours that stay legible: one accent per organisation, made fit for light and dark."""

import re
from dataclasses import dataclass
from typing import Self

READABLE = 4.6
"""Contrast asked of text on its ground; WCAG AA asks for 4.5."""

_HEX = re.compile(r"#?([0-9a-fA-F]{6})")


class NotAColour(ValueError):
    """The text is not a colour of the form #rrggbb."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Colour:
    """A colour by its three channels, 0 to 255."""

    red: int
    green: int
    blue: int

    @classmethod
    def read(cls, text: str) -> Self:
        """Reads "#b3132b" or "b3132b"; refuses everything else with NotAColour."""
        found = _HEX.fullmatch(text.strip())
        if found is None:
            raise NotAColour(f"{text!r} is not of the form #rrggbb.")
        digits = found[1]
        return cls(red=int(digits[:2], 16), green=int(digits[2:4], 16), blue=int(digits[4:], 16))

    @property
    def hex(self) -> str:
        return f"{self.red:02x}{self.green:02x}{self.blue:02x}"

    def mixed(self, other: "Colour", share: float) -> "Colour":
        """This colour with `share` (0 to 1) of the other in it."""

        def blend(mine: int, theirs: int) -> int:
            return round(mine + (theirs - mine) * share)

        return Colour(
            red=blend(self.red, other.red),
            green=blend(self.green, other.green),
            blue=blend(self.blue, other.blue),
        )


WHITE = Colour(red=255, green=255, blue=255)
BLACK = Colour(red=0, green=0, blue=0)
LIGHT_GROUND = Colour.read("#efede7")
"""The least light ground of the light theme on which the accent is used for text."""
DARK_GROUND = Colour.read("#2a2e36")
"""The least dark ground of the dark theme on which the accent is used for text."""
DEFAULT_ACCENT = Colour.read("#0b5c6b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Accent:
    """The three colours that an organisation's accent becomes."""

    fill: Colour
    """Behind white text, in both themes."""
    light_text: Colour
    """As text on the light theme's grounds."""
    dark_text: Colour
    """As text on the dark theme's grounds."""


def accent(wish: Colour) -> Accent:
    """The legible colours nearest to the wish; each reaches the readable contrast."""
    return Accent(
        fill=_moved_until_readable(wish, ground=WHITE, towards=BLACK),
        light_text=_moved_until_readable(wish, ground=LIGHT_GROUND, towards=BLACK),
        dark_text=_moved_until_readable(wish, ground=DARK_GROUND, towards=WHITE),
    )


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of WCAG 2.2, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def stylesheet(wish: Colour) -> str:
    """The style rule that gives a page its organisation's accent."""
    made = accent(wish)
    return (
        ":root{"
        f"--accent-fill:#{made.fill.hex};"
        f"--accent:light-dark(#{made.light_text.hex},#{made.dark_text.hex})"
        "}\n"
    )


def _moved_until_readable(wish: Colour, *, ground: Colour, towards: Colour) -> Colour:
    shares = (step / 40 for step in range(41))
    moved = (wish.mixed(towards, share) for share in shares)
    return next((tried for tried in moved if contrast(tried, ground) >= READABLE), towards)


def _luminance(colour: Colour) -> float:
    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    return (
        0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue)
    )
