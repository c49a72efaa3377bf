"""The client against a server in a process of its own, and against answers that a bad day brings."""

import datetime as dt
import json
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx2
import pytest
from tests.support.server_process import Running, running
from tests.web.pages import rooms

from troth import Workspace
from troth.client import Client, ServerError
from troth.client.retrying import Retrying

SECONDS = list[float]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = rooms.shop(tmp_path_factory.mktemp("served"))
    with Workspace.open(folder) as shop:
        shop.import_("orders", folder / "orders.csv")
        shop.import_("calls", folder / "calls.csv")
    with running(folder) as found:
        yield found


@pytest.fixture
def client(server: Running) -> Iterator[Client]:
    with Client(server.address, server.key) as made:
        yield made


def test_figures_are_those_of_the_pages(client: Client) -> None:
    assert 0 < client.overview()["company"]["trust"]["index"]["value"] < 100
    assert [one["touchpoint"] for one in client.touchpoints()] == ["delivery", "service"]
    found = client.segments(segment="country=NL", against="country=DE")
    assert found["comparison"]["difference"]["value"] > 0


def test_all_customers_come_one_after_the_other(client: Client) -> None:
    few = list(client.customers(size=50))
    assert len(few) == len({one["customer"] for one in few}) == sum(rooms.COUNTRIES.values()) + 4
    assert few == list(client.customers())
    assert [one["customer"] for one in client.customers(search="NL000")] == ["NL000"]


@pytest.mark.parametrize("customer", ["NL000", rooms.HTML, rooms.SQL, rooms.SLASH])
def test_one_customer_whatever_the_id_is_made_of(client: Client, customer: str) -> None:
    assert client.customer(customer)["customer"] == customer


def test_tables_are_arrow_tables_and_csv(client: Client) -> None:
    table = client.table("customers", segment="country=NL")
    assert table.num_rows == rooms.COUNTRIES["NL"]
    assert table["owed"].type == "double"
    assert client.csv("customers", search="NL000").splitlines()[1].startswith("NL000,")


def test_a_file_is_imported_and_a_dry_run_keeps_nothing(client: Client, tmp_path: Path) -> None:
    file = tmp_path / "more.csv"
    file.write_text("call_id,customer_id,at,stars\nf1,NL002,2026-01-20 11:00,5\n")
    assert client.import_file("calls", file, dry_run=True)["settled"] == "discarded"
    assert client.import_file("calls", file)["imports"][0]["added"] == 1
    assert client.import_file("calls", file)["imports"][0]["same"] == 1
    with pytest.raises(ServerError, match="kind-unknown"):
        client.import_file("nothing", file)


@pytest.mark.parametrize("key", ["", "troth_wrong", "troth_local_wrong"])
def test_a_wrong_key_is_an_error_in_the_servers_words(server: Running, key: str) -> None:
    with Client(server.address, key) as client, pytest.raises(ServerError) as caught:
        client.overview()
    assert (caught.value.status, caught.value.code) in {(401, "key-invalid"), (401, "not-signed-in")}


def test_what_is_not_there_is_an_error_too(client: Client) -> None:
    with pytest.raises(ServerError) as caught:
        client.customer("nobody")
    assert (caught.value.status, caught.value.code) == (404, "customer-unknown")
    with pytest.raises(ServerError):
        client.table("customers", touchpoint="nowhere")


def test_records_are_durable_when_the_call_ends_and_the_same_again_change_nothing(client: Client) -> None:
    at = dt.datetime(2026, 1, 20, 12, tzinfo=dt.UTC)
    calls = [{"call_id": f"s{n}", "customer_id": f"NL{n:03}", "at": at, "stars": 5} for n in range(40)]
    calls[7] = {"call_id": "s7", "customer_id": "NL007", "at": "yesterday", "stars": 5}
    for _again in range(2):
        sent = client.send("calls", calls, batch_records=15)
        assert (sent.accepted, [(one.index, one.code) for one in sent.refused]) == (
            39,
            [(7, "unreadable-time")],
        )
    until = time.monotonic() + 30
    while "s3" not in str(client.customer("NL003")["experiences"]):
        assert time.monotonic() < until
        time.sleep(0.1)
    found = client.customer("NL003")["experiences"]
    assert [one["record"] for one in found if one["source"] == "friendly"] == ["s3"]


# Sending: against a server that takes records as the API says, and has its moods


