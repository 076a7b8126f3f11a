"""What a load balancer or a supervisor of services asks: alive, and ready to serve."""

from collections.abc import Callable

import structlog
from django.db import Error as DatabaseFailure
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse

View = Callable[[HttpRequest], HttpResponse]

ALIVE = "/healthz"
READY = "/readyz"

_log = structlog.get_logger(__name__)


def health(get_response: View) -> View:
    """Answers `/healthz` while the process lives and `/readyz` while it can serve.

    Before any other middleware, because whoever asks knows neither our host names nor https.
    Ready is 200 when the database answers and has every migration, otherwise 503 with the reason.
    """
    answers = {ALIVE: _alive, READY: _ready}

    def middleware(request: HttpRequest) -> HttpResponse:
        answer = answers.get(request.path_info)
        return get_response(request) if answer is None else answer()

    return middleware


def _alive() -> HttpResponse:
    return _plain("ok", 200)


def _ready() -> HttpResponse:
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseFailure as error:
        _log.warning("not_ready", reason="database", error=type(error).__name__)
        return _plain("database does not answer", 503)
    if missing:
        _log.warning("not_ready", reason="migrations", count=len(missing))
        return _plain("migrations are missing: ventanilla migrate", 503)
    return _plain("ok", 200)


def _plain(text: str, status: int) -> HttpResponse:
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(
        f"{text}\n", status=status, content_type="text/plain; charset=utf-8", headers=headers
    )
