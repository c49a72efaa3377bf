"""How well fitted weights would rank the low reviews: `python ceiling.py WORKSPACE REVIEWS`, after `run.sh`.

A logistic regression on the facts that the rules use, as known at the day of the review, fitted on
one half of the customers and judged on both. Troth does no such thing; it measures what the facts can hold.
"""

import sys
from pathlib import Path

import duckdb
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from troth.insight.auc import placement

FACTS = """
    SELECT half = 'judge' AS judged, (review_score <= 2)::INTEGER AS low,
        least(30, greatest(0, days(coalesce(delivered, asked), promised))) AS days_late,
        (delivered IS NULL)::INTEGER AS not_there,
        (delivered IS NULL AND asked > promised)::INTEGER AS overdue,
        least(40, days(coalesce(delivered, asked), purchased)) AS days_waited,
        least(20, days(coalesce(handed_over, asked), purchased)) AS days_to_dispatch,
        (handed_over IS NULL)::INTEGER AS not_dispatched,
        coalesce((coalesce(handed_over, asked) > ship_by)::INTEGER, 1) AS dispatched_late,
        (coalesce(items, 1) > 1)::INTEGER AS several_items,
        (coalesce(sellers, 1) > 1)::INTEGER AS several_sellers,
        days(promised, purchased) AS days_promised
    FROM (
        SELECT r.*,
            o.* REPLACE (known(delivered, asked) AS delivered, known(handed_over, asked) AS handed_over)
        FROM read_csv($orders) AS o
        JOIN (
            SELECT order_id, review_score, review_creation_date AS asked FROM read_csv($reviews)
        ) AS r USING (order_id)
    )"""


def facts(orders: Path, reviews: Path) -> dict[str, NDArray[np.float64]]:
    """The facts of every review, by name."""
    with duckdb.connect() as connection:
        connection.execute("CREATE MACRO days(later, earlier) AS epoch(later - earlier) / 86400")
        connection.execute("CREATE MACRO known(moment, day) AS CASE WHEN moment < day THEN moment END")
        found = connection.execute(FACTS, {"orders": str(orders), "reviews": str(reviews)}).fetchnumpy()
    return {name: np.asarray(values, np.float64) for name, values in found.items()}


def fitted(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weights of a logistic regression with a slight ridge; the first column of `x` is the constant."""

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        score, ridge = x @ weights, np.r_[0, weights[1:]]
        gradient = x.T @ (1 / (1 + np.exp(-score)) - y) + ridge
        return float(np.sum(np.logaddexp(0, score) - y * score) + ridge @ ridge / 2), gradient

    weights: NDArray[np.float64] = minimize(loss, np.zeros(x.shape[1]), jac=True).x
    return weights


def main(workspace: Path, reviews: Path) -> None:
    """Fit on the one half, print the AUC on both."""
    table = facts(workspace / "orders.csv", reviews)
    judged, low = table.pop("judged") == 1, table.pop("low")
    x = np.column_stack(list(table.values()))
    x = np.column_stack([np.ones(len(x)), (x - x[~judged].mean(axis=0)) / x[~judged].std(axis=0)])
    score = x @ fitted(x[~judged], low[~judged])
    for name, half in (("develop", ~judged), ("judge", judged)):
        print(f"{name:8} {placement(score[half], low[half] == 1).auc:.3f}")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*map(Path, sys.argv[1:]))
