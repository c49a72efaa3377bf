"""From verdicts to figures: the score, its categories, what mending brings, and the grid."""

from troth.audit.scoring.configuration import Scoring, configured
from troth.audit.scoring.grid import Cell, grid
from troth.audit.scoring.score import CategoryScore, Score, gain, scored
from troth.audit.scoring.stability import Stability, stability

__all__ = [
    "CategoryScore",
    "Cell",
    "Score",
    "Scoring",
    "Stability",
    "configured",
    "gain",
    "grid",
    "scored",
    "stability",
]
