from dataclasses import replace
from pathlib import Path

import pytest
from tests.audit.result.helpers import artifacts, outcome
from tests.audit.scoring.helpers import said

from troth.audit.result.shape import AuditResult
from troth.audit.watching import watched
from troth.errors import TrothError, UsageError

SHOP = "https://shop.test/"


def run(n: int, score: float) -> AuditResult:
    made = outcome(said("self-help", "service", score))
    brought = artifacts(taken_at_ms=1_700_000_000_000 + n * 3_600_000)
    return replace(made, taken_at=outcome(brought=brought).taken_at)


def test_each_round_is_kept_and_compared_with_the_last(tmp_path: Path) -> None:
    runs = iter([run(0, 1.0), run(1, 1.0), run(2, 0.0)])
    waits = iter([True, True, False])
    rounds = list(watched((SHOP,), lambda _shop: next(runs), tmp_path, lambda: next(waits)))
    changes = [None if told.comparison is None else len(told.comparison.changes) for told in rounds]
    assert changes == [None, 0, 1]
    assert len(list((tmp_path / "shop.test").glob("*.json"))) == 3


def test_a_shop_that_cannot_be_seen_does_not_end_the_watch(tmp_path: Path) -> None:
    tries = iter([TrothError("host-unreachable", "No answer."), None])

    def audit(_shop: str) -> AuditResult:
        if fault := next(tries):
            raise fault
        return run(0, 1.0)

    waits = iter([True, False])
    first, second = watched((SHOP,), audit, tmp_path, lambda: next(waits))
    assert first.failure is not None
    assert first.failure.code == "host-unreachable"
    assert second.result is not None


def test_a_call_that_is_wrong_ends_it(tmp_path: Path) -> None:
    def audit(_shop: str) -> AuditResult:
        raise UsageError("browser-missing", "There is none.")

    with pytest.raises(UsageError):
        next(watched((SHOP,), audit, tmp_path, lambda: False))
