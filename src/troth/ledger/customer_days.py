"""The daily series of single customers, some customers at a time, so that memory stays bounded."""

from collections.abc import Sequence
from dataclasses import replace

import duckdb
import numpy as np

from troth.blueprint.parameters import Settings
from troth.errors import UsageError
from troth.ledger.evidence import Key, Question, lengths_of_series
from troth.ledger.sums import Counts, Sums, at_ends_of_days, day_rows
from troth.texts import _, number

MOST_ROWS = 200_000
"""So many an answer may have: a year of some 550 customers. With their evidence they take some 200 MB."""

_DAYS_AT_ONCE = 100_000  # of all series together; their evidence takes some 60 MB


def customer_days(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    question: Question,
    days: range,
    *,
    by_mechanism: bool,
) -> Sums:
    """A row for every customer and day from the customer's first experience on, and by the other keys.

    Args:
        connection: the ledger's.
        settings: half-lives.
        question: its keys hold `customer` and `day`.
        days: from the first to the last day that is asked for.
        by_mechanism: whether the rows are divided by mechanism afterwards, and so are more.

    Raises:
        UsageError: `too-many-rows`.
    """
    table = connection.sql(lengths_of_series(question, days, by_mechanism=by_mechanism)).to_arrow_table()
    customers, series, rows = (
        np.asarray(table[name].cast("int64").to_numpy(), np.int64)
        for name in ("customer_no", "series", "days")
    )
    if (whole := int(rows.sum())) > MOST_ROWS:
        raise UsageError(
            "too-many-rows",
            _("By customer and day these would be %(n)s rows; at most %(most)s are read out.")
            % {"n": number(whole), "most": number(MOST_ROWS)},
            _("Narrow it with a filter, such as customer=… or segment=…."),
        )
    portion = (series.cumsum() - series) * len(days) // _DAYS_AT_ONCE
    conditions = [
        f"e.customer_no BETWEEN {part[0]} AND {part[-1]}"
        for part in np.split(customers, np.flatnonzero(np.diff(portion)) + 1)
        if len(part)
    ]
    return _stacked([
        day_rows(
            at_ends_of_days(
                connection, settings, replace(question, conditions=(*question.conditions, condition)), days
            ),
            days,
        )
        for condition in conditions or ["FALSE"]
    ])  # fmt: skip


def _stacked(parts: Sequence[Sums]) -> Sums:
    """The rows of all parts, which have the same keys."""
    segments = tuple(sorted({name for part in parts for name in part.segments}))
    places = {name: place for place, name in enumerate(segments)}

    def codes(part: Sums, key: Key) -> Counts:
        if key != "segment":
            return part.codes[key]
        return np.array([places[name] for name in part.segments], np.int64)[part.codes[key]]

    return Sums(
        {key: np.concatenate([codes(part, key) for part in parts]) for key in parts[0].codes},
        segments,
        np.concatenate([part.evidence for part in parts]),
        np.concatenate([part.n for part in parts]),
    )
