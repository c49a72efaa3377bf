"""What happened in each cell: who was touched, how much of it was friction, and which records show it."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

import numpy as np

from troth.blueprint.schema import Blueprint
from troth.insight.basis import Basis
from troth.insight.days import time_of
from troth.ledger.arithmetic import Floats
from troth.ledger.decay import units
from troth.ledger.dictionaries import known_numbers
from troth.ledger.heaviest import heaviest
from troth.ledger.memory.people import living
from troth.ledger.memory.touched import touched
from troth.ledger.questions import question
from troth.ledger.sums import remaining
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


def incidents(basis: Basis) -> Incidents:
    """Ask for the bad experiences of every cell up to the read-out."""
    kind_of = {made.id: made.source for made in basis.designed}
    telling = {name for name, kind in basis.blueprint.records.items() if {kind.customer, "*"} & set(kind.key)}
    names = {number: name for name, number in known_numbers(basis.store.connection).touchpoint.items()}
    examples: dict[tuple[str, str], list[ExampleRecord]] = defaultdict(list)
    for one in heaviest(basis.store, basis.settings, basis.at, EXAMPLES, _repeated(basis.blueprint)):
        kind = kind_of.get(one.source)
        examples[one.touchpoint, MECHANISM_IDS[one.mechanism_no]].append(
            ExampleRecord(
                kind=kind,
                source=one.source,
                record=_digest(one.record) if kind in telling else one.record,
                at=time_of(one.at_ms),
                severity=one.severity,
                weight=one.weight / GOOD_WEIGHT,
                remaining=units(one.remaining),
            )
        )
    frictions = _friction_shares(basis)
    cells = {}
    for (touchpoint_no, mechanism_no), customers in touched(basis.store, basis.at).items():
        place = names[touchpoint_no], MECHANISM_IDS[mechanism_no]
        cells[place] = Incident(customers, frictions[touchpoint_no][mechanism_no], tuple(examples[place]))
    return Incidents(living(basis.store, basis.settings, basis.at), cells)


def _repeated(blueprint: Blueprint) -> int:
    """How many steps of one promise have the same severity, at most."""
    return max((max(Counter(one.late.values()).values(), default=1) for one in blueprint.promises), default=1)


def _friction_shares(basis: Basis) -> Mapping[int, Floats]:
    """By a touchpoint's number and mechanism, the part of frictions, S1, in what remains of bad evidence."""
    asked = question(basis.store.connection, ("touchpoint",), basis.at)
    frictions = replace(asked, conditions=("e.severity = 1",), named=("severity",))
    bad, of_frictions = (
        dict(zip(found.codes["touchpoint"].tolist(), found.evidence[:, 1], strict=True))
        for found in (remaining(basis.store.connection, basis.settings, one) for one in (asked, frictions))
    )
    nothing = np.zeros(len(MECHANISM_IDS))
    return {
        number: np.divide(of_frictions.get(number, nothing), all_, out=nothing.copy(), where=all_ > 0)
        for number, all_ in bad.items()
    }


def _digest(key: str) -> str:
    return f"sha256:{sha256(key.encode()).hexdigest()[:12]}"
