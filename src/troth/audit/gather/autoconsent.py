"""DuckDuckGo's autoconsent in a page: knows the providers of consent dialogs by name and can refuse for one.

Only rules that may fit the page's address are handed over: most of the thousand are for one site each.
"""

import asyncio
import json
import re
from contextlib import suppress
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
# Its own count of clicks holds those that met nothing: those that arrive are counted instead.
_BEFORE = """() => {
  window.trothConsent = [];
  window.trothClicks = 0;
  window.autoconsentSendMessage = (message) => { trothConsent.push(message); };
  addEventListener("click", () => { trothClicks++; }, true);
}"""
_SAID = """() => window.trothConsent ? trothConsent.map(({ type, cmp, result, state }) =>
  ({ type, cmp, result, lifecycle: state?.lifecycle, clicks: trothClicks })) : null"""
_ANSWER = "(type) => { window.autoconsentReceiveMessage({ type }); }"
_STEP_S = 0.1
_CLICKS = ("click", "waitForThenClick")

Said = list[dict[str, Any]]


async def provider(page: Page | Frame, wait_s: float = 2.0) -> str:
    """The name of the dialog's provider, empty where autoconsent knows none that is open here."""
    try:
        await page.evaluate(_BEFORE)
        await page.evaluate(_bundle())
        await page.evaluate(_RECEIVE, rules_for(page.url))
        said, _there = await _wait(page, wait_s, {"popupFound"}, {"nothingDetected"})
    except Error:
        return ""
    return next((str(message["cmp"]) for message in said if message["type"] == "popupFound"), "")


async def refuse(page: Page | Frame, name: str, wait_s: float = 6.0) -> int | None:
    """Refuse for the provider `name`, found before; how many clicks it took, None where it did not work."""
    return None if name in _only_hidden() else await _answer(page, "optOut", wait_s)


async def agree(page: Page | Frame, wait_s: float = 6.0) -> int | None:
    """Agree for the provider found before; how many clicks it took, None where it did not work."""
    return await _answer(page, "optIn", wait_s)


async def _answer(page: Page | Frame, does: str, wait_s: float) -> int | None:
    said: Said = []
    there = True
    try:
        await page.evaluate(_ANSWER, does)
        said, there = await _wait(page, wait_s, {f"{does}Result"}, set())
    except Error:
        there = False
    if there and not any(message["type"] == f"{does}Result" and message["result"] for message in said):
        return None
    if not there and await _asks_again(page, wait_s):
        return None
    return max((int(message["clicks"]) for message in said if message["clicks"]), default=1)


async def _asks_again(page: Page | Frame, wait_s: float) -> bool:
    """Whether the page, which went away under the answer, still asks: then it was not taken."""
    with suppress(Error):
        await page.wait_for_load_state("load", timeout=wait_s * 1000)
    return bool(await provider(page, 1.0))


async def _wait(
    page: Page | Frame, wait_s: float, types: set[str], lifecycles: set[str]
) -> tuple[Said, bool]:
    """What autoconsent said, and whether its page is still there: many load anew after an answer."""
    until = monotonic() + wait_s
    said: Said = []
    while True:
        try:
            now: Said | None = await page.evaluate(_SAID)
        except Error:
            return said, False
        if now is None:
            return said, False
        said = now
        over = any(message["type"] in types or message["lifecycle"] in lifecycles for message in said)
        if over or monotonic() > until:
            return said, True
        await asyncio.sleep(_STEP_S)


def rules_for(url: str) -> list[dict[str, Any]]:
    """The rules that may fit `url`: those for every site, and those that name this one."""
    return [rule for pattern, rule in _rules() if pattern is None or pattern.search(url)]


@cache
def _rules() -> tuple[tuple[re.Pattern[str] | None, dict[str, Any]], ...]:
    from duckduckgo_autoconsent import rules_json

    return tuple((_pattern(rule), rule) for rule in json.loads(rules_json()))


@cache
def _only_hidden() -> frozenset[str]:
    """The providers whose rule answers nothing: it only takes the dialog out of sight."""
    return frozenset(str(rule["name"]) for _pattern, rule in _rules() if not _acts(rule.get("optOut", [])))


def _acts(steps: list[dict[str, Any]]) -> bool:
    """Whether any of a rule's steps does something a visitor could do; see autoconsent's rule syntax."""
    for step in steps:
        if step.get("if") and (_acts(step.get("then", [])) or _acts(step.get("else", []))):
            return True
        if _acts(step.get("any", [])):
            return True
        if any(name in step for name in _CLICKS) or ("eval" in step and not step.get("optional")):
            return True
    return False


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
