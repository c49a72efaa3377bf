"""The office's layout and its migrations: forward from every released one, each in one transaction."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from troth.errors import TrothError
from troth.store.office.opening import unreachable
from troth.texts import _

if TYPE_CHECKING:
    from alembic.config import Config
    from alembic.script import ScriptDirectory
    from sqlalchemy import Connection, Engine

    from troth.store.office import Office

_LOCK = 7_243_110_501
"""PostgreSQL's advisory lock while a layout is changed: several servers may start at once."""


def upgrade(engine: Engine, place: str) -> None:
    """Bring the office to the newest layout.

    Raises:
        TrothError: `office-newer`: a newer version of Troth wrote it.
    """
    from alembic import command
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory
    from sqlalchemy import text

    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        configuration = _configuration(connection)
        scripts = ScriptDirectory.from_config(configuration)
        current = MigrationContext.configure(connection).get_current_revision()
        if current == scripts.get_current_head():
            return
        _demand_known(scripts, current, place)
        command.upgrade(configuration, "head")


def state(office: Office) -> tuple[str | None, str]:
    """The layout that the office has (None: nothing is in its database yet), and the newest.

    Raises:
        TrothError: `office-newer`, `office-unreachable`.
    """
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory
    from sqlalchemy.exc import SQLAlchemyError

    try:
        with office.engine.connect() as connection:
            scripts = ScriptDirectory.from_config(_configuration(connection))
            current = MigrationContext.configure(connection).get_current_revision()
    except SQLAlchemyError as error:
        raise unreachable(office.place, error) from error
    _demand_known(scripts, current, office.place)
    return current, str(scripts.get_current_head())


def _demand_known(scripts: ScriptDirectory, current: str | None, place: str) -> None:
    if current is not None and current not in {script.revision for script in scripts.walk_revisions()}:
        raise TrothError(
            "office-newer",
            _("The office has layout %(layout)s, which this version of Troth does not know.")
            % {"layout": current},
            _("Use the newer version of Troth that wrote it."),
            where=place,
        )


def _configuration(connection: Connection) -> Config:
    from alembic.config import Config

    configuration = Config()
    configuration.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    configuration.attributes["connection"] = connection
    return configuration
