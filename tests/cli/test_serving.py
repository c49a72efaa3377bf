"""What a server that a command began tells on standard error."""

import pytest

from troth.cli.serving import Log, tells_requests


@pytest.mark.parametrize(
    ("log", "terminal", "told"),
    [
        (None, True, False),
        (None, False, True),
        ("requests", True, True),
        ("requests", False, True),
        ("errors", True, False),
        ("errors", False, False),
    ],
)
def test_a_person_at_a_terminal_has_to_ask_for_requests(log: Log | None, terminal: bool, told: bool) -> None:
    assert tells_requests(log, terminal=terminal) is told
