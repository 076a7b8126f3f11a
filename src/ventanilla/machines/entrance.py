"""How a machine comes to a page: by its own address, in its organisation's language and zone."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone, translation

from ventanilla.identity.devices import Machine, machine_at
from ventanilla.identity.models import DeviceKind
from ventanilla.ui.look import THEME_COOKIE, look_of, theme_of

Rest = ParamSpec("Rest")
MachineView = Callable[Concatenate[HttpRequest, Machine, Rest], HttpResponseBase]


def for_machine(
    kind: DeviceKind,
) -> Callable[[MachineView[Rest]], Callable[..., HttpResponseBase]]:
    """The view gets the machine; an address whose key is wrong leads nowhere."""

    def decorate(view: MachineView[Rest]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def entered(
            request: HttpRequest,
            reference: UUID,
            key: str,
            *args: Rest.args,
            **kwargs: Rest.kwargs,
        ) -> HttpResponseBase:
            machine = machine_at(reference, key, kind)
            if machine is None:
                raise Http404
            with (
                translation.override(_language(request, machine)),
                timezone.override(ZoneInfo(machine.zone)),
            ):
                answer = view(request, machine, *args, **kwargs)
            answer.headers["X-Robots-Tag"] = "noindex"
            return answer

        return entered

    return decorate


def show(
    request: HttpRequest,
    machine: Machine,
    template: str,
    context: Mapping[str, object],
    *,
    status: int = 200,
) -> HttpResponse:
    """Renders a page of a machine in its organisation's dress."""
    theme = theme_of(request.COOKIES.get(THEME_COOKIE, ""))
    frame = {
        "machine": machine,
        "look": look_of(machine.organization, machine.accent, theme),
    }
    return render(request, template, {**frame, **context}, status=status)


def _language(request: HttpRequest, machine: Machine) -> str:
    """The organisation's, unless this page was asked for in another of ours."""
    known = dict(settings.LANGUAGES)
    asked = request.GET.get("idioma", "")
    if asked in known:
        return asked
    return machine.language if machine.language in known else settings.LANGUAGE_CODE
