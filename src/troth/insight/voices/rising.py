"""Terms that rose: log-odds of a term in one set of texts against another, with an informative prior.

After Monroe, Colaresi & Quinn 2008 ("Fightin' Words"), equations 16, 20 and 22. y counts the customers
who use a term, so that neither a long text nor a customer who writes often is worth more than another; the
prior is how common the term is in both sets together, good for `PRIOR` uses.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from math import log, sqrt

from scipy.special import ndtr

PRIOR = 500.0
FEWEST_TEXTS = 5
"""In so many texts of the period a term must stand."""

CHANCE = 0.1
"""Of the terms that are shown, at most this share rose by chance (Benjamini & Hochberg 1995)."""

SAME = 0.8
"""A word that stands in two risen words so often is not told beside them."""


@dataclass(frozen=True, slots=True)
class Risen:
    """A term that rose.

    Attributes:
        term: A word or two in a row.
        now: Texts that hold it, of those of the period.
        before: Of those of the period before.
        z: By how many standard errors its log-odds rose.
    """

    term: str
    now: int
    before: int
    z: float


@dataclass(frozen=True, slots=True)
class Text:
    """The terms of a text in lower case, with each as it is written there, and who wrote it."""

    terms: Mapping[str, str]
    customer: int


def risen(now: Collection[Text], before: Collection[Text], least_customers: int, most: int) -> list[Risen]:
    """The terms that rose most, first those that rose most surely.

    Args:
        now: Texts of the period.
        before: Texts of the period before.
        least_customers: So many must have used a term in the period.
        most: So many terms at most.
    """
    texts, texts_before = _texts(now), _texts(before)
    people, people_before = _people(now), _people(before)
    total, others = people.total(), people_before.total()
    if not others:
        return []
    found = sorted(
        (
            Risen(term, n, texts_before[term], _z(people[term], total, people_before[term], others))
            for term, n in texts.items()
            if n >= FEWEST_TEXTS and people[term] >= least_customers
        ),
        key=lambda one: (-one.z, one.term),
    )
    sure = _beyond_chance(found)
    return [_as_written(one, now) for one in _without_doubles(sure)[:most]]


def _z(ours: int, total: int, theirs: int, others: int) -> float:
    """The rise of a term's log-odds in standard errors."""
    whole = total + others
    prior = PRIOR * (ours + theirs) / whole
    one = log((ours + prior) / (total + PRIOR - ours - prior))
    other = log((theirs + prior) / (others + PRIOR - theirs - prior))
    return (one - other) / sqrt(1 / (ours + prior) + 1 / (theirs + prior))


def _texts(texts: Iterable[Text]) -> Counter[str]:
    """How many texts hold each term."""
    return Counter(term for text in texts for term in text.terms)


def _people(texts: Iterable[Text]) -> Counter[str]:
    """How many customers use each term."""
    return Counter(term for term, _who in {(term, text.customer) for text in texts for term in text.terms})


def _beyond_chance(found: list[Risen]) -> list[Risen]:
    """Those that rose for sure, of terms in the order of their rise."""
    last = 0
    for rank, one in enumerate(found, 1):
        if float(ndtr(-one.z)) <= CHANCE * rank / len(found):
            last = rank
    return found[:last]


def _without_doubles(found: list[Risen]) -> list[Risen]:
    """Of a word and two words that hold it only the one that tells more.

    That is the two words where the one hardly stands without them, else the one.
    """
    numbers = {one.term: one.now for one in found}
    pairs = [(one, word) for one in found for word in one.term.split() if word != one.term]
    dropped = {
        word if one.now >= SAME * numbers[word] else one.term for one, word in pairs if word in numbers
    }
    return [one for one in found if one.term not in dropped]


def _as_written(one: Risen, texts: Iterable[Text]) -> Risen:
    """With the term as most texts write it: nouns in German begin with a capital."""
    forms = Counter(text.terms[one.term] for text in texts if one.term in text.terms)
    return replace(one, term=min(forms, key=lambda form: (-forms[form], form)))
