"""How senders sign what they send. All are HMAC-SHA256 over the raw body, compared in constant time.

- Standard Webhooks: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
- Shopify: https://shopify.dev/docs/apps/build/webhooks/subscribe/https
- WooCommerce: https://woocommerce.github.io/code-reference/classes/WC-Webhook.html
- Shopware: https://developer.shopware.com/docs/guides/plugins/apps/webhook.html
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from troth.errors import TrothError, UsageError
from troth.texts import _

TOLERANCE_SECONDS = 300
"""How far a signed timestamp may be from the clock, either way."""

_PREFIX = "whsec_"
_SECRET_BYTES = 32
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Scheme:
    """A sender's way.

    Attributes:
        name: How endpoints name it.
        delivery: The header with the delivery's id; without one, the body's digest stands for it.
        signed: Whether the signature is right: headers (lower case), body, secret.
        timestamp: The header with the time of sending in epoch seconds, signed with the body.
    """

    name: str
    delivery: str | None
    signed: Callable[[Mapping[str, str], bytes, str], bool]
    timestamp: str | None = None


def verify(
    scheme: Scheme, headers: Mapping[str, str], body: bytes, secrets: Sequence[str], now_ms: int
) -> str:
    """The delivery's id, once it is sure that the sender sent it, by one of its secrets, and sent it now.

    Raises:
        TrothError: `signature-invalid`; it does not say which part was wrong.
    """
    signed = any([scheme.signed(headers, body, secret) for secret in secrets])  # noqa: C419 - all are compared
    if not signed or not _is_recent(scheme, headers, now_ms):
        raise TrothError(
            "signature-invalid",
            _("The signature is missing, wrong or too old; nothing was taken."),
            _("Sign the raw body with the endpoint's secret, and check the sender's clock."),
        )
    found = headers.get(scheme.delivery, "") if scheme.delivery else ""
    return found if 0 < len(found) <= _LONGEST else hashlib.sha256(found.encode() + body).hexdigest()


def new_secret(scheme: Scheme) -> str:
    """A secret for a sender who takes one."""
    if scheme.name == "standard":
        return _PREFIX + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()
    return secrets.token_urlsafe(_SECRET_BYTES)


def check_secret(scheme: Scheme, secret: str) -> None:
    """Raises UsageError `secret-invalid` where it can be no secret of the scheme's."""
    usable = _standard_key(secret) if scheme.name == "standard" else secret.encode()
    if usable is None or len(usable) < 16:
        raise UsageError(
            "secret-invalid",
            _("The secret is too short or not written as the scheme writes it."),
            _("Take the sender's secret as it is shown there, or leave it out to get a new one."),
        )


def _hmac(secret: bytes, content: bytes) -> bytes:
    return hmac.new(secret, content, hashlib.sha256).digest()


def _same(given: str, right: str) -> bool:
    return hmac.compare_digest(given.strip().encode("utf-8", "replace"), right.encode())


def _base64_of_body(header: str) -> Callable[[Mapping[str, str], bytes, str], bool]:
    def signed(headers: Mapping[str, str], body: bytes, secret: str) -> bool:
        return _same(headers.get(header, ""), base64.b64encode(_hmac(secret.encode(), body)).decode())

    return signed


def _hex_of_body(*names: str) -> Callable[[Mapping[str, str], bytes, str], bool]:
    def signed(headers: Mapping[str, str], body: bytes, secret: str) -> bool:
        right = _hmac(secret.encode(), body).hex()
        return any([_same(headers.get(name, ""), right) for name in names])  # noqa: C419 - all are compared

    return signed


def _standard_key(secret: str) -> bytes | None:
    try:
        return base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        return None


def _standard(headers: Mapping[str, str], body: bytes, secret: str) -> bool:
    key = _standard_key(secret)
    id_, sent = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if key is None or not id_ or not sent:
        return False
    content = f"{id_}.{sent}.".encode("utf-8", "replace") + body
    right = base64.b64encode(_hmac(key, content)).decode()
    given = [part.partition(",") for part in headers.get("webhook-signature", "").split()[:20]]
    return any([_same(value, right) for version, _comma, value in given if version == "v1"])  # noqa: C419 - likewise


def _is_recent(scheme: Scheme, headers: Mapping[str, str], now_ms: int) -> bool:
    if scheme.timestamp is None:
        return True
    sent = headers.get(scheme.timestamp, "")
    if not (sent.isascii() and sent.isdecimal() and len(sent) <= 12):
        return False
    return abs(int(sent) - now_ms / 1000) <= TOLERANCE_SECONDS


SCHEMES: Mapping[str, Scheme] = {
    scheme.name: scheme
    for scheme in (
        Scheme("standard", "webhook-id", _standard, "webhook-timestamp"),
        Scheme("shopify", "x-shopify-webhook-id", _base64_of_body("x-shopify-hmac-sha256")),
        Scheme("woocommerce", "x-wc-webhook-delivery-id", _base64_of_body("x-wc-webhook-signature")),
        Scheme("shopware", None, _hex_of_body("shopware-shop-signature", "shopware-app-signature")),
    )
}
"""By name."""
