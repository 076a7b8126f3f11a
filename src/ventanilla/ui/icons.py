"""Icons drawn into the page; decorative unless they are given a name."""

from functools import lru_cache
from typing import cast

from django.utils.safestring import SafeString
from lucide.templatetags.lucide import lucide


@lru_cache(maxsize=512)
def icon(name: str, label: str = "", size: int = 20) -> SafeString:
    """The icon's drawing; with a label it is announced, without one it is hidden."""
    said = {"role": "img", "aria_label": label} if label else {"aria_hidden": "true"}
    drawn = lucide(name, size=size, **{"class": "icon"}, focusable="false", **said)
    return cast(SafeString, drawn)
