"""Logs are events: a name in the past tense, and keys. Never a name, a code, a token or what people wrote."""

import logging
import sys
from typing import TextIO

import structlog

from shared.runtime.settings import Settings


def start_logging(settings: Settings, *, program: str, to: TextIO = sys.stderr) -> None:
    """Send this process's logs to *to*, one line each."""
    level = getattr(logging, settings.log_level.upper())
    last = (
        structlog.processors.JSONRenderer()
        if settings.log_json
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            last,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(to),
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(program=program)
    logging.basicConfig(level=logging.WARNING, stream=to, format="%(levelname)s %(name)s %(message)s")
    # nats-py and slack-bolt log whole bodies when something fails.
    for loud in ("nats", "slack_bolt", "slack_sdk", "aiohttp.access"):
        logging.getLogger(loud).setLevel(logging.ERROR)
