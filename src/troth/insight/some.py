"""The trend of some customers: of those that a filter leaves."""

from troth.insight.basis import Basis
from troth.insight.course import course
from troth.insight.trend import Trend


def trend_of_some(basis: Basis) -> Trend:
    """As `trend`, of the customers that `basis.only` leaves; without the change, which is not worked out."""
    found = course(basis.store, basis.settings, basis.at, basis.only)
    return Trend(
        days=found.days,
        index=found.trust,
        low=found.low,
        high=found.high,
        willing=found.willing,
        able=found.able,
        assessable=found.assessable,
        compared_with=None,
        change=None,
    )
