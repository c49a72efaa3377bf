"""`POST /api/v1/records`: every shape of records, and every kind of nonsense."""

import gzip
import json
from dataclasses import replace

import pytest
from starlette.testclient import TestClient
from tests.support.serving import Served
from tests.web.ingest.conftest import BINARY, EVENT, EVENTS, HERE, JSON, LINES, Stored, event, lines, order

pytestmark = pytest.mark.usefixtures("office")
TWO = [order(1), order(2)]


@pytest.mark.parametrize(
    ("query", "headers", "body"),
    [
        ("?kind=orders", JSON, json.dumps(TWO).encode()),
        ("?kind=orders", {}, json.dumps(TWO).encode()),
        ("?kind=orders", LINES, lines(*TWO)),
        ("?kind=orders", LINES, lines(*TWO).replace(b"\n", b"\r\n\r\n")),
        ("?kind=orders", {"content-type": "text/plain"}, lines(*TWO)),
        ("?kind=orders", JSON | {"content-encoding": "gzip"}, gzip.compress(json.dumps(TWO).encode())),
        (
            "?kind=orders",
            LINES | {"content-encoding": "GZIP"},
            b"".join(gzip.compress(lines(one)) for one in TWO),
        ),
        ("", JSON, json.dumps({"kind": "orders", "records": TWO}).encode()),
        ("", JSON, json.dumps([{"kind": "orders", "record": one} for one in TWO]).encode()),
        ("", LINES, lines(*({"kind": "orders", "record": one} for one in TWO))),
        ("", EVENT, json.dumps(event(TWO)).encode()),
        ("", EVENTS, json.dumps([event(one) for one in TWO]).encode()),
        ("", EVENTS, json.dumps([event(order(1), type="orders"), event(order(2))]).encode()),
        ("", LINES, lines(*(event(one) for one in TWO))),
        ("", BINARY, json.dumps(TWO).encode()),
        ("?kind=orders", EVENTS, json.dumps([event(one, type="order.made") for one in TWO]).encode()),
    ],
    ids=range(16),
)
def test_records_come_in_all_shapes(
    program: TestClient, stored: Stored, query: str, headers: dict[str, str], body: bytes
) -> None:
    answer = program.post(HERE + query, content=body, headers=headers)
    assert (answer.status_code, answer.json()) == (
        200,
        {"accepted": 2, "rejected": 0, "undeclared": {}, "errors": []},
    )
    assert stored() == [("o1", "c1", 9.5), ("o2", "c2", 9.5)]


def test_one_record_and_one_event_may_come_alone(program: TestClient, stored: Stored) -> None:
    assert program.post(HERE + "?kind=orders", json=order(1)).json()["accepted"] == 1
    assert program.post(HERE, content=json.dumps(event(order(2))), headers=EVENT).json()["accepted"] == 1
    packed = {
        "specversion": "1.0",
        "id": "1",
        "source": "/",
        "type": "orders",
        "data_base64": "eyJpZCI6ICIzIn0=",
    }
    answer = program.post(HERE, content=json.dumps(packed), headers=EVENT)
    assert answer.json()["errors"][0]["code"] == "missing-customer"  # so it was taken apart
    assert [row[0] for row in stored()] == ["o1", "o2"]


def test_several_kinds_may_come_together(program: TestClient, stored: Stored) -> None:
    visit = {"id": "v1", "client": {"id": 7}, "at": "2026-02-01T00:00:00+02:00"}
    answer = program.post(
        HERE, json=[{"kind": "visits", "record": visit}, {"kind": "orders", "record": order()}]
    )
    assert answer.json()["accepted"] == 2
    assert stored('SELECT id, customer, "at"::VARCHAR FROM record.visits') == [
        ("v1", "7", "2026-01-31 22:00:00")
    ]
    assert len(stored()) == 1


