"""The browser session: who it belongs to, asked anew at every request."""

from django.contrib.auth import login, logout
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest

from ventanilla.identity.access import all_accounts
from ventanilla.identity.actor import Actor
from ventanilla.identity.models import User
from ventanilla.identity.selectors import actor_of

_ACTOR = "_ventanilla_actor"


def begin_session(request: HttpRequest, user_id: int) -> None:
    """Signs the browser in under a new session key."""
    user = all_accounts().get(pk=user_id, is_active=True)
    login(request, user, backend="ventanilla.identity.backend.AccountBackend")
    request.__dict__.pop(_ACTOR, None)


def end_session(request: HttpRequest) -> None:
    """Signs the browser out and forgets everything it kept."""
    logout(request)
    request.__dict__.pop(_ACTOR, None)


def current_actor(request: HttpRequest) -> Actor | None:
    """Who asks, with the rights of this moment; None for nobody. Read once per request."""
    if _ACTOR not in request.__dict__:
        user = request.user
        request.__dict__[_ACTOR] = actor_of(user) if isinstance(user, User) else None
    found: Actor | None = request.__dict__[_ACTOR]
    return found


def forget_expired_sessions() -> None:
    """Deletes the sessions that nobody can use any more; the worker calls it now and then."""
    SessionStore.clear_expired()
