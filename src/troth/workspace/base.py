"""A workspace's folder, blueprint, clock and ledger; `facade.py` says what one may ask of them."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeAlias

from troth import blueprint as blueprints
from troth.blueprint.parameters import Settings, resolve
from troth.blueprint.schema import Blueprint, RecordKind
from troth.errors import UsageError
from troth.store import FILE_NAME, Store
from troth.texts import _

if TYPE_CHECKING:
    from troth.intake.progress import Progress
    from troth.ledger import Refreshed
    from troth.store.erasures import ErasureList

Watch: TypeAlias = "Callable[[], AbstractContextManager[Progress | None]]"
"""What to enter while something long runs."""

BLUEPRINT_NAME = "blueprint.yaml"


class Base:
    """Opens what is in the folder when it is needed, keeps it fresh, and closes it."""

    def __init__(
        self,
        folder: Path,
        blueprint: Blueprint,
        now: Callable[[], dt.datetime] | None = None,
        watch: Watch | None = None,
    ) -> None:
        self.folder = folder
        self.blueprint = blueprint
        self._now = now or (lambda: dt.datetime.now(dt.UTC))
        self.watch = watch or nullcontext
        self._store: Store | None = None
        self._last: Refreshed | None = None

    @classmethod
    def create(cls, folder: str | os.PathLike[str], starter: str, *, dry_run: bool = False) -> Path:
        """Write the blueprint of a starter (`shop`, `insurer`, `bank`) into `folder`; return its path.

        With `dry_run` only check that it may be written.

        Raises:
            UsageError: `workspace-exists` when there is a blueprint already, `folder-is-file`,
                `starter-unknown`.
        """
        path = Path(folder) / BLUEPRINT_NAME
        text = blueprints.starter(starter)
        if path.exists():
            raise UsageError(
                "workspace-exists",
                _("There is a blueprint already; it stays as it is."),
                _("Name another folder, or move the file away."),
                where=str(path),
            )
        if path.parent.exists() and not path.parent.is_dir():
            raise UsageError(
                "folder-is-file",
                _("This is a file, not a folder."),
                _("Name another folder, or move the file away."),
                where=str(path.parent),
            )
        if not dry_run:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        return path

    @classmethod
    def open(
        cls,
        folder: str | os.PathLike[str] = ".",
        *,
        now: Callable[[], dt.datetime] | None = None,
        watch: Watch | None = None,
    ) -> Self:
        """The workspace in `folder`.

        Args:
            folder: Where the blueprint is.
            now: The clock; default is the system's, in UTC.
            watch: Entered whenever what is derived must be rebuilt, which can take long; what it gives is
                told how far that is.

        Raises:
            UsageError: `workspace-missing`, or all that is wrong in the blueprint.
        """
        path = Path(folder) / BLUEPRINT_NAME
        if not path.is_file():
            raise UsageError(
                "workspace-missing",
                _("There is no workspace here: no %(name)s.") % {"name": BLUEPRINT_NAME},
                _("Start one with `troth init shop`, or name its folder with -C."),
                where=str(folder),
            )
        return cls(Path(folder), blueprints.load(path), now, watch)

    def close(self) -> None:
        """Give the ledger free."""
        if self._store is not None:
            self._store.close()
            self._store = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def settings(self) -> Settings:
        """The arithmetic's settings that are in force."""
        return resolve(self.blueprint.parameters)

    def adopt(self, name: str, kind: RecordKind) -> None:
        """Write a record kind into the blueprint's file and take it up."""
        path = self.folder / BLUEPRINT_NAME
        blueprints.save_kind(path, name, kind)
        self.blueprint = blueprints.load(path)
        self._last = None

    def _has_ledger(self) -> bool:
        return self._store is not None or (self.folder / FILE_NAME).is_file()

    def _opened(self, *, create: bool = False) -> Store:
        if self._store is None:
            self._store = Store.open(self.folder, create=create)
        return self._store

    @contextmanager
    def _writable(self, *, dry_run: bool) -> Iterator[Store]:
        """The ledger to import into; a dry run where there is none yet gets one that passes away."""
        if dry_run and not self._has_ledger():
            with TemporaryDirectory() as folder, Store.open(folder, create=True) as store:
                yield store
        else:
            self._last = None
            yield self._opened(create=True)

    def opened(self, *, create: bool = False) -> Store:
        """The ledger as it is, opened when it is not yet; with `create` made when it is not there.

        Whoever changes its records says so by `changed`.

        Raises:
            UsageError: `store-missing`.
        """
        return self._opened(create=create)

    def changed(self) -> None:
        """Look anew at what is derived, since the records have changed."""
        self._last = None

    def now_ms(self) -> int:
        """The clock, in UTC epoch milliseconds."""
        return self._now_ms()

    def use(self, store: Store, state: Refreshed | None = None) -> None:
        """Use a store that is open; with `state` what is derived stands for its records."""
        self._store, self._last = store, state

    def refreshed(self) -> Refreshed:
        """What is derived, brought up to date, once for every state of records and blueprint."""
        if self._last is None:
            self._last = self._brought_up(self._opened())
        return self._last

    def _brought_up(self, store: Store) -> Refreshed:
        from troth.ledger.refresh import outdated, refresh

        settings = self.settings
        watch = self.watch if outdated(store, self.blueprint, settings) else nullcontext
        with watch() as progress:
            return refresh(store, self.blueprint, settings, progress=progress)

    def _ready(self) -> Store:
        """The ledger, up to date, with something in it to read out."""
        store = self._opened()
        if self.refreshed().experiences == 0:
            raise UsageError(
                "experiences-missing",
                _("There are no experiences yet."),
                _("Import records: `troth import KIND=FILE`. If that is done, see what `troth check` says."),
                where=str(store.path),
            )
        return store

    def erased(self) -> ErasureList | None:
        """The people who were erased and do not come in again; None for nobody.

        Raises:
            TrothError: `erasures-damaged`.
        """
        from troth.store.erasures import ErasureList

        return ErasureList.peek(self.folder)

    @property
    def ledger(self) -> Store:
        """The ledger, up to date, for functions that read it.

        Raises:
            UsageError: `store-missing`, `experiences-missing`.
        """
        return self._ready()

    @property
    def store(self) -> Store:
        """The store as it is, whether there is anything in it or not."""
        return self._opened()

    @property
    def has_experiences(self) -> bool:
        """Whether there is anything to read out."""
        return self._has_ledger() and self.refreshed().experiences > 0

    def _now_ms(self) -> int:
        return int(self._now().timestamp() * 1000)
