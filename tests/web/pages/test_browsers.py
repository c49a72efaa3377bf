"""Names of browsers where one is signed in."""

import pytest

from troth.web.pages.settings.browsers import browser_name

_WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
_PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (f"{_WINDOWS} Chrome/156.0.0.0 Safari/537.36", "Chrome 156, Windows"),
        (f"{_WINDOWS} Chrome/156.0.0.0 Safari/537.36 Edg/156.0.1.2", "Edge 156, Windows"),
        (f"{_WINDOWS} Chrome/155.0.0.0 Safari/537.36 OPR/121.0", "Opera 121, Windows"),
        (f"{_PHONE} Version/18.1 Mobile/15E148 Safari/604.1", "Safari 18, iPhone"),
        (f"{_PHONE} CriOS/156.0 Mobile/15E148 Safari/604.1", "Chrome 156, iPhone"),
        ("Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0", "Firefox 145, Android"),
        ("an own program " + "x" * 300, "an own program " + "x" * 45),
        ("", ""),
    ],
)
def test_the_name_is_that_of_the_browser_not_of_what_it_resembles(user_agent: str, name: str) -> None:
    assert browser_name(user_agent) == name
