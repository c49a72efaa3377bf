import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from troth import TrothError
from troth.texts import _, use_language
from troth.workspace.jobs import MOST_KEPT, MOST_RUNNING, Job, Jobs, Kind


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    made = Jobs(lambda: int(time.time() * 1000))
    yield made
    made.close()


class Waiting:
    """Work that goes on until it is told to end."""

    def __init__(self) -> None:
        self.go_on = threading.Event()

    def __call__(self, job: Job) -> str:
        while not self.go_on.wait(0.005):
            job.pause()
        return "done"


def test_a_job_ends_with_what_its_work_gives(jobs: Jobs) -> None:
    job = jobs.start("import", "orders", "me", lambda job: (job.progress("reading", 0.5), 42)[1])
    jobs.wait(job, 10)
    assert (job.state, job.result, job.stage, job.share, job.error) == ("done", 42, "reading", 0.5, None)
    assert job.ended_ms is not None
    assert job.ended_ms >= job.begun_ms
    assert jobs.get(job.id) is job


def test_what_goes_wrong_is_kept_in_the_one_shape(jobs: Jobs, caplog: pytest.LogCaptureFixture) -> None:
    def fail(_job: Job) -> None:
        raise TrothError("source-unreadable", "It cannot be read.")

    def crash(_job: Job) -> None:
        raise RuntimeError("secret of a customer")

    known, unknown = (jobs.start("import", "x", "me", work) for work in (fail, crash))
    for job in (known, unknown):
        jobs.wait(job, 10)
        assert job.state == "failed"
    assert known.error is not None
    assert known.error.code == "source-unreadable"
    assert unknown.error is not None
    assert unknown.error.code == "unexpected"
    assert "secret" not in str(unknown.error)
    assert "import: It cannot be read. [source-unreadable]" in caplog.text
    assert f"import: RuntimeError at {__name__}:" in caplog.text
    assert "secret" not in caplog.text


@pytest.mark.parametrize("kind", ["erasure", "retention"])
def test_what_removes_goes_on_to_its_end_and_tells_how_it_ended(jobs: Jobs, kind: Kind) -> None:
    removing, go_on = threading.Event(), threading.Event()

    def remove(_job: Job) -> None:
        removing.set()
        assert go_on.wait(10)
        raise TrothError("store-full", "The disk is full.")

    job = jobs.start(kind, "", "me", remove)
    assert removing.wait(10)
    job.stop()
    assert (job.may_stop, job.is_stopping) == (False, False)
    go_on.set()
    jobs.wait(job, 10)
    assert (job.state, job.error and job.error.code) == ("failed", "store-full")


def test_a_job_that_is_stopped_ends_and_leaves_nothing(jobs: Jobs) -> None:
    tidied = []
    job = jobs.start("import", "x", "me", Waiting(), tidy=lambda: tidied.append(1))
    job.stop()
    jobs.wait(job, 10)
    assert (job.state, job.result, job.error) == ("stopped", None, None)


def test_a_statement_that_runs_is_ended(jobs: Jobs) -> None:
    import duckdb

    connection, begun = duckdb.connect(), threading.Event()

    def count(job: Job) -> Any:  # noqa: ANN401 - whatever is counted
        with job.interruptible(connection):
            begun.set()
            return connection.execute("SELECT count(*) FROM range(1000000) a, range(10000000) b").fetchall()

    job = jobs.start("import", "x", "me", count)
    assert begun.wait(10)
    time.sleep(0.1)
    stopped = time.monotonic()
    job.stop()
    jobs.wait(job, 20)
    assert job.state == "stopped"
    assert time.monotonic() - stopped < 10
    assert connection.execute("SELECT 1").fetchall() == [(1,)]


def test_a_job_that_was_stopped_before_its_turn_never_touches_the_connection(jobs: Jobs) -> None:
    ledger, touched = threading.Lock(), []

    def work(job: Job) -> None:
        with ledger, job.interruptible(Never()):
            touched.append(1)

    class Never:
        def interrupt(self) -> None:
            raise AssertionError("nothing of this job runs")

    with ledger:
        job = jobs.start("import", "x", "me", work)
        job.stop()
    jobs.wait(job, 10)
    assert (job.state, touched) == ("stopped", [])


def test_there_is_room_for_so_many_and_no_more(jobs: Jobs) -> None:
    waiting, tidied = Waiting(), []
    for _place in range(MOST_RUNNING):
        jobs.start("import", "x", "me", waiting)
    with pytest.raises(TrothError, match="too-many"):
        jobs.start("import", "x", "me", waiting, tidy=lambda: tidied.append(1))
    assert tidied == [1]
    waiting.go_on.set()
    for job in jobs.all():
        jobs.wait(job, 10)
    jobs.start("import", "x", "me", waiting)


def test_the_oldest_are_forgotten_with_what_they_needed(jobs: Jobs) -> None:
    tidied: list[int] = []
    for number in range(MOST_KEPT + 5):
        job = jobs.start(
            "import", str(number), "me", lambda _job: None, tidy=lambda n=number: tidied.append(n)
        )
        jobs.wait(job, 10)
    assert len(jobs.all()) <= MOST_KEPT + 1
    assert jobs.all()[0].title == str(MOST_KEPT + 4)
    assert tidied == list(range(len(tidied)))
    assert tidied
    with pytest.raises(TrothError, match="job-unknown"):
        jobs.get("' OR 1=1 --")


def test_a_result_is_taken_once(jobs: Jobs) -> None:
    job = jobs.start("blueprint-trial", "x", "me", lambda _job: 1)
    jobs.wait(job, 10)
    outcomes = []

    def settle() -> None:
        try:
            jobs.settle(job, "taken")
            outcomes.append("taken")
        except TrothError as error:
            outcomes.append(error.code)

    threads = [threading.Thread(target=settle) for _place in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["job-not-ready"] * 7 + ["taken"]


def test_work_speaks_the_language_of_who_began_it(jobs: Jobs) -> None:
    with use_language("de"):
        job = jobs.start("import", "x", "me", lambda _job: _("Customer"))
    jobs.wait(job, 10)
    assert job.result == "Kunde"


def test_closing_stops_what_runs_and_tidies_up() -> None:
    jobs, tidied = Jobs(lambda: 0), []
    running = jobs.start("import", "x", "me", Waiting(), tidy=lambda: tidied.append(1))
    jobs.close()
    assert (running.state, tidied, jobs.all()) == ("stopped", [1], [])
