"""How many texts say what: counts by place, with what several texts of one customer are worth."""

from dataclasses import dataclass, replace

import numpy as np

from troth.insight.voices.places import Spoken
from troth.insight.voices.shares import Found
from troth.ledger.arithmetic import Floats
from troth.ledger.said import Flags, Ints


@dataclass(frozen=True, slots=True)
class Counts:
    """Of each place, [places].

    Attributes:
        read: All texts that were read, wherever they belong.
        texts: Texts that speak of the place.
        bad: Of these, those that are bad in the main there.
        customers: Who wrote them.
        worth_texts: So many independent texts are `read` worth, for the share of `texts`.
        worth_bad: So many are `texts` worth, for the share of `bad`.
        step: To multiples of this numbers of texts are rounded when they are told.
    """

    read: int
    texts: Ints
    bad: Ints
    customers: Ints
    worth_texts: Floats
    worth_bad: Floats
    step: int = 1

    def mentioned(self, place: int) -> Found:
        """How many of the texts speak of it."""
        return Found(int(self.texts[place]), self.read, float(self.worth_texts[place])).rounded(self.step)

    def badness(self, place: int) -> Found:
        """How many of those that speak of it are bad."""
        bad, texts = int(self.bad[place]), int(self.texts[place])
        return Found(bad, texts, float(self.worth_bad[place])).rounded(self.step)


def by_place(spoken: Spoken, texts: Flags, step: int = 1) -> Counts:
    """Counts of every place, of some `texts`, [texts]; told in multiples of `step`."""
    some = np.flatnonzero(texts[spoken.text])
    return replace(_counted(spoken, texts, some, spoken.place, spoken.places.count), step=step)


def weightiest(spoken: Spoken, places: Flags) -> Ints:
    """Of each text its weightiest remark in any of these places, by its number."""
    found = np.flatnonzero(places[spoken.place])
    return found[np.flatnonzero(np.diff(spoken.text[found], prepend=-1))]


def together(spoken: Spoken, texts: Flags, remarks: Ints, step: int = 1) -> Counts:
    """Counts of several places as one, by the `weightiest` remarks there, of some `texts`, [texts]."""
    some = remarks[texts[spoken.text[remarks]]]
    return replace(_counted(spoken, texts, some, None, 1), step=step)


def _counted(spoken: Spoken, texts: Flags, remarks: Ints, places: Ints | None, count: int) -> Counts:
    """Counts of some `remarks`, each of the place that `places` gives it; without them, all of one.

    Several texts of one customer are worth fewer: by the spread of customers' sums round what each text alone
    would give (a ratio of clustered totals; Cochran 1977, section 9.8).
    """
    read = spoken.said.customer[texts & spoken.said.read]
    people = int(spoken.said.customer.max()) + 1 if len(spoken.said.customer) else 1
    wrote = np.bincount(read, minlength=people).astype(np.float64)
    customer, bad = spoken.said.customer[spoken.text[remarks]], spoken.bad[remarks]
    place = None if places is None else places[remarks]
    where, who, spoke, complained = _by_customer(place, customer, bad, people)
    if place is None:
        place = np.zeros(len(remarks), np.int64)
    whole = np.bincount(place, minlength=count)
    of_bad = np.bincount(place[bad], minlength=count)
    mentions = np.asarray(whole / max(1, len(read)), np.float64)
    apart = _summed(where, spoke * (spoke - 2 * mentions[where] * wrote[who]), count)
    apart = apart + np.square(mentions) * np.square(wrote).sum()
    badness = np.divide(of_bad, whole, out=np.zeros(count), where=whole > 0)
    parts = _summed(where, np.square(complained - badness[where] * spoke), count)
    return Counts(
        read=len(read),
        texts=whole,
        bad=of_bad,
        customers=np.bincount(where, minlength=count),
        worth_texts=_worth(len(read), mentions, apart),
        worth_bad=_worth(whole, badness, parts),
    )


def _by_customer(
    place: Ints | None, customer: Ints, bad: Flags, people: int
) -> tuple[Ints, Ints, Floats, Floats]:
    """Place and customer once for each pair of them, with the number of remarks, and of bad ones, [pairs].

    Args:
        place: Of each remark, [remarks]; None where all are of one, so that there is no need to sort.
        customer: Who wrote it, [remarks].
        bad: Whether it is bad, [remarks].
        people: How many numbers customers have.
    """
    if place is None:
        wrote = np.bincount(customer, minlength=people)
        who = np.flatnonzero(wrote)
        complained = np.bincount(customer[bad], minlength=people)[who]
        return np.zeros(len(who), np.int64), who, wrote[who].astype(np.float64), complained.astype(np.float64)
    pairs, pair = np.unique(place * people + customer, return_inverse=True)
    where, who = np.divmod(pairs, people)
    ones = np.ones(len(pair))
    return where, who, _summed(pair, ones, len(pairs)), _summed(pair, bad.astype(np.float64), len(pairs))


def _summed(where: Ints, values: Floats, count: int) -> Floats:
    return np.asarray(np.bincount(where, values, minlength=count), np.float64)


def _worth(whole: Ints | int, share: Floats, apart: Floats) -> Floats:
    """`whole` texts divided by how much wider the share spreads than if they were independent."""
    alike = whole * share * (1 - share)
    inflation = np.divide(apart, alike, out=np.ones_like(share), where=alike > 0)
    return np.asarray(whole / np.maximum(1.0, inflation))
