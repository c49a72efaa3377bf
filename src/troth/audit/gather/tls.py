"""The host's certificate and handshake, by the standard library; cryptography reads the former."""

import socket
import ssl
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from troth.audit.artifacts.shape import Tls

VERSIONS: dict[str, ssl.TLSVersion] = {
    "TLSv1": ssl.TLSVersion.TLSv1,
    "TLSv1.1": ssl.TLSVersion.TLSv1_1,
    "TLSv1.2": ssl.TLSVersion.TLSv1_2,
    "TLSv1.3": ssl.TLSVersion.TLSv1_3,
}
_LIMIT_S = 8.0
_NOT_HERE = ("NO_PROTOCOLS_AVAILABLE", "UNSUPPORTED_PROTOCOL", "NO_CIPHERS_AVAILABLE")

Connect = Callable[[], socket.socket]
"""Opens a new connection to the host; raises OSError."""


def examined(host: str, connect: Connect, ca_file: str | None = None) -> Tls | None:
    """What the host shows in its handshakes: one that checks, one that reads, one a version. None: no TLS.

    `ca_file` names further authorities to trust, in PEM. Takes as long as six connections.
    """
    verify = _verified(host, connect, ca_file)
    body = _certificate(host, connect)
    if body is None:
        return None
    versions = {name: _takes(host, connect, version) for name, version in VERSIONS.items()}
    return _read(body, verify, versions)


def _verified(host: str, connect: Connect, ca_file: str | None) -> str:
    context = ssl.create_default_context()
    try:
        if ca_file:
            context.load_verify_locations(cafile=ca_file)
        with connect() as plain, ending(plain, _LIMIT_S), context.wrap_socket(plain, server_hostname=host):
            return ""
    except ssl.SSLCertVerificationError as error:
        return error.verify_message or str(error)
    except (ssl.SSLError, OSError) as error:
        return str(error) or type(error).__name__


def _certificate(host: str, connect: Connect) -> bytes | None:
    context = trusting()
    context.set_ciphers("ALL:@SECLEVEL=0")
    try:
        with (
            connect() as plain,
            ending(plain, _LIMIT_S),
            context.wrap_socket(plain, server_hostname=host) as secure,
        ):
            return secure.getpeercert(binary_form=True)
    except (ssl.SSLError, OSError):
        return None


def _takes(host: str, connect: Connect, version: ssl.TLSVersion) -> bool | None:
    """Whether the host takes this version; None when this machine or the network kept it from being tried."""
    context = trusting()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # old versions are what is asked for
            context.minimum_version = context.maximum_version = version
        context.set_ciphers("ALL:@SECLEVEL=0")
    except (ssl.SSLError, ValueError):
        return None
    try:
        with connect() as plain, ending(plain, _LIMIT_S), context.wrap_socket(plain, server_hostname=host):
            return True
    except ssl.SSLError as error:
        return None if (error.reason or "") in _NOT_HERE else False
    except ConnectionError:
        return False  # some hosts just hang up on a version that they do not take
    except OSError:
        return None


@contextmanager
def ending(wire: socket.socket, after_s: float) -> Iterator[None]:
    """End the connection after so many seconds, whatever it drips meanwhile.

    A socket's own time limit counts for each piece that comes, not for all of them.
    """
    twin = wire.dup()  # `wire` may be handed on to a handshake; both are one connection
    timer = threading.Timer(after_s, _end, (twin,))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        twin.close()


def _end(wire: socket.socket) -> None:
    with suppress(OSError):
        wire.shutdown(socket.SHUT_RDWR)


def trusting() -> ssl.SSLContext:
    """A context that trusts anyone: it carries nothing, and what it meets is judged elsewhere."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _read(body: bytes, verify: str, versions: dict[str, bool | None]) -> Tls:
    from cryptography import x509

    certificate = x509.load_der_x509_certificate(body)
    try:
        extension = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
        names = tuple(
            [*extension.value.get_values_for_type(x509.DNSName)]
            + [str(address) for address in extension.value.get_values_for_type(x509.IPAddress)]
        )
    except (x509.ExtensionNotFound, ValueError):
        names = ()
    return Tls(
        subject=certificate.subject.rfc4514_string(),
        issuer=certificate.issuer.rfc4514_string(),
        names=names,
        not_before_ms=int(certificate.not_valid_before_utc.timestamp() * 1000),
        not_after_ms=int(certificate.not_valid_after_utc.timestamp() * 1000),
        verify=verify,
        versions=versions,
    )
