"""Roles and what each may do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from troth.errors import TrothError
from troth.texts import _, lazy


class Right(StrEnum):
    """What one may do. The scopes of an API key are rights, too."""

    SEE = "see"
    SEE_PEOPLE = "see-people"
    SEND_RECORDS = "send-records"
    CHANGE_DATA = "change-data"
    ADMINISTER = "administer"


class Role(StrEnum):
    """What an account is."""

    VIEWER = "viewer"
    CASE_WORKER = "case-worker"
    ANALYST = "analyst"
    ADMIN = "admin"


RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.VIEWER: frozenset({Right.SEE}),
    Role.CASE_WORKER: frozenset({Right.SEE, Right.SEE_PEOPLE}),
    Role.ANALYST: frozenset({Right.SEE, Right.SEE_PEOPLE, Right.SEND_RECORDS, Right.CHANGE_DATA}),
    Role.ADMIN: frozenset(Right),
}
ROLE_NAMES: Mapping[Role, object] = {
    Role.VIEWER: lazy("Viewer"),
    Role.CASE_WORKER: lazy("Case worker"),
    Role.ANALYST: lazy("Analyst"),
    Role.ADMIN: lazy("Administrator"),
}


def may_see_rows(rights: frozenset[Right], *, hidden: bool) -> bool:
    """Whether rows as they came may be shown, which name people; `hidden`: nobody is shown alone here.

    Then only administrators see them, who mend what comes in.
    """
    return (Right.ADMINISTER if hidden else Right.SEE_PEOPLE) in rights


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks: an account by its session, or a program by its key.

    `actor` is the name in the trail: an account's address, or `key:` and the key's name. `session_id`: the
    browser that asks; None for a program.
    """

    actor: str
    name: str
    rights: frozenset[Right]
    account_id: int | None = None
    role: Role | None = None
    by_key: bool = False
    session_id: int | None = None

    def demand(self, right: Right) -> None:
        """Let pass who has the right.

        Raises:
            TrothError: `not-allowed`.
        """
        if right not in self.rights:
            raise TrothError(
                "not-allowed",
                _("This needs the right “%(right)s”.") % {"right": right.value},
                _("Ask an administrator for it."),
                allowed=sorted(right.value for right in self.rights),
            )
