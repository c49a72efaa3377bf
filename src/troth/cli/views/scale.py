"""A trust figure as a line of characters."""

from troth.insight.estimate import Estimate


def scale(estimate: Estimate | None, cells: int = 31, *, ascii_only: bool = False) -> str:
    """A line from 0 to 100 points: neutral at 50 is marked, the interval thick, the value a dot."""
    thin, thick, neutral, dot = "-=|o" if ascii_only else "─━│●"
    line = [thin] * cells
    if estimate is None:
        line[cells // 2] = neutral
    else:
        first, value, last = (
            round(points / 100 * (cells - 1)) for points in (estimate.low, estimate.value, estimate.high)
        )
        line[first : last + 1] = [thick] * (last + 1 - first)
        line[cells // 2] = neutral
        line[value] = dot
    return "".join(line)
