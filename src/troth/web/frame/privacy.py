"""Where a blueprint says `people: segments`: nobody alone, and no group smaller than the least one.

Every page and its twin pass here before they are answered, so a new page need not think of it: as long as it
shows figures of all that its filters leave, and of nothing smaller. A page that divides further (by segment,
touchpoint, mechanism) asks `least_group` and leaves out what is smaller.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from troth.errors import TrothError
from troth.insight.groups import Group, shown, told_apart
from troth.texts import _

if TYPE_CHECKING:
    from troth.web.frame.page import Asked, Page
    from troth.workspace import Workspace
    from troth.workspace.live import Live


def least_group(workspace: Workspace) -> int | None:
    """How many customers a group must have to be shown; None where people are shown one by one."""
    privacy = workspace.blueprint.privacy
    return privacy.least_group if privacy.people == "segments" else None


def people_hidden() -> TrothError:
    """The error for who asks for one person where nobody is shown alone."""
    return TrothError(
        "people-hidden",
        _("Nobody is shown alone here: this workspace shows groups of customers only."),
        _("The blueprint says so: `privacy: {people: segments}`."),
    )


def group_too_small(least: int) -> TrothError:
    """The error for a group that is too small to be shown."""
    return TrothError(
        "group-too-small",
        _("Too few customers are behind these figures to show them."),
        _("A group must have at least %(n)d customers; choose a larger one.") % {"n": least},
    )


def demand_group(live: Live, workspace: Workspace, page: Page, question: Asked) -> None:
    """Let pass what speaks of enough customers.

    Raises:
        TrothError: `people-hidden`, `group-too-small`.
    """
    least = least_group(workspace)
    if least is None:
        return
    if page.about_person:
        raise people_hidden()
    if not (page.filters or question.filters.only() or "touchpoint" in question.path):
        return  # it shows no figures of customers
    named = {part: question.path[part] for part in ("touchpoint", "mechanism") if part in question.path}
    if workspace.has_experiences:
        segment, at = question.filters.segment, question.filters.at
        if segment and segment not in shown_groups(live, at, least):
            raise group_too_small(least)
        if customers_behind(live, question.filters.only() | named, at) < least:
            raise group_too_small(least)


def customers_behind(live: Live, only: Mapping[str, str], at: dt.date | None) -> int:
    """How many customers have an experience that passes the filter."""
    from troth.ledger import read_out_table

    def count(workspace: Workspace) -> int:
        store, settings, moment = workspace.ledger, workspace.settings, workspace.moment(at)
        return int(read_out_table(store, settings, by=("customer",), at=moment, only=only).num_rows)

    return live.readouts.of(("behind", at, *sorted(only.items())), count)


def segment_customers(live: Live, at: dt.date | None) -> dict[str, dict[str | None, int]]:
    """How many customers with experiences each value of each segment has; None for those without a value."""
    from troth.insight.segments import customers_by_value

    def count(workspace: Workspace) -> dict[str, dict[str | None, int]]:
        return customers_by_value(workspace.ledger, workspace.blueprint, workspace.moment(at))

    return live.readouts.of(("segment-customers", at), count)


def shown_groups(live: Live, at: dt.date | None, least: int) -> frozenset[str]:
    """Every `segment=value` that may be shown: large enough, and no way to work out a smaller one by it."""
    sizes = {
        (segment, value): customers[value]
        for segment, customers in segment_customers(live, at).items()
        for value in shown(customers, least)
        if value is not None
    }

    def shared(workspace: Workspace) -> Mapping[tuple[Group, Group], int]:
        from troth.insight.segments import shared_customers

        return shared_customers(workspace.ledger, workspace.moment(at))

    common = live.readouts.of(("shared-customers", at), shared)
    return frozenset(f"{segment}={value}" for segment, value in told_apart(sizes, common, least))
