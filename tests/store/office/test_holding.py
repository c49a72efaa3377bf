"""Only one server at a time has an office in PostgreSQL."""

from pathlib import Path

import pytest
from sqlalchemy import text
from tests.support.offices import emptied

from troth.errors import TrothError
from troth.store.office import Office
from troth.store.office.holding import Hold


@pytest.fixture
def environment(postgres_url: str) -> dict[str, str]:
    return {"TROTH_STORE": emptied(postgres_url)}


def test_the_second_is_refused_until_the_first_has_gone(tmp_path: Path, environment: dict[str, str]) -> None:
    with Office.open(tmp_path, environment) as mine, Office.open(tmp_path / "other", environment) as theirs:
        hold = Hold(mine)
        hold.confirm()
        with pytest.raises(TrothError) as raised:
            Hold(theirs)
        assert raised.value.code == "office-in-use"
        assert "TROTH_STORE" in raised.value.hint
        hold.close()
        Hold(theirs).close()


def test_a_lost_session_is_taken_anew_unless_another_was_quicker(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    ended = text(
        "SELECT pg_terminate_backend(pid, 20000) FROM pg_locks WHERE locktype = 'advisory' AND granted"
    )
    with Office.open(tmp_path, environment) as mine, Office.open(tmp_path / "other", environment) as theirs:
        hold = Hold(mine)
        with theirs.transaction() as connection:
            connection.execute(ended)
        hold.confirm()
        with pytest.raises(TrothError, match="office-in-use"):
            Hold(theirs)
        with theirs.transaction() as connection:
            connection.execute(ended)
        other = Hold(theirs)
        with pytest.raises(TrothError, match="office-in-use"):
            hold.confirm()
        other.close()
        hold.confirm()
        hold.close()


def test_an_office_in_a_file_needs_no_lock(tmp_path: Path) -> None:
    with Office.open(tmp_path, {}) as office:
        Hold(office).close()
        Hold(office).close()
