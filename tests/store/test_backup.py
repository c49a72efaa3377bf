"""A backup taken while both databases are used comes back whole, in either kind of office."""

import json
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from sqlalchemy import func, select

from troth.errors import UsageError
from troth.store import FILE_NAME, Store
from troth.store.backup import ABOUT, backup, inspect, restore
from troth.store.office import Office
from troth.store.office.tables import account, api_key, invitation, parcel, session, setting
from troth.store.office.trail import Action, Entry, note
from troth.workspace.keeping import bring_back


def parcels(office: Office, n: int) -> list[int]:
    with office.transaction() as connection:
        for _ in range(n):
            connection.execute(
                parcel.insert(), {"kind": "order", "n": 1, "received_ms": 1, "body": b"\x00\xff[1]"}
            )
        return list(connection.execute(select(parcel.c.seq).order_by(parcel.c.seq)).scalars())


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    (tmp_path / "here").mkdir()
    with Office.open(tmp_path / "here", {}) as opened:
        yield opened


@pytest.fixture
def store(tmp_path: Path, office: Office) -> Iterator[Store]:
    assert office
    with Store.open(tmp_path / "here", create=True) as opened:
        opened.connection.execute("CREATE TABLE record.thing AS SELECT range AS v FROM range(100000)")
        opened.set_setting("colour", "blue")
        yield opened


def take(target: Path, store: Store, office: Office, files: dict[str, Path] | None = None) -> None:
    backup(target, store, office, files or {}, version="1", now_ms=5)


def test_a_backup_comes_back_as_it_was(tmp_path: Path, store: Store, office: Office) -> None:
    journey = tmp_path / "journey.yaml"
    journey.write_text("journey: ü")
    parcels(office, 3)
    with office.transaction() as connection:
        note(connection, Entry(1, "system", Action.BACKUP_MADE, "Zoë", {"n": 1}))
    take(tmp_path / "a.zip", store, office, {"blueprint.yaml": journey})
    (there := tmp_path / "there").mkdir()
    with Office.open(there, {}) as other:
        about = restore(tmp_path / "a.zip", there, other)
        assert about.rows["parcel"] == 3
        with other.transaction() as connection:
            assert connection.execute(select(parcel.c.body)).scalars().all() == [b"\x00\xff[1]"] * 3
        assert parcels(other, 1) == [1, 2, 3, 4]
    assert (there / "blueprint.yaml").read_text() == "journey: ü"
    with Store.open(there) as again:
        assert again.setting("colour") == "blue"
        assert again.connection.execute("SELECT sum(v) FROM record.thing").fetchall() == [(4999950000,)]


def test_people_go_on_writing_while_a_backup_is_taken(tmp_path: Path, store: Store, office: Office) -> None:
    stop, failed = threading.Event(), []

    def write() -> None:
        cursor = store.connection.cursor()
        number = 0
        while not stop.is_set():
            number += 1
            try:
                cursor.execute("BEGIN")
                cursor.execute("INSERT INTO record.thing VALUES (1)")
                cursor.execute("INSERT INTO record.thing VALUES (-1)")
                cursor.execute("COMMIT")
                with office.transaction() as connection:
                    for name in ("a", "b"):
                        connection.execute(setting.insert(), {"name": f"{name}{number}", "value": "1"})
            except Exception as error:  # noqa: BLE001 - told to the test
                failed.append(error)
                return

    thread = threading.Thread(target=write)
    thread.start()
    reading = Store(store.connection.cursor(), store.path)
    for number in range(4):
        take(tmp_path / f"{number}.zip", reading, office)
    stop.set()
    thread.join()
    assert failed == []
    for number in range(4):
        (there := tmp_path / f"there{number}").mkdir()
        with Office.open(there, {}) as other:
            restore(tmp_path / f"{number}.zip", there, other)
            with other.transaction() as connection:
                first = func.substr(setting.c.name, 1, 1)
                rows = connection.execute(select(first, func.count()).group_by(first)).all()
        assert len({count for _name, count in rows}) <= 1  # both or neither of each pair
        with Store.open(there) as again:
            [(total, n)] = again.connection.execute(
                "SELECT sum(v), count(*) % 2 FROM record.thing"
            ).fetchall()
            assert (total, n) == (4999950000, 0)


