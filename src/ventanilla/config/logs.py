"""Facts in the log, never personal data: only the keys listed here are written.

Of a defect its kinds and places are told, not its words: those quote what people typed.
"""

import logging
import sys
from collections.abc import Iterator
from traceback import extract_tb

import structlog
from structlog.typing import EventDict, ExcInfo, Processor, WrappedLogger

ALLOWED_KEYS = frozenset(
    {
        "event",
        "level",
        "timestamp",
        "logger",
        "exception",
        "exc_info",
        "organization",
        "actor",
        "case",
        "procedure",
        "command",
        "effect",
        "message",
        "channel",
        "task",
        "step",
        "release",
        "path",
        "method",
        "status",
        "duration_ms",
        "attempt",
        "worker",
        "count",
        "code",
        "reason",
        "error",
    }
)


def only_allowed_keys(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """The event without the keys that are not listed; their names stay, their values do not."""
    dropped = sorted(key for key in event if key not in ALLOWED_KEYS and not key.startswith("_"))
    for key in dropped:
        del event[key]
    if dropped:
        event["reason"] = f"keys not allowed in the log: {', '.join(dropped)}"
    return event


def places_only(exc_info: ExcInfo) -> str:
    """The kinds of an exception and of its causes, each with the places that it passed."""
    return "\n".join(_places(exc_info[1]))


def _places(error: BaseException | None) -> Iterator[str]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield f"{type(error).__module__}.{type(error).__qualname__}"
        for place in extract_tb(error.__traceback__):
            yield f"  {place.filename}:{place.lineno} {place.name}"
        error = error.__cause__ or error.__context__


def configure_logs(*, readable: bool) -> None:
    """Sends structlog and the standard logging to standard error, one line per fact."""
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer: Processor = (
        structlog.dev.ConsoleRenderer(
            colors=False, exception_formatter=structlog.dev.plain_traceback
        )
        if readable
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    structlog.configure(
        processors=[
            *shared,
            only_allowed_keys,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.ExceptionRenderer(places_only),
                renderer,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    logging.getLogger("django.request").setLevel(logging.ERROR)
    # Strangers who call the server by another name are not news.
    logging.getLogger("django.security.DisallowedHost").setLevel(logging.CRITICAL)
