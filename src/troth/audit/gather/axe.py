"""axe-core, run beside the page: no content security policy forbids it, no page tampers with it."""

import json
from functools import cache
from importlib.resources import files

from playwright.async_api import CDPSession

from troth.audit.artifacts.shape import Violation
from troth.audit.gather.isolated import run

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
_SELECTORS = 20

_RUN = """axe.run(document, {
  runOnly: {type: "tag", values: TAGS}, iframes: false, resultTypes: LISTS,
}).then((results) => JSON.stringify(LISTS.flatMap((list) => results[list].map((found) => ({
  rule: found.id, impact: found.impact || "", help: found.help, incomplete: list === "incomplete",
  selectors: found.nodes.slice(0, LIMIT).map((node) => node.target.flat().join(" ").toWellFormed()),
})))))"""


async def axe(session: CDPSession, *, limit_s: float = 20.0) -> tuple[Violation, ...]:
    """What axe-core finds on the page that is there now, against WCAG 2.2 A and AA; frames are left out.

    Raises:
        PageMovedError, ScriptFailedError: as `isolated.run`.
    """
    values = {"TAGS": json.dumps(TAGS), "LISTS": '["violations", "incomplete"]', "LIMIT": str(_SELECTORS)}
    run_it = _RUN
    for name, value in values.items():
        run_it = run_it.replace(name, value)
    found = json.loads(await run(session, f"{_source()};\n{run_it}", limit_s=limit_s))
    return tuple(Violation(**{**one, "selectors": tuple(one["selectors"])}) for one in found)


@cache
def _source() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
