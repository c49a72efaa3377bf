"""Who has the ledger and the office: a running server, or a command that is alone with them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

from troth.blueprint.schema import Blueprint
from troth.store import FILE_NAME
from troth.store.office import Office
from troth.store.renewing import put_in_place

if TYPE_CHECKING:
    from troth.workspace.facade import Workspace

KEY_VARIABLE = "TROTH_PSEUDONYM_KEY"


class Host(Protocol):
    """What export, erasure and retention need."""

    @property
    def folder(self) -> Path:
        """The workspace's folder."""

    @property
    def blueprint(self) -> Blueprint:
        """The blueprint in force."""

    @property
    def office(self) -> Office:
        """The office."""

    def now_ms(self) -> int:
        """The clock, in UTC epoch milliseconds."""

    def alone(self) -> AbstractContextManager[Workspace]:
        """The workspace while nobody else changes it; what is derived is up to date again afterwards."""

    def renew(self, copy: Path) -> bool:
        """Let `copy` be the ledger; false when that cannot be now."""

    def forget_answers(self) -> None:
        """Forget what was worked out or prepared and may speak of somebody."""


class Alone:
    """A command's own workspace and office; a context manager."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._office: Office | None = None

    @property
    def folder(self) -> Path:
        """The workspace's folder."""
        return self._workspace.folder

    @property
    def blueprint(self) -> Blueprint:
        """The blueprint in force."""
        return self._workspace.blueprint

    @property
    def office(self) -> Office:
        """The office, made when it is not there."""
        if self._office is None:
            self._office = Office.open(self.folder)
        return self._office

    def now_ms(self) -> int:
        """The clock."""
        return self._workspace.now_ms()

    @contextmanager
    def alone(self) -> Iterator[Workspace]:
        """The workspace."""
        self._workspace.opened(create=True)
        yield self._workspace

    def renew(self, copy: Path) -> bool:
        """Close the ledger and let `copy` take its place."""
        self._workspace.close()
        done = put_in_place(copy, self.folder / FILE_NAME)
        self._workspace.opened()
        return done

    def forget_answers(self) -> None:
        """Nothing is kept."""

    def close(self) -> None:
        """Give the office free."""
        if self._office is not None:
            self._office.close()
            self._office = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def pseudonym_key() -> bytes | None:
    """The pseudonyms' key that the process was given, if any."""
    return os.environ.get(KEY_VARIABLE, "").encode() or None
