"""A person is gone from everywhere, and stays out."""

import json
from pathlib import Path

import duckdb
import pytest
from tests.workspace.privacy.conftest import FILES, HERS, Shop, put, write_shop

from troth.errors import UsageError
from troth.ledger.standing.building import stand
from troth.store import people
from troth.store.office.parcels import Contents, packed
from troth.store.office.tables import parcel as parcels
from troth.store.office.tables import trail
from troth.workspace import Workspace
from troth.workspace.privacy import Alone, count, erase, erasures, export, looks, subjects

DERIVED = ("experience", "day_cube", "customer_segment")


def derived(workspace: Workspace) -> dict[str, list[tuple[object, ...]]]:
    """What is derived, by names instead of numbers."""
    connection = workspace.opened().connection
    named = "JOIN customer USING (customer_no)"
    return {
        "experience": connection.execute(
            "SELECT customer, touchpoint_no, mechanism_no, weight, severity, at_ms, record,"
            " customer.shard, n"
            f" FROM experience {named} ORDER BY ALL"
        ).fetchall(),
        "day_cube": connection.execute("SELECT * FROM day_cube ORDER BY ALL").fetchall(),
        "customer_segment": connection.execute(
            f"SELECT customer, segment, value FROM customer_segment {named} ORDER BY ALL"
        ).fetchall(),
    }


def test_every_table_is_on_the_list_of_those_with_people(shop: Shop) -> None:
    store = shop.workspace.opened()
    stand(store, shop.workspace.settings, shop.workspace.moment().day)
    listed = {people.DICTIONARY, *people.BY_NUMBER, *people.AS_THEY_CAME, *people.WITHOUT_PEOPLE}
    tables = shop.query("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main' AND NOT temporary")
    assert {name for (name,) in tables} == listed
    columns = shop.query(
        "SELECT table_name FROM duckdb_columns() WHERE schema_name = 'main' AND column_name = 'customer_no'"
    )
    assert {name for (name,) in columns} == {people.DICTIONARY, *people.BY_NUMBER}


@pytest.mark.parametrize("id_", ["C1", "jane@example.com", " C1 ", "O3", "L4"])
def test_by_any_id_everything_goes(shop: Shop, id_: str) -> None:
    assert count(shop.host, id_) == HERS
    receipt = erase(shop.host, id_, actor="dpo@example.com")
    assert dict(receipt.counts) == HERS
    assert (receipt.number, receipt.actor, receipt.done_ms is not None) == (1, "dpo@example.com", True)
    assert shop.query("SELECT order_id FROM record.orders ORDER BY 1") == [("O2",), ("O4",)]
    assert shop.query("SELECT line_id FROM record.lines") == [("L3",)]
    assert shop.query("SELECT customer FROM customer ORDER BY 1") == [("C12",), ("C2",)]
    assert shop.query("SELECT row_json->>'customer_id' FROM quarantine") == [("C12",)]
    assert count(shop.host, id_) == {}


def test_what_is_derived_is_what_a_recomputation_gives(shop: Shop, tmp_path: Path) -> None:
    shop.workspace.refreshed()
    erase(shop.host, "C1", actor="a")
    other = tmp_path / "other"
    other.mkdir()
    write_shop(other)
    hers = ("C1,", "jane@", "O1", "O3", "O5")
    for kind, text in FILES.items():
        lines = [line for line in text.splitlines() if not any(part in line for part in hers)]
        (other / f"{kind}.csv").write_text("\n".join(lines) + "\n", "utf-8")
    with Workspace.open(other) as without_her:
        for kind in FILES:
            without_her.import_(kind, other / f"{kind}.csv")
        without_her.refreshed()
        assert derived(shop.workspace) == derived(without_her)
    assert not shop.workspace.status().outdated


def test_an_id_that_begins_another_leaves_that_alone(shop: Shop) -> None:
    before = count(shop.host, "C12")
    erase(shop.host, "C1", actor="a")
    assert count(shop.host, "C12") == before
    assert shop.bring_in()["orders"] == 3


