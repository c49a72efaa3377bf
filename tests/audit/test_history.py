import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from time import process_time

import pytest
from tests.audit.result.helpers import TAKEN_AT_MS, artifacts, outcome
from tests.audit.scoring.helpers import said

from troth.audit.artifacts.price import SeenPrice
from troth.audit.history import folder_name, latest, remember, seen_prices
from troth.audit.result.shape import AuditResult
from troth.errors import TrothError

SHOP = "https://shop.test/"


def run(n: int, shop: str = SHOP) -> AuditResult:
    """The `n`th of some audits, a minute after the one before."""
    brought = artifacts(taken_at_ms=TAKEN_AT_MS + n * 60_000, shop=shop)
    return outcome(said("self-help", "service", n / 10), brought=brought)


def test_the_newest_comes_back_whatever_was_written_last(tmp_path: Path) -> None:
    assert latest(tmp_path, SHOP) is None
    for n in (2, 0, 1):
        remember(tmp_path, run(n))
    assert latest(tmp_path, "shop.test") == run(2)
    assert len(list((tmp_path / "shop.test").glob("*.json"))) == 3


def test_shops_on_one_host_have_series_of_their_own(tmp_path: Path) -> None:
    german = f"{SHOP}de"
    for one in (run(0), run(1, german), run(2)):
        remember(tmp_path, one)
    assert latest(tmp_path, f"{german}/") == run(1, german)
    assert latest(tmp_path, SHOP) == run(2)
    assert latest(tmp_path, f"{SHOP}nl") is None


def test_what_a_host_had_in_one_folder_is_still_found_and_nothing_is_moved(tmp_path: Path) -> None:
    german = f"{SHOP}de"
    host = tmp_path / "shop.test"
    remember(tmp_path, run(0))
    for n in (1, 2):  # as earlier versions kept them
        kept = remember(tmp_path, run(n, german))
        shutil.move(kept, host / kept.name)
        kept.parent.rmdir()
    before = sorted(host.iterdir())
    assert latest(tmp_path, SHOP) == run(0)
    assert latest(tmp_path, german) == run(2, german)
    remember(tmp_path, run(3, german))
    assert latest(tmp_path, german) == run(3, german)
    assert sorted(host.iterdir()) == before


def seen(n: int, value: str = "59.90") -> SeenPrice:
    at_ms = TAKEN_AT_MS + n * 60_000
    return SeenPrice(
        f"{SHOP}p/pot", "Pot", "page", "", Decimal(value), "EUR", None, f"{value} €", at_ms, at_ms
    )


def test_prices_come_back_as_each_audit_of_the_series_saw_them(tmp_path: Path) -> None:
    assert seen_prices(tmp_path, SHOP) == ()
    for n in (1, 0):
        remember(tmp_path, replace(run(n), prices=(seen(n),)))
    remember(tmp_path, replace(run(2, f"{SHOP}de"), prices=(seen(2),)))
    remember(tmp_path, run(3))
    assert seen_prices(tmp_path, SHOP) == (seen(0), seen(1))
    assert seen_prices(tmp_path, f"{SHOP}de") == (seen(2),)
    assert latest(tmp_path, SHOP) == run(3)
    remember(tmp_path, run(0))  # the same second once more, with nothing seen
    assert seen_prices(tmp_path, SHOP) == (seen(1),)


def test_a_damaged_file_of_prices_is_named(tmp_path: Path) -> None:
    remember(tmp_path, replace(run(0), prices=(seen(0),)))
    [path] = (tmp_path / "shop.test" / "prices").iterdir()
    path.write_text("{", "utf-8")
    with pytest.raises(TrothError) as caught:
        seen_prices(tmp_path, SHOP)
    assert (caught.value.code, caught.value.where) == ("history-damaged", str(path))


def test_the_prices_of_hundreds_of_audits_are_read_in_a_moment(tmp_path: Path) -> None:
    few = replace(outcome(), prices=tuple(replace(seen(0), product=f"{SHOP}p/{n}") for n in range(100)))
    kept = remember(tmp_path, few)
    one = (kept.parent / "prices" / kept.name).read_bytes()
    for n in range(499):
        (kept.parent / "prices" / f"2026-{n}.json").write_bytes(one)
    began = process_time()
    assert len(seen_prices(tmp_path, SHOP)) == 50_000
    assert process_time() - began < 5


def test_shops_are_kept_apart_and_never_outside_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "history"
    shops = [
        "https://a.test/",
        "https://b.test/",
        "https://a.test:8443/",
        "https://u:p@a.test/",
        "https://../x",
        "https://a.test/../../x",
    ]
    for shop in shops:
        assert folder in remember(folder, replace(outcome(), shop=shop)).resolve().parents
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["a.test", "a.test-8443", f"a.test_x-{names[2][-8:]}", "b.test", "shop_x"]
    assert list(tmp_path.iterdir()) == [folder]
    assert not any("p@" in str(path) for path in folder.rglob("*"))


def test_addresses_that_differ_have_names_that_differ() -> None:
    shops = [
        "a.test",
        "a.test:80",
        "a.test/80",
        "a.test/de",
        "a.test/DE",
        "a.test/d/e",
        "a.test/d-e",
        "a.test/?l=de",
    ]
    shops += ["a.test/?l=nl", f"a.test/{'x' * 300}", f"a.test/{'x' * 301}", "a.test/ü", "a.test/ö"]
    names = [folder_name(shop) for shop in shops]
    assert len({name.lower() for name in names}) == len(shops)
    assert max(map(len, names)) < 100
    same = ["https://a.test/de", "http://A.test/de/", "a.test/de#top", "https://u:p@a.test/de"]
    assert {folder_name(shop) for shop in same} == {"a.test_de"}


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    path = remember(tmp_path, outcome())
    path.write_text("{}", "utf-8")
    with pytest.raises(TrothError) as caught:
        latest(tmp_path, SHOP)
    assert (caught.value.code, caught.value.where) == ("history-damaged", str(path))


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(TrothError) as caught:
        remember(tmp_path / "file", outcome())
    assert caught.value.code == "history-unwritable"
