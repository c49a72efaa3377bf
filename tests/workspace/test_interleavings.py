"""Whatever happens to a workspace, what is derived is what a full recomputation gives."""

import csv
import datetime as dt
import os
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.ledger.following.journey import BATCHES, NAMES, ROWS, TEXT
from tests.ledger.following.test_interleavings import answers, derived

from troth.blueprint import parse
from troth.errors import TrothError, UsageError
from troth.intake.importing import declared_kind
from troth.ledger import compact, refresh, stand, verify
from troth.workspace.live import Live
from troth.workspace.privacy import erase, retain

NOW = dt.datetime(2025, 1, 25, tzinfo=dt.UTC)
TEXTS = (
    TEXT,
    TEXT.replace('weight: "points * 100 - order.total"', 'weight: "points * 50"'),
    TEXT.replace("  orders:\n    key: id\n", "  orders:\n    key: id\n    keep: 15d\n"),
    TEXT.replace("  - {id: size, name: Size,", "  - {id: sizes, name: Sizes,"),
    TEXT.replace("country: text, tier: integer}", "country: text, tier: number, age: integer}"),
)
"""The journey, and others: another weight, a time to keep, another segment, a wider and a new column."""

assert len(set(TEXTS)) == len(TEXTS)

files = st.sampled_from(list(ROWS)).flatmap(
    lambda kind: st.tuples(st.just("file"), st.just(kind), st.lists(ROWS[kind], min_size=1, max_size=6))
)
steps = st.one_of(
    st.tuples(st.just("arrive"), BATCHES),
    files,
    st.tuples(st.just("erase"), st.sampled_from(NAMES)),
    st.tuples(st.just("blueprint"), st.integers(0, len(TEXTS) - 1)),
    st.tuples(st.sampled_from(["again", "settle", "reopen", "replay", "retain", "compact", "stand"])),
)


class Shop:
    """A workspace to which things happen; `erased` are those who must not be in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.erased: set[str] = set()
        self.last: tuple[str, Path] | None = None
        (folder / "blueprint.yaml").write_text(TEXT)
        self.live = self.opened()

    def opened(self) -> Live:
        return Live.open(self.folder, now=lambda: NOW)

    def arrive(self, batch: dict[str, list[tuple[Any, ...]]]) -> None:
        """Records come in by the API; they are carried when they are."""
        for kind, rows in batch.items():
            judge = self.live.arrivals.judge(kind)
            names = list(declared_kind(parse(TEXT), kind).columns)
            records = [dict(zip(names, map(plain, row), strict=True)) for row in rows]
            judged = judge.judge(records, self.live.now_ms(), kept=True)
            parcel = self.live.arrivals.parcel(judge, judged, keep_refused=True)
            self.live.arrivals.take([parcel]).result(60)

    def file(self, kind: str, rows: list[tuple[Any, ...]]) -> None:
        self.last = (kind, self.written(kind, rows))
        self.again()

    def again(self) -> None:
        """The last file once more."""
        if self.last:
            with self.live.changing() as workspace:
                workspace.import_(*self.last)

    def erase(self, name: str) -> None:
        with suppress(UsageError):  # not there yet, or no longer
            erase(self.live, name, actor="tests")
            self.erased.add(name)

    def blueprint(self, number: int) -> None:
        path = self.folder / "blueprint.yaml"

        def keep() -> None:
            path.write_text(TEXTS[number])

        try:
            self.live.take_blueprint(parse(TEXTS[number]), keep, None)
        except TrothError as error:  # no way back from a type that was widened
            if error.code != "type-changed":
                raise

    def settle(self) -> None:
        self.live.arrivals.settle(60)

    def reopen(self) -> None:
        self.live.close()
        self.live = self.opened()

    def replay(self) -> None:
        with self.live.changing() as workspace:
            workspace.replay()

    def retain(self) -> None:
        retain(self.live, actor="tests")

    def compact(self) -> None:
        with self.live.changing_nothing() as (store, _workspace):
            compact(store, whole=True)

    def stand(self) -> None:
        with self.live.changing_nothing() as (store, workspace):
            stand(store, workspace.settings, 20_100)

    def written(self, kind: str, rows: list[tuple[Any, ...]]) -> Path:
        path = self.folder / f"{kind}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(declared_kind(parse(TEXT), kind).columns)
            writer.writerows([plain(value) for value in row] for row in rows)
        return path


def plain(value: object) -> object:
    return value.isoformat() if isinstance(value, dt.date) else value


@settings(
    max_examples=int(os.environ.get("TROTH_EXAMPLES", "6")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.lists(steps, min_size=2, max_size=9))
def test_whatever_happens_is_a_full_recomputation(plan: list[tuple[Any, ...]]) -> None:
    with TemporaryDirectory() as name:
        shop = Shop(Path(name))
        try:
            for step in plan:
                getattr(shop, step[0])(*step[1:])
            shop.live.arrivals.settle(60)
            with shop.live.changing_nothing() as (store, workspace):
                workspace.refreshed()
                blueprint, parameters = workspace.blueprint, workspace.settings
                assert verify(store, blueprint, parameters) == []
                followed, told = derived(store), answers(store)
                people = store.connection.execute("SELECT customer FROM customer").fetchall()
                assert not shop.erased & {customer for (customer,) in people}
                store.connection.execute("DELETE FROM refresh_state")
                assert refresh(store, blueprint, parameters).rebuilt
                assert derived(store) == followed
                assert answers(store) == told
        finally:
            shop.live.close()
