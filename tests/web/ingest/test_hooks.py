"""Webhooks: signed as their senders sign, taken once, never lost."""

import base64
import datetime as dt
import hashlib
import hmac
import json

import pytest
import time_machine
from sqlalchemy import select
from standardwebhooks import Webhook
from tests.support.serving import Served
from tests.web.ingest.conftest import Stored, order

from troth.store.office.deliveries import DAY_MS, REPLAYED_DAYS, forget_deliveries, remembered_days
from troth.store.office.tables import delivery as deliveries
from troth.store.office.tables import endpoint as endpoints
from troth.store.office.tables import trail
from troth.web.access.rights import Right
from troth.web.ingest.hooks.endpoints import OLD_HOLDS_HOURS
from troth.web.ingest.hooks.schemes import SCHEMES, TOLERANCE_SECONDS
from troth.workspace.daily import Daily

SECRET = "a secret of some length"  # noqa: S105 - one of a test
WEBHOOKS = "/api/v1/settings/webhooks"
KEY = "whsec_" + base64.b64encode(SECRET.encode()).decode()
PAYLOAD = {"id": 5, "client": {"id": 77, "email": "someone"}, "at": "2026-01-31T10:00:00Z"}
BODY = json.dumps(PAYLOAD).encode()


def digest(body: bytes, secret: str = SECRET) -> bytes:
    return hmac.new(secret.encode(), body, hashlib.sha256).digest()


def standard(body: bytes, id_: str = "msg_1", *, seconds: float = 0, key: str = KEY) -> dict[str, str]:
    at = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=seconds)
    return {
        "webhook-id": id_,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(key).sign(id_, at, body.decode()),
    }


def shopify(body: bytes, id_: str = "b1", secret: str = SECRET) -> dict[str, str]:
    return {
        "X-Shopify-Hmac-Sha256": base64.b64encode(digest(body, secret)).decode(),
        "X-Shopify-Webhook-Id": id_,
    }


def woocommerce(body: bytes, id_: str = "d1", secret: str = SECRET) -> dict[str, str]:
    return {
        "X-WC-Webhook-Signature": base64.b64encode(digest(body, secret)).decode(),
        "X-WC-Webhook-Delivery-ID": id_,
    }


def shopware(body: bytes, _id: str = "", secret: str = SECRET) -> dict[str, str]:
    return {"shopware-shop-signature": digest(body, secret).hex()}


SIGNED = {"standard": standard, "shopify": shopify, "woocommerce": woocommerce, "shopware": shopware}


def made(served: Served, scheme: str, **more: object) -> str:
    """A new endpoint's address."""
    secret = KEY if scheme == "standard" else SECRET
    wanted = {"name": f"from-{scheme}", "scheme": scheme, "kind": "visits", "secret": secret} | more
    answer = served.with_key(Right.ADMINISTER).post(f"{WEBHOOKS}/make", json=wanted)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["endpoint"]["address"])


VISITS = "SELECT id, customer FROM record.visits ORDER BY id"
NONE = "SELECT count(*) FROM import_run"


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("scheme", SIGNED)
def test_a_signed_delivery_is_taken_once(served: Served, stored: Stored, scheme: str) -> None:
    address = made(served, scheme)
    sender = served.anybody()
    for taken in (True, False, False):
        answer = sender.post(address, content=BODY, headers=SIGNED[scheme](BODY))
        assert (answer.status_code, answer.json()) == (200, {"taken": taken})
    assert stored(VISITS) == [("5", "77")]
    assert stored("SELECT sum(read) FROM import_run") == [(1,)]
    [listed] = served.with_key(Right.ADMINISTER).get(WEBHOOKS).json()["endpoints"]
    assert listed["last_used_ms"] > 0
    assert listed["refused_ms"] is None


