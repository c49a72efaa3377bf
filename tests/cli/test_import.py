"""Records in: import, quarantine, forget, status."""

import csv
import io
from pathlib import Path

import pytest
from tests.cli.conftest import ORDERS, Call

from troth.cli import importing

REVIEWS = "review_id,customer_id,stars\n1,c1,5\n2,c2,1\n"


def test_an_import_counts_every_row(call: Call, empty_shop: Path) -> None:
    [one] = call("import", "orders=orders.csv", "--json").json["imports"]
    assert (one["read"], one["added"], one["quarantined"]) == (4, 3, 1)
    assert one["reasons"] == [{"reason": "unreadable-time", "column": "delivered_at", "rows": 1}]
    assert (empty_shop / "ledger.duckdb").is_file()


@pytest.mark.usefixtures("shop")
def test_the_same_again_changes_nothing(call: Call) -> None:
    before = call("trust", "--json").out
    [one] = call("import", "orders=orders.csv", "--json").json["imports"]
    assert (one["added"], one["changed"], one["same"]) == (0, 0, 3)
    assert call("trust", "--json").out == before


def test_a_dry_run_keeps_nothing_and_shows_the_first_rows(call: Call, empty_shop: Path) -> None:
    answer = call("import", "--dry-run", "orders=orders.csv")
    assert answer.code == 0
    assert "2026-01-04 09:00:00" in answer.out  # 10:00 in Amsterdam
    assert "Row 4 would go to quarantine" in answer.out
    assert not (empty_shop / "ledger.duckdb").exists()


def test_a_pattern_means_its_files_in_order(call: Call, empty_shop: Path) -> None:
    rows = ORDERS.splitlines(keepends=True)
    (empty_shop / "part-1.csv").write_text(rows[0] + rows[1])
    (empty_shop / "part-2.csv").write_text(rows[0] + rows[2])
    imports = call("import", "orders=part-*.csv", "--json").json["imports"]
    assert [(one["source"], one["added"]) for one in imports] == [("part-1.csv", 1), ("part-2.csv", 1)]


@pytest.mark.usefixtures("empty_shop")
@pytest.mark.parametrize(
    ("argument", "code"),
    [("orders", "usage"), ("=orders.csv", "usage"), ("orders=none.csv", "source-missing"),
     ("orders=none-*.csv", "source-missing"), ("reviews=orders.csv", "kind-unknown"),
     ("orders=/dev/null", "source-no-file"), ("My orders=orders.csv", "kind-name-invalid")],
)  # fmt: skip
def test_what_cannot_be_imported_is_told(call: Call, argument: str, code: str) -> None:
    answer = call("import", argument, "--json")
    assert answer.code == 2
    assert f'"code": "{code}"' in answer.err


@pytest.mark.usefixtures("empty_shop")
def test_what_was_imported_before_an_error_is_told(call: Call) -> None:
    answer = call("import", "orders=orders.csv", "orders=none.csv")
    assert answer.code == 2
    assert "orders" in answer.out
    assert "[source-missing]" in answer.err


def test_an_unknown_kind_is_proposed_and_saved_with_yes(call: Call, empty_shop: Path) -> None:
    (empty_shop / "reviews.csv").write_text(REVIEWS)
    answer = call("import", "reviews=reviews.csv", "--yes")
    assert answer.code == 0
    assert "stars" in answer.err
    assert "reviews:" in (empty_shop / "blueprint.yaml").read_text()


@pytest.mark.parametrize(("said", "saved"), [("y\n", True), ("n\n", False)])
def test_an_unknown_kind_is_asked_about(
    call: Call, empty_shop: Path, monkeypatch: pytest.MonkeyPatch, said: str, saved: bool
) -> None:
    (empty_shop / "reviews.csv").write_text(REVIEWS)
    monkeypatch.setattr(importing, "is_interactive", lambda: True)
    assert (call("import", "reviews=reviews.csv", input=said).code == 0) is saved
    assert ("reviews:" in (empty_shop / "blueprint.yaml").read_text()) is saved


def test_a_dry_run_only_shows_the_proposal(call: Call, empty_shop: Path) -> None:
    before = (empty_shop / "blueprint.yaml").read_text()
    (empty_shop / "reviews.csv").write_text(REVIEWS)
    answer = call("import", "reviews=reviews.csv", "--dry-run")
    assert answer.code == 0
    assert "review_id" in answer.err
    assert (empty_shop / "blueprint.yaml").read_text() == before


@pytest.mark.usefixtures("shop")
def test_the_quarantine_is_listed_with_its_reason(call: Call) -> None:
    answer = call("quarantine", "list")
    assert "unreadable-time" in answer.out
    [row] = call("quarantine", "list", "--json").json["rows"]
    assert (row["kind"], row["row_no"], row["reason"], row["column"]) == (
        "orders",
        4,
        "unreadable-time",
        "delivered_at",
    )
    assert row["row"]["delivered_at"] == "yesterday"


