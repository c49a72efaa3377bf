"""A ledger of every layout that was ever released opens, keeps its records, and says the same as before."""

from pathlib import Path

import duckdb
import pytest
from tests.ledger.following.journey import BLUEPRINT, SETTINGS

from troth.errors import TrothError
from troth.ledger import refresh, verify
from troth.store import Store, migrations, tables

LAYOUT_1 = """
CREATE TABLE setting (name VARCHAR PRIMARY KEY, value VARCHAR NOT NULL);
CREATE TABLE import_run (
    import_no INTEGER PRIMARY KEY, kind VARCHAR NOT NULL, source VARCHAR NOT NULL,
    started_ms BIGINT NOT NULL, finished_ms BIGINT NOT NULL, read BIGINT NOT NULL, added BIGINT NOT NULL,
    changed BIGINT NOT NULL, same BIGINT NOT NULL, stale BIGINT NOT NULL, quarantined BIGINT NOT NULL);
CREATE TABLE quarantine (
    import_no INTEGER NOT NULL, kind VARCHAR NOT NULL, row_no BIGINT NOT NULL, reason VARCHAR NOT NULL,
    column_name VARCHAR, detail VARCHAR, row_json VARCHAR NOT NULL, _key VARCHAR);
CREATE TABLE customer (customer_no INTEGER NOT NULL, customer VARCHAR NOT NULL, shard SMALLINT NOT NULL);
CREATE TABLE touchpoint (touchpoint_no SMALLINT NOT NULL, touchpoint VARCHAR NOT NULL);
CREATE TABLE source (source_no SMALLINT NOT NULL, source VARCHAR NOT NULL);
CREATE TABLE experience (
    customer_no INTEGER NOT NULL, touchpoint_no SMALLINT NOT NULL, mechanism_no TINYINT NOT NULL,
    weight INTEGER NOT NULL, severity TINYINT NOT NULL, at_ms BIGINT NOT NULL, source_no SMALLINT NOT NULL,
    record VARCHAR USING COMPRESSION zstd NOT NULL, shard SMALLINT NOT NULL);
CREATE TABLE day_cube (
    day INTEGER NOT NULL, touchpoint_no SMALLINT NOT NULL, mechanism_no TINYINT NOT NULL,
    severity TINYINT NOT NULL, weight BIGINT NOT NULL, n BIGINT NOT NULL);
CREATE TABLE customer_segment (
    customer_no INTEGER NOT NULL, segment VARCHAR NOT NULL, value VARCHAR NOT NULL);
CREATE TABLE refresh_state (part VARCHAR PRIMARY KEY, fingerprint VARCHAR NOT NULL);
CREATE SCHEMA record;
"""
"""As the first release made it."""

RECORDS_1 = """
CREATE TABLE record.customers (
    id VARCHAR, country VARCHAR, tier BIGINT, _key VARCHAR GENERATED ALWAYS AS (id) VIRTUAL, _import INTEGER,
    _row BIGINT);
INSERT INTO record.customers (id, country, tier, _import, _row)
VALUES ('zoe', 'NL', 1, 1, 1), ('anna', 'DE', 2, 1, 2);
CREATE TABLE record.orders (
    id BIGINT, buyer VARCHAR, made TIMESTAMP, due DATE, kept TIMESTAMP, total DOUBLE, first BIGINT,
    _key VARCHAR, _import INTEGER, _row BIGINT);
INSERT INTO record.orders VALUES
    (7, 'zoe', '2025-01-01', '2025-01-03', '2025-01-02', 80, NULL, '7', 2, 1),
    (8, 'anna', '2025-01-02', '2025-01-04', NULL, 20, 7, '8', 2, 2);
INSERT INTO setting VALUES ('layout', '1'), ('import_no', '2'), ('key:orders', '[["id", "integer"]]');
INSERT INTO customer VALUES (0, 'zoe', 5), (1, 'anna', 669);
INSERT INTO touchpoint VALUES (0, 'delivery'), (1, 'service');
INSERT INTO source VALUES (0, 'bought');
INSERT INTO experience VALUES (0, 0, 7, 1000, 0, 1735689600000, 0, '7', 5);
INSERT INTO refresh_state VALUES ('experience', 'of an older version');
"""


