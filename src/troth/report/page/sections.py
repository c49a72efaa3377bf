"""What the sections of the page show: the twin's figures in rows, in the order in which they are read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from troth.insight.company import Company, Trend
from troth.insight.critical import CriticalMoment, UnknownCell
from troth.insight.estimate import Estimate
from troth.insight.outcomes import OutcomeRanking
from troth.insight.segments import SegmentValue
from troth.insight.touchpoints import CellTrust, TouchpointTrust
from troth.report.page import words
from troth.report.page.lexicon import Lexicon
from troth.report.page.marks import Mark
from troth.report.twin.shape import SeverityParameter, Twin
from troth.texts import _, ngettext
from troth.vocabulary import MECHANISM_IDS, MECHANISMS, PRECONDITIONS, SEVERITIES, Mechanism, Severity

MOST_MOMENTS = 8
"""So many critical moments are drawn, the rest is a table."""

LEAST_REACH = 5.0
"""So many points the scale of differences holds at least, or a fraction of a point would look like much."""


@dataclass(frozen=True, slots=True)
class PreconditionGroup:
    """A precondition in words with its mechanisms."""

    id: str
    name: str
    definition: str
    mechanisms: tuple[Mechanism, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """The figures at a month's end."""

    day: object
    index: str
    interval: str
    preconditions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moments:
    """The critical moments; `reach` is the cost at which a bar fills its scale."""

    first: tuple[CriticalMoment, ...]
    rest: tuple[CriticalMoment, ...]
    rest_title: str
    reach: float
    unknown: tuple[UnknownCell, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the grid; `trust` is None where nothing was observed, `first` where a precondition begins."""

    trust: CellTrust | None
    first: bool


@dataclass(frozen=True, slots=True)
class GridRow:
    """A touchpoint's row of the grid."""

    touchpoint: str
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the bar of all customers, in percent of its width."""

    mark: Mark
    label: str
    customers: int
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class SegmentTable:
    """A segment's groups; `reach` is the difference at which the drawn scale ends."""

    name: str
    values: tuple[SegmentValue, ...]
    reach: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """An outcome with its areas under the curve in percent; `direction` says which trust goes with it."""

    name: str
    ranking: OutcomeRanking
    auc: Estimate | None
    baseline: Estimate | None
    difference: Estimate | None
    direction: str


@dataclass(frozen=True, slots=True)
class ParameterRow:
    """Mechanisms that share all their parameters."""

    mechanisms: tuple[str, ...]
    ratio: str
    ratio_origin: str
    half_life_good: str
    half_life_bad: str
    half_life_origin: str


@dataclass(frozen=True, slots=True)
class SeverityRow:
    """A severity and its weight: of all mechanisms, or of those named, which share it and its origin."""

    severity: Severity
    mechanisms: tuple[str, ...]
    weight: float
    origin: str


def preconditions() -> tuple[PreconditionGroup, ...]:
    """The three preconditions with their ten mechanisms."""
    return tuple(
        PreconditionGroup(
            part.id,
            str(part.name),
            str(part.definition),
            tuple(mechanism for mechanism in MECHANISMS if mechanism.precondition == part.id),
        )
        for part in PRECONDITIONS
    )


def months(trend: Trend) -> Iterator[Month]:
    """The last day of every month with a known index, and the last day of all."""
    for place, value in enumerate(trend.index):
        day, low, high = trend.days[place], trend.low[place], trend.high[place]
        ends = place + 1 == len(trend.days) or trend.days[place + 1].month != day.month
        if ends and value is not None:
            parts = (trend.willing[place], trend.able[place], trend.assessable[place])
            yield Month(
                day,
                words.number(value, 1),
                words.limits(low, high, 1) if low is not None and high is not None else "–",
                tuple("–" if part is None else words.number(part, 1) for part in parts),
            )


def moments(twin: Twin) -> Moments:
    """The critical moments, the first of them apart."""
    ranked = twin.critical.ranked
    rest = ranked[MOST_MOMENTS:]
    title = ngettext(
        "One more place costs less trust", "%(n)s more places cost less trust", len(rest)
    ) % {"n": words.number(len(rest))}  # fmt: skip
    reach = max((moment.cost.high for moment in ranked), default=1.0)
    return Moments(ranked[:MOST_MOMENTS], rest, title, max(reach, 1e-9), twin.critical.unknown)


def grid(
    touchpoints: Iterable[TouchpointTrust], observed: Iterable[CellTrust], lexicon: Lexicon
) -> Iterator[GridRow]:
    """Touchpoints in the journey's order, mechanisms in the vocabulary's."""
    cells = {(cell.touchpoint, cell.mechanism): cell for cell in observed}
    firsts = {group.mechanisms[0].id for group in preconditions()}
    for touchpoint in touchpoints:
        yield GridRow(
            touchpoint.touchpoint,
            lexicon.touchpoint(touchpoint.touchpoint),
            tuple(
                Cell(cells.get((touchpoint.touchpoint, mechanism)), mechanism in firsts)
                for mechanism in MECHANISM_IDS
            ),
        )


def standing_pieces(company: Company) -> Iterator[Piece]:
    """Customers above, at and below neutral, and unknown, side by side; nobody is no piece."""
    standing = company.standing
    groups: tuple[tuple[Mark, str, int], ...] = (
        ("above", _("above neutral"), standing.above),
        ("level", _("exactly neutral"), standing.level),
        ("below", _("below neutral"), standing.below),
        ("unknown", _("not enough evidence"), standing.unknown),
    )
    start = 0.0
    for side, label, customers in groups:
        if customers:
            width = 100 * customers / standing.total
            yield Piece(side, label, customers, start, width)
            start += width


def segments(twin: Twin, lexicon: Lexicon) -> Iterator[SegmentTable]:
    """The segments with their scales."""
    for segment in twin.segments:
        differences = [group.difference for group in segment.values if group.difference]
        reached = [abs(limit) for found in differences for limit in (found.low, found.high)]
        if segment.values:
            name, reach = lexicon.segment(segment.segment), max(reached, default=0.0)
            yield SegmentTable(name, segment.values, max(reach, LEAST_REACH))


def outcomes(twin: Twin, lexicon: Lexicon) -> Iterator[Outcome]:
    """The outcomes with percent for shares."""
    for ranking in twin.outcomes:
        yield Outcome(
            lexicon.outcome(ranking.outcome),
            ranking,
            _in_percent(ranking.auc),
            _in_percent(ranking.baseline_auc),
            _in_percent(ranking.difference),
            words.direction(ranking),
        )


def _in_percent(found: Estimate | None) -> Estimate | None:
    return found and Estimate(100 * found.value, 100 * found.low, 100 * found.high)


def parameter_rows(twin: Twin, lexicon: Lexicon) -> Iterator[ParameterRow]:
    """The parameters, mechanisms with the same ones in one row."""
    rows: dict[tuple[str, str, str, str, str], list[str]] = {}
    for entry in twin.parameters.mechanisms:
        settings = (
            words.ratio(entry.ratio),
            str(entry.ratio_origin),
            words.days(entry.half_life_good_days),
            words.days(entry.half_life_bad_days),
            str(entry.half_life_origin),
        )
        rows.setdefault(settings, []).append(lexicon.mechanism(entry.mechanism))
    for settings, mechanisms in rows.items():
        yield ParameterRow(tuple(mechanisms), *settings)


def severity_rows(twin: Twin, lexicon: Lexicon) -> Iterator[SeverityRow]:
    """The severities, each followed by the mechanisms for which it weighs otherwise."""
    for i, severity in enumerate(SEVERITIES):
        common = twin.parameters.severities[i]
        yield SeverityRow(severity, (), common.weight, str(common.origin))
        own: dict[SeverityParameter, list[str]] = {}
        for entry in twin.parameters.mechanisms:
            if entry.severities[i] != common:
                own.setdefault(entry.severities[i], []).append(lexicon.mechanism(entry.mechanism))
        for found, mechanisms in own.items():
            yield SeverityRow(severity, tuple(mechanisms), found.weight, str(found.origin))


def ratios(twin: Twin) -> str:
    """The ratio in force, or the smallest and the greatest."""
    found = sorted({entry.ratio for entry in twin.parameters.mechanisms})
    written = [words.ratio(value) for value in (found[0], found[-1])]
    return (
        written[0]
        if len(found) == 1
        else _("%(low)s to %(high)s") % dict(zip(("low", "high"), written, strict=True))
    )


def not_observed(twin: Twin, lexicon: Lexicon) -> Iterator[tuple[str, list[str]]]:
    """Touchpoints and mechanisms that no experience speaks of."""
    if touchpoints := twin.data.touchpoints_not_observed:
        yield _("Touchpoints"), [lexicon.touchpoint(touchpoint) for touchpoint in touchpoints]
    if mechanisms := twin.data.mechanisms_not_observed:
        yield _("Mechanisms"), [lexicon.mechanism(mechanism) for mechanism in mechanisms]
