"""All segments, and the difference of two groups."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from troth.errors import UsageError
from troth.insight import segments as insight
from troth.insight.basis import Basis, basis
from troth.insight.compared import Comparison, PartDifference, compared
from troth.insight.days import time_of
from troth.insight.groups import shown
from troth.insight.segments import Segment
from troth.texts import _
from troth.web.frame.page import Asked
from troth.web.frame.privacy import group_too_small, least_group, segment_customers, shown_groups
from troth.workspace import Workspace
from troth.workspace.grouped import index_alone
from troth.workspace.live import Live


@dataclass(frozen=True, slots=True)
class SegmentsAnswer:
    """Trust of every group of customers at the read-out `at`; None while there are no experiences.

    `groups`: every `segment=value` that may be compared. `hidden`: per segment how many values are not shown
    since their groups are too small (`least_group`). `comparison`: of the two groups that were chosen.
    """

    at: dt.datetime | None
    least_group: int | None
    segments: tuple[Segment, ...]
    hidden: dict[str, int]
    groups: tuple[str, ...]
    comparison: Comparison | None


def segments(live: Live, workspace: Workspace, asked: Asked) -> SegmentsAnswer:
    """Read all segments out, and compare the two that are chosen."""
    least, filters = least_group(workspace), asked.filters
    if not workspace.has_experiences:
        return SegmentsAnswer(None, least, (), {}, (), None)
    moment = workspace.moment(filters.at)
    found = live.readouts.of(("segments", filters.at), lambda now: insight.segments(_basis(now, filters.at)))
    hidden: dict[str, int] = {}
    if least is not None:
        told = shown_groups(live, filters.at, least)
        allowed = {
            segment: frozenset(
                value for value in shown(customers, least) if value is None or f"{segment}={value}" in told
            )
            for segment, customers in segment_customers(live, filters.at).items()
        }
        found, hidden = _without_small(found, allowed)
    groups = tuple(
        f"{segment.segment}={value.value}"
        for segment in found
        for value in segment.values
        if value.value is not None
    )
    return SegmentsAnswer(
        at=time_of(moment.at_ms),
        least_group=least,
        segments=found,
        hidden=hidden,
        groups=groups,
        comparison=_comparison(live, workspace, asked, groups),
    )


def _basis(workspace: Workspace, at: dt.date | None) -> Basis:
    return basis(workspace.ledger, workspace.blueprint, workspace.settings, workspace.moment(at))


def rows(answer: SegmentsAnswer) -> list[dict[str, Any]]:
    """The groups as a table."""
    return [
        {
            "segment": segment.segment,
            "value": value.value,
            "customers": value.customers,
            "index": value.trust.index.value if value.trust.index else None,
            "low": value.trust.index.low if value.trust.index else None,
            "high": value.trust.index.high if value.trust.index else None,
            "known": value.trust.known,
            "balance": value.trust.evidence.balance,
            "difference": value.difference.value if value.difference else None,
            "flagged": value.flagged,
        }
        for segment in answer.segments
        for value in segment.values
    ]


def _without_small(
    found: tuple[Segment, ...], allowed: Mapping[str, frozenset[str | None]]
) -> tuple[tuple[Segment, ...], dict[str, int]]:
    kept = tuple(
        Segment(
            one.segment,
            tuple(
                replace(value, trust=index_alone(value.trust))
                for value in one.values
                if value.value in allowed[one.segment]
            ),
        )
        for one in found
    )
    hidden = {
        one.segment: len(one.values) - len(left.values)
        for one, left in zip(found, kept, strict=True)
        if len(left.values) < len(one.values)
    }
    return kept, hidden


def _comparison(live: Live, workspace: Workspace, asked: Asked, groups: tuple[str, ...]) -> Comparison | None:
    one, other, at = asked.filters.segment, asked.filters.against, asked.filters.at
    least = least_group(workspace)
    if not (one and other):
        return None
    if least is not None and not {one, other} <= set(groups):
        raise group_too_small(least)
    if one == other:
        raise UsageError("groups-same", _("A group can only be compared with another one."))
    found = live.readouts.of(("compared", one, other, at), lambda now: compared(_basis(now, at), one, other))
    if least is None:
        return found
    return replace(
        found,
        touchpoints=_large_enough(found.touchpoints, least),
        mechanisms=_large_enough(found.mechanisms, least),
    )


def _large_enough(parts: tuple[PartDifference, ...], least: int) -> tuple[PartDifference, ...]:
    return tuple(part for part in parts if min(part.customers) >= least)
