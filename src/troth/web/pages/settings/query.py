"""What a person's own page shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from troth.texts import LANGUAGES
from troth.web.access import accounts, passkeys, sessions
from troth.web.access.owning import account_id_of
from troth.web.access.passkeys import Passkey
from troth.web.access.rights import ROLE_NAMES, Role
from troth.web.frame.moments import moment
from troth.web.frame.page import Asked
from troth.web.pages.settings.browsers import browser_name
from troth.workspace import Workspace
from troth.workspace.live import Live

TONGUES = {"en": "English", "de": "Deutsch", "nl": "Nederlands"}


@dataclass(frozen=True, slots=True)
class OwnSession:
    """A browser that is signed in; times are UTC epoch milliseconds.

    `user_agent` is what it says of itself, `browser` what that means; `this`: it is the one that asks.
    """

    id: int
    created_ms: int
    last_seen_ms: int
    expires_ms: int
    user_agent: str
    browser: str
    address: str
    this: bool


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """The account of who asks, its passkeys and the browsers that are signed in with it."""

    email: str
    name: str
    role: Role
    language: str | None
    has_password: bool
    passkeys: tuple[Passkey, ...]
    sessions: tuple[OwnSession, ...]


def own_account(live: Live, _workspace: Workspace, asked: Asked) -> OwnAccount:
    """Read the account of who asks.

    Raises:
        TrothError: `not-allowed`: a program asks.
    """
    account_id = account_id_of(asked.visitor)
    with live.office.transaction() as connection:
        who = accounts.by_id(connection, account_id)
        keys = passkeys.of_account(connection, account_id)
        browsers = sessions.of_account(connection, account_id, live.now_ms())
    shown = tuple(
        OwnSession(
            one.id,
            one.created_ms,
            one.last_seen_ms,
            one.expires_ms,
            one.user_agent,
            browser_name(one.user_agent),
            one.address,
            one.id == asked.visitor.session_id,
        )
        for one in browsers
    )
    return OwnAccount(who.email, who.name, who.role, who.language, who.has_password, tuple(keys), shown)


def words(answer: OwnAccount, _asked: Asked) -> dict[str, Any]:
    """The words of the page."""
    return {
        "role_name": str(ROLE_NAMES[answer.role]),
        "languages": [(name, TONGUES[name]) for name in LANGUAGES],
        "moment": moment,
    }
