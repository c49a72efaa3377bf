"""A rule: what it is called, what it says, what it stands on, and the pure function that judges."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from troth.audit.verdict import Verdict
from troth.texts import Lazy
from troth.vocabulary import SiteTouchpoint

Category = Literal[
    "first-impression", "transparency", "reviews", "security", "privacy", "brand", "service", "destroyers"
]

Touchpoint = SiteTouchpoint
"""Where in the customer's journey a rule's matter is met."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One audit of the catalogue.

    `id` is a noun, in kebab case, and stays the same for good. `title` says the good state, `failure` the bad
    one, `question` what is asked where neither was found, `advice` what to do about it. `sources` are ids of
    `catalogue/sources.yaml`. `judge` takes facts by the names of its parameters (see `facts`) and returns a
    Verdict. Weight and gate stand in `catalogue/scoring.yaml`.
    """

    id: str
    category: Category
    touchpoint: Touchpoint
    mechanism: str
    title: Lazy
    failure: Lazy
    question: Lazy
    advice: Lazy
    sources: tuple[str, ...]
    judge: Callable[..., Verdict]
    tags: tuple[str, ...] = ()
    version: int = 1