def test_no_byte_is_left_in_any_file(tmp_path: Path) -> None:
    write_shop(tmp_path)
    needles = [b"jane@example.com", b"JANES-ID-0001"]
    for path in tmp_path.glob("*.csv"):
        path.write_text(path.read_text().replace("C1,", "JANES-ID-0001,"), "utf-8")
    with Workspace.open(tmp_path) as workspace, Alone(workspace) as host:
        workspace.opened(create=True).connection.execute("SET force_compression = 'uncompressed'")
        for kind in FILES:
            workspace.import_(kind, tmp_path / f"{kind}.csv")
        workspace.refreshed()
        contents = Contents({"order_id": "text", "customer_id": "text"},
                            {"order_id": ["O9"], "customer_id": ["JANES-ID-0001"]})  # fmt: skip
        put(host.office, "orders", contents)
        with (
            host.office.transaction() as connection
        ):  # one that was carried and removed: SQLite keeps its bytes
            connection.execute(parcels.insert(), {"kind": "orders", "n": 1, "received_ms": 0,
                                                  "body": packed("orders", 1, contents).body})  # fmt: skip
            connection.execute(parcels.delete().where(parcels.c.seq == 2))
        workspace.opened().connection.execute("CHECKPOINT")
        kept = [path for path in tmp_path.iterdir() if path.suffix not in {".csv", ".yaml"}]
        held = {needle for needle in needles for path in kept if needle in path.read_bytes()}
        assert held == set(needles)
        export(host, "JANES-ID-0001", actor="a")
        erase(host, "JANES-ID-0001", actor="a")
        for path in tmp_path.iterdir():
            if path.suffix not in {".csv", ".yaml"}:
                assert not [needle for needle in needles if needle in path.read_bytes()], path.name
    for path in tmp_path.iterdir():
        if path.suffix not in {".csv", ".yaml"}:
            assert not [needle for needle in needles if needle in path.read_bytes()], path.name


def test_parcels_that_wait_lose_the_person_only(shop: Shop) -> None:
    put(shop.host.office, "orders", Contents({"order_id": "text", "customer_id": "text"},
        {"order_id": ["O7", "O8"], "customer_id": ["C12", "C1"]}))  # fmt: skip
    put(shop.host.office, "lines", Contents({"line_id": "text", "order_id": "text"},
        {"line_id": ["L7", "L8"], "order_id": ["O7", "O8"]}))  # fmt: skip
    held = export(shop.host, "C1", actor="a")["waiting"]
    assert [one["row"].get("order_id") for one in held] == ["O8", "O8"]
    assert erase(shop.host, "C1", actor="a").counts["inbox"] == 2
    with shop.host.office.transaction() as connection:
        bodies = b"".join(connection.execute(parcels.select().with_only_columns(parcels.c.body)).scalars())
    assert b"O7" in bodies
    assert b"L7" in bodies
    assert b"C12" in bodies
    assert b"O8" not in bodies
    assert b"L8" not in bodies


@pytest.mark.parametrize("line", ["O9,C1,2026-01-01,1,surplus,more", 'O9;"C1";x', "C1"])
def test_of_a_torn_line_the_person_is_found_by_the_id_as_a_whole(shop: Shop, line: str) -> None:
    insert = "INSERT INTO quarantine VALUES (2, 'orders', ?, 'malformed-row', NULL, NULL, ?, NULL)"
    connection = shop.workspace.opened().connection
    connection.execute(insert, [20, json.dumps({"_line": line})])
    connection.execute(insert, [21, json.dumps({"_line": line.replace("C1", "C12")})])
    connection.execute(insert, [22, json.dumps({"_line": line.replace("C1", "C1@example.com")})])
    assert erase(shop.host, "C1", actor="a").counts["quarantine"] == 2
    assert shop.query("SELECT row_no FROM quarantine WHERE row_no >= 20 ORDER BY 1") == [(21,), (22,)]


@pytest.mark.parametrize(
    "id_",
    ["'; DROP TABLE customer; --", '<script>alert("x")</script>', "C%", "C_", "../C1", "🙂", "$listed", "\\"],
)
def test_hostile_ids_are_texts_like_others(shop: Shop, id_: str) -> None:
    assert count(shop.host, id_) == {}
    (shop.folder / "orders.csv").write_text(
        'order_id,customer_id,ordered_at,days\nO50,"' + id_.replace('"', '""') + '",2026-03-01,1\n', "utf-8"
    )
    shop.bring_in("orders")
    assert [row["customer_id"] for row in export(shop.host, id_, actor="a")["records"]["orders"]] == [id_]
    assert erase(shop.host, id_, actor="a").counts["record.orders"] == 1
    assert shop.bring_in("orders") == {"orders": 1}
    assert shop.query("SELECT count(*) FROM record.orders") == [(4,)]


@pytest.mark.parametrize("id_", ["", "   ", "x" * 501, "a\0b"])
def test_what_is_no_id_is_refused(shop: Shop, id_: str) -> None:
    with pytest.raises(UsageError) as caught:
        erase(shop.host, id_, actor="a")
    assert caught.value.code == "id-invalid"
    assert erasures(shop.host) == []


