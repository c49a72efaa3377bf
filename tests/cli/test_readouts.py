"""What is read out: trust, explain, moments, outcome, summary, report, sql, check."""

import csv
import io
import json
from pathlib import Path

import duckdb
import pytest
from tests.cli.conftest import Call

FIGURES = ["good", "bad", "balance", "owed", "score", "low", "high", "unknown", "n"]


@pytest.mark.usefixtures("shop")
def test_trust_in_json_has_the_fields_columns(call: Call) -> None:
    answer = call("trust", "--by", "touchpoint,mechanism", "--at", "2026-01-31", "--json").json
    assert (answer["at"], answer["by"]) == ("2026-01-31T23:59:59.999000Z", ["touchpoint", "mechanism"])
    [row] = answer["rows"]
    assert list(row) == ["touchpoint", "mechanism", *FIGURES]
    assert (row["touchpoint"], row["mechanism"], row["n"]) == ("delivery", "reliability", 3)


@pytest.mark.usefixtures("shop")
def test_trust_in_csv_is_the_same(call: Call) -> None:
    [row] = csv.DictReader(io.StringIO(call("trust", "--csv").out))
    [expected] = call("trust", "--json").json["rows"]
    assert {name: float(row[name]) for name in FIGURES} == {name: expected[name] for name in FIGURES}


@pytest.mark.usefixtures("shop")
def test_machines_get_the_same_in_every_language(call: Call) -> None:
    for command in (["trust", "--json"], ["trust", "--csv"], ["summary", "--json"], ["moments", "--json"]):
        assert call(*command, "--lang", "de").out == call(*command, "--lang", "nl").out == call(*command).out


@pytest.mark.usefixtures("shop")
def test_names_and_numbers_follow_the_language(call: Call) -> None:
    assert "Bezorging" in call("trust", "--lang", "nl").out
    assert "Lieferung" in call("--lang", "de", "trust").out
    english, german = call("trust").out, call("trust", "--lang", "de").out
    assert "." in english.splitlines()[2]
    assert "," in german.splitlines()[2]


@pytest.mark.usefixtures("shop")
def test_limits_filters_and_no_intervals(call: Call) -> None:
    assert len(call("trust", "--by", "customer", "--limit", "1", "--json").json["rows"]) == 1
    assert "and 1 more row" in call("trust", "--by", "customer", "--limit", "1").out
    [first, _] = call("trust", "--by", "customer", "--json").json["rows"]
    assert call("trust", "--by", "customer", "--limit", "1", "--json").json["rows"] == [first]
    [row] = call("trust", "--by", "touchpoint", "--only", "segment=country=NL", "--json").json["rows"]
    assert row["n"] == 2
    [row] = call("trust", "--no-intervals", "--json").json["rows"]
    assert (row["low"], row["high"]) == (None, None)


@pytest.mark.usefixtures("shop")
def test_too_many_customers_have_no_intervals_and_it_is_said(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("troth.cli.commands.trust.MOST_DRAWN", 1)
    answer = call("trust", "--by", "customer", "--json")
    assert [row["low"] for row in answer.json["rows"]] == [None, None]
    assert "--limit" in answer.err
    [row] = call("trust", "--by", "customer", "--limit", "1", "--json").json["rows"]
    assert row["low"] < row["score"] < row["high"]


@pytest.mark.usefixtures("shop")
def test_the_days_of_the_customers_shown_have_their_intervals(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = ["trust", "--by", "customer,day", "--json"]
    rows = call(*days).json["rows"]
    assert len({row["customer"] for row in rows}) == 2
    assert all(row["low"] < row["score"] < row["high"] for row in rows)
    first = [row for row in rows if row["customer"] == rows[0]["customer"]]
    monkeypatch.setattr("troth.cli.commands.trust.MOST_DRAWN", len(first))
    assert call(*days, "--limit", "3").json["rows"] == rows[:3]
    answer = call(*days)
    assert [row["low"] for row in answer.json["rows"]] == [None] * len(rows)
    assert "--limit" in answer.err


@pytest.mark.usefixtures("shop")
def test_the_worst_customer_is_first_when_sorted_by_what_is_owed(call: Call) -> None:
    rows = call("trust", "--by", "customer", "--sort", "-owed", "--json").json["rows"]
    assert rows[0]["owed"] > rows[1]["owed"]
    worst = call("trust", "--by", "customer", "--sort", "balance", "--limit", "1", "--json").json["rows"]
    assert worst == rows[:1]


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["trust", "--by", "customr"], "dimension-unknown"),
        (["trust", "--only", "touchpoint=delivry"], "filter-unknown"),
        (["trust", "--only", "delivery"], "usage"),
        (["trust", "--at", "31.1.2026"], "moment-invalid"),
        (["trust", "--at", "2001-01-01"], "moment-too-early"),
        (["summary", "--at", "2001-01-01"], "moment-too-early"),
        (["explain", "nobody"], "customer-unknown"),
        (["outcome", "fame"], "outcome-unknown"),
        (["sql", "nothing"], "statement-unknown"),
    ],
)
def test_what_cannot_be_asked_is_told(call: Call, arguments: list[str], code: str) -> None:
    answer = call(*arguments)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(f"Error [{code}]")


