"""Passkeys: a key pair a device, whose private half never leaves it (Web Authentication, level 3)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from sqlalchemy import delete, select
from starlette.requests import Request

from troth.errors import TrothError, UsageError
from troth.store.office.tables import passkey
from troth.texts import _
from troth.web.access import accounts
from troth.web.access.accounts import Account, name_of
from troth.web.access.settings import AccessSettings

if TYPE_CHECKING:
    from sqlalchemy import Connection

MOST = 20


@dataclass(frozen=True, slots=True)
class Party:
    """Who the passkeys are for: the host's name, and the origin that pages have."""

    id: str
    origin: str


@dataclass(frozen=True, slots=True)
class Passkey:
    """A passkey as it is shown; times are UTC epoch milliseconds."""

    id: int
    name: str
    created_ms: int
    last_used_ms: int | None


def party(request: Request, settings: AccessSettings) -> Party | None:
    """For whom passkeys are made here; None where browsers make none.

    They need a name, not an address of numbers, and https, but on `localhost`.
    """
    url = settings.url or f"{request.url.scheme}://{request.headers.get('host', '')}"
    parts = urlsplit(url.lower())
    host = parts.hostname or ""
    if host != "localhost" and (parts.scheme != "https" or not _is_name(host)):
        return None
    usual = {"http": 80, "https": 443}[parts.scheme]
    port = "" if parts.port in {None, usual} else f":{parts.port}"
    return Party(host, f"{parts.scheme}://{host}{port}")


def _is_name(host: str) -> bool:
    return "." in host and not host.replace(".", "").isdigit() and ":" not in host


def options_to_add(connection: Connection, here: Party, who: Account, challenge: bytes) -> dict[str, Any]:
    """What the browser needs to make a passkey for `who`, as JSON."""
    from webauthn import generate_registration_options, options_to_json
    from webauthn.helpers.structs import (
        AuthenticatorSelectionCriteria,
        PublicKeyCredentialDescriptor,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    there = connection.scalars(select(passkey.c.credential_id).where(passkey.c.account_id == who.id))
    options = generate_registration_options(
        rp_id=here.id,
        rp_name="Troth",
        user_id=bytes.fromhex(who.handle),
        user_name=who.email,
        user_display_name=who.name,
        challenge=challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,  # so that no e-mail address has to be given
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=key) for key in there],
    )
    made: dict[str, Any] = json.loads(options_to_json(options))
    return made


def options_to_sign_in(here: Party, challenge: bytes) -> dict[str, Any]:
    """What the browser needs to let a person choose one of their passkeys, as JSON."""
    from webauthn import generate_authentication_options, options_to_json
    from webauthn.helpers.structs import UserVerificationRequirement

    options = generate_authentication_options(
        rp_id=here.id, challenge=challenge, user_verification=UserVerificationRequirement.REQUIRED
    )
    made: dict[str, Any] = json.loads(options_to_json(options))
    return made


def add(
    connection: Connection,
    here: Party,
    who: Account,
    challenge: bytes,
    credential: dict[str, Any],
    name: str,
    now_ms: int,
) -> Passkey:
    """Keep the public half that the browser sent.

    Raises:
        UsageError: `passkey-invalid`: not for this challenge, this server, or not signed; `passkeys-many`.
    """
    from webauthn import verify_registration_response
    from webauthn.helpers.exceptions import WebAuthnException

    if len(of_account(connection, who.id)) >= MOST:
        raise UsageError("passkeys-many", _("At most %(most)d passkeys.") % {"most": MOST})
    try:
        proof = verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=here.id,
            expected_origin=here.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise invalid() from error
    transports = credential.get("response", {}).get("transports") or []
    called = name_of(name or _("Passkey"))
    values = {
        "account_id": who.id,
        "credential_id": proof.credential_id,
        "public_key": proof.credential_public_key,
        "sign_count": proof.sign_count,
        "transports": " ".join(str(way)[:20] for way in transports[:10]),
        "name": called,
        "created_ms": now_ms,
    }
    known = select(passkey.c.id).where(passkey.c.credential_id == proof.credential_id)
    if connection.scalar(known) is not None:
        raise invalid()
    made = connection.execute(passkey.insert().values(values)).inserted_primary_key
    assert made is not None  # noqa: S101 - an insert of one row gives it
    return Passkey(made[0], called, now_ms, None)


def recognised(
    connection: Connection, here: Party, challenge: bytes, credential: dict[str, Any], now_ms: int
) -> Account:
    """Whose passkey has signed the challenge.

    Raises:
        UsageError: `passkey-invalid`: unknown, not for this challenge or server, or a copy of one
            (its count of uses does not go up).
    """
    from webauthn import base64url_to_bytes, verify_authentication_response
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        key = base64url_to_bytes(str(credential.get("id", "")))
        handle = base64url_to_bytes(str(credential["response"]["userHandle"])).hex()
        row = connection.execute(select(passkey).where(passkey.c.credential_id == key)).first()
        if row is None:
            raise invalid()
        proof = verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=here.id,
            expected_origin=here.origin,
            credential_public_key=row.public_key,
            credential_current_sign_count=row.sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise invalid() from error
    who = accounts.by_id(connection, row.account_id)
    if handle != who.handle:
        raise invalid()
    values = {"sign_count": proof.new_sign_count, "last_used_ms": now_ms}
    connection.execute(passkey.update().where(passkey.c.id == row.id).values(values))
    return who


def of_account(connection: Connection, account_id: int) -> list[Passkey]:
    """The passkeys of an account, in the order they were added."""
    statement = select(passkey).where(passkey.c.account_id == account_id).order_by(passkey.c.id)
    return [
        Passkey(row.id, row.name, row.created_ms, row.last_used_ms) for row in connection.execute(statement)
    ]


def rename(connection: Connection, account_id: int, passkey_id: int, name: str) -> None:
    """Call a passkey of an account something else."""
    theirs = (passkey.c.id == passkey_id) & (passkey.c.account_id == account_id)
    connection.execute(passkey.update().where(theirs).values(name=name_of(name)))


def remove(connection: Connection, account_id: int, passkey_id: int) -> bool:
    """Let a passkey of an account not hold any more; whether there was one."""
    theirs = (passkey.c.id == passkey_id) & (passkey.c.account_id == account_id)
    return connection.execute(delete(passkey).where(theirs)).rowcount > 0


def invalid() -> UsageError:
    """The error for a passkey that proves nothing."""
    return UsageError("passkey-invalid", _("This passkey does not fit."), _("Try again."))


def nowhere() -> TrothError:
    """The error where browsers make no passkeys."""
    return TrothError(
        "passkeys-nowhere",
        _("Passkeys need a host name and https."),
        _("Set TROTH_URL, or on this machine open http://localhost instead of http://127.0.0.1."),
    )
