"""The result as SARIF 2.1.0 (OASIS), for tools that show findings of a build."""

import hashlib
import json
from typing import Any

from troth.audit.result.shape import AuditResult, Finding

_KINDS = {
    "failed": "fail",
    "review": "review",
    "informative": "informational",
    "passed": "pass",
    "not-applicable": "notApplicable",
    "error": "open",
}
_WARNING_FROM = 5
_PLACES = 10


def sarif(result: AuditResult) -> str:
    """The file. A failed gate is an error, a failed rule of weight 5 or more a warning, any other a note."""
    rules = [_rule(finding) for finding in result.findings]
    run = {
        "tool": {"driver": {"name": "troth audit", "semanticVersion": result.version, "rules": rules}},
        "language": result.language,
        "invocations": [
            {
                "executionSuccessful": True,
                "endTimeUtc": result.taken_at.replace("+00:00", "Z"),
                "toolExecutionNotifications": [
                    {
                        "level": "warning",
                        "message": {"text": f"{failure.message} [{failure.code}] {failure.where}"},
                    }
                    for failure in result.failures
                ],
            }
        ],
        "results": [_result(finding, place) for place, finding in enumerate(result.findings)],
        "columnKind": "unicodeCodePoints",
        "properties": {"shop": result.shop, "score": result.score.value, "complete": result.complete},
    }
    whole = {
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _rule(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.rule,
        "shortDescription": {"text": finding.title},
        "help": {"text": finding.advice or finding.title},
        "properties": {
            "tags": [finding.category, finding.mechanism, *finding.tags],
            "weight": finding.weight,
            "sources": [source.title for source in finding.sources],
        },
    }


def _result(finding: Finding, place: int) -> dict[str, Any]:
    return {
        "ruleId": finding.rule,
        "ruleIndex": place,
        "kind": _KINDS[finding.state],
        "level": _level(finding),
        "message": {"text": finding.line()},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": proof.url},
                    "region": {"startLine": 1, **({"snippet": {"text": proof.quote}} if proof.quote else {})},
                },
                **({"logicalLocations": [{"fullyQualifiedName": proof.selector}]} if proof.selector else {}),
            }
            for proof in finding.proofs[:_PLACES]
        ],
        "partialFingerprints": {"troth/v1": _fingerprint(finding)},
        "properties": {"gain": finding.gain, "confidence": finding.confidence},
    }


def _level(finding: Finding) -> str:
    if finding.state != "failed":
        return "none"
    if finding.gate:
        return "error"
    return "warning" if finding.weight >= _WARNING_FROM else "note"


def _fingerprint(finding: Finding) -> str:
    """The same for the same fault at the same places, whatever else changed."""
    places = sorted({f"{proof.url} {proof.selector}" for proof in finding.proofs})
    return hashlib.sha256("\n".join([finding.rule, *places]).encode()).hexdigest()[:32]
