"""The customers one by one, as counts: how many stand where, and what the busiest hold of the evidence."""

from dataclasses import dataclass

import numpy as np

from troth.insight.basis import Basis
from troth.ledger import read_out_table
from troth.ledger.arithmetic import ENOUGH, Floats

NEUTRAL = 0.5

NOTABLE = 0.2
"""From this share of the evidence in the hands of 1 % of the customers on, the index speaks of few."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Customers with any experience, by where they stand: `total = above + level + below + unknown`.

    `unknown` are those with too little evidence to say (uncertainty mass above 0.3); `level` are exactly
    neutral.
    """

    total: int
    above: int
    level: int
    below: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Concentration:
    """How much of the evidence the busiest customers hold.

    `customers`: how many make up the top 1 % (at least one). `share`: their share of all remaining evidence,
    0 to 1. `notable`: whether that is more than 20 %, so that the index speaks of few.
    """

    customers: int
    share: float
    notable: bool


def customers(basis: Basis) -> tuple[Standing, Concentration]:
    """Count the customers and weigh the busiest, from every customer's own evidence."""
    table = read_out_table(basis.store, basis.settings, by=("customer",), at=basis.at, only=basis.only)
    trust, unknown, good, bad = (table[name].to_numpy() for name in ("score", "unknown", "good", "bad"))
    known = unknown <= ENOUGH
    standing = Standing(
        total=len(trust),
        above=int((known & (trust > NEUTRAL)).sum()),
        level=int((known & (trust == NEUTRAL)).sum()),
        below=int((known & (trust < NEUTRAL)).sum()),
        unknown=int((~known).sum()),
    )
    return standing, concentration(good + bad)


def concentration(evidence: Floats) -> Concentration:
    """What the top 1 % of the customers hold of their remaining evidence, [customers]."""
    top = max(1, round(len(evidence) / 100)) if len(evidence) else 0
    total = float(evidence.sum())
    held = float(np.partition(evidence, len(evidence) - top)[len(evidence) - top :].sum()) if top else 0.0
    share = held / total if total else 0.0
    return Concentration(customers=top, share=share, notable=share > NOTABLE)
