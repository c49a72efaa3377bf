"""Walls before a shop: tests whether one is a person, and pages for members only. Said, never dodged."""

import re

from troth.audit.artifacts.page import Seen
from troth.audit.artifacts.shape import Kind

_SUSPECT = {401, 403, 405, 406, 429, 503}
_MARKS = re.compile(
    r"cf-(?:chl|challenge|mitigated)|challenge-platform|_cf_chl_opt|cf-turnstile|ddos-guard|__ddg|"
    r"datadome|captcha-delivery|px-captcha|perimeterx|_incapsula_|incapsula incident|imperva|"
    r"akamai.{0,40}reference|errors\.edgesuite\.net|awswafcookie|aws-waf|awswaf|kasada|"
    r"g-recaptcha|hcaptcha|friendlycaptcha|geetest|arkoselabs",
    re.IGNORECASE,
)
_WORDS = re.compile(
    r"are you (?:a )?(?:human|robot)|verify(?:ing)? (?:that )?you are (?:a )?human|unusual traffic|"
    r"checking your browser|enable javascript and cookies to continue|just a moment|access denied|"
    r"bist du ein (?:mensch|roboter)|ich bin kein roboter|sind sie ein mensch|zugriff verweigert|"
    r"ben je een (?:mens|robot)|ik ben geen robot|controleren of je een mens bent|toegang geweigerd",
    re.IGNORECASE,
)
_LITTLE = 1_500
_OPEN: set[Kind] = {"home", "category", "product"}
"""Pages that a shop shows to everyone; a checkout may well ask to sign in."""


def bot_wall(status: int | None, headers: dict[str, str], seen: Seen) -> bool:
    """Whether the page is a test of a visitor instead of the shop.

    A refusing status with a mark of a known challenge; or hardly any words, but those of such a test.
    """
    if "cf-mitigated" in headers or headers.get("x-amzn-waf-action", "") in {"challenge", "captcha"}:
        return True
    if len(seen.text) > _LITTLE:
        return False
    marked = _MARKS.search(seen.html) is not None
    spoken = _WORDS.search(f"{seen.title}\n{seen.text}") is not None
    if status == 429:
        return True
    return (marked or spoken) if status in _SUSPECT else (marked and spoken)


def login_wall(kind: Kind, status: int | None, seen: Seen) -> bool:
    """Whether a page for everyone holds a form to sign in and no more."""
    if status == 401:
        return True
    if kind not in _OPEN or len(seen.text) > _LITTLE:
        return False
    asks = any(field.type == "password" and field.visible for field in seen.fields)
    ways = sum(link.visible and link.href.startswith("http") for link in seen.links)
    return asks and ways <= 8
