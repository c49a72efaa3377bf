"""Opening the office: `office.sqlite` in the workspace's folder, or the database that `TROTH_STORE` names."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from troth.errors import TrothError, UsageError
from troth.texts import _

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

OFFICE_NAME = "office.sqlite"
STORE_VARIABLE = "TROTH_STORE"
_FULL = re.compile("disk is full|No space left on device|File too large|disk I/O error")
"""How SQLite and PostgreSQL say that a write found no room; SQLite calls a file's limit an I/O error."""
_DURABLE = """
    SELECT set_config('synchronous_commit', 'on', false)
    WHERE current_setting('synchronous_commit') = 'off'"""
"""What was said to be kept is on the disk then, also where the database is set not to wait for that."""

_SCHEMES = ("postgresql://", "postgres://")


class Office:
    """The open office, a context manager; may be used by many threads, each with its own transaction."""

    def __init__(self, engine: Engine, place: str) -> None:
        self.engine = engine
        self.place = place

    @classmethod
    def open(cls, folder: Path, environment: Mapping[str, str] = os.environ) -> Self:
        """The office of the workspace in `folder`, brought to the newest layout; made when it is not there.

        Raises:
            UsageError: `office-scheme`: `TROTH_STORE` names no PostgreSQL database.
            TrothError: `office-unreachable`, `office-newer`, `office-foreign`.
        """
        from sqlalchemy.exc import SQLAlchemyError

        from troth.store.office.layout import upgrade

        url = environment.get(STORE_VARIABLE, "").strip()
        if not url:
            _make_private(folder / OFFICE_NAME)
        engine, place = _engine(url, folder)
        try:
            upgrade(engine, place)
        except SQLAlchemyError as error:
            engine.dispose()
            raise unreachable(place, error) from error
        except BaseException:
            engine.dispose()
            raise
        return cls(engine, place)

    @classmethod
    def look(cls, folder: Path, environment: Mapping[str, str] = os.environ) -> Self | None:
        """The office as it is: nothing is made, nothing brought up to date. None where there is none yet.

        Raises:
            UsageError: `office-scheme`.
            TrothError: `office-unreachable`.
        """
        from sqlalchemy.exc import SQLAlchemyError

        url = environment.get(STORE_VARIABLE, "").strip()
        if not url and not (folder / OFFICE_NAME).is_file():
            return None
        engine, place = _engine(url, folder)
        try:
            with engine.connect():
                return cls(engine, place)
        except SQLAlchemyError as error:
            engine.dispose()
            raise unreachable(place, error) from error

    @property
    def is_postgresql(self) -> bool:
        """Whether a team's PostgreSQL holds it."""
        return self.engine.dialect.name == "postgresql"

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """All of the block or nothing of it, durable when it ends.

        Raises:
            TrothError: `office-unreachable`: the database went away; `store-full`: its disk is full.
            UsageError: `value-invalid`: PostgreSQL cannot keep a value, such as a text with the sign zero.
        """
        from sqlalchemy.exc import DataError, DBAPIError, InterfaceError, OperationalError

        try:
            with self.engine.begin() as connection:
                yield connection
        except DataError as error:
            raise UsageError("value-invalid", _("A value holds what the database cannot keep.")) from error
        except DBAPIError as error:
            if not (isinstance(error, OperationalError | InterfaceError) or error.connection_invalidated):
                raise
            raise unreachable(self.place, error) from error

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """All tables as they are at one moment, to read only."""
        level = "REPEATABLE READ" if self.is_postgresql else "SERIALIZABLE"
        with self.engine.connect().execution_options(isolation_level=level) as connection:
            if not self.is_postgresql:
                connection.exec_driver_sql("BEGIN")  # the driver itself begins with the first change only
            yield connection

    def close(self) -> None:
        """Give the database free."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def unreachable(place: str, error: Exception) -> TrothError:
    """The error for a database that gives no answer, or takes no more."""
    reason = str(getattr(error, "orig", None) or error).strip().splitlines()
    if reason and _FULL.search(reason[0]):
        return TrothError(
            "store-full",
            _("The disk is full; nothing of this step was kept."),
            _("Make room on the disk and repeat the step."),
            where=place,
        )
    return TrothError(
        "office-unreachable",
        _("The database cannot be used: %(reason)s") % {"reason": reason[0] if reason else "?"},
        _("Is it running, may this account use it, and is there room on its disk?"),
        where=place,
    )


def _engine(url: str, folder: Path) -> tuple[Engine, str]:
    return (_postgresql(url), _without_password(url)) if url else _sqlite(folder / OFFICE_NAME)


def _make_private(path: Path) -> None:
    """Let a new file be its owner's alone: it will hold secrets. What SQLite puts beside it follows it."""
    with suppress(OSError):  # it is there already, or SQLite says better what is wrong
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _postgresql(url: str) -> Engine:
    from sqlalchemy import create_engine, event

    scheme = next((scheme for scheme in _SCHEMES if url.startswith(scheme)), None)
    if scheme is None:
        raise UsageError(
            "office-scheme",
            _("%(name)s names no PostgreSQL database.") % {"name": STORE_VARIABLE},
            _("Write postgresql://user@host/database, or leave it out for a file in the workspace."),
            allowed=("postgresql://",),
            where=STORE_VARIABLE,
        )
    engine = create_engine(
        f"postgresql+psycopg://{url.removeprefix(scheme)}", pool_pre_ping=True, pool_size=5, max_overflow=10
    )

    @event.listens_for(engine, "connect")
    def _durable(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own connection
        with connection.cursor() as cursor:
            cursor.execute(_DURABLE)
        connection.commit()

    return engine


def _sqlite(path: Path) -> tuple[Engine, str]:
    from sqlalchemy import create_engine, event

    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": 30})

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own connection
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}").close()

    return engine, str(path)


def _without_password(url: str) -> str:
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return STORE_VARIABLE
