"""The ledger: rules turn records into experiences, experiences are evidence, evidence reads out as trust."""

from troth.ledger.answers import (
    ExplainedExperience,
    Explanation,
    LeftOut,
    Moment,
    Quote,
    Refreshed,
    Series,
    ShardSums,
    TrustRow,
)
from troth.ledger.explanation import explain
from troth.ledger.following import Carried, Difference, carry, compact, crowded, follower, verify
from troth.ledger.moments import moment
from troth.ledger.readout import daily_series, read_out, read_out_table, shard_sums
from troth.ledger.refresh import refresh
from troth.ledger.sql import DIALECTS, Dialect, Statement
from troth.ledger.standing.building import stand
from troth.ledger.standing.state import read_standing
from troth.ledger.statements import statements

__all__ = [
    "DIALECTS",
    "Carried",
    "Dialect",
    "Difference",
    "ExplainedExperience",
    "Explanation",
    "LeftOut",
    "Moment",
    "Quote",
    "Refreshed",
    "Series",
    "ShardSums",
    "Statement",
    "TrustRow",
    "carry",
    "compact",
    "crowded",
    "daily_series",
    "explain",
    "follower",
    "moment",
    "read_out",
    "read_out_table",
    "read_standing",
    "refresh",
    "shard_sums",
    "stand",
    "statements",
    "verify",
]
