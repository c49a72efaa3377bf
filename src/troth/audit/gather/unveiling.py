"""Taking what lies over an element out of sight for the moment of a picture."""

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

from playwright.async_api import CDPSession

from troth.audit.gather.isolated import PageMovedError, ScriptFailedError, finding, run

_LIMIT_S = 2.0

# What holds the element itself, a header that stays on top for one, is left. Layout does not change.
_HIDE = """((selector, veils) => {
  const find = %(find)s, element = find(selector), hidden = [];
  for (const veil of veils) {
    const over = find(veil);
    if (!over || !over.style || over.contains(element)) continue;
    hidden.push([veil, over.getAttribute("style")]);
    over.style.setProperty("visibility", "hidden", "important");
  }
  return hidden;
})(%(selector)s, %(veils)s)"""
_SHOW = """((hidden) => {
  const find = %(find)s;
  for (const [veil, style] of hidden) {
    const over = find(veil);
    if (over && style === null) over.removeAttribute("style");
    else if (over) over.setAttribute("style", style);
  }
})(%(hidden)s)"""


@asynccontextmanager
async def unveiled(session: CDPSession, selector: str, veils: Sequence[str]) -> AsyncIterator[None]:
    """While the block runs, `veils` do not lie over what `selector` finds; afterwards they are as before."""
    hidden = None
    if veils:
        told = {"find": finding(), "selector": json.dumps(selector), "veils": json.dumps(list(veils))}
        with suppress(PageMovedError, ScriptFailedError):
            hidden = await run(session, _HIDE % told, limit_s=_LIMIT_S)
    try:
        yield
    finally:
        if hidden:
            told = {"find": finding(), "hidden": json.dumps(hidden)}
            with suppress(PageMovedError, ScriptFailedError):
                await run(session, _SHOW % told, limit_s=_LIMIT_S)
