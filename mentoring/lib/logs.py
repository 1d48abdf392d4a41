"""Structured logs: one JSON object a line, or colored text for people."""

import re
from collections.abc import MutableMapping
from typing import Any

import structlog

ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(\.[\w-]+)+")
KEY_VALUES = re.compile(r"(?<=\)=\().*(?=\))")  # PostgreSQL: Key (email)=(…) already exists.


def without_addresses(
    logger: Any, method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Blank out addresses and key values, which errors of mail and database quote."""
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = KEY_VALUES.sub("…", ADDRESS.sub("…@…", value))
    return event


BEFORE: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def logging_config(*, level: str, style: str) -> dict[str, Any]:
    """A ``LOGGING`` setting, and structlog set up to feed it.

    ``style`` is ``json`` or ``console``. Lines carry the ids of request, organization and
    member; bodies, tokens and addresses are never passed to a logger.
    """
    _configure_structlog()
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lines": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    without_addresses,
                    _renderer(style),
                ],
                "foreign_pre_chain": BEFORE,
            }
        },
        "handlers": {
            "lines": {"class": "logging.StreamHandler", "formatter": "lines"},
            "nowhere": {"class": "logging.NullHandler"},
        },
        "root": {"handlers": ["lines"], "level": level},
        # These name paths, which may hold tokens; the request log tells the same without.
        "loggers": {
            "django.request": {"handlers": ["nowhere"], "propagate": False},
            "django.security.csrf": {"handlers": ["nowhere"], "propagate": False},
            # These quote the document that they make.
            "weasyprint": {"handlers": ["nowhere"], "propagate": False},
            "fontTools": {"handlers": ["nowhere"], "propagate": False},
        },
    }


def _configure_structlog() -> None:
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *BEFORE,
            structlog.processors.StackInfoRenderer(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def _renderer(style: str) -> Any:
    if style == "json":
        return structlog.processors.JSONRenderer()
    return structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