class Taking:
    """Takes records, once it has had its moods: answers that are given first, one a request."""

    def __init__(self, *moods: httpx2.Response | Exception) -> None:
        self.moods = list(moods)
        self.bodies: list[Any] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        if self.moods:
            mood = self.moods.pop(0)
            if isinstance(mood, Exception):
                raise mood
            return mood
        body = request.read()
        if request.headers.get("content-encoding") == "gzip":
            import gzip

            body = gzip.decompress(body)
        records = json.loads(body)
        self.bodies.append(records)
        errors = [
            {"index": place, "kind": "orders", "key": None, "column": "id", "code": "missing-key",
             "message": "The key is missing", "hint": "Give one.", "detail": None}
            for place, record in enumerate(records) if not record.get("id")
        ]  # fmt: skip
        answer = {
            "accepted": len(records) - len(errors),
            "rejected": len(errors),
            "undeclared": {"odd": 1},
            "errors": errors,
        }
        status = 200 if not errors else 207 if answer["accepted"] else 422
        return httpx2.Response(status, json=answer)


def sending(
    taking: Callable[[httpx2.Request], httpx2.Response], *, retries: int = 5
) -> tuple[Client, SECONDS]:
    client, waited = Client("http://server", "k", transport=httpx2.MockTransport(taking)), []
    client._retrying = Retrying(retries, waited.append)
    return client, waited


def test_records_go_in_batches_and_refusals_keep_their_place() -> None:
    taking = Taking()
    client, _waited = sending(taking)
    sent = client.send("orders", ({"id": n if n % 4 else None} for n in range(10)), batch_records=3)
    assert [len(batch) for batch in taking.bodies] == [3, 3, 3, 1]
    assert (sent.accepted, [one.index for one in sent.refused]) == (7, [0, 4, 8])
    assert sent.refused[0].code == "missing-key"
    assert sent.undeclared == {"odd": 4}


def test_a_batch_of_which_nothing_is_taken_is_no_failure_of_the_call() -> None:
    client, _waited = sending(Taking())
    assert [one.index for one in client.send("orders", [{"id": ""}, {"id": ""}]).refused] == [0, 1]


def test_times_days_and_decimals_are_written_and_large_bodies_packed() -> None:
    taking = Taking()
    client, _waited = sending(taking)
    at = dt.datetime(2026, 1, 2, 3, 4, tzinfo=dt.UTC)
    record = {"id": "1", "at": at, "day": at.date(), "price": Decimal("12.30"), "name": "ü" * 2000}
    client.send("orders", [record])
    assert taking.bodies == [
        [record | {"at": "2026-01-02T03:04:00+00:00", "day": "2026-01-02", "price": "12.30"}]
    ]
    with pytest.raises(TypeError):
        client.send("orders", [{"id": object()}])
    with pytest.raises(ValueError, match="JSON compliant"):
        client.send("orders", [{"id": float("nan")}])


def test_a_busy_server_is_given_the_time_it_asks_for() -> None:
    busy = httpx2.Response(429, headers={"Retry-After": "7"}, json={"error": {"code": "too-many"}})
    taking = Taking(busy, httpx2.ConnectError("gone"), httpx2.ReadTimeout("slow"), httpx2.Response(503))
    client, waited = sending(taking)
    assert client.send("orders", [{"id": "1"}]).accepted == 1
    assert waited[0] == 7
    assert len(waited) == 4
    assert all(0 < seconds < 5 for seconds in waited[1:])
    assert len(taking.bodies) == 1


def test_at_last_it_gives_up_and_says_why() -> None:
    busy = httpx2.Response(429, json={"error": {"code": "too-many", "message": "Not now.", "hint": "Wait."}})
    client, waited = sending(Taking(*[busy] * 9), retries=2)
    with pytest.raises(ServerError) as caught:
        client.send("orders", [{"id": "1"}])
    assert (caught.value.status, caught.value.code, caught.value.hint) == (429, "too-many", "Wait.")
    assert len(waited) == 2
    client, _waited = sending(Taking(*[httpx2.ConnectError("gone")] * 9), retries=2)
    with pytest.raises(ServerError, match="server-unreachable"):
        client.send("orders", [{"id": "1"}])


def test_an_error_that_waiting_does_not_mend_is_not_repeated() -> None:
    client, waited = sending(Taking(httpx2.Response(403, json={"error": {"code": "not-allowed"}})))
    with pytest.raises(ServerError, match="not-allowed"):
        client.send("orders", [{"id": "1"}])
    assert waited == []
    client, _waited = sending(Taking(httpx2.Response(500, text="<html>proxy</html>")))
    with pytest.raises(ServerError, match="answer-unknown"):
        client.send("orders", [{"id": "1"}])


@pytest.mark.parametrize("batch", [0, -1, 10_001])
def test_a_batch_has_its_bounds(batch: int) -> None:
    client, _waited = sending(Taking())
    with pytest.raises(ValueError, match="batch_records"):
        client.send("orders", [], batch_records=batch)


def test_nothing_to_send_asks_nothing() -> None:
    taking = Taking()
    client, _waited = sending(taking)
    assert client.send("orders", []).accepted == 0
    assert taking.bodies == []
