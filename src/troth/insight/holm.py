"""Many comparisons at once: Holm's adjustment of p-values."""

import numpy as np

from troth.ledger.arithmetic import Floats


def holm(p_values: Floats) -> Floats:
    """Adjusted p-values, [n]: reject those at most α, and the chance of one false rejection is at most α.

    Valid however the tests hang together (Holm 1979), which groups of the same customers do.
    """
    n = len(p_values)
    order = np.argsort(p_values, kind="stable")
    adjusted = np.empty(n)
    adjusted[order] = np.maximum.accumulate((n - np.arange(n)) * p_values[order])
    return np.minimum(adjusted, 1.0)
