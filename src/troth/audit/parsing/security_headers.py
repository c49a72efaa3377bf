"""How well the headers of an answer protect the visitor: five tests and their marks as MDN's Observatory has.

From 100 points each test takes some away; what it adds counts from 90 points on. The marks are those of
https://developer.mozilla.org/en-US/observatory/docs/tests_and_scoring (2025). Its further tests belong to
other rules (cookies, redirection) or say little of a shop (resource sharing, integrity of scripts).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from troth.audit.parsing.content_policy import frames_anyone, policies
from troth.audit.parsing.content_policy import graded as graded_policy

Test = Literal[
    "strict-transport-security", "content-security-policy", "x-content-type-options", "frame-ancestors",
    "referrer-policy",
]  # fmt: skip
Finding = Literal["good", "missing", "invalid", "short", "unsafe", "eval", "insecure", "plain"]

BONUS_FROM = 90
_SIX_MONTHS_S = 15_768_000
_GRADES = (
    (100, "A+"), (90, "A"), (85, "A-"), (80, "B+"), (70, "B"), (65, "B-"), (60, "C+"), (50, "C"), (45, "C-"),
    (40, "D+"), (30, "D"), (25, "D-"),
)  # fmt: skip
_PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
_OPEN = {"origin", "origin-when-cross-origin", "unsafe-url", "no-referrer-when-downgrade"}


@dataclass(frozen=True, slots=True)
class Mark:
    """One test: what was found, the points it adds or takes, and the header as sent."""

    test: Test
    finding: Finding
    points: int
    value: str = ""


@dataclass(frozen=True, slots=True)
class Graded:
    """The five marks of one answer."""

    marks: tuple[Mark, ...]

    @property
    def points(self) -> int:
        """From 0 on; above 100 with what was added."""
        base = 100 + sum(mark.points for mark in self.marks if mark.points < 0)
        bonus = sum(mark.points for mark in self.marks if mark.points > 0)
        return max(0, base + bonus if base >= BONUS_FROM else base)

    @property
    def grade(self) -> str:
        """`A+` to `F`."""
        return next((grade for least, grade in _GRADES if self.points >= least), "F")


def graded(headers: Mapping[str, str], *, secure: bool, meta: str = "") -> Graded:
    """The marks of `headers` (names in lower case); `secure`: they came over HTTPS.

    `meta`: content security policies that stand in the page itself, which may not name `frame-ancestors`.

    >>> graded({}, secure=True).grade
    'D+'
    """
    policy = headers.get("content-security-policy", "")
    found, points = graded_policy(policies(policy), policies(meta), secure=secure)
    csp = Mark("content-security-policy", found, points, policy or meta)
    return Graded(
        (
            _transport(headers.get("strict-transport-security", ""), secure=secure),
            csp,
            _sniffing(headers.get("x-content-type-options", "")),
            _framing(headers.get("x-frame-options", ""), policy),
            _referrer(headers.get("referrer-policy", "")),
        )
    )


def _transport(value: str, *, secure: bool) -> Mark:
    if not secure:
        return Mark("strict-transport-security", "plain", -20, value)
    if not value:
        return Mark("strict-transport-security", "missing", -20)
    age = re.search(r"(?:^|;)\s*max-age\s*=\s*\"?(\d{1,12})\"?\s*(?:;|,|\n|$)", value, re.IGNORECASE)
    if age is None:
        return Mark("strict-transport-security", "invalid", -20, value)
    short = int(age[1]) < _SIX_MONTHS_S
    return Mark("strict-transport-security", "short" if short else "good", -10 if short else 0, value)


def _sniffing(value: str) -> Mark:
    if not value:
        return Mark("x-content-type-options", "missing", -5)
    good = all(part == "nosniff" for part in _parts(value))
    return Mark("x-content-type-options", "good" if good else "invalid", 0 if good else -5, value)


def _framing(value: str, policy: str) -> Mark:
    if not all(map(frames_anyone, policies(policy))):
        return Mark("frame-ancestors", "good", 5, policy)
    if not value:
        return Mark("frame-ancestors", "missing", -20)
    good = all(part in {"deny", "sameorigin"} or part.startswith("allow-from ") for part in _parts(value))
    return Mark("frame-ancestors", "good" if good else "invalid", 0 if good else -20, value)


def _referrer(value: str) -> Mark:
    """Of several policies the last one that is known holds."""
    if not value:
        return Mark("referrer-policy", "missing", 0)
    known = [part for part in _parts(value) if part in _PRIVATE | _OPEN]
    if not known:
        return Mark("referrer-policy", "invalid", -5, value)
    private = known[-1] in _PRIVATE
    return Mark("referrer-policy", "good" if private else "unsafe", 5 if private else -5, value)


def _parts(value: str) -> list[str]:
    return [part.strip().lower() for part in re.split(r"[,\n]", value) if part.strip()]
