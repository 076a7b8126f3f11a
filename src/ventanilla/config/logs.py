"""Facts in the log, never personal data: only the keys listed here are written."""

import logging
import sys

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

ALLOWED_KEYS = frozenset(
    {
        "event",
        "level",
        "timestamp",
        "logger",
        "exception",
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


def configure_logs(*, readable: bool) -> None:
    """Sends structlog and the standard logging to standard error, one line per fact."""
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer: Processor = (
        structlog.dev.ConsoleRenderer(colors=False)
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
                structlog.processors.format_exc_info,
                renderer,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    logging.getLogger("django.request").setLevel(logging.ERROR)
