"""The short way in: what it answers is what the long way answers, and nobody comes in by it who may not."""

import gzip
import json

import pytest
from starlette.testclient import TestClient
from tests.support.serving import BASE, Served
from tests.web.ingest.conftest import EVENTS, HERE, JSON, LINES, event, lines, order

from troth.web.access.gate import Gate
from troth.web.access.rights import Right
from troth.web.application import application
from troth.web.ingest.quick import Quick

GOOD = json.dumps([order()]).encode()
CASES = {
    "good": ("?kind=orders", JSON, GOOD),
    "mixed": ("?kind=orders", JSON, json.dumps([order(), 5, order(made="soon"), order(street=1)]).encode()),
    "none": ("?kind=orders", JSON, json.dumps([order(made="soon")]).encode()),
    "unknown kind": ("?kind=nothing", JSON, GOOD),
    "no kind": ("", JSON, GOOD),
    "two kinds": ("?kind=orders&kind=visits", JSON, GOOD),
    "events": ("", EVENTS, json.dumps([event(order()), event(order(2), type="x.none")]).encode()),
    "lines": ("?kind=orders", LINES, lines(order()) + b"{\n" + lines(order(2))),
    "gzip": ("?kind=orders", JSON | {"content-encoding": "gzip"}, gzip.compress(GOOD)),
    "no gzip": ("?kind=orders", JSON | {"content-encoding": "gzip"}, GOOD),
    "no encoding": ("?kind=orders", JSON | {"content-encoding": "br"}, GOOD),
    "broken": ("?kind=orders", JSON, b"[{"),
    "empty": ("?kind=orders", JSON, b""),
    "nothing": ("?kind=orders", JSON, b"[]"),
    "German by address": ("?kind=orders&lang=de", JSON, b"[{"),
    "Dutch by header": ("?kind=orders", JSON | {"accept-language": "nl, en;q=0.5"}, b"[{"),
    "address wins": ("?kind=orders&lang=de", JSON | {"accept-language": "nl"}, json.dumps([5]).encode()),
    "foreign page": ("?kind=orders", JSON | {"origin": "https://evil.example"}, GOOD),
}


@pytest.fixture
def long_way(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the requests that went the long way."""
    passed: list[str] = []
    original = Gate._who

    async def who(self: Gate, request: object) -> object:
        passed.append(request.url.path)  # type: ignore[attr-defined] # Starlette's request
        return await original(self, request)  # type: ignore[arg-type] # likewise

    monkeypatch.setattr(Gate, "_who", who)
    return passed


@pytest.mark.parametrize("case", CASES)
def test_both_ways_answer_the_same(served: Served, long_way: list[str], case: str) -> None:
    query, headers, body = CASES[case]
    program = served.with_key(Right.SEND_RECORDS)
    first = program.post(HERE + query, content=body, headers=headers)
    assert long_way == []
    second = _by_the_long_way(served, program).post(HERE + query, content=body, headers=headers)
    assert long_way == [HERE]
    assert (first.status_code, first.content) == (second.status_code, second.content)
    told, again = dict(first.headers), dict(second.headers)
    assert told.pop("x-request-id") != again.pop("x-request-id")
    assert told == again


def test_the_records_of_both_ways_come_in(served: Served, long_way: list[str]) -> None:
    program = served.with_key(Right.SEND_RECORDS)
    for number, way in enumerate([program, _by_the_long_way(served, program), program]):
        assert way.post(HERE + "?kind=orders", json=order(number)).status_code == 200
    assert long_way == [HERE]
    served.live.arrivals.settle(30)
    with served.live.reading() as workspace:
        found = workspace._opened().connection.execute("SELECT id FROM record.orders ORDER BY id").fetchall()
    assert found == [("o0",), ("o1",), ("o2",)]


def test_too_much_that_waits_is_answered_with_a_time(served: Served, long_way: list[str]) -> None:
    program = served.with_key(Right.SEND_RECORDS)
    served.live.arrivals.inbox.room = type(served.live.arrivals.inbox.room)(records=1)
    answer = program.post(HERE + "?kind=orders", json=[order(1), order(2)])
    assert (answer.status_code, answer.json()["error"]["code"]) == (429, "too-many")
    assert int(answer.headers["retry-after"]) > 0
    assert long_way == []


@pytest.mark.parametrize("headers", [{"host": "evil.example"}, {"cookie": "language=de"}])
def test_what_is_not_plain_goes_the_long_way(
    served: Served, long_way: list[str], headers: dict[str, str]
) -> None:
    program = served.with_key(Right.SEND_RECORDS)
    answer = program.post(HERE + "?kind=orders", json=[order()], headers=headers)
    assert answer.status_code == (421 if "host" in headers else 200)
    assert long_way == [HERE] * ("cookie" in headers)  # what stands before the gate refuses a name


def _by_the_long_way(served: Served, program: TestClient) -> TestClient:
    """The same program at a server that has no other."""
    app = application(served.live)
    app.user_middleware[:] = [one for one in app.user_middleware if one.cls is not Quick]
    return TestClient(app, BASE, headers=program.headers)


def _known(served: Served, *rights: Right) -> TestClient:
    program = served.with_key(*rights)
    program.post(HERE + "?kind=orders", json=[order()])
    return program


def test_a_key_that_may_not_send_is_refused(served: Served) -> None:
    program = _known(served, Right.SEE)
    answer = program.post(HERE + "?kind=orders", json=[order()])
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "not-allowed")


def test_a_key_that_was_revoked_is_refused_at_once(served: Served) -> None:
    from troth.web.access import keys

    program = _known(served, Right.SEND_RECORDS)
    with served.live.office.transaction() as connection:
        [key] = keys.everything(connection)
        keys.revoke(connection, key.id, served.live.now_ms())
    served.access.ring.forget()
    answer = program.post(HERE + "?kind=orders", json=[order()])
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "key-invalid")


def test_the_figures_and_the_log_have_one_route_for_both(served: Served) -> None:
    program = _known(served, Right.SEND_RECORDS)
    program.post(HERE + "?kind=orders", json=[order()])
    shown = served.with_key(Right.SEE).get("/metrics").text
    assert f'troth_http_requests_total{{method="POST",route="{HERE}",status="200"}} 2.0' in shown


def test_a_fault_of_the_server_is_answered_in_the_one_shape(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("customer zoe")

    program = _known(served, Right.SEND_RECORDS)
    monkeypatch.setattr("troth.web.ingest.records.judged", broken)
    quiet = TestClient(served.app, BASE, raise_server_exceptions=False)
    answer = quiet.post(HERE + "?kind=orders", json=[order()], headers=program.headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (500, "internal")
    assert "zoe" not in answer.text
    assert answer.headers["content-security-policy"]