TO_2 = """
ALTER TABLE customer ADD COLUMN hash UINTEGER;
UPDATE customer SET hash = 0;
ALTER TABLE customer ALTER COLUMN hash SET NOT NULL;
ALTER TABLE experience ADD COLUMN n TINYINT;
UPDATE experience SET n = 1;
ALTER TABLE record.customers ADD COLUMN _hash UINTEGER;
ALTER TABLE record.orders ADD COLUMN _hash UINTEGER;
INSERT INTO customer_segment VALUES (0, 'tier', '1');
CREATE TABLE customer_state (customer_no INTEGER, n BIGINT, balance HUGEINT);
CREATE TABLE customer_tail AS FROM customer_state;
CREATE TABLE recent AS FROM experience;
INSERT INTO refresh_state VALUES ('standing', 'of some day'), ('tail', '0');
UPDATE setting SET value = '2' WHERE name = 'layout';
"""
"""What layout 2 had beside layout 1, with sums that stand ready."""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The folder of a ledger of layout 1."""
    with duckdb.connect(str(tmp_path / "ledger.duckdb")) as connection:
        connection.execute(LAYOUT_1)
        connection.execute(RECORDS_1)
        shard = "CAST('0x' || substr(md5(customer), 1, 3) AS INTEGER) // 4"
        connection.execute(f"UPDATE customer SET shard = {shard}")
    return tmp_path


@pytest.mark.parametrize("layout", [1, 2])
def test_an_old_layout_comes_along(old: Path, layout: int) -> None:
    if layout > 1:
        with duckdb.connect(str(old / "ledger.duckdb")) as connection:
            connection.execute(TO_2)
    with Store.open(old) as store:
        assert store.setting("layout") == str(tables.LAYOUT)
        assert store.connection.execute("SELECT count(*) FROM experience").fetchall() == [(0,)]
        assert refresh(store, BLUEPRINT, SETTINGS).rebuilt
        assert verify(store, BLUEPRINT, SETTINGS) == []
        numbers = store.connection.execute("SELECT customer, customer_no FROM customer ORDER BY 2").fetchall()
        assert numbers == [("zoe", 0), ("anna", 1)]
        bought = "SELECT count(*) FROM experience JOIN source USING (source_no) WHERE source = 'bought'"
        assert store.connection.execute(bought).fetchall() == [(2,)]
    with Store.open(old) as store:
        assert not refresh(store, BLUEPRINT, SETTINGS).rebuilt


def test_a_new_ledger_has_the_tables_of_one_that_came_along(
    old: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    described = (
        "SELECT table_name, column_name, data_type, is_nullable FROM duckdb_columns()"
        " WHERE schema_name = 'main' AND NOT internal ORDER BY table_name, column_index"
    )
    with Store.open(old) as store, Store.open(tmp_path_factory.mktemp("new"), create=True) as new:
        assert store.connection.execute(described).fetchall() == new.connection.execute(described).fetchall()


def test_hashes_of_another_engine_are_worked_out_anew(old: Path) -> None:
    with Store.open(old) as store:
        refresh(store, BLUEPRINT, SETTINGS)
        store.connection.execute("UPDATE record.orders SET _hash = 1, _hash_buyer = 2")
        store.connection.execute("UPDATE customer SET hash = 3")
        found = {difference.key for difference in verify(store, BLUEPRINT, SETTINGS)}
        assert {"_hash", "_hash_buyer", "hash of zoe"} <= found
        store.set_setting("hashing", "of another engine")
    with Store.open(old) as store:
        assert verify(store, BLUEPRINT, SETTINGS) == []


def test_a_ledger_that_may_not_be_written_says_so(old: Path) -> None:
    with pytest.raises(TrothError) as caught, Store.open(old, read_only=True):
        pass
    assert caught.value.code == "store-older"


def test_every_layout_has_a_step_and_a_ledger_of_its_own_here() -> None:
    layouts = list(range(1, tables.LAYOUT))
    assert sorted(migrations._STEPS) == layouts
    assert layouts == [1, 2], (
        "a ledger of the layout before belongs into this file, with a test like layout 1's"
    )
