"""The office's layout: migrations give what the tables say, from every revision on, and none changes."""

import os
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy import text as statement
from tests.support.offices import emptied

from troth.errors import TrothError
from troth.store.office import OFFICE_NAME, Office
from troth.store.office.layout import configuration, upgrade
from troth.store.office.tables import metadata, parcel
from troth.store.office.trail import Action, Entry, note

LAYOUTS = Path(__file__).parent / "layouts"
"""What each revision's migration makes in SQLite. One that was released never changes: make a new revision.
That of a revision which is not released yet is written with TROTH_WRITE_LAYOUTS=1."""

with create_engine("sqlite://").connect() as nowhere:
    REVISIONS = [
        script.revision for script in ScriptDirectory.from_config(configuration(nowhere)).walk_revisions()
    ]

Place = tuple[Path, dict[str, str]]


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Where an office may be made: a folder, and what the environment says."""
    if request.param == "sqlite":
        return tmp_path, {}
    return tmp_path, {"TROTH_STORE": emptied(request.getfixturevalue("postgres_url"))}


def at(engine: Engine, revision: str) -> None:
    """Bring an empty database to a revision."""
    with engine.begin() as connection:
        command.upgrade(configuration(connection), revision)


@pytest.fixture
def engine(place: Place) -> Iterator[Engine]:
    """An empty database."""
    folder, environment = place
    url = environment.get("TROTH_STORE", f"sqlite:///{folder / OFFICE_NAME}")
    made = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    yield made
    made.dispose()


def differences(connection: Connection) -> list[Any]:
    """What autogenerate would change to come to the tables."""
    options = {"compare_type": True, "compare_server_default": True, "target_metadata": metadata}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


def laid_out(path: Path) -> str:
    """The statements of a SQLite file, in order."""
    with sqlite3.connect(path) as connection:
        found = connection.execute("""
            SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'sqlite_sequence'
            ORDER BY type <> 'table', type, name""").fetchall()
    connection.close()
    text = ";\n".join(sql.strip() for (sql,) in found)
    return text.replace("\t", "    ").replace(" \n", "\n") + ";\n"


def test_a_new_office_is_what_the_tables_say(place: Place) -> None:
    with Office.open(*place) as office, office.transaction() as connection:
        assert differences(connection) == []


def test_a_new_file_is_made_as_the_tables_would_make_it(tmp_path: Path) -> None:
    """Autogenerate does not compare everything, such as whether numbers are given twice."""
    Office.open(tmp_path, {}).close()
    plain = create_engine(f"sqlite:///{tmp_path / 'plain'}")
    metadata.create_all(plain)
    plain.dispose()

    def lines(path: Path) -> set[str]:
        parts = re.split(r", (?=[a-z_]+ [A-Z])|\n", laid_out(path))  # an added column has no line of its own
        return {part.strip(" ,") for part in parts}

    extra = lines(tmp_path / OFFICE_NAME) - lines(tmp_path / "plain")
    assert lines(tmp_path / "plain") <= lines(tmp_path / OFFICE_NAME)
    assert {
        line for line in extra if "alembic" not in line and "TRIGGER" not in line and "RAISE" not in line
    } == {"version_num VARCHAR(32) NOT NULL"}


@pytest.mark.parametrize("revision", REVISIONS)
def test_an_office_of_every_revision_comes_to_the_newest(place: Place, engine: Engine, revision: str) -> None:
    at(engine, revision)
    row = {"kind": "orders", "n": 1, "received_ms": 5, "body": b"\x00"}
    with engine.begin() as connection:
        connection.execute(
            statement(
                "INSERT INTO parcel (kind, n, received_ms, body) VALUES (:kind, :n, :received_ms, :body)"
            ),
            row,
        )
    with Office.open(*place) as office, office.transaction() as connection:
        assert differences(connection) == []
        assert connection.execute(parcel.select()).mappings().all() == [{"seq": 1} | row]


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_revision_stays_as_it_was(tmp_path: Path, revision: str) -> None:
    made = create_engine(f"sqlite:///{tmp_path / OFFICE_NAME}")
    at(made, revision)
    made.dispose()
    kept = LAYOUTS / f"{revision}.sql"
    if os.environ.get("TROTH_WRITE_LAYOUTS"):
        kept.write_text(laid_out(tmp_path / OFFICE_NAME), "utf-8")
    assert laid_out(tmp_path / OFFICE_NAME) == kept.read_text("utf-8")


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_file_that_was_made_then_opens_today(tmp_path: Path, revision: str) -> None:
    with sqlite3.connect(tmp_path / OFFICE_NAME) as connection:
        connection.executescript((LAYOUTS / f"{revision}.sql").read_text("utf-8"))
        connection.execute("INSERT INTO alembic_version VALUES (?)", [revision])
    connection.close()
    with Office.open(tmp_path, {}) as office, office.transaction() as connection:
        assert differences(connection) == []
        note(connection, Entry(1, "system", Action.BACKUP_MADE, "", {}))


def test_a_layout_of_a_newer_version_is_refused(place: Place, engine: Engine) -> None:
    Office.open(*place).close()
    with engine.begin() as connection:
        connection.execute(statement("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(TrothError) as raised:
        Office.open(*place)
    assert raised.value.code == "office-newer"


def test_a_migration_that_fails_leaves_nothing(engine: Engine) -> None:
    @event.listens_for(engine, "before_cursor_execute")
    def fail(*arguments: Any) -> None:  # noqa: ANN401 - as the library hands them over
        if "CREATE TABLE setting" in arguments[2]:
            raise RuntimeError

    with pytest.raises(RuntimeError):
        upgrade(engine, "here")
    event.remove(engine, "before_cursor_execute", fail)
    upgrade(engine, "here")
    with engine.connect() as connection:
        assert differences(connection) == []


def test_postgresql_keeps_parcels_as_they_are(postgres_url: str) -> None:
    url = emptied(postgres_url)
    with Office.open(Path(), {"TROTH_STORE": url}) as office, office.transaction() as connection:
        query = "SELECT attstorage FROM pg_attribute WHERE attrelid = 'parcel'::regclass AND attname = 'body'"
        assert connection.execute(statement(query)).scalar() in {"e", b"e"}
