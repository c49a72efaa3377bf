"""From the inbox to the ledger: at least once in, exactly once counted, nothing lost on the way."""

import datetime as dt
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.support.offices import emptied

from troth.blueprint import parse
from troth.errors import TrothError
from troth.store.office import Office
from troth.store.office.inbox import Inbox
from troth.store.office.parcels import Contents, packed
from troth.store.office.tables import parcel as parcels
from troth.workspace.live import Live

BLUEPRINT = """
journey: {name: Shop, phases: [{id: all, name: All}]}
touchpoints: [{id: delivery, phase: all, name: Delivery}]
records:
  orders:
    key: id
    customer: customer
    columns: {id: text, customer: text, total: integer, made: time}
rules:
  - {id: bought, from: orders, touchpoint: delivery, mechanism: ability, at: made, weight: GOOD}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "blueprint.yaml").write_text(BLUEPRINT)
    return tmp_path


@pytest.fixture
def live(folder: Path) -> Iterator[Live]:
    with Live.open(folder) as opened:
        yield opened


def put(live: Live, *ids: str, kind: str = "orders") -> None:
    """Records, durable when this returns."""
    judge = live.arrivals.judge(kind)
    rows = [{"id": id_, "customer": "c1", "total": 1, "made": "2026-01-01T00:00:00Z"} for id_ in ids]
    live.arrivals.take([live.arrivals.parcel(judge, judge.judge(rows, live.now_ms()))]).result(30)


def ask(live: Live, query: str) -> list[tuple[object, ...]]:
    with live.reading() as workspace:
        return workspace._opened().connection.execute(query).fetchall()


IDS = "SELECT id FROM record.orders ORDER BY id"


def test_what_waits_is_carried_when_the_workspace_is_opened_again(folder: Path) -> None:
    with Office.open(folder) as office:
        inbox = Inbox(office, lambda: None)
        columns = {"id": ["a", "b"], "customer": ["c", "c"], "total": [1, 2], "made": [0, 1]}
        types = {"id": "text", "customer": "text", "total": "integer", "made": "time"}
        inbox.put([packed("orders", 2, Contents(types, columns))], 0).result(30)
        inbox.close()
    with Live.open(folder) as live:
        live.arrivals.settle(60)
        assert ask(live, IDS) == [("a",), ("b",)]
        assert ask(live, "SELECT count(*) FROM experience") == [(2,)]


def test_parcels_that_the_ledger_has_are_not_counted_again(folder: Path) -> None:
    with Live.open(folder) as live:
        put(live, "a")
        live.arrivals.settle(60)
        [(mark,)] = ask(live, "SELECT value FROM setting WHERE name = 'inbox_mark'")
    with (
        Office.open(folder) as office,
        office.transaction() as connection,
    ):  # as if it was not removed in time
        types = {"id": "text", "customer": "text"}
        body = packed("orders", 1, Contents(types, {"id": ["again"], "customer": ["c"]})).body
        row = {"seq": int(str(mark)), "kind": "orders", "n": 1, "received_ms": 0, "body": body}
        connection.execute(parcels.insert(), row)
    with Live.open(folder) as live:
        live.arrivals.settle(60)
        assert ask(live, IDS) == [("a",)]


@pytest.mark.parametrize("store", ["sqlite", "postgresql"])
def test_an_older_copy_of_the_office_gives_no_number_again(
    folder: Path, store: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def new_office() -> None:
        if store == "postgresql":
            monkeypatch.setenv("TROTH_STORE", emptied(request.getfixturevalue("postgres_url")))
        else:
            for path in folder.glob("office.sqlite*"):
                path.unlink()

    new_office()
    with Live.open(folder) as live:
        for id_ in "abc":
            put(live, id_)
        live.arrivals.settle(60)
    new_office()
    for id_ in "de":
        with Live.open(folder) as live:
            put(live, id_)
            live.arrivals.settle(60)
            assert (id_,) in ask(live, IDS)


def test_many_senders_share_a_transaction(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    commits = 0
    original = Inbox._commit

    def counted(self: Inbox, works: object) -> None:
        nonlocal commits
        commits += 1
        time.sleep(0.05)  # a slow disk
        original(self, works)  # type: ignore[arg-type]

    monkeypatch.setattr(Inbox, "_commit", counted)
    senders = [threading.Thread(target=put, args=(live, f"o{n}")) for n in range(64)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join(60)
    assert commits < 40
    live.arrivals.settle(60)
    assert ask(live, "SELECT count(*) FROM record.orders") == [(64,)]


def test_trouble_is_told_and_passes(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_waiting: object) -> None:
        raise TrothError("store-full", "The disk is full.")

    mover = live.arrivals.mover
    carry = mover._carry
    monkeypatch.setattr(mover, "_carry", full)
    put(live, "a")
    until = time.monotonic() + 30
    while mover.trouble is None:
        assert time.monotonic() < until
        time.sleep(0.01)
    assert mover.trouble.code == "store-full"
    assert live.arrivals.inbox.waiting[0] == 1
    monkeypatch.setattr(mover, "_carry", carry)
    live.arrivals.settle(60)
    until = time.monotonic() + 30
    while mover.trouble is not None:
        assert time.monotonic() < until
        time.sleep(0.01)
    assert ask(live, IDS) == [("a",)]


def test_nothing_is_taken_once_it_closes(live: Live) -> None:
    live.arrivals.inbox.shut()
    with pytest.raises(TrothError, match="shutting-down"):
        put(live, "a")


@pytest.mark.parametrize(
    "change", [("total: integer", "total: text"), ("  orders:", "  purchases:"), ("total: integer, ", "")]
)
def test_a_kind_that_is_declared_anew_meanwhile_loses_no_record(
    folder: Path, change: tuple[str, str]
) -> None:
    with Live.open(folder) as live:
        live.arrivals.mover.stop()
        put(live, "a", "b")
        assert live.arrivals.inbox.waiting[0] == 2
    text = BLUEPRINT.replace(*change).replace(
        "from: orders", f"from: {change[1].strip(' :')}" if "purchases" in change[1] else "from: orders"
    )
    parse(text)
    (folder / "blueprint.yaml").write_text(text)
    with Live.open(folder) as live:
        live.arrivals.settle(60)
        kept = ask(live, "SELECT reason, json_extract_string(row_json, '$.id') FROM quarantine ORDER BY 2")
        if change[1]:
            assert kept == [("declared-anew", "a"), ("declared-anew", "b")]
        else:
            assert kept == []  # a column that is no longer declared is left out
            assert ask(live, IDS) == [("a",), ("b",)]
        if change[0].startswith("total"):
            with live.changing() as workspace:
                workspace.replay()
            assert ask(live, IDS) == [("a",), ("b",)]
            assert ask(live, "SELECT made FROM record.orders WHERE id = 'a'") == [(dt.datetime(2026, 1, 1),)]  # noqa: DTZ001 - in UTC
