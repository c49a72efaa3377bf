"""The workspace and its office, for commands that must be alone with them."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from troth.cli.invocation import Invocation

if TYPE_CHECKING:
    from troth.workspace.privacy import Alone


@contextmanager
def alone(invocation: Invocation) -> Iterator[Alone]:
    """The workspace and its office, of this process alone."""
    from troth.workspace.privacy import Alone, resume

    with invocation.workspace() as workspace, Alone(workspace) as host:
        resume(host)
        yield host


def actor() -> str:
    """Who asks, as the trail names them."""
    try:
        return f"cli:{getpass.getuser()}"
    except (KeyError, OSError):  # an account that the system has no name for
        return f"cli:{os.getuid()}"
