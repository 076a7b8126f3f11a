"""The wall panel: numbers and where to go, nobody's name. It asks for news by itself."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from http import HTTPStatus
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from ventanilla.identity.devices import Machine
from ventanilla.identity.models import DeviceKind
from ventanilla.machines.entrance import for_machine, show
from ventanilla.reception.hall import Hall, NoReception, hall_of
from ventanilla.reception.selectors import CallRow, last_calls

FRESH: Final = timedelta(seconds=45)
"""How long a call stands out among the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A call as the wall shows it."""

    label: str
    spoken: str
    counter: str
    calls: int
    called_at: datetime
    is_fresh: bool


@require_GET
@for_machine(DeviceKind.PANEL)
def page(request: HttpRequest, machine: Machine) -> HttpResponseBase:
    """The last calls; asked by the page itself it answers only when something has changed."""
    now = timezone.now()
    try:
        hall = hall_of(machine.actor.organization_id, machine.office, now)
    except NoReception as missing:
        raise Http404 from missing
    calls = tuple(_shown(hall, one, now) for one in last_calls(machine.actor, hall, now))
    etag = _etag(calls)
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=HTTPStatus.NOT_MODIFIED, headers={"ETag": etag})
    polled = request.headers.get("HX-Target") == "llamados"
    template = "machines/panel/calls.html" if polled else "machines/panel/page.html"
    answer = show(request, machine, template, {"hall": hall, "calls": calls, "etag": etag})
    answer.headers["ETag"] = etag
    return answer


def _shown(hall: Hall, one: CallRow, now: datetime) -> Shown:
    letter, _, number = one.label.partition("-")
    return Shown(
        label=one.label,
        spoken=f"{' '.join(letter)} {int(number) if number.isdigit() else number}",
        counter=hall.counter_title(one.counter),
        calls=one.calls,
        called_at=one.called_at,
        is_fresh=now - one.called_at < FRESH,
    )


def _etag(calls: tuple[Shown, ...]) -> str:
    return f'"{sha256(repr((calls, get_language())).encode()).hexdigest()[:32]}"'
