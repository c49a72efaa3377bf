"""One server at a time has an office: each would carry the parcels of the other into a ledger of its own.

With SQLite the ledger in the same folder is what only one process has open. A PostgreSQL database is reached
from many folders and machines, so a server holds an advisory lock as long as its session lasts; the database
gives it free when the server is gone, however it went.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from troth.errors import TrothError
from troth.store.office.opening import Office, unreachable
from troth.texts import _

if TYPE_CHECKING:
    from sqlalchemy import Connection

_LOCK = 724_311_051
"""The first half of the lock's number; the other is the schema's that the tables are in."""


class Hold:
    """An office held by this process until `close`.

    Raises:
        TrothError: `office-in-use`: another server has it; `office-unreachable`.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._lock = threading.Lock()
        self._connection: Connection | None = None
        self.confirm()

    def confirm(self) -> None:
        """See to it that the office is still held: the lock is lost with the session that has it.

        Raises:
            TrothError: `office-in-use`: another server has taken it meanwhile; `office-unreachable`.
        """
        from sqlalchemy.exc import SQLAlchemyError

        if not self._office.is_postgresql:
            return
        with self._lock:
            if self._connection is not None and _answers(self._connection):
                return
            self._leave()
            try:
                connection = self._office.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
                if not _taken(connection):
                    connection.close()
                    raise self._in_use()
            except SQLAlchemyError as error:
                raise unreachable(self._office.place, error) from error
            self._connection = connection

    def close(self) -> None:
        """Give the office free."""
        with self._lock:
            self._leave()

    def _leave(self) -> None:
        if self._connection is not None:
            self._connection.invalidate()  # ends the session, and with it the lock
            self._connection.close()
            self._connection = None

    def _in_use(self) -> TrothError:
        return TrothError(
            "office-in-use",
            _("Another server works on this database."),
            _("End it, or give this one a database of its own by %(name)s.") % {"name": "TROTH_STORE"},
            where=self._office.place,
        )


def _taken(connection: Connection) -> bool:
    from sqlalchemy import text

    query = text("SELECT pg_try_advisory_lock(:lock, hashtext(current_schema()))")
    return bool(connection.execute(query, {"lock": _LOCK}).scalar())


def _answers(connection: Connection) -> bool:
    from sqlalchemy.exc import SQLAlchemyError

    try:
        connection.exec_driver_sql("SELECT 1")
    except SQLAlchemyError:
        return False
    return True
