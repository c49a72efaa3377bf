"""`troth audit` and `troth report --audit` without a visit: wrong calls, and what an earlier audit kept."""

import json
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from tests.audit.result.helpers import artifacts, page
from tests.cli.conftest import Call
from tests.report.designed import audited, opened_shop

from troth.audit.artifacts.codec import save
from troth.audit.result.codec import from_json, text


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the artifacts of a shop that shows next to nothing; the process works in it."""
    from tests.audit.gather.sketch import seen

    save(artifacts(page(kind="home", seen=seen("<p>Welcome to the shop.</p>"))), tmp_path / "kept")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_command_lays_an_audits_file_beside_the_ledger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Call
) -> None:
    opened_shop(tmp_path)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "audit.json").write_text(text(audited()), "utf-8")
    answer = call("report", "--audit", "audit.json", "--json")
    assert json.loads(answer.out)["designed"]["shop"] == "https://shop.test/"
    (tmp_path / "other.json").write_text("{}", "utf-8")
    refused = call("report", "--audit", "other.json")
    assert (refused.code, "result-invalid" in refused.err) == (2, True)


def test_artifacts_are_judged_again_and_written_in_every_form(kept: Path, call: Call) -> None:
    answer = call(
        "audit", "--from", "kept", "-o", "out/a.html", "--sarif", "a.sarif", "--junit", "a.xml", "--json"
    )
    assert answer.code == 0, answer.err
    result = from_json(answer.out)
    assert result.shop == "https://shop.test/"
    assert len(result.findings) == 65
    assert not [finding.reason for finding in result.findings if finding.state == "error"]
    assert (kept / "out" / "a.html").read_text("utf-8").startswith("<!doctype html>")
    assert json.loads((kept / "a.sarif").read_text("utf-8"))["version"] == "2.1.0"
    assert ET.parse(kept / "a.xml").getroot().tag == "testsuites"  # noqa: S314 - we wrote it


@pytest.mark.usefixtures("kept")
def test_the_gate_decides_the_exit_code(call: Call) -> None:
    score = from_json(call("audit", "--from", "kept", "--json").out).score.value
    assert score is not None
    assert call("audit", "--from", "kept", "--fail-under", str(score - 1)).code == 0
    assert call("audit", "--from", "kept", "--fail-under", str(score + 1)).code == 1


def test_what_changed_is_told_from_a_file_and_from_the_history(kept: Path, call: Call) -> None:
    before = from_json(call("audit", "--from", "kept", "--json").out)
    findings = tuple(replace(finding, state="passed", score=100.0) for finding in before.findings)
    (kept / "before.json").write_text(text(replace(before, findings=findings)), "utf-8")
    told = call("audit", "--from", "kept", "--compare", "before.json")
    assert "Worse:" in told.out
    assert "No rule says anything else" not in told.out
    assert "Change since" not in call("audit", "--from", "kept", "--history", "past").out
    assert (
        "No rule says anything else than before." in call("audit", "--from", "kept", "--history", "past").out
    )


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Name one or more shops"),
        (["https://shop.test", "--from", "kept"], "Name either shops or --from"),
        (["--from", "kept", "--fail-under", "101"], "usage"),
        (["--from", "kept", "--scoring", "none.yaml"], "scoring-missing"),
        (["--from", "kept", "--compare", "kept/artifacts.json"], "result-invalid"),
        (["--from", "kept", "--artifacts", "more"], "--artifacts has nothing to keep"),
        (["https://shop.test", "--watch", "6h", "--history", "h", "--fail-under", "70"], "--watch goes on"),
        (["https://shop.test", "--watch", "6h"], "--history"),
        (["https://shop.test", "--watch", "5s", "--history", "past"], "one minute"),
        (["https://shop.test", "--watch", "soon", "--history", "past"], "duration"),
        (["file:///etc/passwd"], "address-invalid"),
        (["http://127.0.0.1:9/"], "address-private"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(call: Call, arguments: list[str], said: str) -> None:
    answer = call("audit", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err
    assert "Traceback" not in answer.err


@pytest.mark.parametrize("body", ["{", "[]", '{"schema": "troth-artifacts/9"}', None])
def test_damaged_artifacts_are_no_traceback(call: Call, tmp_path: Path, body: str | None) -> None:
    if body is not None:
        (tmp_path / "artifacts.json").write_text(body, "utf-8")
    answer = call("audit", "--from", tmp_path, "--json")
    assert answer.code == 2
    assert answer.error["code"] == ("artifacts-missing" if body is None else "artifacts-invalid")


def test_the_scoring_is_shown_as_it_stands(call: Call) -> None:
    assert call("audit", "--show-scoring").out.count("{weight:") == 65