@pytest.mark.parametrize("scheme", SIGNED)
def test_what_is_not_signed_so_is_refused(served: Served, stored: Stored, scheme: str) -> None:
    address, sign = made(served, scheme), SIGNED[scheme]
    sender = served.anybody()
    right = sign(BODY)
    other = sign(BODY, key="whsec_" + "A" * 44) if scheme == "standard" else sign(BODY, secret="x" * 23)  # type: ignore[operator]
    cut = {name: value[:-4] for name, value in right.items()}
    for headers, body in (
        ({}, BODY), (right, BODY + b" "), (other, BODY), (cut, BODY), (dict.fromkeys(right, ""), BODY),
        (dict.fromkeys(right, b"\xc3\xa9"), BODY),
        (dict.fromkeys(right, "v1," * 5_000), BODY),
    ):  # fmt: skip
        answer = sender.post(address, content=body, headers=headers)
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "signature-invalid")
    assert stored(NONE) == [(0,)]


@pytest.mark.parametrize("seconds", [-301, 305, -(10**9)])
def test_a_signed_delivery_of_another_time_is_refused(served: Served, seconds: int) -> None:
    address = made(served, "standard")
    answer = served.anybody().post(address, content=BODY, headers=standard(BODY, seconds=seconds))
    assert answer.status_code == 401


def test_a_clock_that_is_a_little_off_does_no_harm(served: Served) -> None:
    address = made(served, "standard")
    for seconds in (-280, 280):
        headers = standard(BODY, f"msg{seconds}", seconds=seconds)
        assert served.anybody().post(address, content=BODY, headers=headers).json() == {"taken": True}


def test_of_several_signatures_one_must_be_right(served: Served) -> None:
    address = made(served, "standard")
    headers = standard(BODY)
    headers["webhook-signature"] = "v1,AAAA v2,xyz " + headers["webhook-signature"]
    assert served.anybody().post(address, content=BODY, headers=headers).json() == {"taken": True}


def test_what_cannot_be_used_goes_to_quarantine(served: Served, stored: Stored) -> None:
    address = made(served, "shopify")
    bodies = [
        b'{"id": 6, "client": {"id": null}}', b'{"id": 7, "client": {"id": 1}, "at": "soon"}', b"no json",
        b"[1]",
        json.dumps([PAYLOAD, {"id": 8, "client": {}}]).encode(), b"[" + b"1," * 2_000 + b"1]",
    ]  # fmt: skip
    for number, body in enumerate(bodies):
        answer = served.anybody().post(address, content=body, headers=shopify(body, f"d{number}"))
        assert answer.json() == {"taken": True}
    assert stored(VISITS) == [("5", "77")]
    told = stored("SELECT reason, column_name, detail, row_json FROM quarantine ORDER BY ALL")
    assert [row[:3] for row in told] == [
        ("malformed-row", None, "no-json"), ("malformed-row", None, "no-json-object"),
        ("malformed-row", None, "too-many"), ("missing-customer", "customer", None),
        ("missing-customer", "customer", None), ("unreadable-time", "at", "soon"),
    ]  # fmt: skip
    assert json.loads(told[-1][3]) == {"id": "7", "client.id": "1", "at": "soon"}
    assert "someone" not in "".join(row[3] for row in told)


def test_columns_may_lie_elsewhere_in_a_payload(served: Served, stored: Stored) -> None:
    paths = {"id": "order.number", "customer": "order.buyers.0.id", "at": "time"}
    address = made(served, "shopware", paths=paths)
    body = b'{"order": {"number": "n1", "buyers": [{"id": "b1"}]}, "time": "2026-01-31T10:00:00Z"}'
    assert served.anybody().post(address, content=body, headers=shopware(body)).json() == {"taken": True}
    assert stored(VISITS) == [("n1", "b1")]


def test_the_ping_of_a_new_webhook_is_answered(served: Served, stored: Stored) -> None:
    address = made(served, "woocommerce")
    assert served.anybody().post(address, content=b"webhook_id=12").json() == {"taken": False}
    assert served.anybody().post(address, content=b"webhook_id=12&x=1").status_code == 401
    assert stored(NONE) == [(0,)]


