"""What a rule says of a shop, and the proof of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

State = Literal["passed", "failed", "informative", "not-applicable", "review", "error"]
"""How a rule ended.

`failed`: below `PASSING`; `review`: a person has to look; `informative`: told, never counted; `error`: the
rule itself broke.
"""

Confidence = Literal["proved", "observed", "text"]
"""How sure a finding is: proved by what the page did, observed in what it is, or read in what it says."""

PASSING = 0.9
"""The least score of a rule that passed (as Lighthouse has it)."""


@dataclass(frozen=True, slots=True)
class Proof:
    """One place that shows it: the page's id, and a quote or a selector there, or what was counted.

    `note` is a sentence in the language in force, empty where the quote says it all.
    """

    page: str
    note: str = ""
    quote: str = ""
    selector: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A rule's answer: `score` from 0 to 1, None where nothing is counted.

    `reason` is one sentence in the language in force: what was found, or why nothing could be said.
    """

    state: State
    score: float | None
    reason: str
    proofs: tuple[Proof, ...] = ()
    confidence: Confidence = "observed"


def passed(reason: str, *proofs: Proof, confidence: Confidence = "observed") -> Verdict:
    """All is well."""
    return Verdict("passed", 1.0, reason, proofs, confidence)


def failed(reason: str, *proofs: Proof, confidence: Confidence = "observed") -> Verdict:
    """The shop fails the rule."""
    return Verdict("failed", 0.0, reason, proofs, confidence)


def graded(
    score: float, reason: str, proofs: Iterable[Proof] = (), *, confidence: Confidence = "observed"
) -> Verdict:
    """A score from 0 to 1; passed from `PASSING` on."""
    return Verdict("passed" if score >= PASSING else "failed", score, reason, tuple(proofs), confidence)


def not_applicable(reason: str) -> Verdict:
    """The rule has nothing to judge here."""
    return Verdict("not-applicable", None, reason)


def informative(reason: str, *proofs: Proof, confidence: Confidence = "observed") -> Verdict:
    """Worth knowing, too uncertain to count."""
    return Verdict("informative", None, reason, proofs, confidence)


def needs_review(reason: str, *proofs: Proof, confidence: Confidence = "observed") -> Verdict:
    """A machine cannot tell; a person has to look."""
    return Verdict("review", None, reason, proofs, confidence)
