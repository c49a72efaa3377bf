"""How the page writes names, figures and codes in the language in force."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from troth import texts
from troth.texts import Lazy, _, lazy, ngettext

if TYPE_CHECKING:  # the command line writes figures with these words, without the weight of a whole report
    from troth.insight.customers import Concentration
    from troth.insight.estimate import Estimate
    from troth.insight.outcomes import OutcomeRanking
    from troth.insight.pooled import Evidence, PreconditionTrust
    from troth.report.twin.shape import Names

READ_OUT_ORIGINS: Mapping[str, Lazy] = {
    "given": lazy("as asked for"),
    "data": lazy("the newest moment in the records"),
    "clock": lazy("the moment of the report"),
}

LEFT_OUT_REASONS: Mapping[str, Lazy] = {
    "no-customer": lazy("no customer known"),
    "no-time": lazy("no time known"),
    "no-link": lazy("the linked record is missing"),
    "no-touchpoint": lazy("the touchpoint is not in the blueprint"),
    "unknown-mechanism": lazy("there is no such mechanism"),
    "weight-out-of-range": lazy("the weight is out of range"),
    "time-out-of-range": lazy("the time is out of range"),
}

COURSES: Mapping[str, Lazy] = {"creeping": lazy("creeping"), "breaking": lazy("breaking")}

MASKS: Mapping[str, Lazy] = {
    "[e-mail]": lazy("[e-mail]"), "[phone]": lazy("[phone]"), "[iban]": lazy("[iban]"),
    "[card]": lazy("[card]"), "[order]": lazy("[order]"), "[number]": lazy("[number]"),
    "[name]": lazy("[name]"), "[address]": lazy("[address]"), "[plate]": lazy("[plate]"),
    "[id]": lazy("[id]"), "[birth date]": lazy("[birth date]"), "[password]": lazy("[password]"),
    "[code]": lazy("[code]"), "[expiry]": lazy("[expiry]"), "[ip]": lazy("[ip]"),
    "[device]": lazy("[device]"), "[token]": lazy("[token]"), "[handle]": lazy("[handle]"),
}  # fmt: skip
"""What stands in a customer's words in the place of personal data, see `troth.reading.masking`."""

_MASK = re.compile("|".join(map(re.escape, MASKS)))

CHANCE = 0.5
"""The AUC of what tells nothing."""
DIRECTIONS = {"low": lazy("low trust goes with it"), "high": lazy("high trust goes with it")}


def name(names: Names, fallback: str) -> str:
    """The name in the language in force, else English, else any, else `fallback` (the id)."""
    own: str | None = getattr(names, texts.language())
    return own or names.en or names.de or names.nl or fallback


def number(value: float, digits: int = 0) -> str:
    """`value` with the language's separators, a real minus sign, and no minus before zero."""
    return texts.number(round(value, digits) or 0.0, digits).replace("-", "−")


def signed(value: float, digits: int = 0) -> str:
    """`value` with its sign, also when it is positive."""
    return ("+" if round(value, digits) > 0 else "") + number(value, digits)


def evidence(value: float) -> str:
    """An amount of evidence in ordinary good experiences: one decimal below 100, none above."""
    return number(value, _evidence_digits(value))


def _evidence_digits(value: float) -> int:
    return 1 if 0 < abs(value) < 100 else 0


def balance(found: Evidence) -> str:
    """The balance of the account, signed, in ordinary good experiences."""
    return signed(found.balance, _evidence_digits(found.balance))


def ratio(value: float) -> str:
    """How many good experiences offset a bad one."""
    return number(value, 0 if value == int(value) else 2)


def weight(value: float) -> str:
    """What a severity weighs, to the thousandth where it is set so finely."""
    return number(value, next(digits for digits in (1, 2, 3) if digits == 3 or round(value, digits) == value))


def share(value: float) -> str:
    """A share of 1 in percent: a decimal below 10 %, “<” before what is less than that decimal."""
    if 0 < value < 0.001:
        return "< " + texts.percent(0.001, 1)
    return texts.percent(value, 1 if 0 < value < 0.0995 else 0)