def test_a_backup_never_overwrites(tmp_path: Path, store: Store, office: Office) -> None:
    target = tmp_path / "a.zip"
    target.write_text("mine")
    with pytest.raises(UsageError) as raised:
        take(target, store, office)
    assert raised.value.code == "backup-exists"
    assert target.read_text() == "mine"
    with pytest.raises(UsageError) as raised:
        take(tmp_path / "nowhere" / "a.zip", store, office)
    assert raised.value.code == "backup-folder-missing"


def test_nothing_is_restored_over_what_is_there(tmp_path: Path, store: Store, office: Office) -> None:
    take(tmp_path / "a.zip", store, office)
    with pytest.raises(UsageError) as raised:
        restore(tmp_path / "a.zip", store.path.parent, office)
    assert raised.value.code == "restore-occupied"
    assert FILE_NAME in raised.value.message
    parcels(office, 1)
    (there := tmp_path / "there").mkdir()
    with pytest.raises(UsageError) as raised:
        restore(tmp_path / "a.zip", there, office)
    assert raised.value.code == "restore-occupied"
    assert list(there.iterdir()) == []


def test_a_damaged_backup_is_refused_whole(tmp_path: Path, store: Store, office: Office) -> None:
    take(tmp_path / "a.zip", store, office)
    for number, name in enumerate((FILE_NAME, "office/parcel.jsonl", "../evil", "added")):
        with (
            zipfile.ZipFile(tmp_path / "a.zip") as whole,
            zipfile.ZipFile(tmp_path / f"{number}.zip", "w") as bad,
        ):
            for entry in whole.namelist():
                bad.writestr(entry, b"other" if entry == name else whole.read(entry))
            if name not in whole.namelist():
                bad.writestr(name, b"other")
        with pytest.raises(UsageError) as raised:
            inspect(tmp_path / f"{number}.zip")
        assert raised.value.code == "backup-damaged"
    content = (tmp_path / "a.zip").read_bytes()
    (tmp_path / "cut.zip").write_bytes(content[: len(content) // 2])
    (tmp_path / "text.zip").write_text("no zip")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as other:
        other.writestr(ABOUT, json.dumps({"format": "x"}))
    for name in ("cut.zip", "text.zip", "other.zip"):
        with pytest.raises(UsageError) as raised:
            inspect(tmp_path / name)
        assert raised.value.code == "backup-foreign"


def test_a_backup_whose_ledger_is_empty_is_not_restored(
    tmp_path: Path, store: Store, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without_content(_connection: object, target: Path, _name: str) -> None:
        duckdb.connect(str(target)).close()

    monkeypatch.setattr("troth.store.backup.copy_ledger", without_content)
    take(tmp_path / "a.zip", store, office)
    with pytest.raises(UsageError) as raised:
        inspect(tmp_path / "a.zip")
    assert raised.value.code == "backup-damaged"
    with pytest.raises(UsageError) as raised:
        bring_back(tmp_path / "a.zip", tmp_path / "there")
    assert raised.value.code == "backup-damaged"
    assert not (tmp_path / "there").exists()


def test_sessions_and_unused_links_do_not_come_back_but_keys_do(
    tmp_path: Path, store: Store, office: Office
) -> None:
    person = {"id": 1, "email": "a@example.com", "name": "A", "role": "admin", "created_ms": 1, "handle": "h"}
    link = {"account_id": 1, "created_ms": 1, "expires_ms": 2}
    visit = {**link, "token_hash": "s", "last_seen_ms": 1, "user_agent": "", "address": ""}
    key = {**link, "name": "k", "prefix": "p", "secret_hash": "x", "scopes": ""}
    with office.transaction() as connection:
        connection.execute(account.insert(), person)
        connection.execute(session.insert(), visit)
        connection.execute(invitation.insert(), {**link, "token_hash": "new", "used_ms": None})
        connection.execute(invitation.insert(), {**link, "token_hash": "used", "used_ms": 1})
        connection.execute(api_key.insert(), key)
    take(tmp_path / "a.zip", store, office)
    (there := tmp_path / "there").mkdir()
    with Office.open(there, {}) as other:
        restore(tmp_path / "a.zip", there, other)
        with other.transaction() as connection:
            assert connection.execute(select(session.c.id)).all() == []
            assert connection.execute(select(invitation.c.token_hash)).scalars().all() == ["used"]
            assert connection.execute(select(account.c.email)).scalars().all() == ["a@example.com"]
            assert connection.execute(select(api_key.c.secret_hash)).scalars().all() == ["x"]
