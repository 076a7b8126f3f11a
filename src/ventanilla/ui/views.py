"""The few addresses that belong to the look itself, and the pages for what went wrong."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_GET, require_POST

from ventanilla.ui.colour import Colour, NotAColour, stylesheet
from ventanilla.ui.look import THEME_COOKIE, theme_of

YEAR = timedelta(days=365)


@require_GET
def accent_style(request: HttpRequest, colour: str) -> HttpResponse:
    """The accent of an organisation as a style sheet, so that no page needs inline style."""
    try:
        wish = Colour.read(colour)
    except NotAColour as refusal:
        raise Http404 from refusal
    answer = HttpResponse(stylesheet(wish), content_type="text/css; charset=utf-8")
    patch_cache_control(answer, public=True, immutable=True, max_age=int(YEAR.total_seconds()))
    return answer


@require_POST
def choose_look(request: HttpRequest) -> HttpResponse:
    """Keeps the theme and language a person chose, and returns where they were."""
    answer = HttpResponseRedirect(_way_back(request))
    theme, language = request.POST.get("theme"), request.POST.get("language")
    if theme is not None:
        _remember(answer, THEME_COOKIE, theme_of(theme), secure=request.is_secure())
    if language is not None and check_for_language(language):
        _remember(answer, settings.LANGUAGE_COOKIE_NAME, language, secure=request.is_secure())
    return answer


def refused_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form whose security token is missing or old."""
    return render(request, "403_csrf.html", status=403)


def _way_back(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "/")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
        return wanted
    return "/"


def _remember(answer: HttpResponse, name: str, value: str, *, secure: bool) -> None:
    answer.set_cookie(name, value, max_age=YEAR, httponly=True, samesite="Lax", secure=secure)
