"""All that is asked again and again: what every text speaks of, and how far the reader can be trusted."""

from dataclasses import dataclass

import numpy as np

from troth.blueprint.parameters import Settings
from troth.blueprint.schema import Blueprint
from troth.insight.voices.errors import Reliability
from troth.insight.voices.labelled import is_trained, judged, own, packaged
from troth.insight.voices.places import Spoken, spoken
from troth.insight.voices.starred import starred
from troth.ledger.said import Flags, said
from troth.ledger.sql import DAY_MS
from troth.store import Store


@dataclass(frozen=True, slots=True)
class Listening:
    """Of one state of the ledger; holds on to no connection.

    Attributes:
        spoken: The texts and what they speak of.
        reliability: The reader's errors; None where no rule reads.
        trained: Whether a model of the company's own texts reads.
        starless: Record kinds whose texts came without stars.
    """

    spoken: Spoken
    reliability: Reliability | None
    trained: bool = False
    starless: tuple[str, ...] = ()

    def days(self, first: int, last: int) -> Flags:
        """The texts of these UTC days, counted from 1970-01-01, both included, [texts]."""
        at_ms = self.spoken.said.at_ms
        return (at_ms >= first * DAY_MS) & (at_ms < (last + 1) * DAY_MS)


def listening(store: Store, blueprint: Blueprint, settings: Settings) -> Listening:
    """Read what comments say; the ledger must be up to date."""
    found = spoken(said(store, blueprint, settings), blueprint)
    rules = len(found.places.rules)
    if not rules:
        return Listening(found, None)
    folder = store.path.parent
    mine = own(folder, blueprint.words)
    labelled = (*packaged(), *mine)
    each = [judged(labelled, found.places, rule) for rule in range(rules)]
    weights = np.bincount(found.said.rule[found.said.read], minlength=rules)
    reliability = Reliability(each, weights.tolist(), found.places, starred(found), len(mine))
    return Listening(found, reliability, is_trained(folder), _starless(found))


def _starless(found: Spoken) -> tuple[str, ...]:
    said, rules = found.said, found.places.rules
    texts = np.bincount(said.rule[said.read], minlength=len(rules))
    with_stars = np.bincount(said.rule[said.read & (said.stars != 0)], minlength=len(rules))
    there = {rule.source for rule, n in zip(rules, texts, strict=True) if n}
    rated = {rule.source for rule, n in zip(rules, with_stars, strict=True) if n}
    return tuple(sorted(there - rated))


def segment_texts(store: Store, listened: Listening, segment: str | None) -> Flags:
    """The texts of a segment's customers (`segment=value`), of all without one, [texts]."""
    customer = listened.spoken.said.customer
    if segment is None:
        return np.ones(len(customer), np.bool_)
    rows = store.connection.execute(
        "SELECT customer_no FROM customer_segment WHERE segment || '=' || value = ?", [segment]
    ).fetchnumpy()
    members = np.zeros(int(customer.max()) + 1 if len(customer) else 1, np.bool_)
    numbers = np.asarray(rows["customer_no"], np.int64)
    members[numbers[numbers < len(members)]] = True
    return members[customer] if len(customer) else np.zeros(0, np.bool_)
