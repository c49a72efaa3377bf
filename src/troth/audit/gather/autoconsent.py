"""DuckDuckGo's autoconsent in a page: knows the providers of consent dialogs by name and can refuse for one.

Only rules that may fit the page's address are handed over: most of the thousand are for one site each.
"""

import asyncio
import json
import re
from functools import cache
from time import monotonic
from typing import Any

from playwright.async_api import Error, Frame, Page

_RECEIVE = """(rules) => {
  window.autoconsentReceiveMessage({
    type: "initResp",
    config: {
      enabled: true, autoAction: null, enablePrehide: false, enableCosmeticRules: false, isMainWorld: true,
      detectRetries: 1, logs: { errors: false },
    },
    rules: { autoconsent: rules },
  });
}"""
_BEFORE = (
    "() => { window.trothConsent = []; window.autoconsentSendMessage = (m) => { trothConsent.push(m); }; }"
)
_SAID = """() => (window.trothConsent || []).map(({ type, cmp, result, state }) =>
  ({ type, cmp, result, lifecycle: state?.lifecycle, clicks: state?.clicks }))"""
_STEP_S = 0.1


async def provider(page: Page | Frame, wait_s: float = 2.0) -> str:
    """The name of the dialog's provider, empty where autoconsent knows none that is open here."""
    try:
        await page.evaluate(_BEFORE)
        await page.evaluate(_bundle())
        await page.evaluate(_RECEIVE, rules_for(page.url))
        said = await _wait(page, wait_s, {"popupFound"}, {"nothingDetected"})
    except Error:
        return ""
    return next((str(message["cmp"]) for message in said if message["type"] == "popupFound"), "")


async def refuse(page: Page | Frame, wait_s: float = 6.0) -> int | None:
    """Refuse for the provider found before; how many clicks it took, None where it did not work."""
    try:
        await page.evaluate("() => { window.autoconsentReceiveMessage({ type: 'optOut' }); }")
        said = await _wait(page, wait_s, {"optOutResult"}, set())
    except Error:
        return None
    if not any(message["type"] == "optOutResult" and message["result"] for message in said):
        return None
    return max((int(message["clicks"]) for message in said if message["clicks"]), default=1)


async def _wait(
    page: Page | Frame, wait_s: float, types: set[str], lifecycles: set[str]
) -> list[dict[str, Any]]:
    until = monotonic() + wait_s
    while True:
        said: list[dict[str, Any]] = await page.evaluate(_SAID)
        over = any(message["type"] in types or message["lifecycle"] in lifecycles for message in said)
        if over or monotonic() > until:
            return said
        await asyncio.sleep(_STEP_S)


def rules_for(url: str) -> list[dict[str, Any]]:
    """The rules that may fit `url`: those for every site, and those that name this one."""
    return [rule for pattern, rule in _rules() if pattern is None or pattern.search(url)]


@cache
def _rules() -> tuple[tuple[re.Pattern[str] | None, dict[str, Any]], ...]:
    from duckduckgo_autoconsent import rules_json

    return tuple((_pattern(rule), rule) for rule in json.loads(rules_json()))


def _pattern(rule: dict[str, Any]) -> re.Pattern[str] | None:
    try:
        said = rule.get("runContext", {}).get("urlPattern")
        return re.compile(said) if said else None
    except re.error:
        return None  # written for another engine: let the page decide


@cache
def _bundle() -> str:
    from duckduckgo_autoconsent import bundle

    return f"() => {{ {bundle()} }}"
