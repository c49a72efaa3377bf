"""What all answers of a report stand on: the evidence at the read-out by touchpoint, mechanism and shard."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from troth.blueprint.parameters import Settings
from troth.blueprint.schema import Blueprint, Promise, Rule
from troth.ledger import Moment, shard_sums
from troth.ledger.answers import Only
from troth.ledger.arithmetic import Floats, Pools, mechanism_pools
from troth.ledger.bootstrap import Resamples, draw
from troth.store import Store

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Basis:
    """The evidence of one read-out, asked of the ledger once.

    Attributes:
        store: The ledger's store, for what the sums do not hold.
        blueprint: The journey as designed.
        settings: The parameters in force.
        at: The read-out time.
        touchpoints: Ids in the journey's order; those that only ready-made experiences name come last.
        sums: Evidence, [touchpoints, 2, 10, shards]: good and bad by mechanism, in ordinary good experiences.
        n: Experiences up to the read-out, [touchpoints, 2, 10]: good and bad by mechanism, not decayed.
        pools: How mechanisms make up preconditions.
        drawn: The random numbers of the bootstrap, shared by all answers so that differences are paired.
        only: Whose evidence counts, as the ledger's filter; empty is everybody.
    """

    store: Store
    blueprint: Blueprint
    settings: Settings
    at: Moment
    touchpoints: tuple[str, ...]
    sums: Floats
    n: Counts
    pools: Pools
    drawn: Resamples
    only: Only = field(default_factory=dict)

    @property
    def designed(self) -> tuple[Rule | Promise, ...]:
        """What turns records into experiences, in the blueprint's order."""
        return (*self.blueprint.rules, *self.blueprint.promises)


def basis(
    store: Store, blueprint: Blueprint, settings: Settings, at: Moment, only: Only | None = None
) -> Basis:
    """Ask the ledger; its derived tables must be up to date (`ledger.refresh`)."""
    found = shard_sums(store, settings, at, by=("touchpoint",), only=only)
    row_of = {group["touchpoint"]: row for row, group in enumerate(found.groups)}
    designed = [touchpoint.id for touchpoint in blueprint.touchpoints]
    touchpoints = (*designed, *sorted(row_of.keys() - set(designed)))
    sums = np.zeros((len(touchpoints), *found.sums.shape[1:]))
    n = np.zeros((len(touchpoints), *found.n.shape[1:]), np.int64)
    for place, touchpoint in enumerate(touchpoints):
        if touchpoint in row_of:
            sums[place], n[place] = found.sums[row_of[touchpoint]], found.n[row_of[touchpoint]]
    pools = mechanism_pools(settings.ratio_milli)
    return Basis(
        store=store,
        blueprint=blueprint,
        settings=settings,
        at=at,
        touchpoints=touchpoints,
        sums=sums,
        n=n,
        pools=pools,
        drawn=draw(pools, sums.shape[-1]),
        only=only or {},
    )
