"""What people do with their own account."""

from __future__ import annotations

from troth.errors import TrothError, UsageError
from troth.store.office.trail import Action, Entry, note
from troth.texts import LANGUAGES, _
from troth.web.access import accounts, attempts, sessions
from troth.web.access.accounts import name_of
from troth.web.access.passwords import demand_good
from troth.web.access.rights import Visitor
from troth.web.access.state import Access


def account_id_of(visitor: Visitor) -> int:
    """The account of a person, which no key stands for.

    Raises:
        TrothError: `not-allowed`.
    """
    if visitor.by_key or visitor.account_id is None:
        raise TrothError("not-allowed", _("This is for people, not for API keys."))
    return visitor.account_id


def describe(access: Access, visitor: Visitor, name: str, language: str) -> None:
    """Change the name and the language; an empty language follows the browser's.

    Raises:
        UsageError: `name-invalid`, `language-unknown`.
    """
    account_id, name = account_id_of(visitor), name_of(name)
    if language and language not in LANGUAGES:
        raise UsageError("language-unknown", _("That language is not spoken here."), allowed=LANGUAGES)
    with access.office.transaction() as connection:
        accounts.change(connection, account_id, name=name, language=language or None)
        note(connection, Entry(access.now_ms(), visitor.actor, Action.ACCOUNT_CHANGED, visitor.actor))


def change_password(access: Access, visitor: Visitor, current: str, new: str) -> int:
    """Change the password, which ends all other sessions; how many.

    Raises:
        UsageError: `password-wrong`, `password-weak`. TrothError: `too-many`: it was guessed too often.
    """
    account_id, now_ms = account_id_of(visitor), access.now_ms()
    who = attempts.who_account(visitor.actor)
    with access.office.transaction() as connection:
        wait = attempts.begin(connection, who, attempts.OF_ACCOUNT, now_ms)
        kept = accounts.password_hash(connection, account_id)
        account = accounts.by_id(connection, account_id)
    if wait.ms:
        raise TrothError("too-many", _("Too many attempts."), _("Try again later."))
    # Who has none yet, because they came with a passkey or by a provider, chooses the first one.
    if kept is not None and not access.passwords.fits(current, kept):
        raise UsageError("password-wrong", _("The current password is another one."), where="current")
    demand_good(new, account.email, account.name)
    if kept is not None and access.passwords.fits(new, kept):
        raise UsageError("password-weak", _("The new password is the current one."), where="password")
    hashed = access.passwords.kept(new)
    with access.office.transaction() as connection:
        attempts.forget(connection, who)
        accounts.change(connection, account_id, password_hash=hashed)
        ended = sessions.end_others(connection, account_id, visitor.session_id)
        detail: dict[str, str | int] = {"sessions": ended}
        note(connection, Entry(now_ms, visitor.actor, Action.PASSWORD_CHANGED, visitor.actor, detail))
    return ended


def end_session(access: Access, visitor: Visitor, session_id: int) -> None:
    """End one of the own sessions.

    Raises:
        UsageError: `session-unknown`: no session of theirs.
    """
    account_id = account_id_of(visitor)
    with access.office.transaction() as connection:
        if not sessions.end(connection, account_id, session_id):
            raise UsageError("session-unknown", _("There is no such session."))
        note(connection, Entry(access.now_ms(), visitor.actor, Action.SESSION_ENDED, visitor.actor))


def end_other_sessions(access: Access, visitor: Visitor) -> int:
    """End all sessions but the one that asks; how many."""
    account_id = account_id_of(visitor)
    with access.office.transaction() as connection:
        ended = sessions.end_others(connection, account_id, visitor.session_id)
        detail: dict[str, str | int] = {"sessions": ended}
        note(connection, Entry(access.now_ms(), visitor.actor, Action.SESSION_ENDED, visitor.actor, detail))
    return ended
