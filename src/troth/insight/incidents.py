"""What happened in each cell: who was touched, how much of it was friction, and which records show it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from troth.insight.basis import Basis
from troth.insight.days import time_of
from troth.insight.factors import DAY, REMAINING, factor_table
from troth.ledger.decay import units
from troth.ledger.dictionaries import LIVED
from troth.vocabulary import GOOD_WEIGHT, MECHANISM_IDS

EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class ExampleRecord:
    """A record behind a critical moment; never a customer's id.

    `kind`: its record kind (None for ready-made experiences). `source`: id of the rule or promise. `record`:
    its key; a digest of it, `sha256:` and 12 digits, where the key holds the customer's id. `at`: the latest
    of its bad experiences in the cell. `severity`: 1 to 4, the worst. `weight`: size when it happened,
    `remaining`: size at the read-out, both positive, in ordinary good experiences before the ratio.
    """

    kind: str | None
    source: str
    record: str
    at: datetime
    severity: int
    weight: float
    remaining: float


@dataclass(frozen=True, slots=True)
class Incident:
    """The bad experiences of a cell: customers touched, share of S1 frictions in their evidence, records."""

    customers: int
    friction_share: float
    examples: tuple[ExampleRecord, ...]


@dataclass(frozen=True, slots=True)
class Incidents:
    """By touchpoint and mechanism; `customers`: all that have any experience up to the read-out."""

    customers: int
    cells: Mapping[tuple[str, str], Incident]


_BAD = f"""
    FROM {LIVED} AS e JOIN touchpoint USING (touchpoint_no)
    JOIN factor ON factor.mechanism_no = e.mechanism_no AND factor.bad AND age = $day - {DAY}
    WHERE severity > 0 AND at_ms <= $at_ms
"""

_TOUCHED = f"""
    SELECT touchpoint, e.mechanism_no, count(DISTINCT customer_no),
           (sum({REMAINING}) FILTER (severity = 1))::DOUBLE / nullif(sum({REMAINING})::DOUBLE, 0)
    {_BAD} GROUP BY ALL
"""

_EXAMPLES = f"""
    WITH lived AS (
        SELECT touchpoint, e.mechanism_no, source_no, record, max(at_ms) AS at_ms,
               max(severity) AS severity, sum(-weight) AS weight, sum({REMAINING}) AS remaining
        {_BAD} GROUP BY ALL
    )
    SELECT touchpoint, mechanism_no, source, record, at_ms, severity, weight::BIGINT, remaining
    FROM lived JOIN source USING (source_no)
    QUALIFY row_number() OVER (
        PARTITION BY touchpoint, mechanism_no ORDER BY remaining DESC, at_ms DESC, source, record
    ) <= {EXAMPLES}
    ORDER BY touchpoint, mechanism_no, remaining DESC, at_ms DESC, source, record
"""


def incidents(basis: Basis) -> Incidents:
    """Ask for the bad experiences of every cell up to the read-out."""
    connection = basis.store.connection
    kind_of = {made.id: made.source for made in basis.designed}
    telling = {name for name, kind in basis.blueprint.records.items() if {kind.customer, "*"} & set(kind.key)}
    parameters = {"day": basis.at.day, "at_ms": basis.at.at_ms}
    customers = connection.execute(
        f"SELECT count(DISTINCT customer_no) FROM {LIVED} WHERE at_ms <= $at_ms", {"at_ms": basis.at.at_ms}
    ).fetchall()[0][0]
    examples: dict[tuple[str, str], list[ExampleRecord]] = defaultdict(list)
    with factor_table(connection, basis.settings, basis.at.day):
        touched = connection.execute(_TOUCHED, parameters).fetchall()
        for touchpoint, mechanism, source, record, at_ms, severity, weight, remaining in connection.execute(
            _EXAMPLES, parameters
        ).fetchall():
            kind = kind_of.get(source)
            examples[touchpoint, MECHANISM_IDS[mechanism]].append(
                ExampleRecord(
                    kind=kind,
                    source=source,
                    record=_digest(record) if kind in telling else record,
                    at=time_of(at_ms),
                    severity=severity,
                    weight=weight / GOOD_WEIGHT,
                    remaining=units(remaining),
                )
            )
    cells = {}
    for touchpoint, mechanism_no, touched_customers, friction_share in touched:
        place = touchpoint, MECHANISM_IDS[mechanism_no]
        cells[place] = Incident(touched_customers, friction_share or 0.0, tuple(examples[place]))
    return Incidents(customers, cells)


def _digest(key: str) -> str:
    return f"sha256:{sha256(key.encode()).hexdigest()[:12]}"
