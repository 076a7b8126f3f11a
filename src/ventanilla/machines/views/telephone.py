"""The door for telephone systems: signed events of calls, each taken in once, in any order."""

import json
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from ventanilla.identity.devices import Machine, device_keys, machine_named
from ventanilla.identity.models import DeviceKind
from ventanilla.telephone.course import Happening, Notice
from ventanilla.telephone.hearing import Told, hear
from ventanilla.telephone.outcomes import EventDiffers
from ventanilla.telephone.signing import HEADER, unproven

LARGEST: Final = 16 * 1024
OLDEST: Final = timedelta(days=7)
AHEAD: Final = timedelta(minutes=5)


class Malformed(Exception):
    """The body is not an event; ``code`` and ``field`` say why."""

    def __init__(self, code: str, field: str = "") -> None:
        self.code, self.field = code, field
        super().__init__(code, field)


@csrf_exempt
@require_POST
def event(request: HttpRequest, reference: UUID) -> JsonResponse:
    """One event of a call. Nothing of it is read before the signature holds."""
    now = timezone.now()
    machine = machine_named(reference, DeviceKind.TELEPHONE)
    if machine is None:
        return _refused(HTTPStatus.NOT_FOUND, "unknown_system")
    body = request.body
    if len(body) > LARGEST:
        return _refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large")
    doubt = unproven(request.headers.get(HEADER, ""), body, device_keys(reference), now)
    if doubt is not None:
        return _refused(HTTPStatus.UNAUTHORIZED, doubt)
    try:
        told = _read(body, machine, now)
    except Malformed as wrong:
        return _refused(HTTPStatus.BAD_REQUEST, wrong.code, wrong.field)
    with translation.override(_language(machine)), timezone.override(ZoneInfo(machine.zone)):
        try:
            heard = hear(actor=machine.actor, now=now, told=told)
        except EventDiffers:
            return _refused(HTTPStatus.CONFLICT, "event_differs", "id")
    answer = {"call": str(heard.call), "standing": heard.standing, "is_new": heard.is_new}
    return JsonResponse(answer, status=HTTPStatus.ACCEPTED if heard.is_new else HTTPStatus.OK)


def _read(body: bytes, machine: Machine, now: datetime) -> Told:
    try:
        given = json.loads(body)
    except (ValueError, RecursionError) as wrong:
        raise Malformed("not_json") from wrong
    if not isinstance(given, dict):
        raise Malformed("not_an_object")
    happening = _text(given, "event", 20, is_needed=True)
    if happening not in set(Happening):
        raise Malformed("unknown_event", "event")
    return Told(
        call=f"{machine.reference}/{_text(given, 'call', 120, is_needed=True)}",
        office=machine.office,
        notice=Notice(
            id=_text(given, "id", 120, is_needed=True),
            happening=Happening(happening),
            at=_instant(given, now),
            caller=_text(given, "from", 60),
            line=_text(given, "to", 60),
            option=_text(given, "option", 60),
            agent=_text(given, "agent", 254),
        ),
        raw=body,
    )


def _text(given: dict[str, object], name: str, most: int, *, is_needed: bool = False) -> str:
    value = given.get(name, "")
    if not isinstance(value, str) or "\0" in value or len(value) > most:
        raise Malformed("bad_text", name)
    if is_needed and not value.strip():
        raise Malformed("missing", name)
    return value.strip()


def _instant(given: dict[str, object], now: datetime) -> datetime:
    try:
        at = datetime.fromisoformat(_text(given, "at", 40, is_needed=True))
    except ValueError as wrong:
        raise Malformed("bad_time", "at") from wrong
    if at.tzinfo is None or not now - OLDEST <= at <= now + AHEAD:
        raise Malformed("bad_time", "at")
    return at


def _refused(status: HTTPStatus, code: str, field: str = "") -> JsonResponse:
    problem = {"title": status.phrase, "status": status.value, "code": str(code)}
    if field:
        problem["field"] = field
    return JsonResponse(problem, status=status, content_type="application/problem+json")


def _language(machine: Machine) -> str:
    known = dict(settings.LANGUAGES)
    return machine.language if machine.language in known else settings.LANGUAGE_CODE
