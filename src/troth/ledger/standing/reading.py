"""Questions that what stands ready can answer, and the SQL that does."""

from dataclasses import replace

from troth.blueprint.parameters import Settings
from troth.ledger.dictionaries import SHARDS
from troth.ledger.evidence import Question, remaining_by_mechanism, remaining_by_pool
from troth.ledger.sql import render
from troth.ledger.standing.state import Standing

_BY_SHARD = frozenset({"touchpoint", "segment", "shard"})


def stands_by_shard(standing: Standing | None, settings: Settings, question: Question) -> bool:
    """Whether `shard_state` answers: some moment of its day, by shard, of all customers or one segment."""
    return (
        standing is not None
        and question.at.day == standing.day
        and standing.suits(settings)
        and "shard" in question.keys
        and _BY_SHARD.issuperset(question.keys)
        and (question.single_segment or not question.from_experience)
    )


def stands_by_customer(standing: Standing | None, settings: Settings, question: Question) -> bool:
    """Whether `customer_state` answers: for some moment of its day, whole customers, all or some."""
    return (
        standing is not None
        and question.at.day == standing.day
        and standing.suits(settings)
        and question.keys == ("customer",)
        and {"customer", "segment"}.issuperset(question.named)
    )


def sums_by_shard(question: Question) -> str:
    """As `evidence.remaining_by_mechanism`, from `shard_state` and the day so far."""
    keys = ", ".join([*question.columns, "mechanism_no"])
    selected = keys.replace("shard", f"shard // {SHARDS // question.shards} AS shard")
    today = render(remaining_by_mechanism(replace(question, table="recent"), net=False))
    sums = ", ".join(f"sum({name}) AS {name}" for name in ("good", "bad", "n_good", "n_bad"))
    return f"""
        SELECT {keys}, {sums} FROM (
            SELECT {selected}, good, bad, n_good, n_bad FROM shard_state AS e
            WHERE {" AND ".join(question.summed)}
            UNION ALL SELECT {keys}, good, bad, n_good, n_bad FROM ({today}))
        GROUP BY {keys} HAVING sum(n_good) + sum(n_bad) > 0"""


def sums_by_customer(question: Question, pools: int) -> str:
    """As `evidence.remaining_by_pool`, from `customer_state`, its tail and the day so far."""
    columns = ", ".join(pool_columns(pools))
    where = f" WHERE {' AND '.join(question.conditions)}" if question.conditions else ""
    today = render(remaining_by_pool(replace(question, table="recent"), pools, net=False))
    stored = " UNION ALL ".join(
        f"SELECT customer_no, n, {columns} FROM {table} AS e{where}"
        for table in ("customer_state", "customer_tail")
    )
    sums = ", ".join(f"sum({name}) AS {name}" for name in pool_columns(pools))
    return f"""
        SELECT customer_no, sum(n)::BIGINT AS n, {sums}
        FROM ({stored} UNION ALL SELECT customer_no, n, {columns} FROM ({today}))
        GROUP BY customer_no HAVING sum(n) > 0"""


def pool_columns(pools: int) -> list[str]:
    """The columns of the pools' sums."""
    return [f"{sign}_{pool}" for pool in range(pools) for sign in ("good", "bad")]
