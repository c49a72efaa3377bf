"""One person exported and erased by an administrator; where only groups are shown, nobody anywhere."""

import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.support.serving import Served
from tests.web.pages.rooms import COUNTRIES, HTML, SQL, ended, orders, private, served, shop

from troth.web.access.rights import Right, Role
from troth.web.frame.page import API
from troth.web.pages import pages
from troth.workspace import daily
from troth.workspace.live import Live
from troth.workspace.privacy import count, erasures

ROOM = f"{API}/settings/privacy"


def erased(server: Served, id_: str) -> dict[str, object]:
    program = server.with_key()
    job = program.post(f"{ROOM}/erase", json={"id": id_, "confirmed_id": id_}).json()
    return ended(program, job["id"])


def test_an_administrator_exports_and_erases(own_books: Served) -> None:
    program = own_books.with_key()
    job = program.post(f"{ROOM}/export", json={"id": "NL000"}).json()
    assert ended(program, job["id"])["state"] == "done"
    found = program.get(f"{ROOM}/exports/{job['id']}")
    assert found.headers["cache-control"] == "no-store"
    document = found.json()["document"]
    assert (document["format"], document["ids"]) == ("troth-person/1", ["NL000"])
    assert [len(document["records"][kind]) for kind in ("orders", "calls")] == [3, 2]
    lived = document["derived"]["customers"][0]["experiences"]
    assert len(lived) == found.json()["counts"]["experience"] == 4
    assert {rule["id"] for rule in document["derived"]["rules"]} == {"friendly", "on-time"}
    page = own_books.signed_in().get(f"/settings/privacy/exports/{job['id']}").text
    assert "NL000" in page

    done = erased(own_books, "NL000")
    assert done["removed"]["record.orders"] == 3
    assert program.get(f"{ROOM}/exports/{job['id']}").status_code == 404, "it is forgotten with the person"
    assert program.get(f"{API}/customers/NL000").status_code == 404
    [receipt] = program.get(ROOM).json()["erasures"]
    assert (receipt["number"], receipt["actor"], receipt["done_ms"] is None) == (1, "key:tests", False)
    assert "record.orders" in own_books.signed_in().get("/settings/privacy").text
    assert program.get(f"{ROOM}.csv").text.startswith("number,at_ms,actor,rows,done_ms,counts\r\n1,")
    seen = [line[1:] for line in own_books.trail() if line[1].startswith("person-")]
    subject = own_books.live.subject("NL000")
    assert seen[:2] == [("person-exported", subject), ("person-erased", subject)]
    assert not any("NL000" in line[2] for line in own_books.trail())
    found = program.get(f"{API}/settings/trail", params={"subject": "NL000", "action": "person-erased"})
    assert found.json()["total"] == 1


def test_labels_that_cannot_be_read_are_shown_where_people_are_erased(own_books: Served) -> None:
    labels = own_books.live.folder / "labels.ndjson"
    assert own_books.with_key().get(ROOM).json()["damaged_labels"] == []
    assert "Labels that cannot be read" not in own_books.signed_in().get("/settings/privacy").text
    labels.write_text('{"digest": "torn', "utf-8")
    [one] = own_books.with_key().get(ROOM).json()["damaged_labels"]
    assert (one["where"], one["message"]) == (f"{labels}:1", "This line is no label.")
    assert "1 line of labels cannot be read." in own_books.signed_in().get("/settings/privacy").text
    labels.unlink()


def test_a_form_wants_the_id_twice(own_books: Served) -> None:
    browser = own_books.signed_in()
    fields = {"form_token": browser.headers["X-Form-Token"], "id": "NL000", "confirmed_id": "NL00"}
    browser.post("/settings/privacy/erase", data=fields)
    assert erasures(own_books.live) == []
    answer = browser.post("/settings/privacy/erase", data={**fields, "confirmed_id": "NL000"})
    assert answer.headers["location"].startswith("/jobs/")
    job = answer.headers["location"].removeprefix("/jobs/")
    ended(own_books.with_key(), job)
    assert "record.orders" in browser.get(answer.headers["location"]).text
    assert "NL000" not in browser.get("/jobs").text


