"""What the page of API keys shows."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from troth.texts import lazy
from troth.web.access import keys as kept
from troth.web.access.keys import LONGEST_DAYS, Key
from troth.web.access.rights import Right
from troth.web.frame.moments import moment
from troth.web.frame.page import Asked
from troth.workspace import Workspace
from troth.workspace.live import Live

RIGHT_NAMES = {
    Right.SEE: lazy("See figures"),
    Right.SEE_PEOPLE: lazy("See customers"),
    Right.SEND_RECORDS: lazy("Send records"),
    Right.CHANGE_DATA: lazy("Change data and the blueprint"),
    Right.ADMINISTER: lazy("Administer accounts and keys"),
}


@dataclass(frozen=True, slots=True)
class Keys:
    """All keys, the newest first; `holding`: the ids of those that hold now."""

    keys: tuple[Key, ...]
    holding: tuple[int, ...]


def keys(live: Live, _workspace: Workspace, _asked: Asked) -> Keys:
    """Read all keys; what is secret of them nobody can read."""
    with live.office.transaction() as connection:
        found = kept.everything(connection)
    now_ms = live.now_ms()
    return Keys(
        tuple(found),
        tuple(key.id for key in found if key.revoked_ms is None and key.expires_ms > now_ms),
    )


def rows(answer: Keys) -> list[dict[str, Any]]:
    """The table."""
    return [{**asdict(key), "scopes": " ".join(key.scopes)} for key in answer.keys]


def words(_answer: Keys, asked: Asked) -> dict[str, Any]:
    """The words of the page."""
    offered = [(right.value, str(name)) for right, name in RIGHT_NAMES.items()]
    return {
        "rights": [(value, name) for value, name in offered if value in asked.visitor.rights],
        "right_names": dict(offered),
        "longest": LONGEST_DAYS,
        "moment": moment,
    }
