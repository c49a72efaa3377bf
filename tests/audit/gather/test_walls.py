"""Walls are told from shops that only look a little like one."""

import pytest
from tests.support.audit import seen

from troth.audit.gather.walls import bot_wall, login_wall

LONG = "A chair made of oak. " * 100


@pytest.mark.parametrize(
    ("status", "headers", "text", "html", "wall"),
    [
        (403, {}, "Access denied", "", True),
        (403, {}, "", "<script src='https://geo.captcha-delivery.com/c.js'></script>", True),
        (503, {}, "Checking your browser before accessing", "", True),
        (429, {}, "Slow down", "", True),
        (200, {"cf-mitigated": "challenge"}, "", "", True),
        (200, {}, "Bevestig: ik ben geen robot", "<div class='g-recaptcha'></div>", True),
        (200, {}, "Leave a message", "<div class='g-recaptcha'></div>", False),
        (200, {}, "Ich bin kein Roboter, sagt der Staubsauger", "", False),
        (403, {}, LONG, "<div class='g-recaptcha'></div>", False),
        (503, {}, "Back soon", "", False),
        (404, {}, "Just a moment, this page is gone", "", False),
    ],
)
def test_bot_walls(status: int, headers: dict[str, str], text: str, html: str, wall: bool) -> None:
    assert bot_wall(status, headers, seen(text, html=html)) is wall


def test_login_walls_are_judged_only_where_everyone_may_come() -> None:
    blank = seen("Please sign in")
    assert not login_wall("home", 200, blank)
    assert login_wall("home", 401, blank)
