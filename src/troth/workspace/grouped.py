"""Where nobody may be seen alone: a read-out without touchpoints and cells that too few customers lived.

With them go so many of the smallest others that all that is left out together is large enough: else the whole
minus what is shown would give it away.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import numpy as np

from troth.insight.basis import Basis
from troth.insight.groups import shown
from troth.insight.pooled import pooled_trust
from troth.insight.touchpoints import TouchpointTrust
from troth.ledger.dictionaries import LIVED
from troth.report.twin.shape import Twin
from troth.vocabulary import MECHANISM_IDS


def without_small_groups(twin: Twin, basis: Basis, least: int) -> Twin:
    """`twin` with nothing of touchpoints and cells that fewer than `least` customers lived."""
    touchpoints, cells = _customers(basis)
    kept = shown(touchpoints, least)
    visible = {
        (touchpoint, mechanism) for touchpoint in kept for mechanism in shown(cells[touchpoint], least)
    }
    return replace(
        twin,
        touchpoints=tuple(one if one.touchpoint in kept else _unseen(one, basis) for one in twin.touchpoints),
        cells=tuple(cell for cell in twin.cells if (cell.touchpoint, cell.mechanism) in visible),
        critical=replace(
            twin.critical,
            ranked=tuple(
                replace(moment, examples=())
                for moment in twin.critical.ranked
                if (moment.touchpoint, moment.mechanism) in visible
            ),
            unknown=tuple(
                cell for cell in twin.critical.unknown if (cell.touchpoint, cell.mechanism) in visible
            ),
        ),
    )


def _unseen(touchpoint: TouchpointTrust, basis: Basis) -> TouchpointTrust:
    nothing = pooled_trust(np.zeros(basis.sums.shape[1:]), np.zeros_like(basis.n[0]), basis)
    return TouchpointTrust(touchpoint.touchpoint, nothing, 0.0, (None,) * len(touchpoint.series))


def _customers(basis: Basis) -> tuple[dict[str, int], dict[str, dict[str, int]]]:
    """How many customers lived each touchpoint, and each of its cells."""
    touchpoints: dict[str, int] = {}
    cells: dict[str, dict[str, int]] = defaultdict(dict)
    for touchpoint, mechanism_no, customers in basis.store.connection.execute(
        f"""
        SELECT touchpoint, mechanism_no, count(DISTINCT customer_no)
        FROM {LIVED} JOIN touchpoint USING (touchpoint_no)
        WHERE at_ms <= $at_ms AND ($segment IS NULL OR customer_no IN (
            SELECT customer_no FROM customer_segment WHERE segment || '=' || value = $segment))
        GROUP BY GROUPING SETS ((touchpoint), (touchpoint, mechanism_no))
        """,  # noqa: S608 - a constant of ours
        {"at_ms": basis.at.at_ms, "segment": basis.only.get("segment")},
    ).fetchall():
        if mechanism_no is None:
            touchpoints[touchpoint] = customers
        else:
            cells[touchpoint][MECHANISM_IDS[mechanism_no]] = customers
    return touchpoints, cells
