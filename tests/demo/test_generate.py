import datetime as dt
import gzip
import hashlib
import json
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from troth.demo import Truth, generate


def rows(folder: Path, truth: Truth, kind: str) -> str:
    """The rows of an export, as something to select from."""
    path = folder / truth.files[kind]
    if kind == "tickets":
        return f"read_json('{path}', format = 'newline_delimited')"
    if kind == "surveys":
        return f"read_parquet('{path}')"
    if kind == "reviews":
        text = gzip.decompress(path.read_bytes()).decode("windows-1252")
        path = folder / "reviews.utf-8"
        path.write_text(text, "utf-8")
    delimiter = ";" if kind == "reviews" else ","
    return f"read_csv('{path}', header = true, all_varchar = true, delim = '{delimiter}')"


def count(query: str) -> int:
    with duckdb.connect() as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return int(row[0])


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Truth]:
    folder = tmp_path_factory.mktemp("shop")
    return folder, generate(folder, customers=2000, seed=3)


def digest(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def test_same_seed_same_bytes(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("one", "two", "other")]
    for folder, seed in zip(folders, (1, 1, 2), strict=True):
        generate(folder, customers=300, seed=seed)
    assert digest(folders[0]) == digest(folders[1])
    assert all(digest(folders[0])[name] != value for name, value in digest(folders[2]).items())


def test_the_command_writes_what_the_function_writes(tmp_path: Path) -> None:
    generate(tmp_path / "function", customers=50, seed=4, until=dt.date(2025, 6, 30))
    subprocess.run(
        [sys.executable, "-m", "troth.demo", tmp_path / "command", "--customers", "50", "--seed", "4",
         "--until", "2025-06-30"],
        check=True,
    )  # fmt: skip
    assert digest(tmp_path / "function") == digest(tmp_path / "command")


@settings(max_examples=6)
@given(st.integers(1, 40), st.integers(0, 1000))
def test_any_size_gives_files_of_the_expected_length(
    tmp_path_factory: pytest.TempPathFactory, customers: int, seed: int
) -> None:
    folder = tmp_path_factory.mktemp("small")
    truth = generate(folder, customers=customers, seed=seed)
    for kind, expected in truth.expected.items():
        if expected.read:
            assert count(f"SELECT count(*) FROM {rows(folder, truth, kind)}") == expected.read
        assert expected.read == expected.added + expected.same + expected.stale + sum(
            expected.reasons.values()
        )


def test_truth_stands_beside_the_files(shop: tuple[Path, Truth]) -> None:
    folder, truth = shop
    written = json.loads((folder / "truth.json").read_text("utf-8"))
    assert written["plan"]["ratio"] == truth.plan.ratio
    assert written["erosion_begins"] == truth.erosion_begins.isoformat()
    assert {path.name for path in folder.iterdir()} >= {*truth.files.values(), "truth.json"}


def test_nothing_is_known_of_the_future(shop: tuple[Path, Truth]) -> None:
    folder, truth = shop
    orders = rows(folder, truth, "orders")
    late = count(f"""SELECT count(*) FROM {orders} WHERE left("Delivered at", 10) > '{truth.until}'""")
    open_ = count(f"""SELECT count(*) FROM {orders} WHERE "Delivered at" IS NULL""")
    assert late == 0
    assert open_ > 0


@pytest.mark.parametrize(
    ("kind", "bad", "rate"),
    [
        ("orders", """ "Shipping cost shown" = 'false' """, 0.15),
        ("orders", """ "Payment attempts" > '1' """, 0.03),
        ("returns", "refunded_at::DATE > try_cast(refund_due AS DATE)", 0.45),
    ],
)
def test_planted_rates_are_in_the_files(shop: tuple[Path, Truth], kind: str, bad: str, rate: float) -> None:
    folder, truth = shop
    table = rows(folder, truth, kind)
    chances = "refunded_at IS NOT NULL AND refund_due < '2026-01-10'" if kind == "returns" else "true"
    n = count(f"SELECT count(*) FROM {table} WHERE {chances}")
    hits = count(f"SELECT count(*) FROM {table} WHERE {chances} AND {bad}")
    assert abs(hits / n - rate) < 4 * (rate * (1 - rate) / n) ** 0.5


def test_friction_at_dispatch_grows_from_its_day(shop: tuple[Path, Truth]) -> None:
    folder, truth = shop
    moment = "strptime(\"{}\", '%Y-%m-%d %H:%M:%S %z')".format
    query = f"""
        SELECT avg(slow) FILTER (day < '{truth.erosion_begins}'),
            avg(slow) FILTER (day > '{truth.until - dt.timedelta(days=40)}')
        FROM (SELECT left("Created at", 10) AS day,
                ({moment("Fulfilled at")} > {moment("Paid at")} + INTERVAL 48 HOUR)::INTEGER AS slow
            FROM {rows(folder, truth, "orders")})"""
    with duckdb.connect() as connection:
        before, at_end = connection.execute(query).fetchall()[0]
    assert before < 0.05
    assert at_end > 0.13