def apportioned(parts: Sequence[int], unit: int, digits: int) -> list[int]:
    """`parts` of `unit` rounded to `digits` decimals, as integers, so that they add up to their rounded sum.

    By largest remainder: none is off by a whole last digit.

    >>> apportioned([1, 1, 1], 3, digits=1)
    [4, 3, 3]
    """
    scale = 10**digits
    total = (2 * sum(parts) * scale + unit) // (2 * unit)
    rounded = [part * scale // unit for part in parts]
    by_remainder = sorted(range(len(parts)), key=lambda place: -(parts[place] * scale % unit))
    for place in by_remainder[: total - sum(rounded)]:
        rounded[place] += 1
    return rounded


def shortfalls(parts: Sequence[PreconditionTrust]) -> dict[str, str]:
    """Each precondition's share of what is missing to full trust, in whole percents that add up to 100."""
    billion = 10**9
    shares = apportioned([round(billion * part.shortfall_share) for part in parts], billion, 2)
    return {part.precondition: texts.percent(n / 100) for part, n in zip(parts, shares, strict=True)}


def digits(estimate: Estimate) -> int:
    """As many decimals as the interval's width can carry: none from 3 points on, else one or two."""
    width = estimate.high - estimate.low
    return 0 if width >= 3 else 1 if width >= 0.3 else 2


def points(estimate: Estimate) -> str:
    """The value of a trust figure."""
    return number(estimate.value, digits(estimate))


def grammatical_number(estimate: Estimate) -> int:
    """For the plural of “points”: 1 when the value reads “1”, else 2."""
    return 1 if points(estimate) == "1" else 2


def limits(low: float, high: float, places: int) -> str:
    """Two limits: “57 to 65”."""
    return _("%(low)s to %(high)s") % {"low": number(low, places), "high": number(high, places)}


def interval(estimate: Estimate) -> str:
    """The limits of a figure, with as many decimals as its value."""
    return limits(estimate.low, estimate.high, digits(estimate))


def signed_interval(estimate: Estimate) -> str:
    """The limits of a difference: “−5.9 to −2.1”."""
    places = digits(estimate)
    return _("%(low)s to %(high)s") % {
        "low": signed(estimate.low, places),
        "high": signed(estimate.high, places),
    }


def concentration(found: Concentration) -> str:
    """The warning that few customers hold much of the evidence."""
    return ngettext(
        "One customer holds %(share)s of all evidence: the index speaks of few.",
        "%(customers)s customers, the busiest %(top)s, hold %(share)s of all evidence: "
        "the index speaks of few.",
        found.customers,
    ) % {
        "customers": number(found.customers),
        "top": texts.percent(0.01),
        "share": share(found.share),
    }


def days(n: float) -> str:
    """A length of time in days."""
    return ngettext("%(n)s day", "%(n)s days", round(n)) % {"n": number(n, 0 if n == int(n) else 1)}


def experiences(n: int) -> str:
    """A number of experiences."""
    return ngettext("%(n)s experience", "%(n)s experiences", n) % {"n": number(n)}


def day(when: date | datetime) -> str:
    """A date, with a time's UTC day: “31 January 2026”."""
    return texts.date(when, "long")


def short_day(when: date | datetime) -> str:
    """A date for a table: “31 Jan 2026”."""
    return texts.date(when, "medium")


def iso_moment(text: str) -> str:
    """An ISO time in UTC for people: “31 January 2026, 13:06 UTC”; what is none stays as it is."""
    try:
        return texts.moment(datetime.fromisoformat(text))
    except ValueError:
        return text


def iso_day(text: str) -> str:
    """The day of an ISO date or time for people: “31 January 2026”; what is none stays as it is."""
    try:
        return day(datetime.fromisoformat(text))
    except ValueError:
        return text


def direction(ranking: OutcomeRanking) -> str:
    """Whether low or high trust goes with an outcome, where its interval leaves chance aside."""
    if ranking.auc is None or ranking.direction is None:
        return ""
    if ranking.auc.low <= CHANCE <= ranking.auc.high:
        return _("cannot be told from chance")
    return coded(ranking.direction, DIRECTIONS)


def coded(code: str, words: Mapping[str, Lazy]) -> str:
    """What a code means; a code that has no words yet shows itself."""
    return str(words.get(code, code))


def breakable(word: str | Lazy) -> str:
    """A mechanism's name with soft hyphens where narrow columns may break it.

    Browsers hyphenate by themselves only with a dictionary of the language, which many do not have.
    """
    return re.sub(r"(?<=\w{4})(?=(?:baarheid|heid|keit|ability|zen)\b)", "\N{SOFT HYPHEN}", str(word))


def quoted(text: str) -> str:
    """A customer's words as they are kept, with what was masked in them named in the language in force."""
    return _MASK.sub(lambda found: str(MASKS[found[0]]), text)


def coordinate(value: float) -> str:
    """A number for SVG: at most two decimals, never in exponent form."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if math.isfinite(value) else "0"
