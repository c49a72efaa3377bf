"""Every kind of nonsense at `POST /api/v1/records`: a clear answer, nothing taken, nobody let in."""

import gzip
import json
import zlib
from typing import Any

import pytest
from starlette.testclient import TestClient
from tests.support.serving import Served
from tests.web.ingest.conftest import EVENTS, HERE, JSON, LINES, Stored, event, order

from troth.web.access.rights import Right

IMPORTS = "SELECT coalesce(sum(read), 0) FROM import_run"


@pytest.fixture(scope="module")
def served(module_served: Served) -> Served:
    """One server for all: nothing of what comes here stays."""
    return module_served


GARBAGE = [
    b"", b" ", b"nonsense", b"{", b"[{}", b'{"id": "o1", "customer": "c1"', b"\x00\x01\x02", b"\xff" * 100,
    b'[{"id": "o1"},]', b'{"id": NaN}', b"[" * 100_000, b'"\\ud800"', b"{}{}", b'{"a":1}garbage',
]  # fmt: skip


@pytest.mark.parametrize("body", GARBAGE, ids=range(len(GARBAGE)))
def test_garbage_is_refused_whole(program: TestClient, stored: Stored, body: bytes) -> None:
    before = stored(IMPORTS)
    answer = program.post(HERE + "?kind=orders", content=body, headers=JSON)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "json-broken")
    assert stored(IMPORTS) == before


@pytest.mark.parametrize("body", [b"null", b"1", b'"x"', b"true", b"[[]]", b"[null]", b"{}", b"[{}]", b"[]"])
def test_json_that_is_no_record_is_refused(program: TestClient, body: bytes) -> None:
    answer = program.post(HERE + "?kind=orders", content=body, headers=JSON)
    assert answer.status_code == (200 if body == b"[]" else 422)
    assert answer.json()["accepted"] == 0


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"specversion": "0.3"}, "malformed-row"),
        ({"id": ""}, "malformed-row"),
        ({"source": None}, "malformed-row"),
        ({"type": 5}, "malformed-row"),
        ({"type": "com.example.unknown"}, "kind-unknown"),
        ({"data": None}, "malformed-row"),
        ({"data": "text"}, "malformed-row"),
        ({"data_base64": "%%%"}, "malformed-row"),
        ({"data_base64": "AAAA"}, "malformed-row"),
    ],
)
def test_a_broken_event_is_told(program: TestClient, change: dict[str, object], code: str) -> None:
    answer = program.post(
        HERE, content=json.dumps([event(order(), **change), event(order())]), headers=EVENTS
    )
    assert answer.status_code == 207
    assert [(one["index"], one["code"]) for one in answer.json()["errors"]] == [(0, code)]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("id", {"$gt": ""}), ("customer", ["c1"]), ("customer", True), ("total", [1]), ("total", {"a": 1}),
        ("total", True), ("total", "1.2.3"), ("made", 17), ("made", True), ("revision", 1.5),
        ("revision", 2**63), ("revision", "many"),
    ],
)  # fmt: skip
def test_values_of_a_wrong_type_are_told_or_read_as_text(
    program: TestClient, column: str, value: object
) -> None:
    answer = program.post(HERE + "?kind=orders", json=[order(**{column: value})])
    if column in {"id", "customer"}:  # a text may be any text
        assert answer.status_code == 200
    else:
        assert answer.json()["errors"][0]["column"] == column


def test_ten_thousand_unknown_kinds_are_answered_quickly(program: TestClient, stored: Stored) -> None:
    records: list[Any] = [{"kind": f"{n:x}" * 20, "record": {}} for n in range(9_999)]
    answer = program.post(HERE, json=[*records, {"kind": "orders", "record": order(9_999)}])
    assert (answer.status_code, answer.json()["rejected"]) == (207, 9_999)
    assert {one["code"] for one in answer.json()["errors"]} == {"kind-unknown"}
    assert ("o9999", "c3", 9.5) in stored()