@pytest.mark.parametrize("action", ["export", "erase", "retention"])
@pytest.mark.parametrize("role", [Role.VIEWER, Role.CASE_WORKER, Role.ANALYST])
def test_nobody_else_may(books: Served, role: Role, action: str) -> None:
    answer = books.signed_in(role).post(f"{ROOM}/{action}", json={"id": "NL000", "confirmed_id": "NL000"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "not-allowed")
    assert books.with_key(Right.CHANGE_DATA, Right.SEE_PEOPLE).get(ROOM).status_code == 403


@pytest.mark.parametrize("id_", [HTML, SQL])
def test_hostile_ids_are_shown_and_erased_as_texts(own_books: Served, id_: str) -> None:
    program = own_books.with_key()
    job = program.post(f"{ROOM}/export", json={"id": id_}).json()
    ended(program, job["id"])
    page = own_books.signed_in().get(f"/settings/privacy/exports/{job['id']}").text
    assert "<script>window" not in page
    assert erased(own_books, id_)["removed"]["record.calls"] == 1
    assert count(own_books.live, "NL000")


def test_an_id_that_cannot_be_one_is_refused_at_once(books: Served) -> None:
    program = books.with_key()
    for id_ in ("", "  ", "x" * 501):
        answer = program.post(f"{ROOM}/erase", json={"id": id_, "confirmed_id": id_})
        assert answer.status_code == 422


def test_what_is_sent_meanwhile_and_afterwards_stays_out(own_books: Served) -> None:
    program, stop = own_books.with_key(), threading.Event()
    sent: list[int] = []
    failures: list[BaseException] = []

    def send() -> None:
        while not stop.is_set():
            n = len(sent)
            whose = {f"x{n}": "NL000", f"y{n}": "NL002"}
            days = {"made": "2026-01-02", "due": "2026-01-10"}
            rows = [{"order_id": order, "customer_id": customer, **days} for order, customer in whose.items()]
            sent.append(program.post(f"{API}/records?kind=orders", json=rows).status_code)
            time.sleep(0.01)

    def bring_in() -> None:
        folder = own_books.live.folder
        try:
            while not stop.is_set():
                with own_books.live.changing() as workspace:
                    workspace.import_("orders", folder / "orders.csv")
        except BaseException as error:  # noqa: BLE001 - told by the test
            failures.append(error)

    threads = [threading.Thread(target=work) for work in (send, bring_in)]
    for thread in threads:
        thread.start()
    try:
        time.sleep(1.0)
        done = erased(own_books, "NL000")
        time.sleep(1.0)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert not failures
    assert done["removed"]["record.orders"] >= 3
    assert set(sent) == {200}
    until = time.monotonic() + 20
    while time.monotonic() < until and not _has(own_books.live, f"y{len(sent) - 1}"):
        time.sleep(0.1)
    assert _has(own_books.live, f"y{len(sent) - 1}"), "others go on coming in"
    assert count(own_books.live, "NL000") == {}
    with own_books.live.reading() as workspace:
        assert not workspace.status().outdated
        [(erased_rows,)] = workspace.store.connection.execute(
            "SELECT sum(read - added - changed - same - stale - quarantined) FROM import_run"
        ).fetchall()
    assert erased_rows >= 3


def _has(live: Live, order: str) -> bool:
    with live.reading() as workspace:
        rows = workspace.store.connection.execute("SELECT 1 FROM record.orders WHERE order_id = ?", [order])
        return bool(rows.fetchall())


def test_people_read_while_the_file_is_changed_for_another(own_books: Served) -> None:
    stop, answers = threading.Event(), list[int]()
    browser = own_books.signed_in()

    def read() -> None:
        while not stop.is_set():
            answers.append(browser.get("/customers").status_code)

    thread = threading.Thread(target=read)
    thread.start()
    try:
        assert [erased(own_books, id_)["state"] for id_ in ("NL000", "NL001")] == ["done", "done"]
    finally:
        stop.set()
        thread.join()
    assert set(answers) == {200}
    assert all(receipt.done_ms for receipt in erasures(own_books.live))


def test_the_daily_work_removes_what_is_past_its_time(tmp_path: Path) -> None:
    folder = shop(tmp_path)
    text = (folder / "blueprint.yaml").read_text("utf-8")
    limited = text.replace("    key: order_id\n", "    key: order_id\n    keep: 30d\n    keep_from: made\n")
    (folder / "blueprint.yaml").write_text(limited, "utf-8")
    with served(folder) as running:
        with running.live.alone() as workspace, workspace.opened().transaction() as connection:
            connection.execute("DELETE FROM setting WHERE name = ?", [daily.DAY])
        daily.Daily(running.live).work()
        assert sum(COUNTRIES.values()) + 2 == len(orders().splitlines()) - 2
        with running.live.reading() as workspace:
            assert workspace.status().records == {"calls": 7, "orders": 0}
        assert ("system", "retention-applied", "") in running.trail()
        assert running.with_key().get(ROOM).json()["kept"][0] == {
            "kind": "orders", "keep": "30d", "keep_from": "made"
        }  # fmt: skip


def test_what_could_not_be_finished_is_tried_again(
    own_books: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("troth.workspace.live.RENEWAL_ATTEMPTS", 1)
        patched.setattr("troth.workspace.live.RENEWAL_SECONDS", 0.01)
        with own_books.live.reading():  # somebody who reads on and on
            assert erased(own_books, "NL000")["state"] == "done"
    assert [receipt.done_ms for receipt in erasures(own_books.live)] == [None]
    assert "pending" in own_books.signed_in().get("/settings/privacy").text
    daily.Daily(own_books.live).work()
    assert all(receipt.done_ms for receipt in erasures(own_books.live))
    assert count(own_books.live, "NL000") == {}


@pytest.fixture(scope="module")
def hidden(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(shop(tmp_path_factory.mktemp("hidden"), private())) as running:
        yield running


PARTS = {"touchpoint": ("delivery", "service"), "mechanism": ("reliability", "benevolence"),
         "customer": ("NL000",), "job": ("none",)}  # fmt: skip
QUERIES = ("", "?segment=country%3DNL", "?segment=country%3DLU", "?touchpoint=service", "?at=2026-01-10",
           "?search=NL0", "?size=1000")  # fmt: skip
SHOWING_ROWS_AS_THEY_CAME = ("/data/quarantine", "/jobs")


def _addresses() -> list[str]:
    found = []
    for page in pages():
        if page.address.startswith(SHOWING_ROWS_AS_THEY_CAME):
            continue
        places = [page.address]
        for part, values in PARTS.items():
            pattern = rf"\{{{part}(?::path)?\}}"
            places = [re.sub(pattern, value, place) for place in places for value in values]
        for place in dict.fromkeys(places):
            found += [place, API + place]
            found += [
                f"{API}{place}{'/' if table.name else ''}{table.name}.{ending}"
                for table in page.files
                for ending in ("csv", "parquet")
            ]
    return found


@pytest.mark.parametrize("address", _addresses())
def test_where_groups_are_shown_no_page_twin_or_file_names_anybody(hidden: Served, address: str) -> None:
    browser = hidden.signed_in()
    for query in QUERIES:
        answer = browser.get(address + query)
        assert answer.status_code < 500
        if answer.status_code == 200:
            body = answer.content.replace(b"search=NL0", b"").replace(b'value="NL0"', b"")
            assert not re.search(rb"\b(NL|DE|BE|LU)0\d\d\b", body), query
            assert b"window.pwned" not in body
        if "country%3DLU" in query and address.startswith(("/overview", "/journey", "/grid")):
            assert answer.status_code == 403, "three customers are too few"


def test_where_groups_are_shown_nobody_is_exported_by_the_web_but_erased(hidden: Served) -> None:
    program = hidden.with_key()
    answer = program.post(f"{ROOM}/export", json={"id": "NL010"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "people-hidden")
    assert "troth person export" in hidden.signed_in().get("/settings/privacy").text
    assert erased(hidden, "NL010")["removed"]["record.orders"] == 1
