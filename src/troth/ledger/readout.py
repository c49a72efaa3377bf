"""Trust read out: rows by any of customer, touchpoint, mechanism, precondition, segment and day."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import numpy as np
import pyarrow as pa

from troth.blueprint.parameters import Settings
from troth.ledger.answers import Dimension, Group, Moment, Only, Series, ShardSums, TrustRow
from troth.ledger.arithmetic import Floats, Pools, index_interval, mechanism_pools, merged_pools, owed
from troth.ledger.customer_days import customer_days
from troth.ledger.evidence import Question
from troth.ledger.figures import DAY_RESAMPLES, Figures, indices, pooled_interval, scores
from troth.ledger.memory import earlier, shard_days
from troth.ledger.names import Labels, labels
from troth.ledger.questions import dimensions, question
from troth.ledger.sql import DAY_MS
from troth.ledger.sums import (
    DAY_SHARDS,
    Sums,
    at_ends_of_days,
    by_shard,
    day_rows,
    first_day,
    remaining,
    remaining_of_customers,
)
from troth.store import Store

DEFAULT_BY: tuple[Dimension, ...] = ("touchpoint", "mechanism")


def read_out(
    store: Store,
    settings: Settings,
    *,
    by: Sequence[str] = DEFAULT_BY,
    at: Moment,
    only: Only | None = None,
    intervals: bool = True,
    since: int | None = None,
) -> list[TrustRow]:
    """Trust of every group that has an experience, in the ledger's order of its dimensions.

    Args:
        store: its derived tables must be up to date (`refresh`).
        settings: ratio, half-lives and the interval's level.
        by: any of customer, touchpoint, mechanism, precondition, segment, day; none is the whole. With
            mechanism, a precondition is that of the mechanism. With segment, a customer has a row for every
            value of a segment that is the customer's.
        at: the read-out time.
        only: values that count, per dimension.
        intervals: whether to work out `low` and `high`. A row with a mechanism or precondition has its
            exact beta interval. Otherwise the score is the index G: of many customers by bootstrap, else by
            Monte Carlo.
        since: with `day`, the first day (default: the first one that has an experience).

    Raises:
        UsageError: `dimension-unknown`, `dimension-twice`, `filter-unknown`, `customer-unknown`;
            `too-many-rows` by customer and day.
    """
    shape, figures = _read(store, settings, by, at, only, since, intervals=intervals)
    groups = shape.groups(by)
    columns = (figures.good, figures.bad, figures.balance, owed(figures.balance), figures.score)
    limits = (
        [None if np.isnan(limit) else limit for limit in c.tolist()] for c in (figures.low, figures.high)
    )
    values = zip(
        *(c.tolist() for c in columns), *limits, figures.unknown.tolist(), figures.n.tolist(), strict=True
    )
    return [TrustRow(group, *row) for group, row in zip(groups, values, strict=True)]


def read_out_table(
    store: Store,
    settings: Settings,
    *,
    by: Sequence[str] = DEFAULT_BY,
    at: Moment,
    only: Only | None = None,
    since: int | None = None,
) -> pa.Table:
    """The same rows without intervals as an Arrow table: for millions of customers.

    Arguments as for `read_out`.
    """
    shape, figures = _read(store, settings, by, at, only, since, intervals=False)
    return figures_table(figures, **shape.columns(by))


def figures_table(figures: Figures, /, **labels: pa.Array) -> pa.Table:
    """Figures without intervals as a table, behind the columns of what its rows stand for."""
    columns = {
        "good": figures.good,
        "bad": figures.bad,
        "balance": figures.balance,
        "owed": owed(figures.balance),
        "score": figures.score,
        "unknown": figures.unknown,
        "n": figures.n,
    }
    return pa.table(labels | {name: pa.array(values) for name, values in columns.items()})


def shard_sums(
    store: Store, settings: Settings, at: Moment, *, by: Sequence[str] = (), only: Only | None = None
) -> ShardSums:
    """Evidence by group and shard, for the bootstrap over customers; `by` any of touchpoint and segment."""
    asked = question(store.connection, by, at, only)
    found = _shards(store, settings, asked)
    return ShardSums(_groups(store, found), found.evidence, found.n)


def daily_series(
    store: Store,
    settings: Settings,
    first_day: int,
    last_day: int,
    *,
    by: Sequence[str] = (),
    only: Only | None = None,
    shards: int = 1,
) -> Series:
    """Evidence at the end of every day from `first_day` to `last_day`; `by` any of touchpoint and segment.

    With `shards` (a power of two up to 1,024) customers are divided, for the bootstrap of a whole series.
    """
    at = Moment((last_day + 1) * DAY_MS - 1, last_day, "given")
    asked = question(store.connection, by, at, only)
    return _series(store, settings, asked, range(first_day, last_day + 1), shards)


def _series(store: Store, settings: Settings, asked: Question, days: range, shards: int) -> Series:
    divided = ("shard", "day") if shards > 1 else ("day",)
    others = tuple(key for key in asked.keys if key != "day")
    found = at_ends_of_days(
        store.connection, settings, replace(asked, keys=(*others, *divided), shards=shards), days
    )
    if shards == 1:
        return Series(_groups(store, found), days, found.evidence, found.n)
    whole = by_shard(found, shards)
    by_day = np.swapaxes(whole.evidence, -1, -2)
    return Series(_groups(store, whole), days, whole.evidence.sum(axis=-1), whole.n, by_day)


def _groups(store: Store, sums: Sums) -> tuple[Group, ...]:
    return tuple(labels(store.connection, sums).groups(tuple(sums.codes)))


def _shards(store: Store, settings: Settings, asked: Question) -> Sums:
    divided = replace(asked, keys=(*asked.keys, "shard"))
    known = earlier.shard_sums(store, settings, divided)
    return by_shard(remaining(store.connection, settings, divided, known), asked.shards)


def _read(
    store: Store,
    settings: Settings,
    by: Sequence[str],
    at: Moment,
    only: Only | None,
    since: int | None,
    *,
    intervals: bool,
) -> tuple[Labels, Figures]:
    asked = question(store.connection, by, at, only)
    wanted = dimensions(by)
    divided = not {"mechanism", "precondition"}.isdisjoint(wanted)
    pools = mechanism_pools(settings.ratio_milli)
    if wanted == ("customer",):
        pools, _columns = merged_pools(settings.ratio_milli)
        found = remaining_of_customers(store.connection, settings, asked)
    elif "day" in wanted:
        start = first_day(store.connection) if since is None else since
        days = range(at.day if start is None else start, at.day + 1)
        if "customer" in wanted:
            found = customer_days(store.connection, settings, asked, days, by_mechanism=divided)
        else:
            found = day_rows(at_ends_of_days(store.connection, settings, asked, days), days)
    else:
        found = remaining(store.connection, settings, asked)
    rows = labels(store.connection, found)
    if divided:
        name: Literal["mechanism", "precondition"] = "mechanism" if "mechanism" in wanted else "precondition"
        row, column, figures = scores(found, pools, name, settings.interval if intervals else None)
        rows = rows.taken(row).beside(name, column)
        if name == "mechanism" and "precondition" in wanted:
            rows = rows.beside("precondition", np.asarray(pools.precondition, np.int64)[column])
    else:
        figures = indices(
            found, pools, _interval(store, settings, asked, found, pools) if intervals else None
        )
    order = rows.order(by)
    return rows.taken(order), figures.taken(order)


def _interval(store: Store, settings: Settings, asked: Question, found: Sums, pools: Pools) -> Floats:
    """The limits of G, [2, rows]: customers are resampled; a single customer has its posteriors."""
    if "customer" in asked.keys:
        good, bad = found.evidence[:, 0], found.evidence[:, 1]
        return np.stack(index_interval(pools.preconditions(good, bad), settings.interval))
    if "day" not in asked.keys:
        return pooled_interval(_shards(store, settings, asked).evidence, pools, settings.interval)
    days = found.codes["day"]
    span = range(int(days.min()), int(days.max()) + 1) if len(days) else range(0)
    divided = replace(
        asked, keys=(*(key for key in asked.keys if key != "day"), "shard", "day"), shards=DAY_SHARDS
    )
    known = shard_days.day_sums(store, divided)
    whole = by_shard(at_ends_of_days(store.connection, settings, divided, span, known), DAY_SHARDS)
    by_day = day_rows(replace(whole, evidence=np.swapaxes(whole.evidence, -1, -2)), span)
    return pooled_interval(by_day.evidence, pools, settings.interval, DAY_RESAMPLES)
