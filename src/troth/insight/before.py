"""The records of an outcome, each with the trust that was known strictly before it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from troth.blueprint.expressions import RECORD
from troth.blueprint.parameters import Settings
from troth.blueprint.schema import Blueprint, Outcome
from troth.insight.factors import DAY, column_sums, factor_table
from troth.ledger.arithmetic import Floats, index, merged_pools
from troth.ledger.decay import UNIT
from troth.ledger.reader import Reader
from troth.ledger.refresh import relations
from troth.ledger.sql import DAY_MS, render
from troth.store import Store


@dataclass(frozen=True, slots=True)
class OutcomeRecords:
    """Records of an outcome whose customer, time and value are known; all arrays [records].

    Attributes:
        customer: A number for each customer.
        happened: Whether the outcome came.
        trust: The customer's index just before, 0 to 1; neutral without evidence.
        seen: Whether the customer had any evidence before.
        baseline: The blueprint's baseline, below all others where it is empty; None when there is none.
    """

    customer: NDArray[np.int64]
    happened: NDArray[np.bool_]
    trust: Floats
    seen: NDArray[np.bool_]
    baseline: Floats | None


def outcome_records(
    store: Store, blueprint: Blueprint, settings: Settings, outcome: Outcome, until_ms: int
) -> OutcomeRecords:
    """The records of `outcome` up to `until_ms`, with each customer's evidence before."""
    statement = f"""
        WITH outcome AS MATERIALIZED (
            SELECT row_number() OVER (ORDER BY customer, at_ms, record) AS place,
                   dense_rank() OVER (ORDER BY customer) AS customer_rank,
                   customer_no, at_ms AS until_ms, happened, baseline
            FROM ({_records(store, blueprint, settings, outcome)}) LEFT JOIN customer USING (customer)
            WHERE customer IS NOT NULL AND happened IS NOT NULL AND at_ms <= $until_ms
        ), before AS (
            SELECT place, {column_sums(settings)}
            FROM outcome JOIN experience ON experience.customer_no = outcome.customer_no AND at_ms < until_ms
            JOIN factor ON factor.mechanism_no = experience.mechanism_no AND factor.bad = (severity > 0)
                AND age = until_ms // {DAY_MS} - {DAY}
            GROUP BY place
        )
        SELECT customer_rank, happened, baseline, before.* EXCLUDE (place)
        FROM outcome LEFT JOIN before USING (place) ORDER BY place
    """
    with factor_table(store.connection, settings, until_ms // DAY_MS):
        found = store.connection.execute(statement, {"until_ms": until_ms}).fetchnumpy()
    customer, happened, baseline, *sums = (np.ma.filled(column, np.nan) for column in found.values())
    pools, _ = merged_pools(settings.ratio_milli)
    evidence = np.nan_to_num(np.column_stack(sums)) / UNIT
    good, bad = np.split(evidence, 2, axis=1)
    return OutcomeRecords(
        customer=customer.astype(np.int64),
        happened=happened.astype(np.bool_),
        trust=index(pools.preconditions(good, bad).score),
        seen=evidence.any(axis=1),
        baseline=None if outcome.baseline is None else np.nan_to_num(baseline, nan=-np.inf),
    )


def _records(store: Store, blueprint: Blueprint, settings: Settings, outcome: Outcome) -> str:
    reader = Reader(blueprint, outcome.source, settings)
    at, happened = reader.time(outcome.at), reader.condition(outcome.value)
    baseline = reader.value(outcome.baseline) if outcome.baseline else "NULL"
    text = f"""
        SELECT {reader.customer} AS customer, "{RECORD}"._key AS record, {at} AS at_ms,
               {happened} AS happened, CAST({baseline} AS DOUBLE) AS baseline
        FROM {reader.tables(relations(store, blueprint))}"""
    return render(text, checked=tuple(reader.checked))
