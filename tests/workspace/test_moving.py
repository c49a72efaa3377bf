"""How the mover ends, with an inbox and a ledger of the test's own."""

import threading
import time
from concurrent.futures import Future

import pytest

from troth.store.office.inbox import Waiting
from troth.workspace.moving import Mover


class Inbox:
    """One parcel waits until it is removed."""

    def __init__(self) -> None:
        self.waiting = [Waiting(1, "orders", 1, b"")]
        self.taken = (0, 0)

    def after(self, mark: int, _records: int, _bytes: int) -> list[Waiting]:
        return [one for one in self.waiting if one.seq > mark]

    def carried(self, mark: int) -> Future[None]:
        self.waiting = self.after(mark, 1, 1)
        done: Future[None] = Future()
        done.set_result(None)
        return done


def ended(failures: int) -> tuple[Inbox, int]:
    """A mover whose first so many steps fail, told to stop while it waits after the first; its steps."""
    inbox, failed, steps, mark = Inbox(), threading.Event(), 0, 0

    def carry(waiting: list[Waiting]) -> None:
        nonlocal steps, mark
        steps += 1
        if steps <= failures:
            failed.set()
            raise OSError("the database is away")
        mark = waiting[-1].seq

    mover = Mover(inbox, lambda: mark, carry, lambda: None)
    mover.start()
    assert failed.wait(10)
    mover.stop(10)
    return inbox, steps


def test_a_mover_that_ends_while_it_waits_after_a_failure_tries_once_more() -> None:
    inbox, steps = ended(failures=1)
    assert (steps, inbox.waiting) == (2, [])


def test_what_fails_once_more_then_waits_in_the_office() -> None:
    inbox, steps = ended(failures=100)
    assert steps >= 2
    assert len(inbox.waiting) == 1


def test_a_burst_is_let_pass_and_no_longer_than_that(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("troth.workspace.moving.COURTESY_SECONDS", 0.6)
    inbox, carried, mark = Inbox(), threading.Event(), 0

    def carry(waiting: list[Waiting]) -> None:
        nonlocal mark
        mark = waiting[-1].seq
        carried.set()

    mover = Mover(inbox, lambda: mark, carry, lambda: None)
    begun = time.monotonic()
    mover.start()
    while not carried.wait(0.01):  # requests come without an end
        inbox.taken = inbox.taken[0] + 10, inbox.taken[1] + 10
    taken = time.monotonic() - begun
    mover.stop(10)
    assert 0.6 <= taken < 5


def test_where_little_comes_in_it_is_carried_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("troth.workspace.moving.COURTESY_SECONDS", 60)
    inbox, carried, mark = Inbox(), threading.Event(), 0

    def carry(waiting: list[Waiting]) -> None:
        nonlocal mark
        mark = waiting[-1].seq
        carried.set()

    mover = Mover(inbox, lambda: mark, carry, lambda: None)
    mover.start()
    assert carried.wait(10)
    mover.stop(10)
