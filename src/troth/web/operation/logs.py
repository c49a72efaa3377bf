"""Structured logs: one JSON line an event on standard error, without anything about a person."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, cast

import structlog

if TYPE_CHECKING:
    from structlog.typing import FilteringBoundLogger, Processor


def logger() -> FilteringBoundLogger:
    """Where events are told."""
    return cast("FilteringBoundLogger", structlog.get_logger())


def set_up(*, as_json: bool, requests: bool = True) -> None:
    """Tell events as JSON lines, or for a person at a terminal; those of libraries, too, from warnings on.

    `requests`: also those that went well; what went wrong in the server is always told.
    """
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    draw: Processor = (
        structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[*shared, draw],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO if requests else logging.WARNING),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processor=draw, foreign_pre_chain=shared))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
