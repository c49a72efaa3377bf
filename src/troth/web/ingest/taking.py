"""A request's records: judged by their kinds, put into the inbox, answered one by one where refused."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from typing import Any

from troth.errors import UsageError
from troth.intake.judging import Refusal, hint
from troth.intake.judging.judge import malformed
from troth.intake.summary import REASONS
from troth.store.office.parcels import Parcel
from troth.texts import _
from troth.web.ingest.reading import Found, Item
from troth.workspace.live import Live

UNKNOWN, MISSING = "kind-unknown", "kind-missing"
"""Why a record is refused beside the reasons of the quarantine."""

_NAMED = 20


@dataclass(slots=True)
class Taken:
    """What becomes of a request's records.

    Attributes:
        parcels: Those that are good, ready for the inbox.
        accepted: How many that are.
        refused: The others, with the kind that each was meant to be of.
        undeclared: How often each field came that no kind declares and that was left out.
    """

    parcels: list[Parcel] = field(default_factory=list)
    accepted: int = 0
    refused: list[tuple[str | None, Refusal]] = field(default_factory=list)
    undeclared: dict[str, int] = field(default_factory=dict)

    @property
    def status(self) -> int:
        """HTTP's number: 200 all are in, 207 some, 422 none."""
        if not self.refused:
            return 200
        return 207 if self.accepted else 422

    def answer(self) -> dict[str, Any]:
        """The answer in JSON; where nothing is in, with the error in the one shape."""
        told: dict[str, Any] = {
            "accepted": self.accepted,
            "rejected": len(self.refused),
            "undeclared": dict(list(self.undeclared.items())[:_NAMED]),
            "errors": [_line(kind, refusal) for kind, refusal in self.refused],
        }
        if self.status == 422:
            told["error"] = UsageError(
                "records-refused",
                _("None of the records can be used."),
                _("`errors` says why, one by one."),
            ).as_dict()
        return told


def judged(live: Live, found: Found, *, hurry: bool = False) -> Taken:
    """Judge what was `found` by the blueprint in force.

    Raises:
        SlowError: In a hurry, and there is something that takes its time.
    """
    taken = Taken(refused=[(item.kind, _unusable(place, item)) for place, item in found.unusable])
    now_ms = live.now_ms()
    for kind, (places, records) in found.kinds.items():
        if not live.arrivals.knows(kind):
            taken.refused += [(kind, Refusal(place, UNKNOWN, None, kind[:200], None, "")) for place in places]
            continue
        judge = live.arrivals.judge(kind)
        outcome = judge.judge(records, now_ms, hurry=hurry)
        taken.accepted += outcome.n
        taken.refused += [(kind, _at(refusal, places)) for refusal in outcome.refused]
        for name, count in outcome.undeclared.items():
            taken.undeclared[name] = taken.undeclared.get(name, 0) + count
        if outcome.n:
            taken.parcels.append(live.arrivals.parcel(judge, outcome))
    taken.refused.sort(key=lambda one: one[1].index)
    return taken


def kept(live: Live, taken: Taken) -> Future[bool] | None:
    """Put what is good into the inbox; done when it is durable, None when there is nothing.

    Raises:
        BusyError: too much waits.
        TrothError: `shutting-down`.
    """
    return live.arrivals.take(taken.parcels) if taken.parcels else None


def _unusable(index: int, item: Item) -> Refusal:
    if item.fault:
        return malformed(index, "", item.fault, None)
    return Refusal(index, MISSING, None, None, None, "")


def _at(refusal: Refusal, places: Sequence[int]) -> Refusal:
    return replace(refusal, index=places[refusal.index])


def _line(kind: str | None, refusal: Refusal) -> dict[str, Any]:
    message, how = _words(refusal.code)
    return {
        "index": refusal.index,
        "kind": kind[:200] if kind else kind,
        "key": refusal.key,
        "column": refusal.column,
        "code": refusal.code,
        "message": message,
        "hint": how,
        "detail": refusal.detail,
    }


def _words(code: str) -> tuple[str, str]:
    match code:
        case "kind-unknown":
            return _("There is no such record kind."), _("Send one that the blueprint declares.")
        case "kind-missing":
            return _("Nothing says which kind of record it is."), _("Add ?kind=… to the address.")
        case _:
            return str(REASONS[code]), hint(code)
