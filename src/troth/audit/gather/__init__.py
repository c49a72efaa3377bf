"""What touches the live shop and brings plain data home. Playwright's async interface throughout."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from troth.audit.artifacts.shape import Artifacts
    from troth.audit.gather.options import Options

__all__ = ["gathered"]


def gathered(
    shop: str,
    options: "Options | None" = None,
    progress: Callable[[str, float | None], None] | None = None,
    folder: Path | None = None,
) -> "Artifacts":
    """Everything there is to see of a shop, as a new customer sees it; ends within `options.seconds` or so.

    Args:
        shop: The shop's address; `https://` is put before one that has no scheme.
        options: What to gather, and how much; None: everything.
        progress: Told of every page before it is opened.
        folder: Where the artifacts will be saved; pictures are written below it. None: no pictures.

    Returns:
        The artifacts. What could not be gathered is named in their `failures`.

    Raises:
        UsageError: `address-invalid`, `address-private`, `browser-missing`, `ca-file-invalid`.
        TrothError: The home page could not be seen, with the code that a page's `failure` would have.
    """
    from troth.audit.gather.gathering import gathering
    from troth.audit.gather.options import Options

    def running() -> "Artifacts":
        return asyncio.run(gathering(shop, options or Options(), progress, folder))

    # In a thread of its own: the caller's may have a loop that runs already (a server's, a notebook's).
    with ThreadPoolExecutor(1, "troth-audit") as threads:
        return threads.submit(copy_context().run, running).result()
