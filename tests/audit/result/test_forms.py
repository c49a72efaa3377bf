import json
from xml.etree import ElementTree as ET

import pytest
from tests.audit.result.helpers import outcome
from tests.audit.scoring.helpers import said

from troth.audit.result.codec import from_json, json_schema, text
from troth.audit.result.junit import junit
from troth.audit.result.sarif import sarif
from troth.audit.result.shape import AuditResult
from troth.audit.verdict import Proof, Verdict, failed, needs_review, not_applicable, passed


@pytest.fixture
def result() -> AuditResult:
    hostile = Proof(
        "first-1",
        quote="</script>\x00 & \ud83d\ude00 5 €".encode("utf-16", "surrogatepass").decode("utf-16"),
        selector="#price > b",
    )
    return outcome(
        said("delivery-time", "transparency", passed("It is said.")),
        said("imprint-reachable", "transparency", failed("No link leads to it.", hostile)),
        said("model-form", "transparency", failed("There is none.", Proof("first-1"))),
        said("refund-time", "transparency", needs_review("Look at it.")),
        said("chat-honest", "service", not_applicable("There is no chat.")),
        said("self-help", "service", Verdict("error", None, "It broke.")),
    )


def test_findings_come_by_what_mending_them_brings(result: AuditResult) -> None:
    assert [finding.rule for finding in result.findings] == [
        "imprint-reachable", "model-form", "self-help", "refund-time", "delivery-time", "chat-honest",
    ]  # fmt: skip
    gains = [finding.gain for finding in result.findings]
    assert gains[0] > gains[1] > 0
    assert gains[2:] == [0, 0, 0, 0]
    assert not result.complete


def test_what_is_neither_passed_nor_failed_keeps_its_question(result: AuditResult) -> None:
    assert {finding.state: finding.title for finding in result.findings} == {
        "passed": "It is good",
        "failed": "It is bad",
        "review": "Is it good?",
        "not-applicable": "Is it good?",
        "error": "Is it good?",
    }
    [run] = json.loads(sarif(result))["runs"]
    said = {found["kind"]: found["message"]["text"] for found in run["results"]}
    assert (said["review"], said["pass"]) == ("Is it good? Look at it.", "It is good. It is said.")
    skipped = [one.get("message") for one in ET.fromstring(junit(result)).iter("skipped")]  # noqa: S314
    assert "Is it good? Look at it." in skipped


def test_json_is_read_back_as_it_was(result: AuditResult) -> None:
    assert from_json(text(result)) == result
    assert json_schema()["$defs"]["Finding"]


def test_sarif_has_a_result_for_every_rule(result: AuditResult) -> None:
    [run] = json.loads(sarif(result))["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert [rules[found["ruleIndex"]] for found in run["results"]] == [f.rule for f in result.findings]
    assert {found["ruleId"]: (found["kind"], found["level"]) for found in run["results"]} == {
        "imprint-reachable": ("fail", "error"),
        "model-form": ("fail", "note"),
        "self-help": ("open", "none"),
        "refund-time": ("review", "none"),
        "delivery-time": ("pass", "none"),
        "chat-honest": ("notApplicable", "none"),
    }
    [place] = run["results"][0]["locations"]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "https://shop.test/first-1"
    assert place["logicalLocations"] == [{"fullyQualifiedName": "#price > b"}]
    [noted] = run["invocations"][0]["toolExecutionNotifications"]
    assert "page-timeout" in noted["message"]["text"]


def test_a_fault_keeps_its_fingerprint_when_another_is_mended(result: AuditResult) -> None:
    def prints(of: AuditResult) -> dict[str, str]:
        return {
            found["ruleId"]: found["partialFingerprints"]["troth/v1"]
            for found in json.loads(sarif(of))["runs"][0]["results"]
        }

    mended = outcome(
        said("imprint-reachable", "transparency", passed("It is linked.")),
        said("model-form", "transparency", failed("There is none.", Proof("first-1"))),
    )
    assert prints(mended)["model-form"] == prints(result)["model-form"]
    assert prints(mended)["imprint-reachable"] != prints(result)["imprint-reachable"]


def test_junit_is_xml_and_counts_what_it_holds(result: AuditResult) -> None:
    whole = ET.fromstring(junit(result))  # noqa: S314 - we wrote it
    assert {key: whole.get(key) for key in ("tests", "failures", "errors", "skipped")} == {
        "tests": "6", "failures": "2", "errors": "1", "skipped": "2",
    }  # fmt: skip
    cases = {case.get("name"): [child.tag for child in case] for case in whole.iter("testcase")}
    assert cases == {
        "delivery-time": [],
        "imprint-reachable": ["failure"],
        "model-form": ["failure"],
        "refund-time": ["skipped"],
        "chat-honest": ["skipped"],
        "self-help": ["error"],
    }
    [failure] = [case for case in whole.iter("failure") if case.get("type") == "imprint-reachable"]
    assert "</script>\ufffd & " in (failure.text or "")