def test_a_row_that_is_too_long_is_listed_with_the_limit(call: Call, shop: Path) -> None:
    assert "bytes at most" not in call("quarantine", "list").out
    header, row, *_rest = (shop / "orders.csv").read_text("utf-8").splitlines()
    (shop / "long.csv").write_text(f"{header}\n{row}{'x' * 2_200_000}\n", "utf-8")
    assert call("import", "orders=long.csv").code == 0
    out = call("quarantine", "list").out
    assert "One row may have 2,097,152 bytes at most." in out
    assert "line-too-long: 2200" in out


def test_the_quarantine_is_exported_as_csv(call: Call, shop: Path) -> None:
    assert call("quarantine", "export", "-o", "rows.csv").code == 0
    text = (shop / "rows.csv").read_text()
    assert text == call("quarantine", "export").out
    [row] = csv.DictReader(io.StringIO(text))
    assert row["reason"] == "unreadable-time"


def test_mended_rows_are_replayed(call: Call, shop: Path) -> None:
    blueprint = shop / "blueprint.yaml"
    mended = "records:\n  orders:\n    file: {empty: [yesterday]}"
    blueprint.write_text(blueprint.read_text().replace("records:\n  orders:", mended))
    [dry] = call("quarantine", "replay", "--dry-run", "--json").json["imports"]
    [real] = call("quarantine", "replay", "--json").json["imports"]
    assert (dry["added"], real["added"]) == (1, 1)
    assert call("quarantine", "list").out.strip() == "The quarantine is empty."


@pytest.mark.usefixtures("shop")
def test_a_kind_is_forgotten_only_when_that_is_meant(call: Call) -> None:
    assert call("forget", "orders", "--json").code == 2
    assert call("forget", "orders").err.startswith("Error [unconfirmed]")
    assert call("forget", "ordres", "--yes").err.startswith("Error [kind-unknown]")
    assert call("forget", "orders", "--dry-run").out == "Would remove 3 records of orders, 1 in quarantine.\n"
    assert call("forget", "orders", "--yes").code == 0
    status = call("status", "--json").json
    assert (status["records"], status["imports"]) == ({}, [])


@pytest.mark.usefixtures("shop")
def test_status_says_what_is_there(call: Call) -> None:
    status = call("status", "--json").json
    assert (status["records"], status["quarantined"]) == ({"orders": 3}, {"orders": 1})
    assert status["outdated"] is True
    assert call("trust").code == 0
    status = call("status", "--json").json
    assert (status["outdated"], status["customers"]) == (False, 2)
    assert "orders.csv" in call("status").out


def test_pseudonyms_need_their_key(call: Call, empty_shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blueprint = empty_shop / "blueprint.yaml"
    blueprint.write_text(blueprint.read_text() + "privacy: {pseudonymise: true}\n")
    assert call("import", "orders=orders.csv").err.startswith("Error [pseudonym-key-missing]")
    (empty_shop / "key").write_text("0123456789abcdef0123456789abcdef\n")
    assert call("import", "orders=orders.csv", "--key-file", "key").code == 0
    rows = call("trust", "--by", "customer", "--json").json["rows"]
    assert all(row["customer"].startswith("c_") for row in rows)
    assert call("explain", "c1").err.startswith("Error [customer-unknown]")
    monkeypatch.setenv("TROTH_PSEUDONYM_KEY", "0123456789abcdef0123456789abcdef")
    assert call("explain", "c1", "--json").json["customer"] in {row["customer"] for row in rows}


@pytest.mark.usefixtures("empty_shop")
def test_a_missing_header_of_ready_made_experiences_points_at_no_declaration(call: Call) -> None:
    error = call("import", "experiences=orders.csv")
    assert "Ready-made experiences have the headers id, customer, touchpoint," in error.err
    assert "blueprint.yaml" not in error.err


def test_a_header_of_megabytes_is_cut(call: Call, empty_shop: Path) -> None:
    (empty_shop / "line.csv").write_text("x" * 100_000)
    answer = call("import", "orders=line.csv")
    assert answer.err.startswith("Error [column-missing]")
    assert len(answer.err) < 1000


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize("command", [["list"], ["export"], ["export", "--dry-run"], ["replay"]])
def test_a_mistyped_kind_is_no_empty_quarantine(call: Call, command: list[str]) -> None:
    answer = call("quarantine", *command, "--kind", "oders")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("Error [kind-unknown]")
    assert call("quarantine", *command, "--kind", "orders").code == 0
    assert call("quarantine", *command, "--kind", "experiences").code == 0
