"""Probes, figures and logs of a running server."""

import json
import logging

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs
from tests.support.serving import Served

from troth.errors import TrothError
from troth.web.access.rights import Right
from troth.web.frame import failures
from troth.web.operation.logs import set_up


def test_anybody_may_ask_whether_the_server_is_well(server: Served) -> None:
    anybody = server.anybody()
    assert (anybody.get("/healthz").status_code, anybody.get("/healthz").text) == (200, "ok\n")
    answer = anybody.get("/readyz")
    assert (answer.status_code, answer.json()) == (
        200,
        {"ready": True, "parts": {"office": "ok", "ledger": "ok", "mover": "ok"}},
    )


def test_a_server_without_its_office_is_not_ready(server: Served) -> None:
    with server.live.office.engine.begin() as connection:
        connection.execute(text("ALTER TABLE parcel RENAME TO away"))
    answer = server.anybody().get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {
        "ready": False,
        "parts": {"office": "office-unreachable", "ledger": "ok", "mover": "ok"},
    }


def test_figures_need_a_key_and_name_routes_only(server: Served) -> None:
    assert server.anybody().get("/metrics").status_code in {303, 401}
    assert server.with_key(Right.SEND_RECORDS).get("/metrics").status_code == 403
    program = server.with_key(Right.SEE)
    program.get("/overview")
    server.with_key(Right.SEE, Right.SEE_PEOPLE).get("/api/v1/customers/c1")
    program.get("/zoe@example.com")
    shown = program.get("/metrics").text
    assert 'troth_http_requests_total{method="GET",route="/overview",status="200"} 1.0' in shown
    assert 'route="/api/v1/customers/{customer}"' in shown
    assert 'route="unmatched",status="404"' in shown
    assert "zoe" not in shown
    assert "troth_inbox_records 0.0" in shown


def test_a_request_is_logged_by_its_route_without_anything_about_a_person(server: Served) -> None:
    with capture_logs() as told:
        answer = server.with_key(Right.SEE, Right.SEE_PEOPLE).get("/api/v1/customers/c1?search=zoe")
        server.anybody().get("/healthz")
    [line] = told
    assert line["route"] == "/api/v1/customers/{customer}"
    assert line["id"] == answer.headers["X-Request-Id"]
    assert not {"c1", "zoe"} & set(json.dumps(line).replace('"', " ").split())


def test_a_failure_is_logged_by_its_place_and_not_by_its_words(
    server: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("customer zoe")

    monkeypatch.setattr("troth.web.operation.state.waiting", broken)
    with capture_logs() as told, pytest.raises(ValueError, match="zoe"):
        server.anybody().get("/readyz")
    [line] = [line for line in told if line["event"] == "request-failed"]
    assert line["error"] == "ValueError"
    assert line["place"].startswith(__name__)
    assert "zoe" not in str(line)


def test_logs_are_json_lines_for_machines(capsys: pytest.CaptureFixture[str]) -> None:
    import structlog

    before = logging.getLogger().handlers[:]
    set_up(as_json=True)
    try:
        structlog.get_logger().info("started", port=1)
        logging.getLogger("some.library").warning("careful")
        lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    finally:
        structlog.reset_defaults()
        logging.getLogger().handlers[:] = before
    assert [(line["event"], line["level"]) for line in lines] == [("started", "info"), ("careful", "warning")]
    assert lines[0]["timestamp"].endswith("Z")


def test_requests_that_went_well_are_told_only_where_they_are_wanted(
    server: Served, capsys: pytest.CaptureFixture[str]
) -> None:
    import structlog

    before = logging.getLogger().handlers[:]
    set_up(as_json=True, requests=False)
    try:
        server.with_key(Right.SEE).get("/api/v1/overview")
        with server.live.office.engine.begin() as connection:
            connection.execute(text("ALTER TABLE parcel RENAME TO away"))
        server.anybody().get("/readyz")
        lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    finally:
        structlog.reset_defaults()
        logging.getLogger().handlers[:] = before
    assert [(line["route"], line["level"]) for line in lines if line["event"] == "request"] == [
        ("/readyz", "error")
    ]


def test_nobody_is_told_over_http_where_the_office_is_and_why_it_fails(server: Served) -> None:
    program, browser = server.with_key(Right.SEE), server.signed_in()
    with server.live.office.engine.begin() as connection:
        connection.execute(text("ALTER TABLE api_key RENAME TO away"))
        connection.execute(text("ALTER TABLE session RENAME TO elsewhere"))
    server.access.ring.forget()
    with capture_logs() as told:
        answers = [program.get("/api/v1/overview"), browser.get("/overview")]
    assert answers[0].json()["error"] == {
        "code": "office-unreachable",
        "message": "The store cannot be reached.",
        "hint": "What it was is in the server’s log. Try again, or ask who runs it.",
        "allowed": [],
        "where": "",
    }
    place = str(server.live.folder / "office.sqlite")
    for answer in answers:
        assert answer.status_code == 503
        assert "The store cannot be reached." in answer.text
        assert place not in answer.text
        assert "no such table" not in answer.text
    reasons = [line for line in told if line["event"] == "office-unreachable"]
    assert [line["place"] for line in reasons] == [place, place]
    assert "no such table" in reasons[0]["reason"]


def test_a_full_disk_is_told_without_its_place() -> None:
    full = TrothError("store-full", "The disk is full.", "Make room.", where="/srv/shop/office.sqlite")
    assert failures.body(full)["error"] == {
        "code": "store-full", "message": "The disk is full.", "hint": "Make room.", "allowed": [], "where": ""
    }  # fmt: skip


def test_known_errors_are_no_failures_of_the_server(server: Served) -> None:
    with capture_logs() as told:
        server.with_key(Right.SEE).get("/api/v1/customers/c1")
    assert [line["status"] for line in told] == [403]
