"""The office's layout and its migrations: forward from every released one, each in one transaction."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from troth.errors import TrothError
from troth.texts import _

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection, Engine

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
        if current is not None and current not in {script.revision for script in scripts.walk_revisions()}:
            raise TrothError(
                "office-newer",
                _("The office has layout %(layout)s, which this version of Troth does not know.")
                % {"layout": current},
                _("Use the newer version of Troth that wrote it."),
                where=place,
            )
        command.upgrade(configuration, "head")


def _configuration(connection: Connection) -> Config:
    from alembic.config import Config

    configuration = Config()
    configuration.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    configuration.attributes["connection"] = connection
    return configuration
