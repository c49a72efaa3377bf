"""Trust in a private certificate authority, for this browser only.

Chromium takes no file of authorities. So the hosts' certificates are checked here against that file, in
full, and the keys of those that are right are named to Chromium.
"""

import asyncio
import base64
import hashlib
import ssl
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

from troth.errors import UsageError
from troth.texts import _

_SHAKE_S = 10.0


def context_of(ca_file: Path) -> ssl.SSLContext:
    """A client's context that also trusts the authorities in `ca_file`.

    Raises:
        UsageError: `ca-file-invalid`.
    """
    context = ssl.create_default_context()
    try:
        context.load_verify_locations(cafile=str(ca_file))
    except (OSError, ssl.SSLError) as error:
        raise UsageError(
            "ca-file-invalid",
            _("There are no certificates in PEM form in this file."),
            _("Name the file of the authority that signed the shop's certificate."),
            where=str(ca_file),
        ) from error
    return context


async def trusted_keys(ca_file: Path, urls: Iterable[str]) -> tuple[str, ...]:
    """For each https host whose certificate is right: base64 of the SHA-256 of its public key."""
    context = context_of(ca_file)
    hosts = {(parts.hostname, parts.port or 443) for parts in map(urlsplit, urls) if parts.scheme == "https"}
    keys = await asyncio.gather(*(_key(host, port, context) for host, port in sorted(hosts) if host))
    return tuple(key for key in keys if key)


async def _key(host: str, port: int, context: ssl.SSLContext) -> str:
    try:
        reader_writer = asyncio.open_connection(host, port, ssl=context, server_hostname=host)
        _reader, writer = await asyncio.wait_for(reader_writer, _SHAKE_S)
    except (
        OSError,
        TimeoutError,
    ):  # ssl's errors are OSErrors: a certificate that is not right stays refused
        return ""
    try:
        shaken = writer.get_extra_info("ssl_object")
        certificate = shaken.getpeercert(binary_form=True)
    finally:
        writer.close()
    return public_key_hash(certificate)


def public_key_hash(certificate: bytes) -> str:
    """The base64 of the SHA-256 of the public key (SPKI) of a DER certificate."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    key = x509.load_der_x509_certificate(certificate).public_key()
    spki = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(hashlib.sha256(spki).digest()).decode()
