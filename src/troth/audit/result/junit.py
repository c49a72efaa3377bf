"""The result as JUnit XML, which every build server reads: a rule is a test, a category a suite."""

import re
from itertools import groupby
from xml.etree import ElementTree as ET

from troth.audit.result.shape import AuditResult, Finding

_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, not even escaped."""


def junit(result: AuditResult) -> str:
    """The file: failed rules are failures, broken ones errors; what counted nothing is skipped."""
    findings = sorted(result.findings, key=lambda finding: (finding.category, finding.rule))
    whole = ET.Element("testsuites", {"name": f"troth audit {result.shop}", **_counts(findings)})
    for category, group in groupby(findings, key=lambda finding: finding.category):
        own = list(group)
        suite = ET.SubElement(
            whole, "testsuite", {"name": category, "timestamp": result.taken_at, **_counts(own)}
        )
        for finding in own:
            _case(suite, finding)
    ET.indent(whole)
    return ET.tostring(whole, "unicode", xml_declaration=True) + "\n"


def _counts(findings: list[Finding]) -> dict[str, str]:
    states = [finding.state for finding in findings]
    skipped = sum(states.count(state) for state in ("review", "not-applicable", "informative"))
    return {
        "tests": str(len(states)),
        "failures": str(states.count("failed")),
        "errors": str(states.count("error")),
        "skipped": str(skipped),
    }


def _case(suite: ET.Element, finding: Finding) -> None:
    case = ET.SubElement(suite, "testcase", {"classname": finding.category, "name": finding.rule})
    message = {"message": _clean(finding.line())}
    match finding.state:
        case "failed":
            ET.SubElement(case, "failure", {**message, "type": finding.rule}).text = _details(finding)
        case "error":
            ET.SubElement(case, "error", message)
        case "review" | "not-applicable" | "informative":
            ET.SubElement(case, "skipped", message)
        case _:
            pass


def _details(finding: Finding) -> str:
    places = [
        f"{proof.url}  {proof.quote or proof.note or proof.selector}".rstrip() for proof in finding.proofs
    ]
    return _clean("\n".join([finding.advice, *places]))


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