def test_an_id_of_several_people_is_not_guessed(shop: Shop) -> None:
    (shop.folder / "lines.csv").write_text("line_id,order_id,ok\nO2,O1,true\n", "utf-8")
    shop.bring_in("lines")  # O2 is an order of C12 and a line of C1
    with pytest.raises(UsageError) as caught:
        erase(shop.host, "O2", actor="a")
    assert caught.value.code == "person-unclear"
    assert {"lines.line_id", "orders.order_id"} <= set(caught.value.allowed)
    assert count(shop.host, "O2", by="orders.order_id")["customer"] == 1
    assert export(shop.host, "O2", by="orders.order_id", actor="a")["ids"] == ["C12", "joe@example.com"]
    with pytest.raises(UsageError) as caught:
        erase(shop.host, "O2", by="orders.days", actor="a")
    assert caught.value.code == "column-unknown"
    with pytest.raises(UsageError) as caught:
        erase(shop.host, "nobody", by="orders.order_id", actor="a")
    assert caught.value.code == "person-unknown"


def test_a_value_that_stands_for_nobody_does_not_tie_people_together(shop: Shop) -> None:
    rows = "".join(f"D{n},shop@example.com,NL\n" for n in range(60))
    (shop.folder / "customers.csv").write_text("customer_id,email,country\n" + rows, "utf-8")
    shop.bring_in("customers")
    with pytest.raises(UsageError) as caught:
        erase(shop.host, "D1", actor="a")
    assert caught.value.code == "person-unclear"
    assert erasures(shop.host) == []


def test_records_of_an_undeclared_kind_are_not_passed_over(shop: Shop) -> None:
    text = (shop.folder / "blueprint.yaml").read_text("utf-8")
    kept = text[: text.index("  lines:")] + text[text.index("rules:") : text.index("  - id: line")]
    (shop.folder / "blueprint.yaml").write_text(kept, "utf-8")
    shop.workspace.close()
    with Workspace.open(shop.folder) as workspace, Alone(workspace) as host:
        with pytest.raises(UsageError) as caught:
            erase(host, "C1", actor="a")
        assert caught.value.code == "kind-undeclared"
        assert export(host, "C1", actor="a")["not_looked_through"] == ["lines"]
        workspace.forget("lines")
        assert erase(host, "C1", actor="a").counts["record.orders"] == 2


def test_pseudonyms_are_found_by_the_id_as_it_came(tmp_path: Path) -> None:
    key = b"a key of thirty-two bytes or so.."
    text = write_shop(tmp_path).joinpath("blueprint.yaml").read_text("utf-8")
    (tmp_path / "blueprint.yaml").write_text(text + "privacy: {pseudonymise: true}\n", "utf-8")
    with Workspace.open(tmp_path) as workspace, Alone(workspace) as host:
        for kind in FILES:
            workspace.import_(kind, tmp_path / f"{kind}.csv", pseudonym_key=key)
        workspace.refreshed()
        assert count(host, "C1") == {}
        assert count(host, "C1", key=key) == HERS
        pseudonym = next(id_ for id_ in export(host, "C1", key=key, actor="a")["ids"] if id_.startswith("c_"))
        assert count(host, pseudonym) == HERS
        assert count(host, "jane@example.com", key=key) == HERS
        erase(host, "C1", key=key, actor="a")
        again = [workspace.import_(kind, tmp_path / f"{kind}.csv", pseudonym_key=key) for kind in FILES]
        assert [one.erased for one in again] == [1, 3, 3]
        assert len(looks(host, subjects(host, pseudonym, None))) == 2


def test_the_trail_and_the_list_hold_no_id(shop: Shop) -> None:
    export(shop.host, "C1", actor="x")
    erase(shop.host, "C1", actor="x")
    with shop.host.office.transaction() as connection:
        lines = [str(row) for row in connection.execute(trail.select())]
    assert len(lines) == 2
    listed = (shop.folder / "erasures.jsonl").read_text("utf-8")
    for needle in ("C1", "jane", "O1"):
        assert not any(f"'{needle}" in line for line in lines)
        assert f'"{needle}' not in listed
    for id_ in ("C1", "jane@example.com"):
        assert [look.action for look in looks(shop.host, subjects(shop.host, id_, None))] == [
            "person-exported",
            "person-erased",
        ]
    assert looks(shop.host, subjects(shop.host, "C12", None)) == []
    assert (shop.folder / "erasures.jsonl").stat().st_mode & 0o077 == 0


def test_twice_is_as_good_as_once(shop: Shop) -> None:
    erase(shop.host, "C1", actor="a")
    assert erase(shop.host, "C1", actor="b").number == 2
    assert [receipt.done_ms is None for receipt in erasures(shop.host)] == [False, False]
    assert shop.bring_in()["orders"] == 3


def test_rows_are_in_order_after_the_file_was_written_anew(shop: Shop) -> None:
    before = derived(shop.workspace) if shop.workspace.refreshed() else {}
    erase(shop.host, "nobody", actor="a")
    assert derived(shop.workspace) == before
    with pytest.raises(duckdb.BinderException):
        shop.query("INSERT INTO record.orders (_key) VALUES ('x')")  # the key is still derived