def test_an_endpoint_can_be_switched_off_and_on(served: Served) -> None:
    address = made(served, "shopify")
    admin, sender = served.with_key(Right.ADMINISTER), served.anybody()
    for enabled, status in ((False, 404), (True, 200)):
        answer = admin.post(f"{WEBHOOKS}/switch", json={"name": "from-shopify", "enabled": enabled})
        assert answer.json()["enabled"] is enabled
        assert sender.post(address, content=BODY, headers=shopify(BODY)).status_code == status
    with served.live.office.transaction() as connection:
        actions = [row.action for row in connection.execute(trail.select().order_by(trail.c.id))]
    assert [action for action in actions if action.startswith("endpoint")] == [
        "endpoint-made", "endpoint-changed", "endpoint-changed",
    ]  # fmt: skip


def test_a_secret_is_shown_only_once(served: Served) -> None:
    admin = served.with_key(Right.ADMINISTER)
    wanted = {"name": "a", "scheme": "standard", "kind": "orders"}
    secret = admin.post(f"{WEBHOOKS}/make", json=wanted).json()["secret"]
    assert secret.startswith("whsec_")
    assert secret not in admin.get(WEBHOOKS).text
    assert secret not in admin.get(f"{WEBHOOKS}.csv").text
    assert secret not in admin.post(f"{WEBHOOKS}/switch", json={"name": "a", "enabled": False}).text
    other = admin.post(f"{WEBHOOKS}/secret", json={"name": "a"}).json()["secret"]
    assert other.startswith("whsec_")
    assert other != secret


def test_a_secret_that_is_given_is_not_told_back(served: Served) -> None:
    admin = served.with_key(Right.ADMINISTER)
    wanted = {"name": "a", "scheme": "shopify", "kind": "orders", "secret": SECRET}
    for address, body in ((f"{WEBHOOKS}/make", wanted), (f"{WEBHOOKS}/secret", wanted)):
        answer = admin.post(address, json=body)
        assert answer.json()["secret"] is None
        assert SECRET not in answer.text
    assert SECRET not in str(served.trail())


def test_the_secret_of_before_holds_for_a_day_or_stops_at_once(served: Served) -> None:
    address, admin, new = made(served, "shopify"), served.with_key(Right.ADMINISTER), "another secret here"

    def taken(secret: str, name: str) -> int:
        return served.anybody().post(address, content=BODY, headers=shopify(BODY, name, secret)).status_code

    with time_machine.travel(dt.datetime(2026, 3, 1, tzinfo=dt.UTC), tick=False) as clock:
        body = {"name": "from-shopify", "secret": new}
        until = admin.post(f"{WEBHOOKS}/secret", json=body).json()["endpoint"]["old_until_ms"]
        assert until == served.live.now_ms() + OLD_HOLDS_HOURS * 3_600_000
        assert (taken(SECRET, "a"), taken(new, "b"), taken("x" * 20, "c")) == (200, 200, 401)
        clock.shift(OLD_HOLDS_HOURS * 3600 - 1)
        assert taken(SECRET, "d") == 200
        clock.shift(1)
        assert (taken(SECRET, "e"), taken(new, "f")) == (401, 200)
        assert admin.get(WEBHOOKS).json()["endpoints"][0]["old_until_ms"] is None
        with served.live.office.transaction() as connection:
            forget_deliveries(connection, served.live.now_ms())
            assert connection.execute(select(endpoints.c.old_secret)).scalars().all() == [None]
        again = {"name": "from-shopify", "secret": SECRET, "at_once": True}
        assert admin.post(f"{WEBHOOKS}/secret", json=again).json()["endpoint"]["old_until_ms"] is None
        assert (taken(new, "g"), taken(SECRET, "h")) == (401, 200)
    assert [line[1] for line in served.trail() if line[1].startswith("endpoint")] == [
        "endpoint-made", "endpoint-secret-changed", "endpoint-secret-changed",
    ]  # fmt: skip


