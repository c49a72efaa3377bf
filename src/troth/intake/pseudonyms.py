"""Pseudonyms: a customer's id becomes a keyed HMAC before it rests anywhere.

The key stays outside the store.
"""

import hashlib
import hmac
from collections.abc import Iterable

from troth.blueprint.schema import RecordKind
from troth.errors import TrothError, UsageError
from troth.store import Store
from troth.texts import _

PREFIX = "c_"
DIGITS = 32
"""Hex digits kept of the HMAC: 128 bits, so that no two of any company's customers meet."""

MINIMUM_KEY_BYTES = 16
_SETTING = "pseudonym_key"
_BLOCK = 64


def pseudonym(key: bytes, customer: str) -> str:
    """`c_` and the first 32 hex digits of HMAC-SHA256 (RFC 2104) of the id in UTF-8."""
    return PREFIX + hmac.new(key, customer.encode(), hashlib.sha256).hexdigest()[:DIGITS]


def parameters(key: bytes) -> dict[str, bytes]:
    """The key's two pads of RFC 2104, bound as `$inner` and `$outer` in statements that use `expression`."""
    block = (hashlib.sha256(key).digest() if len(key) > _BLOCK else key).ljust(_BLOCK, b"\0")
    return {"inner": bytes(byte ^ 0x36 for byte in block), "outer": bytes(byte ^ 0x5C for byte in block)}


def expression(text: str) -> str:
    """SQL for the pseudonym of the SQL expression `text`; NULL stays NULL."""
    inner = f"unhex(sha256($inner::BLOB || encode({text})))"
    return f"'{PREFIX}' || left(sha256($outer::BLOB || {inner}), {DIGITS})"


def checked_key(store: Store, key: bytes | None, *, wanted: bool) -> bytes | None:
    """The key to use, or None where the blueprint wants no pseudonyms.

    Its fingerprint is compared with the store's.

    Raises:
        UsageError: `pseudonym-key-missing`, `pseudonym-key-short`.
        TrothError: `pseudonym-key-differs`, `pseudonyms-mixed`.
    """
    check_unmixed(store, wanted=wanted)
    if not wanted:
        return None
    key = sound_key(key)
    if store.setting(_SETTING) not in (None, _fingerprint(key)):
        raise TrothError(
            "pseudonym-key-differs",
            _("This is not the key with which the ledger's pseudonyms were made."),
            _("Use the first key; with another one every customer would become a stranger."),
        )
    return key


def sound_key(key: bytes | None) -> bytes:
    """The key, which must be there and long enough.

    Raises:
        UsageError: `pseudonym-key-missing`, `pseudonym-key-short`.
    """
    if not key:
        raise UsageError(
            "pseudonym-key-missing",
            _("The blueprint asks for pseudonyms, but there is no key."),
            _("Set TROTH_PSEUDONYM_KEY, or name a key file; keep the key outside the ledger."),
        )
    if len(key) < MINIMUM_KEY_BYTES:
        raise UsageError(
            "pseudonym-key-short",
            _("The pseudonym key has %(length)d bytes; it needs at least %(minimum)d.")
            % {"length": len(key), "minimum": MINIMUM_KEY_BYTES},
            _("Make one with: openssl rand -hex 32"),
        )
    return key


def check_unmixed(store: Store, *, wanted: bool) -> None:
    """Raises TrothError `pseudonyms-mixed` where ids are stored and pseudonyms are wanted, or vice versa."""
    known = store.setting(_SETTING)
    if known and not wanted:
        raise _mixed(_("The ledger holds pseudonyms, but the blueprint no longer asks for them."))
    if wanted and not known and store.connection.execute("SELECT 1 FROM import_run LIMIT 1").fetchone():
        raise _mixed(
            _("The ledger holds customers by their own ids, but the blueprint now asks for pseudonyms.")
        )


def check_columns(kind: RecordKind, personal: Iterable[str], where: str) -> None:
    """Raises UsageError `pseudonym-not-text` where a column that takes pseudonyms is no text."""
    for name in personal:
        if kind.columns[name].type != "text":
            raise UsageError(
                "pseudonym-not-text",
                _("The column “%(column)s” holds customers, and a pseudonym is text.") % {"column": name},
                _("Declare the column as text."),
                where=where,
            )


def keep_fingerprint(store: Store, key: bytes) -> None:
    """Remember by which key the store's pseudonyms are made, in the open transaction."""
    store.set_setting(_SETTING, _fingerprint(key))


def _fingerprint(key: bytes) -> str:
    return hmac.new(key, b"fingerprint of the pseudonym key", hashlib.sha256).hexdigest()[:16]


def _mixed(message: str) -> TrothError:
    return TrothError(
        "pseudonyms-mixed",
        message,
        _("Set privacy.pseudonymise back, or start a new ledger and import everything again."),
    )
