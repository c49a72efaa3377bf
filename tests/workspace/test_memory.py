import threading

import pytest

from troth.workspace.memory import Memory


def test_an_answer_is_made_once_for_a_state() -> None:
    memory, made = Memory(), []
    for version in (1, 1, 2, 2):
        assert memory.get(version, "key", lambda: made.append(1) or len(made)) == version
    assert len(made) == 2


def test_of_many_threads_one_works_it_out() -> None:
    memory, made, go = Memory(), [], threading.Barrier(8)

    def make() -> int:
        made.append(1)
        return 7

    def ask(found: list[int]) -> None:
        go.wait()
        found.append(memory.get(1, "key", make))

    found: list[int] = []
    threads = [threading.Thread(target=ask, args=(found,)) for _place in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (found, made) == ([7] * 8, [1])


def test_a_failure_is_not_kept() -> None:
    memory = Memory()
    with pytest.raises(ZeroDivisionError):
        memory.get(1, "key", lambda: 1 // 0)
    assert memory.get(1, "key", lambda: 5) == 5


def test_old_states_and_too_many_answers_are_forgotten() -> None:
    memory = Memory(most=3)
    for number in range(5):
        memory.get(1, number, lambda: 0)
    assert [place[1] for place in memory._answers] == [2, 3, 4]
    memory.get(3, "new", lambda: 0)
    assert list(memory._answers) == [(3, "new")]
