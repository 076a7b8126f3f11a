"""What every template may use: the clock and the look."""

from django.http import HttpRequest
from django.utils import timezone

from ventanilla.ui.look import THEME_COOKIE, Look, theme_of


def page(request: HttpRequest) -> dict[str, object]:
    """The instant of this page and its dress; an audience's own `look` may replace it."""
    return {
        "now": timezone.now(),
        "look": Look(theme=theme_of(request.COOKIES.get(THEME_COOKIE, ""))),
        "page_path": request.get_full_path(),
    }
