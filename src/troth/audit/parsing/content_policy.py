"""What a content security policy allows, and what MDN's Observatory makes of it."""

import re
from collections.abc import Iterable
from typing import Literal

Policy = dict[str, frozenset[str]]
Finding = Literal["good", "missing", "invalid", "unsafe", "eval", "insecure"]

_BROAD = frozenset({"ftp:", "http:", "https:", "*", "http://*", "http://*.*", "https://*", "https://*.*"})
_INLINE = frozenset({"'unsafe-inline'", "data:"})
_BOUND = ("'sha256-", "'sha384-", "'sha512-", "'nonce-")
_ANY = frozenset({"*"})
_NONE = frozenset({"'none'"})
_EVAL = frozenset({"'unsafe-eval'"})
_PASSIVE = ("img-src", "media-src")


def policies(value: str) -> list[Policy]:
    """The policies of a header, each as directive → sources; several headers or commas make several.

    >>> policies("default-src 'self'; img-src *")
    [{'default-src': frozenset({"'self'"}), 'img-src': frozenset({'*'})}]
    """
    found = []
    for text in re.split(r"[,\n]", value):
        policy: Policy = {}
        for directive in text.split(";"):
            name, *sources = directive.split()[:500] or [""]
            if name:
                policy.setdefault(name.lower(), frozenset(source.lower() for source in sources))
        if policy:
            found.append(policy)
    return found


def graded(sent: list[Policy], written: list[Policy], *, secure: bool) -> tuple[Finding, int]:
    """What was found and its points, of the policies `sent` in headers and `written` in the page.

    Of several policies all hold: a source counts as allowed only where each one allows it.
    """
    everything = [*sent, *written]
    if not everything:
        return "missing", -25
    scripts = [_effective(policy, "script-src") for policy in everything]
    objects = [_effective(policy, "object-src") for policy in everything]
    styles = [_effective(policy, "style-src") for policy in everything]
    both = [script | style for script, style in zip(scripts, styles, strict=True)]
    worst_first: tuple[tuple[bool, Finding, int], ...] = (
        (any("'strict-dynamic'" in sources and not _bound(sources) for sources in scripts), "invalid", -25),
        (_all_meet(map(_trusted, scripts), _BROAD | _INLINE), "unsafe", -20),
        (_all_meet(objects, _BROAD), "unsafe", -20),
        (secure and all(_plain(_active(policy)) for policy in everything), "insecure", -20),
        (_all_meet(both, _EVAL), "eval", -10),
        (secure and all(_plain(_passive(policy)) for policy in everything), "insecure", -10),
        (_all_meet(map(_trusted, styles), _BROAD | _INLINE), "good", 0),
        (any(policy.get("default-src", _ANY) == _NONE for policy in everything), "good", 10),
    )
    return next(((found, points) for holds, found, points in worst_first if holds), ("good", 5))


def _all_meet(lists: Iterable[frozenset[str]], wrong: frozenset[str]) -> bool:
    return all(sources & wrong for sources in lists)


def _effective(policy: Policy, directive: str) -> frozenset[str]:
    return policy.get(directive, policy.get("default-src", _ANY))


def _bound(sources: Iterable[str]) -> bool:
    return any(source.startswith(_BOUND) for source in sources)


def _trusted(sources: frozenset[str]) -> frozenset[str]:
    """Without what browsers pass over beside a nonce or a hash: inline code, hosts under strict-dynamic."""
    if not _bound(sources):
        return sources
    if "'strict-dynamic'" in sources:
        return frozenset(source for source in sources if source.startswith("'")) - {
            "'unsafe-inline'",
            "'self'",
        }
    return sources - {"'unsafe-inline'"}


def _active(policy: Policy) -> frozenset[str]:
    kept = [sources for name, sources in policy.items() if name not in (*_PASSIVE, "script-src")]
    return frozenset().union(*kept, _trusted(_effective(policy, "script-src")))


def _passive(policy: Policy) -> frozenset[str]:
    return frozenset().union(*(policy.get(name, policy.get("default-src", frozenset())) for name in _PASSIVE))


def _plain(sources: frozenset[str]) -> bool:
    return any(source.startswith(("http:", "ftp:")) for source in sources)


def frames_anyone(policy: Policy) -> bool:
    """Whether the policy lets any page frame this one."""
    return bool(policy.get("frame-ancestors", _ANY) & _BROAD)
