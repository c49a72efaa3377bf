"""Intervals of pooled figures: shards stand for customers, and the truth is held as often as promised."""

import importlib.util
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from troth.ledger.arithmetic import Floats
from troth.ledger.bootstrap import draw, limits, resampled_index


@pytest.fixture(scope="module")
def simulation() -> ModuleType:
    """The script that docs/method/uncertainty.md names."""
    path = Path(__file__).parents[2] / "docs" / "method" / "uncertainty.py"
    specification = importlib.util.spec_from_file_location("uncertainty", path)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("customers", "skew"), [(200, 0.5), (4000, 0.5), (4000, 1.5)])
def test_shards_give_the_interval_that_single_customers_give(
    simulation: ModuleType, customers: int, skew: float
) -> None:
    generator = np.random.default_rng(customers)
    sums = simulation.population(generator, customers, skew)

    def interval(by_shard: Floats) -> Floats:
        drawn = draw(simulation.POOLS, by_shard.shape[-1])
        return np.array(limits(100 * resampled_index(by_shard, simulation.POOLS, drawn), 0.9))

    exact = interval(sums)
    shards = interval(simulation.by_shard(generator, sums))
    width = exact[1] - exact[0]
    assert np.abs(shards - exact).max() < 0.08 * width


def test_the_truth_is_held_as_often_as_promised(simulation: ModuleType) -> None:
    _, held, _ = simulation.coverage(400, 0.5, worlds=60)
    assert 0.8 <= held <= 0.98
