"""The public object: what a program does with a workspace."""

import datetime as dt
import doctest
from pathlib import Path

import pytest
from tests.cli.conftest import BLUEPRINT, ORDERS

import troth
from troth import TrothError, Workspace
from troth.blueprint.lint import RULES
from troth.workspace import facade

EXPERIENCES = """\
id,customer,touchpoint,mechanism,weight,at
1,c1,delivery,reliability,1000,2026-01-01
2,c1,delivery,reliability,-1000,2026-01-11
3,c1,delivery,reliability,1000,2026-01-31
"""
MONTHLY = "\nparameters: {half_life_days: {good: 30, bad: 30}}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    blueprint = Workspace.create(tmp_path, "shop")
    text = blueprint.read_text("utf-8")
    blueprint.write_text(
        text[: text.index("\nparameters:")] + MONTHLY if "\nparameters:" in text else text + MONTHLY
    )
    (tmp_path / "experiences.csv").write_text(EXPERIENCES)
    with Workspace.open(tmp_path) as shop:
        shop.import_("experiences", tmp_path / "experiences.csv")
    return tmp_path


def test_the_example_in_the_documentation_runs() -> None:
    assert doctest.testmod(facade) == doctest.TestResults(failed=0, attempted=9)


def test_the_package_offers_the_workspace_and_its_error() -> None:
    assert (troth.Workspace, troth.TrothError) == (Workspace, TrothError)
    with pytest.raises(AttributeError, match="nothing"):
        _ = troth.nothing  # type: ignore[attr-defined]


def test_a_read_out_is_the_model_s_first_oracle(folder: Path) -> None:
    with Workspace.open(folder) as shop:
        [row] = shop.trust(by=["touchpoint", "mechanism"], at=dt.date(2026, 1, 31))
    assert (row.good, row.bad) == (1.5, pytest.approx(0.629961, abs=1e-6))
    assert row.balance == pytest.approx(-1.649803, abs=1e-6)


def test_a_changed_ratio_needs_no_import(folder: Path) -> None:
    with Workspace.open(folder) as shop:
        [before] = shop.trust(by=[], at="2026-01-31")
    path = folder / "blueprint.yaml"
    path.write_text(path.read_text("utf-8").replace("parameters: {", "parameters: {ratio: 1, "), "utf-8")
    with Workspace.open(folder) as shop:
        [after] = shop.trust(by=[], at="2026-01-31")
    assert (before.good, before.bad) == (after.good, after.bad)
    assert after.balance == pytest.approx(after.good - after.bad)


def test_records_that_come_in_show_at_once(folder: Path) -> None:
    more = folder / "more.csv"
    more.write_text(EXPERIENCES.splitlines()[0] + "\n4,c2,service,benevolence,1000,2026-01-20\n")
    with Workspace.open(folder) as shop:
        assert len(shop.trust(by=["touchpoint"])) == 1
        shop.import_("experiences", more)
        assert len(shop.trust(by=["touchpoint"])) == 2


def test_a_dry_run_changes_nothing_that_is_read_out(folder: Path) -> None:
    more = folder / "more.csv"
    more.write_text(EXPERIENCES.splitlines()[0] + "\n4,c2,service,benevolence,1000,2026-01-20\n")
    with Workspace.open(folder) as shop:
        assert shop.import_("experiences", more, dry_run=True).added == 1
        assert len(shop.trust(by=["touchpoint"])) == 1


def test_without_a_time_the_data_say_when_and_never_later_than_the_clock(folder: Path) -> None:
    with Workspace.open(folder) as shop:
        assert shop.moment().origin == "data"
        assert shop.moment("now").origin == "clock"
    with Workspace.open(folder, now=lambda: dt.datetime(2026, 1, 15, tzinfo=dt.UTC)) as shop:
        [row] = shop.trust(by=[])
        assert shop.moment().origin == "clock"
    assert row.n == 2


def test_what_is_observed_reaches_the_linter(tmp_path: Path) -> None:
    never = (
        "rules: [{id: french, from: orders, touchpoint: service, mechanism: clarity,"
        " at: due, when: country = 'FR', weight: S1}]"
    )
    (tmp_path / "blueprint.yaml").write_text(BLUEPRINT.replace("made: due", "made: delivered_at") + never)
    (tmp_path / "orders.csv").write_text(ORDERS.replace(",2026-01-11,", ",,"))
    with Workspace.open(tmp_path) as shop:
        before = {finding.code for finding in shop.check()}
        shop.import_("orders", tmp_path / "orders.csv")
        after = {finding.code for finding in shop.check()}
    assert {RULES[code].name for code in after - before} == {
        "promise-without-due-time",
        "rule-never-fires",
    }


def test_a_workspace_is_never_overwritten(folder: Path) -> None:
    before = (folder / "blueprint.yaml").read_bytes()
    with pytest.raises(TrothError, match="workspace-exists"):
        Workspace.create(folder, "bank")
    assert (folder / "blueprint.yaml").read_bytes() == before


def test_an_unknown_starter_is_told(tmp_path: Path) -> None:
    with pytest.raises(TrothError, match="starter-unknown"):
        Workspace.create(tmp_path, "zoo")
