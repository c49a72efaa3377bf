"""Trust of each group of customers, and which groups really differ from the rest."""

from dataclasses import dataclass

from troth.insight.estimate import Estimate
from troth.insight.pooled import PooledTrust


@dataclass(frozen=True, slots=True)
class SegmentValue:
    """The customers of one segment value.

    `value`: None for customers without one. `small`: fewer than 30 customers, so named but not
    compared. `difference`: index minus the index of everybody else, points; `p_value`: adjusted for all
    comparisons of the report (Holm); both None when small. `flagged`: whether the group differs, by its
    interval and by the adjusted p-value.
    """

    value: str | None
    customers: int
    small: bool
    trust: PooledTrust
    difference: Estimate | None
    p_value: float | None
    flagged: bool


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment of the blueprint; values by index, lowest first, small ones last."""

    segment: str
    values: tuple[SegmentValue, ...]
