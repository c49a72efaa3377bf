"""Answers that are kept: worked out once for every state, a little late at times, never for long."""

import threading
from collections.abc import Callable

import pytest

from troth.workspace import kept
from troth.workspace.kept import Kept


class World:
    """A state and a clock that tests move, and work that takes as long as it is told to."""

    def __init__(self) -> None:
        self.state, self.now, self.cost, self.runs = 1, 0.0, 0.0, 0
        self.kept = Kept(lambda: (self.state,), most=3, clock=lambda: self.now)

    def work(self) -> int:
        self.runs += 1
        self.now += self.cost
        return self.state

    def ask(self, key: str = "a") -> int:
        return self.kept.answer(key, self.work)


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(Kept, "_renew_by_itself", lambda _self: None)
    return World()


def test_an_answer_is_worked_out_once_for_every_state(world: World) -> None:
    assert [world.ask(), world.ask(), world.runs] == [1, 1, 1]
    world.state = 2
    assert [world.ask(), world.ask(), world.runs] == [2, 2, 2]
    assert world.kept.made == 2


def test_a_costly_answer_may_be_late_but_not_for_long(world: World) -> None:
    world.cost = 1.0
    world.ask()
    world.now += 0.5
    world.ask()
    world.state = 2
    world.now += kept.LATE_S
    assert world.ask() == 1
    world.now += 0.1
    assert world.ask() == 2


def test_where_records_come_too_fast_an_older_answer_is_served_and_its_age_is_told(world: World) -> None:
    world.cost = 1.0
    world.ask()
    world.kept._renewing = threading.current_thread()
    world.state = 2
    world.now += kept.LATE_S - 1
    with kept.ages() as late:
        assert world.ask() == 1
    assert late == []
    world.now += 40
    with kept.ages() as late:
        assert world.ask() == 1
    assert late == [kept.LATE_S + 40]
    world.now += kept.AGED_S
    with kept.ages() as late:
        assert world.ask() == 2
    assert late == []


def test_what_is_in_use_is_renewed_first_and_of_that_the_oldest(world: World) -> None:
    world.cost = 1.0
    for key in "cab":
        world.ask(key)
    world.state = 2
    world.now += kept.IN_USE_S + 10
    world.kept._renewing = threading.current_thread()
    world.ask("b")
    world.ask("a")
    assert [key for key, _entry in world.kept._outdated()] == ["a", "b", "c"]


def test_what_is_not_renewed_ahead_is_renewed_while_it_is_in_use(world: World) -> None:
    world.cost = 1.0
    world.kept.answer("then", world.work, ahead=False)
    world.state = 2
    assert [key for key, _entry in world.kept._outdated()] == ["then"]
    world.now += kept.IN_USE_S
    assert world.kept._outdated() == []


def test_an_answer_that_nobody_renews_is_not_served_old(world: World) -> None:
    world.cost = 1.0
    world.kept.answer("then", world.work, ahead=False)
    world.kept._renewing = threading.current_thread()
    world.now += kept.IN_USE_S
    world.kept._outdated()  # a look that finds all as it should be
    world.state = 2
    world.now += kept.LATE_S + 1
    assert world.kept._outdated() == []
    assert world.kept.answer("then", world.work, ahead=False) == 2


def test_after_a_rest_no_old_answer_is_given(world: World) -> None:
    world.cost = 1.0
    world.ask()
    world.now += 3600
    world.state = 2
    assert world.ask() == 2


def test_a_cheap_answer_is_never_late(world: World) -> None:
    world.ask()
    world.state = 2
    assert world.ask() == 2


def test_the_least_used_answer_goes(world: World) -> None:
    for key in ("a", "b", "c", "a", "d", "a"):
        world.ask(key)
    assert world.runs == 4
    world.ask("b")
    assert world.runs == 5


def test_who_asks_meets_the_error_and_the_next_one_asks_anew(world: World) -> None:
    def fail() -> int:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        world.kept.answer("a", fail)
    assert world.ask() == 1


def in_threads(n: int, do: Callable[[], None]) -> None:
    threads = [threading.Thread(target=do) for _ in range(n)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)


def test_of_many_who_ask_at_once_one_works(world: World) -> None:
    gate, runs = threading.Barrier(8), []

    def slow() -> int:
        runs.append(1)
        threading.Event().wait(0.05)
        return 7

    def ask() -> None:
        gate.wait()
        assert world.kept.answer("a", slow) == 7

    in_threads(8, ask)
    assert len(runs) == 1


def test_what_is_wanted_is_renewed_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "COSTLY_S", 0.0)
    state, done = [1], threading.Event()

    def work() -> int:
        if state[0] == 2:
            done.set()
        return state[0]

    answers = Kept(lambda: (state[0],))
    assert answers.answer("a", work) == 1
    state[0] = 2
    assert done.wait(10)
    answers.close()
    made = answers.made
    assert made == 2
    assert answers.answer("a", work) == 2
    assert answers.made == made
