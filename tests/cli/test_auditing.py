"""`troth audit` from its call to its files; the shop itself is replaced by results made beforehand."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.audit.result.example import example
from tests.cli.conftest import Call

from troth.audit import run
from troth.audit.gather import options
from troth.audit.result.codec import text
from troth.audit.result.shape import AuditResult
from troth.errors import TrothError, UsageError

SHOP, OTHER, CLOSED = "https://shop.test/", "https://other.test/", "https://closed.test/"
NEW = "https://new.test/"

Visits = list[str]


@pytest.fixture
def visits(monkeypatch: pytest.MonkeyPatch) -> Visits:
    """The shops that were visited; the closed one is not to be seen."""
    seen: Visits = []

    def audited(shop: str, *_given: object, **_named: object) -> AuditResult:
        seen.append(shop)
        if shop.endswith(CLOSED[8:]):
            raise TrothError("connection-refused", "The host refused the connection.", where=shop)
        if shop == "nonsense":
            raise UsageError("address-invalid", "This is not the address of a web page.", where=shop)
        return replace(example(), shop=shop)

    monkeypatch.setattr(run, "audited", audited)
    return seen


def folder(path: Path) -> Path:
    path.mkdir()
    return path


def file(path: Path) -> Path:
    path.write_text("", "utf-8")
    return path


@pytest.mark.parametrize(
    ("option", "shops", "make"),
    [
        ("-o", (SHOP,), folder),
        ("--sarif", (SHOP,), folder),
        ("--junit", (SHOP, OTHER), file),
        ("-o", (SHOP,), lambda path: file(path) / "page.html"),
    ],
)
def test_an_output_that_cannot_be_is_said_before_the_visit(
    call: Call,
    visits: Visits,
    tmp_path: Path,
    option: str,
    shops: tuple[str, ...],
    make: Callable[[Path], Path],
) -> None:
    target = make(tmp_path / "taken")
    answer = call("audit", *shops, option, target, "--json")
    assert (answer.code, answer.error["code"], answer.error["where"]) == (2, "output-wrong", str(target))
    assert answer.error["hint"]
    assert visits == []


def test_an_output_that_fails_in_the_end_is_said_with_a_hint(
    call: Call, visits: Visits, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    answer = call("audit", SHOP, "-o", tmp_path / "page.html", "--json")
    assert (answer.code, answer.error["code"]) == (3, "output-unwritable")
    assert "No space left" in answer.error["message"]
    assert answer.json["shop"] == SHOP
    assert visits == [SHOP]


def test_what_is_to_be_compared_with_is_read_before_the_visit(
    call: Call, visits: Visits, tmp_path: Path
) -> None:
    wrong = file(tmp_path / "wrong.json")
    answer = call("audit", SHOP, "--compare", wrong, "--json")
    assert (answer.code, answer.error["code"]) == (2, "result-invalid")
    damaged = tmp_path / "history" / "shop.test" / "2026.json"
    damaged.parent.mkdir(parents=True)
    damaged.write_text("{}", "utf-8")
    answer = call("audit", SHOP, "--history", tmp_path / "history", "--json")
    assert (answer.code, answer.error["code"]) == (3, "history-damaged")
    assert visits == []


def test_an_answer_with_a_comparison_can_be_compared_with_again(
    call: Call, visits: Visits, tmp_path: Path
) -> None:
    first = tmp_path / "first.json"
    first.write_text(text(replace(example(), shop="https://elsewhere.test/")), "utf-8")
    second = tmp_path / "second.json"
    second.write_text(call("audit", SHOP, "--compare", first, "--json").out, "utf-8")
    answer = call("audit", SHOP, "--compare", second, "--json")
    assert answer.code == 0
    assert answer.json["comparisons"][0]["points"] == 0
    assert visits == [SHOP, SHOP]


def test_several_shops_are_each_compared_with_themselves(call: Call, visits: Visits, tmp_path: Path) -> None:
    before = tmp_path / "before.json"
    before.write_text(call("audit", OTHER, SHOP, "--json").out, "utf-8")
    answer = call("audit", SHOP, OTHER, "--compare", before, "--json")
    assert [one["shop"] for one in answer.json["comparisons"]] == [SHOP, OTHER]
    wrong = call("audit", NEW, CLOSED, "--compare", before, "--json")
    assert (wrong.code, wrong.error["code"], wrong.error["allowed"]) == (2, "result-foreign", [OTHER, SHOP])
    assert visits == [OTHER, SHOP, SHOP, OTHER]


@pytest.mark.usefixtures("visits")
def test_a_shop_without_an_earlier_result_does_not_cost_the_others_their_comparison(
    call: Call, tmp_path: Path
) -> None:
    before = tmp_path / "before.json"
    before.write_text(call("audit", OTHER, SHOP, "--json").out, "utf-8")
    said = f"{before} holds no earlier result of {NEW} to compare with."
    answer = call("audit", SHOP, NEW, OTHER, "--compare", before, "--json")
    assert answer.code == 0
    assert [one and one["shop"] for one in answer.json["comparisons"]] == [SHOP, None, OTHER]
    assert said in answer.err
    told = call("audit", SHOP, NEW, OTHER, "--compare", before)
    assert "".join(told.out.split()).count("".join(said.split())) == 1
    assert told.out.count("No rule says anything else than before.") == 2


def test_a_shop_that_fails_does_not_cost_the_others(call: Call, visits: Visits, tmp_path: Path) -> None:
    answer = call("audit", SHOP, CLOSED, OTHER, "nonsense", "-o", tmp_path / "pages", "--json")
    assert answer.code == 3
    assert [one["shop"] for one in answer.json["results"]] == [SHOP, OTHER]
    assert "connection-refused" in answer.err
    assert "address-invalid" in answer.err
    assert [(one["code"], one["where"]) for one in answer.json["failures"]] == [
        ("connection-refused", CLOSED),
        ("address-invalid", "nonsense"),
    ]
    assert sorted(path.name for path in (tmp_path / "pages").iterdir()) == [
        "index.html",
        "other.test.html",
        "shop.test.html",
    ]
    assert visits == [SHOP, CLOSED, OTHER, "nonsense"]


@pytest.mark.usefixtures("visits")
def test_a_shop_that_fails_stands_beside_the_others_with_why(call: Call, tmp_path: Path) -> None:
    answer = call("audit", SHOP, f"https://me:secret@{CLOSED[8:]}", "-o", tmp_path / "pages")
    assert answer.code == 3
    beside = answer.out[answer.out.rindex("Category") :].splitlines()
    assert beside[0].split() == ["Category", "shop.test", "closed.test"]
    assert next(line for line in beside if line.startswith("Trust score")).split()[-1] == "–"
    refused = "Could not be audited. The host refused the connection. [connection-refused]"
    assert f"closed.test: {refused}" in " ".join(" ".join(beside).split())
    index = (tmp_path / "pages" / "index.html").read_text("utf-8")
    assert refused in index
    assert re.findall(r'<a [^>]*href="([^"#]+)"', index) == ["shop.test.html"] * 2
    assert "secret" not in index + answer.out


@pytest.mark.usefixtures("visits")
def test_the_page_that_leads_to_the_shops_takes_no_shops_place(call: Call, tmp_path: Path) -> None:
    assert call("audit", "https://index/", SHOP, "-o", tmp_path / "pages").code == 0
    names = sorted(path.name for path in (tmp_path / "pages").iterdir())
    assert names == ["index-1.html", "index.html", "shop.test.html"]


def test_a_wrong_call_ends_before_the_second_shop(call: Call, visits: Visits) -> None:
    answer = call("audit", "nonsense", SHOP)
    assert answer.code == 2
    assert visits == ["nonsense"]


def test_shops_on_one_host_have_files_of_their_own(call: Call, visits: Visits, tmp_path: Path) -> None:
    plain = "http://shop.test/"
    shops = (SHOP, SHOP, f"{SHOP}de", OTHER, plain)
    for _time in range(2):  # the folder is there the second time
        assert call("audit", *shops, "--sarif", tmp_path / "found").code == 0
    found = {
        path.name: json.loads(path.read_text("utf-8"))["runs"][0]["properties"]["shop"]
        for path in (tmp_path / "found").iterdir()
    }
    assert found == {
        "shop.test.sarif": SHOP,
        "shop.test_de.sarif": f"{SHOP}de",
        "other.test.sarif": OTHER,
        "shop.test-2.sarif": plain,
    }
    assert visits == [SHOP, f"{SHOP}de", OTHER, plain] * 2


def test_a_watch_says_which_shop_changed(
    call: Call, visits: Visits, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr("troth.cli.auditing.time.sleep", pause)
    answer = call(
        "audit",
        SHOP,
        CLOSED,
        OTHER,
        "--watch",
        "1h",
        "--history",
        tmp_path / "history",
        "-o",
        tmp_path / "pages",
    )
    assert answer.code == 130
    assert pauses == [3600, 3600]
    index = (tmp_path / "pages" / "index.html").read_text("utf-8")
    assert re.findall(r'<a [^>]*href="([^"#]+)"', index) == ["shop.test.html", "other.test.html"] * 2
    assert "connection-refused" in index
    second = answer.out.rpartition("Could not be visited:")[2]
    assert second.count("No rule says anything else than before.") == 2
    assert second.index(SHOP) < second.index(OTHER)
    assert "connection-refused" in answer.err
    assert visits == [SHOP, CLOSED, OTHER] * 2


def test_options_reach_the_gathering(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[options.Options] = []

    def audited(_shop: str, _scoring: object, given: options.Options, **_more: object) -> AuditResult:
        asked.append(given)
        return example()

    monkeypatch.setattr(run, "audited", audited)
    answer = call(
        "audit", "https://a.test", "https://b.test", "--pages", "7", "--seconds", "30", "--walk-checkout",
        "--ignore-robots", "--allow-private",
    )  # fmt: skip
    assert answer.code == 0, answer.err
    assert "Trust score" in answer.out
    [given, again] = asked
    assert given == again
    assert (given.pages, given.seconds, given.walk_checkout) == (7, 30, True)
    assert (given.browser.robots, given.browser.allow_private) == (False, True)