def _bomb(size: int) -> bytes:
    squeeze = zlib.compressobj(9, wbits=31)
    zeros = b" " * 1_000_000
    return b"".join(squeeze.compress(zeros) for _ in range(size // 1_000_000)) + squeeze.flush()


@pytest.mark.parametrize(
    ("headers", "body", "status", "code"),
    [
        (JSON, b" " * 17_000_000, 413, "body-too-large"),
        (JSON | {"content-encoding": "gzip"}, _bomb(100_000_000), 413, "body-too-large"),
        (JSON | {"content-encoding": "gzip"}, gzip.compress(_bomb(100_000_000)), 400, "json-broken"),
        (JSON | {"content-encoding": "gzip"}, b"no gzip", 422, "body-not-gzip"),
        (JSON | {"content-encoding": "gzip"}, gzip.compress(b"[]" * 99)[:-9], 422, "body-not-gzip"),
        (JSON | {"content-encoding": "gzip"}, b"", 422, "body-not-gzip"),
        (JSON | {"content-encoding": "br"}, b"[]", 415, "encoding-unknown"),
        (JSON | {"content-encoding": "gzip"}, gzip.compress(b"") * 250_000, 422, "body-not-gzip"),
        (JSON, b"[" + b"{}," * 1_000_000 + b"{}]", 413, "body-too-large"),
        (JSON, b"[" + b"[]," * 1_000_000 + b"[]]", 413, "body-too-large"),
        (LINES, b"\n" * 3_000_000, 413, "body-too-large"),
        (LINES, b"1\n" * 10_001, 413, "body-too-large"),
    ],
    ids=range(12),
)
def test_too_much_is_refused(
    program: TestClient, headers: dict[str, str], body: bytes, status: int, code: str
) -> None:
    answer = program.post(HERE + "?kind=orders", content=body, headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


def test_many_texts_that_were_compressed_apart_are_one(program: TestClient) -> None:
    text = json.dumps([order(), order(1)])
    body = b"".join(gzip.compress(sign.encode()) for sign in text)
    answer = program.post(HERE + "?kind=orders", content=body, headers=JSON | {"content-encoding": "gzip"})
    assert (answer.status_code, answer.json()["accepted"]) == (200, 2)


INJECTIONS = [
    "'; DROP TABLE record.orders; --", '"; DELETE FROM parcel; --', "o1' OR '1'='1", "$1", "{{7*7}}",
    "<script>", "../../etc/passwd", "\\", "%s%n", "a\u2028b", "\u202eevil", "NULLx",
    "1); ATTACH 'x' AS y; --",
]  # fmt: skip


@pytest.mark.parametrize("text", INJECTIONS)
def test_sql_in_every_field_is_text(program: TestClient, stored: Stored, text: str) -> None:
    record = {"id": text, "customer": text, "total": text, "made": text, "revision": text, text: text}
    answer = program.post(HERE + "?kind=orders", json=[record, order(1, id=text, customer=text)])
    assert answer.status_code == 207
    assert (text, text, 9.5) in stored()
    assert (
        program.post(HERE, params={"kind": text}, json=[record]).json()["errors"][0]["code"] == "kind-unknown"
    )


@pytest.mark.parametrize(
    ("made", "code"),
    [
        ("1900-01-01T00:00:00Z", "time-out-of-range"),
        ("2999-01-01T00:00:00Z", "time-out-of-range"),
        ("2026-01-31T10:15:00+23:59", None),
        ("0000-00-00T00:00:00Z", "unreadable-time"),
    ],
)
def test_a_clock_that_is_far_off_is_told(program: TestClient, made: str, code: str | None) -> None:
    answer = program.post(HERE + "?kind=orders", json=[order(made=made)])
    assert [one["code"] for one in answer.json()["errors"]] == ([code] if code else [])


@pytest.mark.parametrize("rights", [(Right.SEE,), (Right.SEE_PEOPLE, Right.CHANGE_DATA), (Right.ADMINISTER,)])
def test_a_key_with_other_scopes_may_not_send(
    served: Served, stored: Stored, rights: tuple[Right, ...]
) -> None:
    before = stored(IMPORTS)
    answer = served.with_key(*rights).post(HERE + "?kind=orders", json=[order()])
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "not-allowed")
    assert served.anybody().post(HERE + "?kind=orders", json=[order()]).status_code in {401, 403}
    assert stored(IMPORTS) == before


@pytest.mark.parametrize(
    "path", ["/api/v1/records/", "/api/v1/records/..%2f..", "/api/v1//records", "/api/v1/records/x"]
)
def test_other_paths_lead_nowhere(program: TestClient, path: str) -> None:
    assert program.post(path, json=[order()]).status_code in {404, 307}


def test_only_post_is_taken(program: TestClient) -> None:
    answer = program.put(HERE, json=[order()])
    assert (answer.status_code, answer.json()["error"]["code"]) == (405, "method-wrong")


def test_the_description_names_the_routes_and_all_statuses(served: Served) -> None:
    described = served.with_key(Right.SEE).get("/api/v1/openapi.json").json()
    taking = described["paths"][HERE]["post"]
    assert {"200", "207", "400", "401", "403", "408", "413", "415", "422", "429", "503", "507"} <= set(
        taking["responses"]
    )
    assert "/api/v1/hooks/{name}" in described["paths"]
    assert "/api/v1/settings/webhooks" in described["paths"]
    assert "10,000" in taking["description"]
