"""What is said about an outcome."""

import io

import pytest
from rich.console import Console
from tests.cli.conftest import BLUEPRINT

from troth.blueprint import parse
from troth.cli.views.outcomes import show_outcomes
from troth.insight.estimate import Estimate
from troth.insight.outcomes import OutcomeRanking


@pytest.mark.parametrize(
    ("low", "said"), [(0.51, "low trust goes with it"), (0.45, "cannot be told from chance")]
)
def test_a_direction_is_named_only_where_chance_is_outside_the_interval(low: float, said: str) -> None:
    auc = Estimate(0.56, low, 0.7)
    ranking = OutcomeRanking("late", 60, 18, 0.1, 0.0, 0.95, "low", auc, None, None)
    console = Console(file=io.StringIO(), width=120)
    show_outcomes(console, [ranking], parse(BLUEPRINT))
    text = console.file.getvalue()  # type: ignore[attr-defined]  # it is the StringIO of above
    assert said in text
    assert ("goes with it" in text) == (low > 0.5)
