from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from tests.support.offices import emptied

from troth.store.office import Office
from troth.store.office.trail import Action, Entry, note, person_subject


def check(office: Office) -> None:
    with office.transaction() as connection:
        note(connection, Entry(1, "admin@example.com", Action.KEY_MADE, "c'1", {"why": "<b>"}))
    for statement in (
        "UPDATE trail SET actor = 'nobody'",
        "DELETE FROM trail",
        "DELETE FROM trail WHERE id = 1",
    ):
        with pytest.raises(DBAPIError, match="append-only"), office.engine.begin() as connection:
            connection.execute(text(statement))
    with office.transaction() as connection:
        [line] = connection.execute(text("SELECT actor, action, subject, detail FROM trail"))
    assert tuple(line) == ("admin@example.com", "key-made", "c'1", '{"why": "<b>"}')


@pytest.mark.parametrize("action", [Action.PERSON_SEEN, Action.PERSON_EXPORTED, Action.PERSON_ERASED])
def test_no_line_holds_a_persons_id(tmp_path: Path, action: Action) -> None:
    with Office.open(tmp_path, {}) as office, office.transaction() as connection:
        with pytest.raises(ValueError, match=action):
            note(connection, Entry(1, "admin@example.com", action, "c1"))
        note(connection, Entry(1, "admin@example.com", action, person_subject("0" * 64)))


def test_no_line_of_the_trail_is_changed_or_removed(tmp_path: Path) -> None:
    with Office.open(tmp_path, {}) as office:
        check(office)
        put = "INTO trail (id, at_ms, actor, action, subject, detail) VALUES (1, 1, 'nobody', 'x', '', '{}')"
        for verb in ("INSERT OR REPLACE", "REPLACE", "INSERT"):
            with pytest.raises(DBAPIError, match="append-only"), office.engine.begin() as connection:
                connection.execute(text(f"{verb} {put}"))
        check_one_line(office)


def check_one_line(office: Office) -> None:
    with office.transaction() as connection:
        note(connection, Entry(2, "admin@example.com", Action.KEY_REVOKED, "c2"))
        assert [line.actor for line in connection.execute(text("SELECT actor FROM trail ORDER BY id"))] == [
            "admin@example.com", "admin@example.com"
        ]  # fmt: skip


@pytest.mark.conformance
def test_nor_in_postgresql(tmp_path: Path, postgres_url: str) -> None:
    with Office.open(tmp_path, {"TROTH_STORE": emptied(postgres_url)}) as office:
        check(office)
        with pytest.raises(DBAPIError, match="append-only"), office.engine.begin() as connection:
            connection.execute(text("TRUNCATE trail"))
