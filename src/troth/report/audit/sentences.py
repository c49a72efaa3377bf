"""What the figures of an audit say, in a few sentences."""

from troth.audit import names
from troth.audit.result.shape import AuditResult
from troth.report.page import words
from troth.texts import _, ngettext


def sentences(result: AuditResult) -> list[str]:
    """The first one says where the shop stands; the others what decides it and what is open."""
    return [text for text in (_standing(result), _gates(result), _penalty(result), _open(result)) if text]


def _standing(result: AuditResult) -> str:
    failed = sum(finding.state == "failed" for finding in result.findings)
    judged = sum(finding.score is not None for finding in result.findings)
    if not judged:
        return _("Nothing of this shop could be scored.")
    if not failed:
        return _("No rule failed.")
    first = next(finding for finding in result.findings if finding.state == "failed")
    told = ngettext(
        "%(failed)s of %(judged)s rule failed.", "%(failed)s of %(judged)s rules failed.", judged
    ) % {"failed": words.number(failed), "judged": words.number(judged)}
    brings = _("Mending one brings most, %(points)s points: %(title)s.")
    points = words.number(first.gain, 1)
    return f"{told} {brings % {'points': points, 'title': first.title}}"


def _gates(result: AuditResult) -> str:
    capped = [category for category in result.score.categories if category.capped_by]
    if not capped:
        return ""
    return _("A failed gate holds these categories below %(cap)s points: %(categories)s.") % {
        "cap": words.number(100 * result.gate_cap + 1),
        "categories": ", ".join(str(names.CATEGORIES[category.id]) for category in capped),
    }


def _penalty(result: AuditResult) -> str:
    penalty = sum(result.score.penalty.values())
    if not penalty or result.score.value is None:
        return ""
    return _("Trust destroyers take %(points)s points off the score.") % {"points": words.number(penalty, 1)}


def _open(result: AuditResult) -> str:
    if result.complete:
        return ""
    return _("The score is not complete: some rules could not be judged or need a person's look.")
