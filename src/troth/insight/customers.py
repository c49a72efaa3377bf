"""The customers one by one, as counts: how many stand where, and what the busiest hold of the evidence."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from troth.insight.basis import Basis
from troth.ledger import read_out_table
from troth.ledger.arithmetic import Floats
from troth.ledger.memory.people import members, people, standing

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
    segment = basis.only.get("segment")
    if not basis.only or (basis.only.keys() == {"segment"} and isinstance(segment, str)):
        stand = people(basis.store, basis.settings, basis.at)
        lived = stand.lived(members(basis.store, segment) if isinstance(segment, str) else None)
        return _counted(stand.standing[lived]), concentration(stand.evidence[lived])
    table = read_out_table(basis.store, basis.settings, by=("customer",), at=basis.at, only=basis.only)
    figures = (table[name].to_numpy() for name in ("score", "unknown"))
    return _counted(standing(*figures)), concentration(table["good"].to_numpy() + table["bad"].to_numpy())


def _counted(where: NDArray[np.int8]) -> Standing:
    _nobody, above, level, below, unknown = np.bincount(where, minlength=5).tolist()
    return Standing(len(where), above, level, below, unknown)


def concentration(evidence: Floats) -> Concentration:
    """What the top 1 % of the customers hold of their remaining evidence, [customers]."""
    top = max(1, round(len(evidence) / 100)) if len(evidence) else 0
    total = float(evidence.sum())
    held = float(np.partition(evidence, len(evidence) - top)[len(evidence) - top :].sum()) if top else 0.0
    share = held / total if total else 0.0
    return Concentration(customers=top, share=share, notable=share > NOTABLE)