@pytest.mark.usefixtures("empty_shop")
@pytest.mark.parametrize("command", ["trust", "summary", "moments", "report", "explain c1", "status"])
def test_an_empty_workspace_says_what_to_do(call: Call, command: str) -> None:
    answer = call(*command.split())
    assert answer.code == 2
    assert "troth import" in answer.err


@pytest.mark.usefixtures("shop")
def test_a_locked_ledger_is_told(call: Call) -> None:
    import subprocess
    import sys

    code = (
        "import duckdb, sys; c = duckdb.connect('ledger.duckdb'); print('open', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdin=-1, stdout=-1, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        answer = call("trust")
        other.communicate("")
    assert answer.code == 3
    assert answer.err.startswith("Error [store-locked]")


@pytest.mark.usefixtures("shop")
def test_an_explanation_adds_up_exactly(call: Call) -> None:
    answer = call("explain", "c1", "--json").json
    assert sum(experience["share_exact"] for experience in answer["experiences"]) == answer["balance_exact"]
    assert answer["balance"] == pytest.approx(answer["trust"]["balance"])
    lines = [line for line in call("explain", "c1").out.splitlines() if "Delivery" in line]
    balance = next(line for line in call("explain", "c1").out.splitlines() if line.startswith("Balance"))
    printed = [line.split()[-1].replace("−", "-") for line in (*lines, balance)]
    assert sum(round(1000 * float(share)) for share in printed[:-1]) == round(1000 * float(printed[-1]))


@pytest.mark.usefixtures("shop")
def test_the_summary_fits_into_eighty_columns(call: Call) -> None:
    out = call("summary").out
    assert max(map(len, out.splitlines())) <= 80
    assert "Company index" in out
    assert "\x1b" not in out


@pytest.mark.usefixtures("shop")
def test_moments_and_outcomes(call: Call) -> None:
    answer = call("moments", "--json").json
    assert {cell["touchpoint"] for cell in (*answer["ranked"], *answer["unknown"])} == {"delivery"}
    assert call("moments", "--examples").code == 0
    assert call("outcome", "--json").json == {"outcomes": []}
    assert call("outcome").out == "The blueprint names no outcome.\n"


def test_the_report_and_its_twin(call: Call, shop: Path) -> None:
    assert call("report", "--dry-run").out == "Would write report.html.\n"
    assert not (shop / "report.html").exists()
    assert call("report", "--lang", "de", "--json", "twin.json", "-o", "bericht.html").code == 0
    assert '<html lang="de"' in (shop / "bericht.html").read_text("utf-8")
    twin = json.loads((shop / "twin.json").read_text("utf-8"))
    assert twin["schema"] == "troth-twin/1"
    assert call("report", "--json").json == twin
    assert not (shop / "report.html").exists()


@pytest.mark.parametrize("dialect", ["duckdb", "postgres", "spark"])
def test_statements_need_no_ledger(call: Call, empty_shop: Path, dialect: str) -> None:
    statements = call("sql", "--dialect", dialect, "--json").json["statements"]
    assert "promise.delivery-date" in [statement["name"] for statement in statements]
    assert not (empty_shop / "ledger.duckdb").exists()
    assert call("sql", "matrix", "--dialect", dialect).out.startswith("-- matrix: ")


@pytest.mark.usefixtures("empty_shop")
def test_printed_statements_run(call: Call) -> None:
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE factor AS " + call("sql", "factor").out.split("\n", 1)[1])
        [(rows,)] = connection.execute("SELECT count(*) FROM factor").fetchall()
    assert rows > 700


@pytest.mark.usefixtures("empty_shop")
def test_findings_and_the_gate(call: Call) -> None:
    findings = call("check", "--json").json["findings"]
    assert {finding["level"] for finding in findings} >= {"info"}
    assert call("check").code == 0
    assert call("check", "--fail-on", "info").code == 1
    first = findings[0]
    assert f"{first['where']}: " in call("check").out


def test_a_faulty_blueprint_is_told_with_its_places(call: Call, empty_shop: Path) -> None:
    path = empty_shop / "blueprint.yaml"
    path.write_text(path.read_text().replace("mechanism: reliability", "mechanism: reliabilty"))
    answer = call("check")
    assert answer.code == 2
    assert "blueprint.yaml:18:" in answer.err
    assert "[TB401]" in answer.err
    fault = call("check", "--json").error["faults"][0]
    assert (fault["line"], fault["code"]) == (18, "TB401")


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    "arguments",
    [
        ("report", "-o", "no/such/page.html"),
        ("report", "-o", "no/such/page.html", "--dry-run"),
        ("report", "--json", "no/such/page.json"),
        ("quarantine", "export", "-o", "no/such/rows.csv"),
    ],
)
def test_a_folder_that_is_not_there_is_named(call: Call, arguments: tuple[str, ...]) -> None:
    answer = call(*arguments)
    assert answer.code == 2
    assert "folder-missing" in answer.err
    assert "There is no folder no/such." in answer.err
    assert "Make it first" in answer.err
