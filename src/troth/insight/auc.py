"""The area under the ROC curve, with the intervals of DeLong. On arrays.

AUC is the probability that a record where the outcome happened has the higher marker than one where it did
not, a tie counting one half. Its variance is that of the placement values (DeLong, DeLong & Clarke-Pearson
1988), computed from midranks (Sun & Xu 2014). Several records of one customer are not independent: their
placement values are added up first (Obuchowski 1997); with one record a customer that is exactly DeLong's
variance.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri
from scipy.stats import rankdata

from troth.insight.estimate import Estimate
from troth.ledger.arithmetic import Floats


@dataclass(frozen=True, slots=True)
class Placement:
    """An AUC and each record's influence on it.

    Attributes:
        auc: 0 to 1.
        influence: [records]; their squares add up to DeLong's variance.
        tied: share of the pairs (happened, did not) that the marker leaves tied, 0 to 1.
    """

    auc: float
    influence: Floats
    tied: float


def placement(marker: Floats, happened: NDArray[np.bool_]) -> Placement:
    """AUC of `marker` for `happened`, both [records].

    Raises ValueError unless there are two records or more of either outcome.
    """
    cases, controls = marker[happened], marker[~happened]
    m, n = len(cases), len(controls)
    if min(m, n) < 2:
        raise ValueError(f"{m} records with and {n} without the outcome; it takes two of each")
    ranks = rankdata(marker)
    above = (ranks[happened] - rankdata(cases)) / n  # share of controls below each case
    below = 1 - (ranks[~happened] - rankdata(controls)) / m  # share of cases above each control
    auc = float(above.mean())
    influence = np.empty(m + n)
    influence[happened] = (above - auc) / np.sqrt(m * (m - 1))
    influence[~happened] = (below - auc) / np.sqrt(n * (n - 1))
    lowest = rankdata(marker, "min")[happened] - rankdata(cases, "min")
    highest = rankdata(marker, "max")[happened] - rankdata(cases, "max")
    return Placement(auc, influence, float((highest - lowest).mean() / n))


def interval(
    value: float, influence: Floats, customer: NDArray[np.int64], level: float
) -> tuple[float, float]:
    """The normal interval of a figure whose records have these influences, by customer."""
    _, of = np.unique(customer, return_inverse=True)
    error = float(np.sqrt(np.square(np.bincount(of, influence)).sum()))
    reach = float(ndtri((1 + level) / 2)) * error
    return value - reach, value + reach


def auc_estimate(placed: Placement, customer: NDArray[np.int64], level: float) -> Estimate:
    """The AUC with its interval, cut off at 0 and 1."""
    low, high = interval(placed.auc, placed.influence, customer, level)
    return Estimate(placed.auc, max(0.0, low), min(1.0, high))


def auc_difference(
    first: Placement, second: Placement, customer: NDArray[np.int64], level: float
) -> Estimate:
    """AUC of `first` minus that of `second` over the same records: the curves are correlated, so paired."""
    value = first.auc - second.auc
    return Estimate(value, *interval(value, first.influence - second.influence, customer, level))
