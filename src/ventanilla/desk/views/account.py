"""The door, and a person's own page."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ventanilla.desk.entrance import (
    KEYS_COOKIE,
    KEYS_OFF,
    for_staff,
    has_shortcuts,
    offices_of,
    show,
)
from ventanilla.desk.forms.account import ProfileForm, SignInForm
from ventanilla.identity.absences import absences_to_come
from ventanilla.identity.actor import Actor
from ventanilla.identity.selectors import roles
from ventanilla.identity.sessions import begin_session, current_actor, end_session
from ventanilla.identity.signin import SignedIn, TooManyTries, WrongCredentials, sign_in
from ventanilla.ui.look import THEME_COOKIE, theme_of
from ventanilla.ui.wording import span_words

YEAR = timedelta(days=365)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in_page(request: HttpRequest) -> HttpResponseBase:
    """Lets in who shows the right password, and takes them where they were going."""
    onward = _onward(request)
    if request.method == "GET" and current_actor(request) is not None:
        return redirect(onward)
    form = SignInForm(request.POST or None)
    status = 200
    if form.is_valid():
        outcome = sign_in(
            email=form.cleaned_data["email"],
            password=form.cleaned_data["password"],
            address=request.META.get("REMOTE_ADDR", ""),
            now=timezone.now(),
        )
        match outcome:
            case SignedIn(user_id=user_id):
                begin_session(request, user_id)
                return redirect(onward)
            case WrongCredentials():
                form.add_error(None, gettext("El correo o la contraseña no corresponden."))
            case TooManyTries(until=until):
                wait = span_words(until - timezone.now() + timedelta(minutes=1))
                form.add_error(
                    None,
                    gettext("Demasiados intentos. Espere {wait} y pruebe otra vez.").format(
                        wait=wait
                    ),
                )
                status = 429
    return render(request, "desk/sign_in.html", {"form": form, "next": onward}, status=status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session."""
    end_session(request)
    return redirect(settings.LOGIN_URL)


@require_http_methods(["GET", "POST"])
@for_staff
def profile(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """Who one is here, and how one sees the screens."""
    form = ProfileForm(
        request.POST or None,
        initial={
            "theme": theme_of(request.COOKIES.get(THEME_COOKIE, "")),
            "language": translation.get_language(),
            "shortcuts": has_shortcuts(request),
        },
    )
    if form.is_valid():
        return _keep_choices(request, form)
    context = {
        "form": form,
        "person": request.user,
        "roles": _role_words(request, actor),
        "absences": absences_to_come(actor, timezone.now()),
    }
    return show(request, actor, "desk/profile.html", context, place="profile")


@require_GET
@for_staff
def keys(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """Which keys do what."""
    return show(request, actor, "desk/keys.html", {}, place="profile")


def _keep_choices(request: HttpRequest, form: ProfileForm) -> HttpResponse:
    chosen = form.cleaned_data
    with translation.override(chosen["language"]):
        messages.success(request, gettext("Guardado. Así verá las pantallas en este equipo."))
    answer = redirect("desk:profile")
    _remember(request, answer, THEME_COOKIE, chosen["theme"])
    _remember(request, answer, settings.LANGUAGE_COOKIE_NAME, chosen["language"])
    _remember(request, answer, KEYS_COOKIE, "si" if chosen["shortcuts"] else KEYS_OFF)
    return answer


def _remember(request: HttpRequest, answer: HttpResponseRedirect, name: str, value: str) -> None:
    answer.set_cookie(
        name, value, max_age=YEAR, httponly=True, samesite="Lax", secure=request.is_secure()
    )


def _role_words(request: HttpRequest, actor: Actor) -> list[str]:
    titles = {role.code: role.title for role in roles(actor)}
    places = {office.code: office.title for office in offices_of(request, actor)}
    everywhere = gettext("todas las oficinas")
    held = sorted(actor.roles, key=lambda pair: (pair[0], pair[1] or ""))
    return [
        f"{titles.get(role, role)} ({places.get(office, office) if office else everywhere})"
        for role, office in held
    ]


def _onward(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else settings.LOGIN_REDIRECT_URL
