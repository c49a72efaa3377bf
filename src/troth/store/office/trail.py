"""The trail: every change and every look at one person's data, in the order it happened; never changed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from troth.store.office.tables import trail

if TYPE_CHECKING:
    from sqlalchemy import Connection


class Action(StrEnum):
    """What may be done, as the trail names it. Names are only ever added."""

    SIGNED_IN = "signed-in"
    SIGN_IN_REFUSED = "sign-in-refused"
    SIGNED_OUT = "signed-out"
    LOCKED_OUT = "locked-out"
    SESSION_ENDED = "session-ended"
    ACCOUNT_MADE = "account-made"
    ACCOUNT_CHANGED = "account-changed"
    ACCOUNT_DISABLED = "account-disabled"
    LINK_MADE = "link-made"
    PASSWORD_CHANGED = "password-changed"  # noqa: S105 - a name, no password
    PASSKEY_ADDED = "passkey-added"
    PASSKEY_REMOVED = "passkey-removed"
    KEY_MADE = "key-made"
    KEY_REVOKED = "key-revoked"
    ENDPOINT_MADE = "endpoint-made"
    ENDPOINT_CHANGED = "endpoint-changed"
    ENDPOINT_SECRET_CHANGED = "endpoint-secret-changed"  # noqa: S105 - a name, no secret
    ENDPOINT_REMOVED = "endpoint-removed"
    PERSON_SEEN = "person-seen"
    PERSON_EXPORTED = "person-exported"
    PERSON_ERASED = "person-erased"
    RECORDS_IMPORTED = "records-imported"
    RECORDS_SEEN = "records-seen"
    QUARANTINE_SEEN = "quarantine-seen"
    QUARANTINE_REPLAYED = "quarantine-replayed"
    BLUEPRINT_CHANGED = "blueprint-changed"
    ANNOTATION_MADE = "annotation-made"
    ANNOTATION_REMOVED = "annotation-removed"
    SETTING_CHANGED = "setting-changed"
    RETENTION_APPLIED = "retention-applied"
    BACKUP_MADE = "backup-made"


ABOUT_PEOPLE = frozenset({Action.PERSON_SEEN, Action.PERSON_EXPORTED, Action.PERSON_ERASED})
"""Actions whose subject is a person: as `person_subject` writes it, so that the trail holds no id."""

_PERSON = "person:"
_DIGITS = 32


def person_subject(digest: str) -> str:
    """The subject for a person, by the digest of one of their ids (`store.erasures`)."""
    return _PERSON + digest[:_DIGITS]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: who (an account's address, a key's name, `system`) did what to whom, and details."""

    at_ms: int
    actor: str
    action: Action
    subject: str = ""
    detail: dict[str, str | int] | None = None


def note(connection: Connection, entry: Entry) -> None:
    """Add a line, in the transaction that is open.

    Raises:
        ValueError: a person stands in it by an id.
    """
    if entry.action in ABOUT_PEOPLE and not entry.subject.startswith(_PERSON):
        raise ValueError(entry.action)
    connection.execute(
        trail.insert(),
        {
            "at_ms": entry.at_ms,
            "actor": entry.actor,
            "action": entry.action.value,
            "subject": entry.subject,
            "detail": json.dumps(entry.detail or {}, ensure_ascii=False),
        },
    )
