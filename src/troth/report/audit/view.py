"""Everything that the audit's templates name."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

from troth import texts
from troth.audit import names
from troth.audit.result.shape import AuditResult, Finding, SitePromise, Visited
from troth.audit.rule import Touchpoint
from troth.audit.scoring import Cell
from troth.report.audit.sentences import sentences
from troth.report.page import words
from troth.texts import _
from troth.vocabulary import MECHANISMS, PRECONDITIONS

GOOD, POOR = 90.0, 50.0
"""From 90 points on a figure is good, below 50 poor (as Lighthouse has it)."""
FIRST = 10
PROOFS = 5

Side = Literal["above", "level", "below", "unknown"]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the grid: a touchpoint and its ten cells, None where no rule looks."""

    name: str
    cells: tuple[Cell | None, ...]


def context(result: AuditResult) -> dict[str, Any]:
    """The variables of `audit.html`, in the language in force."""
    groups = _by_state(result)
    titles = _titles()
    missing = {name for name, there in (("open", groups["open"]), ("promised", result.promises)) if not there}
    return {
        "result": result,
        "version": result.version,
        "language": texts.language(),
        "host": urlsplit(result.shop).netloc.rpartition("@")[2] or result.shop,
        "titles": titles,
        "contents": [(id_, title) for id_, title in titles.items() if id_ not in missing],
        "sentences": sentences(result),
        "first": groups["failed"][:FIRST],
        "rest": groups["failed"][FIRST:],
        "open": groups["open"],
        "told": groups["informative"],
        "passed": groups["passed"],
        "not_applicable": groups["not-applicable"],
        "preconditions": [
            (str(part.name), [m for m in MECHANISMS if m.precondition == part.id]) for part in PRECONDITIONS
        ],
        "mechanism_names": {mechanism.id: str(mechanism.name) for mechanism in MECHANISMS},
        "grid": list(_grid(result)),
        "visits": list(_visits(result)),
        "names": names,
        "side": side,
        "tint": tint,
        "figure": figure,
        "most_proofs": PROOFS,
        "reach": max((finding.gain for finding in groups["failed"]), default=0.0) or 1.0,
        "penalty": sum(result.score.penalty.values()),
    }


def side(value: float | None) -> Side:
    """The sign of a figure: good, middling, poor, or unknown."""
    if value is None:
        return "unknown"
    return "above" if value >= GOOD else "below" if value < POOR else "level"


def tint(value: float | None) -> str:
    """The ground of a cell: the stronger, the better or the worse."""
    if value is None:
        return "unknown"
    if value >= GOOD:
        return "above-2" if value < 100 else "above-3"
    if value < POOR:
        return "below-3" if value < POOR / 2 else "below-2"
    return "level-0"


def figure(promise: SitePromise) -> str:
    """The promised figure: “1 to 3 working days”, “9 to 17:30 o'clock”, “50 EUR”."""
    write = _clock if promise.unit == "clock" else _plain
    low, high = write(promise.least), write(promise.most)
    span = high if promise.least == promise.most else _("%(low)s to %(high)s") % {"low": low, "high": high}
    unit = "" if promise.unit == "money" else words.coded(promise.unit, names.UNITS)
    return f"{span} {unit}".strip()


def _plain(value: float) -> str:
    return words.number(value, 0 if value == int(value) else 2)


def _clock(hours: float) -> str:
    whole, minutes = divmod(round(hours * 60), 60)
    return f"{whole}:{minutes:02d}"


def _by_state(result: AuditResult) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {
        state: [] for state in ("failed", "open", "informative", "passed", "not-applicable")
    }
    for finding in result.findings:
        found["open" if finding.state in {"error", "review"} else finding.state].append(finding)
    return found


def _grid(result: AuditResult) -> Iterator[Row]:
    cells = {(cell.touchpoint, cell.mechanism): cell for cell in result.grid}
    order = [m.id for part in PRECONDITIONS for m in MECHANISMS if m.precondition == part.id]
    for touchpoint in get_args(Touchpoint):
        row = tuple(cells.get((touchpoint, mechanism)) for mechanism in order)
        if any(row):
            yield Row(words.coded(touchpoint, names.TOUCHPOINTS), row)


def _visits(result: AuditResult) -> Iterator[tuple[str, list[Visited]]]:
    for visit in names.VISITS:
        pages = [page for page in result.pages if page.visit == visit]
        if pages:
            yield words.coded(visit, names.VISITS), pages


def _titles() -> dict[str, str]:
    return {
        "mend": _("What to mend first"),
        "open": _("For a person to look at"),
        "categories": _("Eight categories"),
        "grid": _("Touchpoints and mechanisms"),
        "promised": _("What the site promises"),
        "passed": _("What is well, and what did not apply"),
        "visited": _("What was visited"),
        "reading": _("How to read this"),
    }
