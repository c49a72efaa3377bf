"""How much memory and how many threads the store may take: `TROTH_MEMORY` and `TROTH_THREADS`."""

import os
import re
from collections.abc import Mapping

from troth.errors import UsageError
from troth.texts import _

_MEMORY = re.compile(r"^\d+(\.\d+)?\s*([kmgt]i?b)$", re.IGNORECASE)


def limits(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The environment's limits as DuckDB's configuration. Raises UsageError for what is no limit."""
    configuration = {}
    if memory := environment.get("TROTH_MEMORY", "").strip():
        if not _MEMORY.match(memory):
            raise UsageError(
                "memory-invalid",
                _("%(value)r is no amount of memory.") % {"value": memory},
                _("Write a number and a unit, such as 4GB or 800MB."),
                where="TROTH_MEMORY",
            )
        configuration["memory_limit"] = memory
    if threads := environment.get("TROTH_THREADS", "").strip():
        if not (threads.isascii() and threads.isdigit() and 1 <= int(threads) <= 1024):
            raise UsageError(
                "threads-invalid",
                _("%(value)r is no number of threads.") % {"value": threads},
                _("Write a whole number from 1 to 1024."),
                where="TROTH_THREADS",
            )
        configuration["threads"] = threads
    return configuration
