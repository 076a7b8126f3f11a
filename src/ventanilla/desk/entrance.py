"""How staff come to a page: signed in, in their own language, on their office's clock."""

from collections.abc import Callable, Mapping
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec, TypeAlias, cast
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext

from ventanilla.identity.actor import Actor
from ventanilla.identity.models import User
from ventanilla.identity.selectors import OfficeRow, offices
from ventanilla.identity.sessions import current_actor
from ventanilla.ui.look import THEME_COOKIE, Look, look_of, theme_of

UNTYPED = frozenset(
    {"csrfmiddlewaretoken", "deed", "huella", "began_at", "nonce", "next", "task", "call"}
)
"""What a form carries that nobody typed."""

KEYS_COOKIE = "atajos"
KEYS_OFF = "no"

_OFFICES = "_ventanilla_offices"

Rest = ParamSpec("Rest")
StaffView: TypeAlias = Callable[Concatenate[HttpRequest, Actor, Rest], HttpResponseBase]
View: TypeAlias = Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]


def for_staff(view: StaffView[Rest]) -> View[Rest]:
    """The view gets the actor; nobody signed in is sent to the door and comes back after."""

    @wraps(view)
    def entered(
        request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs
    ) -> HttpResponseBase:
        actor = current_actor(request)
        if actor is None:
            return _to_the_door(request)
        with translation.override(_language(request)), timezone.override(_zone(request, actor)):
            return view(request, actor, *args, **kwargs)

    return cast(View[Rest], entered)


def show(
    request: HttpRequest,
    actor: Actor,
    template: str,
    context: Mapping[str, object],
    *,
    place: str,
    status: int = 200,
) -> HttpResponse:
    """Renders a page of the desk with its frame: whose it is, who works, where they are."""
    frame = {
        "actor": actor,
        "look": _look(request),
        "place": place,
        "shortcuts": has_shortcuts(request),
        "zone_name": _zone_words(),
    }
    return render(request, template, {**frame, **context}, status=status)


def in_dialog(request: HttpRequest) -> bool:
    """Whether a page asks for this as a dialog, not as a page of its own."""
    return request.headers.get("HX-Target") == "dialogo"


def has_shortcuts(request: HttpRequest) -> bool:
    """Whether the person uses single keys."""
    return request.COOKIES.get(KEYS_COOKIE) != KEYS_OFF


def offices_of(request: HttpRequest, actor: Actor) -> tuple[OfficeRow, ...]:
    """The open offices of the organisation, read once in a request."""
    if _OFFICES not in request.__dict__:
        request.__dict__[_OFFICES] = offices(actor)
    found: tuple[OfficeRow, ...] = request.__dict__[_OFFICES]
    return found


def home_office(request: HttpRequest, actor: Actor) -> OfficeRow | None:
    """The office where the person works: the first in which they hold a role, or the first."""
    held = {office for _, office in actor.roles}
    known = offices_of(request, actor)
    own = (office for office in known if office.code in held)
    return next(own, known[0] if known else None)


def _to_the_door(request: HttpRequest) -> HttpResponseBase:
    if request.headers.get("HX-Request") == "true":
        answer = HttpResponse(status=204)
        answer.headers["HX-Redirect"] = settings.LOGIN_URL
        return answer
    if request.method == "GET":
        return redirect_to_login(request.get_full_path())
    typed = [
        text
        for name, texts in request.POST.lists()
        for text in texts
        if text.strip() and name not in UNTYPED
    ]
    if not typed:
        return redirect_to_login("/")
    context = {"typed": typed, "look": _look(request)}
    return render(request, "desk/session_over.html", context, status=HTTPStatus.UNAUTHORIZED)


def _language(request: HttpRequest) -> str:
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if chosen in dict(settings.LANGUAGES):
        return chosen
    return request.user.language if isinstance(request.user, User) else settings.LANGUAGE_CODE


def _zone(request: HttpRequest, actor: Actor) -> ZoneInfo | None:
    office = home_office(request, actor)
    return ZoneInfo(office.zone) if office else None


def _zone_words() -> str:
    city = timezone.get_current_timezone_name().rpartition("/")[2].replace("_", " ")
    return gettext("hora de {city}").format(city=city)


def _look(request: HttpRequest) -> Look:
    user = request.user
    theme = theme_of(request.COOKIES.get(THEME_COOKIE, ""))
    if not isinstance(user, User):
        return Look(theme=theme)
    organization = user.organization
    return look_of(organization.name, organization.accent, theme)
