"""Many pass, or one is alone."""

import threading

from troth.workspace.gate import Gate


def test_who_is_inside_is_waited_for_and_may_pass_again() -> None:
    gate, inside, leave = Gate(), threading.Event(), threading.Event()
    again: list[bool] = []

    def reader() -> None:
        with gate.passing():
            inside.set()
            leave.wait()
            with gate.passing():  # while somebody waits to be alone
                again.append(True)

    thread = threading.Thread(target=reader)
    thread.start()
    inside.wait()
    with gate.alone(0.01) as empty:
        assert not empty
        leave.set()
        thread.join()
        assert again == [True]
    with gate.alone(0.01) as empty:
        assert empty


def test_nobody_comes_in_while_one_is_alone() -> None:
    gate, came = Gate(), threading.Event()

    def reader() -> None:
        with gate.passing():
            came.set()

    with gate.alone(1.0) as empty:
        assert empty
        thread = threading.Thread(target=reader)
        thread.start()
        assert not came.wait(0.05)
    assert came.wait(5)
    thread.join()
