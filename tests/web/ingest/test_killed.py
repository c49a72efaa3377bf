"""A server that is killed again and again under load: what it acknowledged is there, once, and adds up."""

import os
import random
import signal
import time
from pathlib import Path

import pytest
from tests.support.ingest import BLUEPRINT, Client, Process, acknowledged, sending_key, served
from tests.support.offices import emptied

from troth.blueprint import load
from troth.blueprint.parameters import resolve
from troth.ledger import compact, refresh, verify
from troth.store import Store
from troth.store.records import give_back
from troth.workspace.live import Live

KILLS = int(os.environ.get("TROTH_KILLS", "5"))
ROWS = "SELECT id, total FROM record.orders"
DERIVED = {
    "experience": "customer, touchpoint_no, mechanism_no, severity, at_ms, source_no, record",
    "day_cube": "day, touchpoint_no, mechanism_no, severity",
}


def derived(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """What is derived, summed up, without the numbers of customers: they follow the order of coming."""
    ask = store.connection.execute
    found = {"customer_segment": ask(
        "SELECT customer, segment, value FROM customer_segment JOIN customer USING (customer_no) ORDER BY ALL"
    ).fetchall()}  # fmt: skip
    for table, columns in DERIVED.items():
        joined = f"{table} JOIN customer USING (customer_no)" if "customer" in columns else table
        there = {row[0] for row in ask(f"SELECT column_name FROM (DESCRIBE {table})").fetchall()}
        n = "sum(n)" if "n" in there else "count(*)"
        found[table] = ask(
            f"SELECT {columns}, sum(weight), {n} FROM {joined} GROUP BY ALL HAVING {n} <> 0 ORDER BY ALL"
        ).fetchall()
    return found


def comes_back(live: Live, folder: Path) -> None:
    """Beside PostgreSQL a lost ledger would come back with all that it has."""
    if live.office.is_postgresql:
        folder.mkdir()
        with Store.open(folder, create=True) as new, live.reading() as workspace:
            assert give_back(live.office, new) > 0
            there = workspace.opened().connection.execute(ROWS).fetchall()
            assert sorted(new.connection.execute(ROWS).fetchall()) == sorted(there)


@pytest.mark.parametrize("office", ["sqlite", "postgresql"])
def test_what_was_acknowledged_survives_every_kill(
    tmp_path: Path, office: str, request: pytest.FixtureRequest
) -> None:
    environment = {}
    if office == "postgresql":
        environment["TROTH_STORE"] = emptied(request.getfixturevalue("postgres_url"))
    (tmp_path / "blueprint.yaml").write_text(BLUEPRINT)
    process = Process(tmp_path, environment)
    secret = sending_key(tmp_path, environment)
    chance = random.Random(os.environ.get("TROTH_SEED", "1"))  # noqa: S311 - nothing secret
    with served(process):
        clients = [Client(process, secret, number) for number in range(4)]
        for client in clients:
            client.start()
        for _kill in range(KILLS):
            before = len(acknowledged(clients))
            acknowledged(clients, before + chance.choice((1, 100, 1_000)))
            time.sleep(chance.uniform(0, 1))
            assert process.end(signal.SIGKILL) == -signal.SIGKILL
            if chance.random() < 1 / 3:  # and again while it starts
                process.launch()
                time.sleep(chance.uniform(0, 4))
                assert process.end(signal.SIGKILL) == -signal.SIGKILL
            process.start()
        acknowledged(clients, len(acknowledged(clients)) + 100)
        process.end(signal.SIGKILL)
        for client in clients:
            client.stop()
    kept = acknowledged(clients)
    sent = {id_: total for client in clients for id_, total in client.sent.items()}
    for name, value in environment.items():
        os.environ[name] = value
    try:
        with Live.open(tmp_path) as live:  # and what still waits is carried at its start
            live.arrivals.settle(60)
            comes_back(live, tmp_path / "new")
    finally:
        for name in environment:
            del os.environ[name]
    with Store.open(tmp_path) as store:
        rows = store.connection.execute(ROWS).fetchall()
        stored = dict(rows)
        assert len(stored) == len(rows)  # none twice
        assert kept.items() <= stored.items()  # every acknowledged one
        assert stored.items() <= sent.items()  # and nothing that nobody sent
        [(counted,)] = store.connection.execute("SELECT sum(n) FROM day_cube").fetchall()
        assert counted == sum(total > 0 for total in stored.values())
        blueprint = load(tmp_path / "blueprint.yaml")
        assert verify(store, blueprint, resolve(blueprint.parameters)) == []
        compact(store, whole=True)
        followed = derived(store)
        store.connection.execute("DELETE FROM refresh_state")
        assert refresh(store, blueprint, resolve(blueprint.parameters)).rebuilt
        assert derived(store) == followed