def test_the_bad_are_told_one_by_one_and_the_others_are_in(program: TestClient, stored: Stored) -> None:
    records = [
        order(0),
        5,
        order(1, made="soon"),
        order(2, id=None),
        order(3, street="x"),
        order(4, total="?!"),
    ]
    answer = program.post(HERE + "?kind=orders", json=records)
    told = answer.json()
    assert (answer.status_code, told["accepted"], told["rejected"]) == (207, 2, 4)
    assert told["undeclared"] == {"street": 1}
    assert [
        (one["index"], one["key"], one["column"], one["code"], one["detail"]) for one in told["errors"]
    ] == [
        (1, None, None, "malformed-row", "no-json-object"),
        (2, "o1", "made", "unreadable-time", "soon"),
        (3, None, "id", "missing-key", None),
        (5, "o4", "total", "wrong-type", "?!"),
    ]
    assert all(one["message"] and one["hint"] and one["kind"] == "orders" for one in told["errors"])
    assert [row[0] for row in stored()] == ["o0", "o3"]
    assert stored("SELECT count(*) FROM quarantine") == [(0,)]  # the sender knows and can mend it


def test_where_none_is_in_the_answer_is_an_error(program: TestClient) -> None:
    answer = program.post(HERE + "?kind=orders", json=[order(made="soon")])
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "records-refused"
    assert answer.json()["errors"][0]["code"] == "unreadable-time"


def test_a_broken_line_harms_no_other(program: TestClient, stored: Stored) -> None:
    body = lines(order(1)) + b'{"id": "o9", \n\xff\xfe\n' + b"[" * 100_000 + b"\n" + lines(order(2))
    answer = program.post(HERE + "?kind=orders", content=body, headers=LINES)
    assert [(one["index"], one["detail"]) for one in answer.json()["errors"]] == [
        (1, "no-json"), (2, "no-json"), (3, "no-json"),
    ]  # fmt: skip
    assert [row[0] for row in stored()] == ["o1", "o2"]


def test_the_same_again_changes_nothing_and_order_does_not_matter(
    program: TestClient, stored: Stored
) -> None:
    newest, older = order(1, revision=3, total=30), order(1, revision=2, total=20)
    for records in ([newest], [older, newest], [older], [newest, older, older]):
        assert program.post(HERE + "?kind=orders", json=records).status_code == 200
        assert stored() == [("o1", "c1", 30.0)]
    assert stored("SELECT count(*) FROM experience") == [(1,)]


def test_of_records_without_a_version_the_last_to_arrive_stays(program: TestClient, stored: Stored) -> None:
    program.post(HERE + "?kind=orders", json=[order(1, total=n) for n in (1, 2, 3)])
    assert stored() == [("o1", "c1", 3.0)]


def test_ten_thousand_are_taken_and_one_more_is_too_much(program: TestClient, stored: Stored) -> None:
    records = [order(n) for n in range(10_000)]
    assert program.post(HERE + "?kind=orders", json=records).json()["accepted"] == 10_000
    for headers, body in (
        (JSON, json.dumps([*records, order(0)]).encode()),
        (LINES, lines(*records, order(0))),
    ):
        answer = program.post(HERE + "?kind=orders", content=body, headers=headers)
        assert (answer.status_code, answer.json()["error"]["code"]) == (413, "body-too-large")
    assert stored("SELECT count(*) FROM record.orders") == [(10_000,)]


def test_too_much_that_waits_is_answered_with_a_time_to_come_again(
    program: TestClient, served: Served, stored: Stored
) -> None:
    inbox = served.live.arrivals.inbox
    room, inbox.room = inbox.room, replace(inbox.room, records=10)
    answer = program.post(HERE + "?kind=orders", json=[order(n) for n in range(11)])
    assert (answer.status_code, answer.json()["error"]["code"]) == (429, "too-many")
    assert int(answer.headers["Retry-After"]) > 0
    assert inbox.waiting == (0, 0)
    inbox.room = replace(room, bytes=10)
    assert program.post(HERE + "?kind=orders", json=[order()]).status_code == 429
    inbox.room = room
    assert program.post(HERE + "?kind=orders", json=[order()]).status_code == 200
    assert len(stored()) == 1
