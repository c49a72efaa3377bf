"""Names of browsers, for people who look where they are signed in."""

import re

_BROWSERS = (
    ("Edge", re.compile(r"\bEdgA?(?:iOS)?/(\d+)")),
    ("Opera", re.compile(r"\bOPR/(\d+)")),
    ("Samsung Internet", re.compile(r"\bSamsungBrowser/(\d+)")),
    ("Firefox", re.compile(r"\b(?:Firefox|FxiOS)/(\d+)")),
    ("Chrome", re.compile(r"(?:Chrome|Chromium|CriOS)/(\d+)")),
    ("Safari", re.compile(r"\bVersion/(\d+)\S* (?:Mobile/\S+ )?Safari/")),
)
"""Those that carry the names of others in theirs come first."""

_SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "ChromeOS"),
    ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux"),
)  # fmt: skip


def browser_name(user_agent: str) -> str:
    """What a browser calls itself, in short; another program's name as it stands.

    >>> browser_name("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0")
    'Firefox 145, Linux'
    >>> browser_name("curl/8.14.1")
    'curl/8.14.1'
    """
    for name, pattern in _BROWSERS:
        if found := pattern.search(user_agent):
            system = next((said for mark, said in _SYSTEMS if mark in user_agent), None)
            return f"{name} {found[1]}, {system}" if system else f"{name} {found[1]}"
    return user_agent[:60]
