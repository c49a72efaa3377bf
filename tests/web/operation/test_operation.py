"""Probes, figures and logs of a running server."""

import json
import logging

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs
from tests.support.serving import Served

from troth.web.access.rights import Right
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


def test_known_errors_are_no_failures_of_the_server(server: Served) -> None:
    with capture_logs() as told:
        server.with_key(Right.SEE).get("/api/v1/customers/c1")
    assert [line["status"] for line in told] == [403]