def test_an_endpoint_is_removed_and_what_it_took_stays(served: Served, stored: Stored) -> None:
    address, admin = made(served, "shopify"), served.with_key(Right.ADMINISTER)
    assert served.anybody().post(address, content=BODY, headers=shopify(BODY)).status_code == 200
    assert admin.post(f"{WEBHOOKS}/remove", json={"name": "from-shopify"}).json() == {"name": "from-shopify"}
    assert served.anybody().post(address, content=BODY, headers=shopify(BODY, "b2")).status_code == 404
    assert admin.get(WEBHOOKS).json()["endpoints"] == []
    assert stored(VISITS) == [("5", "77")]
    with served.live.office.transaction() as connection:
        assert connection.execute(deliveries.select()).all() == []
    assert served.trail()[-1][1:] == ("endpoint-removed", "from-shopify")
    for deed in ("remove", "secret", "switch"):
        answer = admin.post(f"{WEBHOOKS}/{deed}", json={"name": "from-shopify", "enabled": True})
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "hook-missing")


def test_the_last_refusal_is_kept_with_its_reason_at_most_once_a_minute(served: Served) -> None:
    address, admin = made(served, "shopify"), served.with_key(Right.ADMINISTER)

    def refusal() -> tuple[int | None, str | None]:
        [one] = admin.get(WEBHOOKS).json()["endpoints"]
        return one["refused_ms"], one["refused_code"]

    with time_machine.travel(dt.datetime(2026, 3, 1, tzinfo=dt.UTC), tick=False) as clock:
        first = served.live.now_ms()
        for _time in range(3):
            served.anybody().post(address, content=BODY)
            assert refusal() == (first, "signature-invalid")
            clock.shift(20)
        served.anybody().post(address, content=b"x" * 6_000_000, headers=shopify(BODY))
        assert refusal() == (first + 60_000, "body-too-large")


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"name": "../up"}, 422, "request-invalid"),
        ({"name": "A"}, 422, "request-invalid"),
        ({"name": "a" * 64}, 422, "request-invalid"),
        ({"scheme": "none"}, 422, "request-invalid"),
        ({"kind": "unknown"}, 422, "kind-unknown"),
        ({"paths": {"street": "x"}}, 422, "column-missing"),
        ({"paths": {"id": ""}}, 422, "request-invalid"),
        ({"secret": "short"}, 422, "secret-invalid"),
        ({"secret": "whsec_%%%"}, 422, "secret-invalid"),
        ({"name": "there"}, 409, "name-taken"),
        ({"name": "there", "secret": "short", "kind": "unknown"}, 409, "name-taken"),
    ],
)
def test_a_wrong_endpoint_is_refused(
    served: Served, change: dict[str, object], status: int, code: str
) -> None:
    admin = served.with_key(Right.ADMINISTER)
    wanted = {"name": "there", "scheme": "standard", "kind": "orders"}
    assert admin.post(f"{WEBHOOKS}/make", json=wanted).status_code == 200
    answer = admin.post(f"{WEBHOOKS}/make", json=wanted | {"name": "new"} | change)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


@pytest.mark.parametrize("right", [Right.SEE, Right.SEND_RECORDS, Right.CHANGE_DATA])
def test_endpoints_are_for_administrators(served: Served, right: Right) -> None:
    program = served.with_key(right)
    wanted = {"name": "a", "scheme": "standard", "kind": "orders", "enabled": True}
    for deed in ("make", "secret", "switch", "remove"):
        assert program.post(f"{WEBHOOKS}/{deed}", json=wanted).status_code == 403
    assert program.get(WEBHOOKS).status_code == 403


