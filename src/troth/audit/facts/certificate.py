"""The host's certificate and its handshakes, with the days that are left."""

from dataclasses import dataclass

from troth.audit.artifacts.shape import Artifacts, Tls

_DAY_MS = 86_400_000
_WANTED_DAYS = 14.0
_WANTED_SHARE = 1 / 3


@dataclass(frozen=True, slots=True)
class Certificate:
    """What the host showed; `tls` is None where there was no handshake.

    `days_left` from the audit's time on, negative when it has ended; `days_wanted`: two weeks, of a short
    life a third. `refused`: ids of pages that the browser would not show because of the certificate. `https`:
    the shop's address asks for HTTPS. `unseen`: why nothing is known, if that was said.
    """

    tls: Tls | None
    days_left: float
    days_wanted: float
    refused: tuple[str, ...]
    https: bool
    unseen: str


def certificate(artifacts: Artifacts) -> Certificate:
    """The certificate as it stood when the audit was made."""
    tls = artifacts.tls
    reasons = [failure.message for failure in artifacts.failures if failure.what in {"tls", "certificate"}]
    return Certificate(
        tls=tls,
        days_left=(tls.not_after_ms - artifacts.taken_at_ms) / _DAY_MS if tls else 0.0,
        days_wanted=_wanted(tls) if tls else 0.0,
        refused=tuple(page.id for page in artifacts.pages if page.failure == "certificate-invalid"),
        https=artifacts.shop.startswith("https:"),
        unseen=next(iter(reasons), ""),
    )


def _wanted(tls: Tls) -> float:
    """A certificate that lives for six days is renewed on the fourth: two weeks cannot be asked of it."""
    life = (tls.not_after_ms - tls.not_before_ms) / _DAY_MS
    return min(_WANTED_DAYS, life * _WANTED_SHARE)


FACTS = (certificate,)
