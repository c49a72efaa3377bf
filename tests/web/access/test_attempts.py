from collections.abc import Iterator
from pathlib import Path

import pytest

from troth.store.office import Office
from troth.web.access.attempts import (
    FORGOTTEN_AFTER_MS,
    LONGEST_MS,
    MINUTE_MS,
    OF_ACCOUNT,
    Wait,
    begin,
    forget,
    who_account,
    who_network,
)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with Office.open(tmp_path, {}) as opened:
        yield opened


def fail(office: Office, who: str, now_ms: int) -> Wait:
    with office.transaction() as connection:
        return begin(connection, who, OF_ACCOUNT, now_ms)


def test_some_failures_are_free_then_the_wait_doubles_up_to_an_hour(office: Office) -> None:
    now_ms, waits = 0, []
    for _time in range(14):
        assert fail(office, "a", now_ms).ms == 0
        wait_ms = fail(office, "a", now_ms).ms if _time >= 4 else 0
        waits.append(wait_ms // MINUTE_MS)
        now_ms += wait_ms
    assert waits == [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60]
    assert LONGEST_MS == 60 * MINUTE_MS


def test_who_waits_is_not_counted_on(office: Office) -> None:
    for _time in range(4):
        assert fail(office, "a", 0) == Wait(0)
    assert fail(office, "a", 0) == Wait(0, begins=True)
    for _time in range(100):
        assert fail(office, "a", 30_000) == Wait(30_000)
    assert fail(office, "a", MINUTE_MS) == Wait(0, begins=True)


def test_others_do_not_wait_and_who_got_in_begins_anew(office: Office) -> None:
    for _time in range(5):
        fail(office, "a", 0)
    assert fail(office, "b", 0) == Wait(0)
    with office.transaction() as connection:
        forget(connection, "a")
    assert fail(office, "a", 0) == Wait(0)


def test_after_a_day_all_is_forgotten(office: Office) -> None:
    for _time in range(5):
        fail(office, "a", 0)
    assert fail(office, "a", FORGOTTEN_AFTER_MS + 1) == Wait(0)


def test_one_account_is_one_however_it_is_written() -> None:
    assert who_account(" Mara@Example.com") == who_account("mara@example.com")
    assert who_account("mara@example.com") != who_network("mara@example.com")


def test_a_network_of_ipv6_is_one() -> None:
    assert who_network("2001:db8:1:2:3::1") == who_network("2001:db8:1:2:ffff::")
    assert who_network("2001:db8:1:2::1") != who_network("2001:db8:1:3::1")
    assert who_network("::ffff:10.0.0.1") == who_network("10.0.0.1")
    assert who_network("fe80::1%eth0") == who_network("fe80::2")
