"""The company index: where trust stands, who holds it, and how it went."""

from dataclasses import dataclass

from troth.insight.basis import Basis
from troth.insight.customers import Concentration, Standing, customers
from troth.insight.pooled import PooledTrust, pooled_trust
from troth.insight.some import trend_of_some
from troth.insight.trend import Trend, trend

__all__ = ["Company", "Concentration", "Standing", "Trend", "company_index"]


@dataclass(frozen=True, slots=True)
class Company:
    """The company index and what stands beside it."""

    trust: PooledTrust
    standing: Standing
    concentration: Concentration
    trend: Trend


def company_index(basis: Basis) -> Company:
    """The index of the pooled evidence of all customers."""
    standing, concentration = customers(basis)
    return Company(
        trust=pooled_trust(basis.sums.sum(axis=0), basis.n.sum(axis=0), basis),
        standing=standing,
        concentration=concentration,
        trend=trend_of_some(basis) if basis.only else trend(basis),
    )
