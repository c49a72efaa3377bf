"""The office's layout and its migrations: forward from every released one, each in one transaction."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from troth.errors import TrothError
from troth.store.office.opening import unreachable
from troth.texts import _

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection, Engine

    from troth.store.office import Office

_LOCK = 7_243_110_501
"""PostgreSQL's advisory lock while a layout is changed: several servers may start at once."""


def upgrade(engine: Engine, place: str) -> None:
    """Bring the office to the newest layout, all the way or not at all.

    Raises:
        TrothError: `office-newer`: a newer version of Troth wrote it.
    """
    from alembic import command
    from sqlalchemy import text

    with engine.connect() as connection:
        current, newest = _layouts(connection, place)
    if current == newest:
        return
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        else:  # the driver itself begins with the first change of a row only, and would leave half a layout
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        if _layouts(connection, place)[0] != newest:  # unless another process was quicker
            command.upgrade(configuration(connection), "head")


def state(office: Office) -> tuple[str | None, str]:
    """The layout that the office has (None: nothing is in its database yet), and the newest.

    Raises:
        TrothError: `office-newer`, `office-unreachable`.
    """
    from sqlalchemy.exc import SQLAlchemyError

    try:
        with office.engine.connect() as connection:
            return _layouts(connection, office.place)
    except SQLAlchemyError as error:
        raise unreachable(office.place, error) from error


def configuration(connection: Connection) -> Config:
    """What Alembic needs to work on this connection."""
    from alembic.config import Config

    found = Config()
    found.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    found.attributes["connection"] = connection
    return found


def _layouts(connection: Connection, place: str) -> tuple[str | None, str]:
    """The database's layout and the newest."""
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory.from_config(configuration(connection))
    current = MigrationContext.configure(connection).get_current_revision()
    if current is not None and current not in {script.revision for script in scripts.walk_revisions()}:
        raise TrothError(
            "office-newer",
            _("The office has layout %(layout)s, which this version of Troth does not know.")
            % {"layout": current},
            _("Use the newer version of Troth that wrote it."),
            where=place,
        )
    return current, str(scripts.get_current_head())
