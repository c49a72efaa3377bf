"""The examples on the real data: what docs/validation.md says. Skipped where the data are not there."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from troth.workspace import Workspace

Make = Callable[[str, str, Mapping[str, str]], AbstractContextManager[Workspace]]


@pytest.fixture(scope="module")
def make(examples: Path, real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Makes an example's workspace as its `run.sh` does, from a folder of the data and the files by kind."""

    @contextmanager
    def made(name: str, data: str, sources: Mapping[str, str]) -> Iterator[Workspace]:
        if not (real_data / data).is_dir():
            pytest.skip(f"no {data}")
        folder = tmp_path_factory.mktemp(name)
        shutil.copy(examples / name / "blueprint.yaml", folder)
        statement = examples / name / "prepare.sql"
        if statement.is_file():
            program = examples / "prepare.py"
            subprocess.run([sys.executable, program, statement, real_data / data, folder], check=True)
        with Workspace.open(folder) as workspace:
            for kind, source in sources.items():
                here = folder / source
                workspace.import_(
                    kind, here if here.is_file() else next((real_data / data).glob(f"{source}*"))
                )
            yield workspace

    return made


@pytest.fixture(scope="module")
def olist(make: Make) -> Iterator[Workspace]:
    sources = {"orders": "orders.csv", "reviews": "order_reviews.csv"}
    with make("olist", "olist", sources) as workspace:
        yield workspace


@pytest.fixture(scope="module")
def desk(make: Make) -> Iterator[Workspace]:
    sources = {"incidents": "incident_event_log.csv"}
    with make("service-desk", "incident_event_log", sources) as workspace:
        yield workspace


@pytest.fixture(scope="module")
def bank(make: Make) -> Iterator[Workspace]:
    with make("bank-complaints", "cfpb", {"complaints": "complaints.csv"}) as workspace:
        yield workspace


def test_run_sh_goes_all_the_way(examples: Path, real_data: Path, tmp_path: Path) -> None:
    if not (real_data / "cfpb").is_dir():
        pytest.skip("no cfpb")
    script = examples / "bank-complaints" / "run.sh"
    done = subprocess.run(
        [script, real_data / "cfpb", tmp_path], check=True, capture_output=True, text=True, timeout=300
    )
    assert "1,705" in done.stdout
    assert (tmp_path / "report.html").stat().st_size > 0


def test_olist_breaks_at_the_delivery_promise(olist: Workspace) -> None:
    first, *others = olist.moments(at="2018-03-31").ranked
    assert (first.touchpoint, first.mechanism) == ("delivery", "reliability")
    assert first.rank_high == 1
    assert others


@pytest.mark.parametrize("half", ["", "-develop", "-judge"])
def test_trust_known_before_a_review_ranks_low_ones_clearly_better_than_lateness(
    olist: Workspace, half: str
) -> None:
    [ranking] = olist.outcomes(f"low-review{half}")
    assert ranking.auc
    assert ranking.baseline_auc
    assert ranking.difference
    assert ranking.direction == "low"
    assert 0.68 < ranking.baseline_auc.value < 0.72
    assert ranking.difference.low > 0.05


def test_trust_beats_lateness_known_in_hindsight_too(olist: Workspace) -> None:
    [ranking] = olist.outcomes("low-review-hindsight")
    assert ranking.difference
    assert ranking.difference.low > 0.05


def test_of_each_incident_the_last_state_stays(desk: Workspace) -> None:
    [incidents] = desk.summary().data.kinds
    assert incidents.records == 19_665
    assert [(reason.reason, reason.rows) for reason in incidents.reasons] == [("missing-customer", 29)]


def test_at_the_service_desk_the_deadline_costs_most(desk: Workspace) -> None:
    first = desk.moments(at="2016-05-31").ranked[0]
    assert (first.touchpoint, first.mechanism, first.rank_high) == ("deadline", "reliability", 1)


def test_trust_ranks_reopenings_but_no_better_than_the_deadline(desk: Workspace) -> None:
    [ranking] = desk.outcomes("reopened")
    assert ranking.auc
    assert ranking.difference
    assert ranking.auc.low > 0.6
    assert ranking.difference.low < 0 < ranking.difference.high


def test_complaints_hardly_say_who_will_dispute(bank: Workspace) -> None:
    first = bank.moments().ranked[0]
    assert (first.touchpoint, first.mechanism) == ("redress", "benevolence")
    [ranking] = bank.outcomes("disputed")
    assert ranking.auc
    assert 0.5 < ranking.auc.low < ranking.auc.high < 0.6
