"""How the mover ends, with an inbox and a ledger of the test's own."""

import threading
from concurrent.futures import Future

from troth.store.office.inbox import Waiting
from troth.workspace.moving import Mover


class Inbox:
    """One parcel waits until it is removed."""

    def __init__(self) -> None:
        self.waiting = [Waiting(1, "orders", 1, b"")]

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