@pytest.mark.parametrize("name", ["unknown", "..", "%2e%2e", "a%2fb", "a'--", "%00", "A", "x" * 300])
def test_strange_addresses_lead_nowhere(served: Served, name: str) -> None:
    answer = served.anybody().post(f"/api/v1/hooks/{name}", content=BODY, headers=shopify(BODY))
    assert answer.status_code in {404, 401}
    assert answer.json()["error"]["code"] in {"hook-missing", "page-missing", "not-signed-in"}


def test_a_delivery_that_is_too_large_is_refused(served: Served) -> None:
    body = json.dumps(PAYLOAD | {"x": "y" * 6_000_000}).encode()
    answer = served.anybody().post(made(served, "shopify"), content=body, headers=shopify(body))
    assert answer.status_code == 413


def test_a_long_delivery_name_is_known_again(served: Served) -> None:
    address = made(served, "shopify")
    for taken in (True, False):
        headers = shopify(BODY, "d" * 5_000)
        assert served.anybody().post(address, content=BODY, headers=headers).json() == {"taken": taken}


def test_a_delivery_to_an_endpoint_that_is_removed_meanwhile_harms_no_other(
    served: Served, stored: Stored
) -> None:
    from troth.store.office.writing import Delivery

    arrivals = served.live.arrivals
    judge = arrivals.judge("orders")
    parcel = arrivals.parcel(judge, judge.judge([order()], served.live.now_ms()))
    with arrivals.inbox._changed:  # so that both are written in one transaction
        bad = arrivals.take([parcel], Delivery(999, "gone"))
        good = arrivals.take([parcel])
    assert good.result(10) is True
    with pytest.raises(Exception, match="FOREIGN KEY"):
        bad.result(10)
    assert len(stored()) == 1
    with served.live.office.transaction() as connection:
        assert connection.execute(endpoints.select()).all() == []


def test_a_kind_that_is_no_longer_declared_leaves_the_delivery_with_its_sender(served: Served) -> None:
    address = made(served, "shopify")
    with served.live.office.transaction() as connection:
        connection.execute(endpoints.update().values(kind="gone"))
    answer = served.anybody().post(address, content=BODY, headers=shopify(BODY))
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "kind-unknown")


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("scheme", SIGNED)
def test_a_delivery_is_forgotten_once_it_can_come_no_more(served: Served, scheme: str) -> None:
    address = made(served, scheme)
    assert served.anybody().post(address, content=BODY, headers=SIGNED[scheme](BODY)).json()["taken"]
    days = remembered_days(scheme)

    def forget(later_ms: int) -> int:
        with served.live.office.transaction() as connection:
            return forget_deliveries(connection, served.live.now_ms() + later_ms)

    assert forget(days * DAY_MS - 60_000) == 0
    assert not served.anybody().post(address, content=BODY, headers=SIGNED[scheme](BODY)).json()["taken"]
    assert forget(days * DAY_MS + 60_000) == 1
    assert forget(days * DAY_MS + 60_000) == 0


def test_what_is_forgotten_soon_is_refused_as_too_old_by_then() -> None:
    for scheme in SCHEMES.values():
        if remembered_days(scheme.name) < REPLAYED_DAYS:
            assert scheme.timestamp is not None
            assert remembered_days(scheme.name) * 86_400 > 2 * TOLERANCE_SECONDS  # from ahead to behind


def test_every_day_old_deliveries_are_forgotten(served: Served) -> None:
    address = made(served, "standard")
    served.anybody().post(address, content=BODY, headers=standard(BODY))
    with served.live.office.transaction() as connection:
        connection.execute(deliveries.update().values(received_ms=0))
    served.anybody().post(address, content=BODY, headers=standard(BODY, "msg_2"))
    Daily(served.live).work()
    with served.live.office.transaction() as connection:
        assert connection.execute(select(deliveries.c.delivery)).scalars().all() == ["msg_2"]
