"""Secrets that are given out once: 256 random bits each, of which only a digest is kept.

A digest without salt and stretching is enough for what nobody can guess (unlike a password).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets


def fresh() -> str:
    """A new secret, safe in addresses and cookies."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What is kept of it: SHA-256, as 64 hexadecimal digits."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def form_token(secret: str) -> str:
    """The token of the forms that the holder of `secret` is shown: it tells nothing about the secret."""
    return hmac.new(secret.encode("utf-8", "surrogatepass"), b"form", hashlib.sha256).hexdigest()


def same(given: str, expected: str) -> bool:
    """Whether both are equal, in a time that does not tell where they differ."""
    return hmac.compare_digest(
        given.encode("utf-8", "surrogatepass"), expected.encode("utf-8", "surrogatepass")
    )
