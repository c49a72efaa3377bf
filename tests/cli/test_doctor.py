"""`troth doctor`: a line for each part, how to mend it, and an exit code for machines."""

import hashlib
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import BLUEPRINT, Answer, Call
from tests.support.server_process import running

from troth.cli.views.doctor import TITLES
from troth.store import Store
from troth.store.office import Office
from troth.workspace.doctor import examining
from troth.workspace.live import Live
from troth.workspace.presence import SERVER_NAME, announced

STATES = {
    "blueprint": "note", "ledger": "fine", "derived": "fine", "quarantine": "note", "pseudonyms": "fine",
    "office": "note", "erasures": "fine", "permissions": "fine", "disk": "fine", "backups": "note",
    "browser": "fine", "fonts": "fine", "server": "fine",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with a browser, fonts and no settings, whatever this one has."""
    program = tmp_path.parent / f"{tmp_path.name}-machine" / "chromium"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    (program.parent / "a.ttf").touch()
    monkeypatch.setenv("TROTH_CHROMIUM", str(program))
    monkeypatch.setattr("troth.workspace.doctor.machine.FONT_FOLDERS", (str(program.parent),))
    monkeypatch.setattr("troth.audit.browser.finding.driver_runs", lambda: True)
    monkeypatch.delenv("TROTH_STORE", raising=False)


def by_name(answer: Answer) -> dict[str, dict[str, Any]]:
    return {check["name"]: check for check in answer.json["checks"]}


def told(answer: Answer, name: str) -> tuple[int, str, str]:
    check = by_name(answer)[name]
    return answer.code, check["state"], check["code"]


def files(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def tamper(folder: Path, statement: str) -> None:
    with Store.open(folder) as store:
        store.connection.execute(statement)


def test_a_sound_workspace_is_fine_and_nothing_is_changed(shop: Path, call: Call) -> None:
    call("summary")
    shop.chmod(0o700)
    before = files(shop)
    answer = call("doctor", "--json")
    assert {name: check["state"] for name, check in by_name(answer).items()} == STATES
    assert (answer.code, answer.err) == (0, "")
    assert (answer.json["findings"], answer.json["failures"], answer.json["repaired"]) == (0, 0, [])
    assert by_name(answer)["quarantine"]["figures"] == {"orders": 1}
    assert files(shop) == before


@pytest.mark.usefixtures("shop")
def test_every_line_says_what_it_is_about(call: Call) -> None:
    call("summary")
    said = call("doctor")
    lines = said.out.splitlines()
    for name, state in STATES.items():
        mark = {"fine": "✓", "note": "·"}[state]
        assert any(line.startswith(f"{mark} {TITLES[name]} ") for line in lines), name
    assert lines[-1] == "Nothing is to be mended."
    assert set(TITLES) == {*examining.LOOKS, "server"}


@pytest.mark.parametrize("name", ["empty_shop", "shop"])
def test_before_the_first_import_and_read_out_there_is_nothing_to_mend(
    name: str, call: Call, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue(name)
    assert call("doctor").code == 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE day_cube SET weight = weight + 1",
        "DELETE FROM experience WHERE severity > 0",
        "UPDATE experience SET weight = 2 * weight",
        "DELETE FROM customer_segment",
        "UPDATE customer SET hash = hash + 1",
        "UPDATE record.orders SET _hash = 7",
        "UPDATE refresh_state SET fingerprint = '9' WHERE part = 'experiences'",
        "UPDATE customer SET shard = (shard + 1) % 1024",
        "INSERT INTO customer SELECT customer_no + 50, customer, shard, hash FROM customer",
    ],
)
def test_what_is_derived_wrongly_is_found_and_mended(shop: Path, call: Call, statement: str) -> None:
    sound = call("trust", "--json").out
    tamper(shop, statement)
    assert told(call("doctor", "--json"), "derived") == (1, "finding", "derived-differs")
    assert by_name(call("doctor", "--quick", "--json"))["derived"]["code"] == "derived-unverified"
    mended = call("doctor", "--repair", "--json")
    assert told(mended, "derived") == (0, "fine", "")
    assert mended.json["repaired"] == ["derived"]
    assert call("trust", "--json").out == sound


def test_an_outdated_ledger_is_no_finding_and_may_be_brought_up_to_date(shop: Path, call: Call) -> None:
    call("summary")
    changed = BLUEPRINT.replace("mechanism: reliability", "mechanism: ability")
    (shop / "blueprint.yaml").write_text(changed, "utf-8")
    assert told(call("doctor", "--json"), "derived") == (0, "note", "derived-outdated")
    mended = call("doctor", "--repair")
    assert mended.err == "Worked out experiences, sums and read models anew from the records.\n"
    assert by_name(call("doctor", "--json"))["derived"]["state"] == "fine"


def test_a_blueprint_with_faults_does_not_hide_the_ledger(shop: Path, call: Call) -> None:
    (shop / "blueprint.yaml").write_text(BLUEPRINT.replace("from: orders", "from: oders"), "utf-8")
    answer = call("doctor", "--json")
    assert told(answer, "blueprint")[:2] == (1, "finding")
    assert by_name(answer)["ledger"]["state"] == "fine"
    assert "derived" not in by_name(answer)


def test_there_is_no_workspace(call: Call, tmp_path: Path) -> None:
    answer = call("-C", tmp_path, "doctor", "--json")
    assert (answer.code, answer.error["code"]) == (2, "workspace-missing")


def test_a_ledger_that_is_none_is_told(empty_shop: Path, call: Call) -> None:
    (empty_shop / "ledger.duckdb").write_text("no database")
    answer = call("doctor", "--json")
    assert told(answer, "ledger") == (1, "finding", "store-not-duckdb")
    assert "derived" not in by_name(answer)


def test_a_ledger_of_another_layout_is_told(shop: Path, call: Call) -> None:
    tamper(shop, "UPDATE setting SET value = '99' WHERE name = 'layout'")
    assert told(call("doctor", "--json"), "ledger") == (1, "finding", "store-newer")


def test_a_look_that_goes_wrong_hinders_no_other(
    shop: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_patient: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setitem(examining.LOOKS, "disk", broken)
    answer = call("doctor", "--json")
    assert told(answer, "disk") == (3, "failure", "unexpected")
    assert "ZeroDivisionError: oh" in by_name(answer)["disk"]["message"]
    assert by_name(answer)["backups"]["state"] == "note"
    assert call("doctor").out.splitlines()[-1] == "1 look went wrong (✗)."
    assert shop.is_dir()


def test_files_with_secrets_that_others_can_read_are_found_and_closed(
    shop: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    call("summary")
    call("account", "list")  # makes the office
    office = shop / "office.sqlite"
    assert stat.S_IMODE(office.stat().st_mode) == 0o600
    monkeypatch.setattr(
        "troth.workspace.doctor.folder._modes_above", lambda path: [path.parent.stat().st_mode]
    )
    shop.chmod(0o755)
    office.chmod(0o644)
    answer = call("doctor", "--json")
    assert told(answer, "permissions") == (1, "finding", "secrets-readable")
    assert "office.sqlite" in by_name(answer)["permissions"]["message"]
    shop.chmod(0o700)
    assert told(call("doctor", "--json"), "permissions") == (0, "fine", "")
    shop.chmod(0o755)
    assert call("doctor", "--repair", "--json").json["repaired"] == ["permissions"]
    assert stat.S_IMODE(office.stat().st_mode) == 0o600
    assert told(call("doctor", "--json"), "permissions") == (0, "fine", "")
    (shop / "ledger.duckdb").chmod(0o644)  # as earlier versions made it
    assert told(call("doctor", "--json"), "permissions") == (0, "note", "ledger-readable")


@pytest.fixture
def served(shop: Path, call: Call) -> Iterator[str]:
    call("summary")
    with running(shop) as server:
        yield server.address


def test_a_running_server_looks_itself_over(served: str, shop: Path, call: Call) -> None:
    answer = call("doctor", "--json")
    found = by_name(answer)
    assert answer.code == 0
    assert served in found["server"]["message"]
    sound = ("ledger", "derived", "office", "inbox", "mark", "erasures")
    assert {name: found[name]["state"] for name in sound} == dict.fromkeys(sound, "fine")
    german = call("doctor", "--lang", "de", "--json")
    assert german.code == 0
    refused = call("doctor", "--repair", "--json")
    assert (refused.code, refused.error["code"]) == (3, "server-running")
    (shop / "blueprint.yaml").write_text(BLUEPRINT.replace("name: Country", "name: Land"), "utf-8")
    assert told(call("doctor", "--json"), "blueprint") == (0, "note", "blueprint-not-taken")


def test_what_a_server_that_is_gone_has_left_is_told_and_removed(shop: Path, call: Call) -> None:
    call("summary")
    with announced(shop, "http://127.0.0.1:9"):
        assert told(call("doctor", "--json"), "server") == (0, "note", "server-gone")
        assert call("doctor", "--repair", "--json").json["repaired"] == ["server"]
        assert not (shop / SERVER_NAME).exists()
    assert told(call("doctor", "--json"), "server") == (0, "fine", "")


def test_what_a_machine_lacks_for_audits_is_a_note(
    shop: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TROTH_CHROMIUM", str(shop / "nothing"))
    monkeypatch.setattr("troth.workspace.doctor.machine.FONT_FOLDERS", (str(shop),))
    answer = call("doctor", "--json")
    assert told(answer, "browser") == (0, "note", "browser-missing")
    assert told(answer, "fonts") == (0, "note", "fonts-missing")


def test_pseudonyms_need_the_key_that_made_them(
    empty_shop: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanting = BLUEPRINT + "privacy: {pseudonymise: true}\n"
    (empty_shop / "blueprint.yaml").write_text(wanting, "utf-8")
    assert told(call("doctor", "--json"), "pseudonyms") == (1, "finding", "pseudonym-key-missing")
    monkeypatch.setenv("TROTH_PSEUDONYM_KEY", "a key that is long enough")
    assert call("import", "orders=orders.csv").code == 0
    assert told(call("doctor", "--json"), "pseudonyms") == (0, "fine", "")
    monkeypatch.setenv("TROTH_PSEUDONYM_KEY", "another one that is long enough")
    assert told(call("doctor", "--json"), "pseudonyms") == (1, "finding", "pseudonym-key-differs")
    (empty_shop / "key").write_text("a key that is long enough\n")
    assert told(call("doctor", "--key-file", "key", "--json"), "pseudonyms") == (0, "fine", "")


@pytest.mark.usefixtures("shop")
def test_codes_are_stable_names(call: Call) -> None:
    for check in call("doctor", "--json").json["checks"]:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*|", check["code"])
        assert (check["code"] == "") == (check["state"] == "fine")
        assert check["message"].endswith(".")


def test_a_database_that_does_not_answer_is_told(
    shop: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TROTH_STORE", "postgresql://troth:hunted@127.0.0.1:9/troth")
    answer = call("doctor", "--json")
    assert told(answer, "office") == (1, "finding", "office-unreachable")
    assert "hunted" not in answer.out
    monkeypatch.setenv("TROTH_STORE", "mysql://nowhere")
    assert told(call("doctor", "--json"), "office") == (1, "finding", "office-scheme")
    assert shop.is_dir()


def test_a_database_that_answers_is_told(
    shop: Path, call: Call, monkeypatch: pytest.MonkeyPatch, postgres_url: str
) -> None:
    from tests.support.offices import emptied

    monkeypatch.setenv("TROTH_STORE", emptied(postgres_url))
    assert told(call("doctor", "--json"), "office") == (0, "note", "office-older")
    Office.open(shop).close()
    answer = call("doctor", "--json")
    assert told(answer, "office") == (0, "fine", "")
    assert "postgresql" in by_name(answer)["office"]["message"]
    assert told(answer, "inbox") == told(answer, "mark") == (0, "fine", "")
    assert told(answer, "copy") == (0, "note", "copy-missing")


def test_the_copy_in_a_database_is_compared_with_the_ledger(
    shop: Path, call: Call, monkeypatch: pytest.MonkeyPatch, postgres_url: str
) -> None:
    from tests.support.offices import emptied

    call("summary")
    monkeypatch.setenv("TROTH_STORE", emptied(postgres_url))
    with Live.open(shop):
        pass
    answer = call("doctor", "--json")
    assert told(answer, "copy") == (0, "fine", "")
    assert by_name(answer)["copy"]["figures"] == {"records": 3}
    row = "5,c5,NL,2026-01-13,2026-01-13 10:00\n"
    (shop / "more.csv").write_text((shop / "orders.csv").read_text().splitlines()[0] + "\n" + row)
    older = (shop / "ledger.duckdb").read_bytes()
    assert call("import", "orders=more.csv").code == 0
    assert told(call("doctor", "--json"), "copy") == (0, "note", "copy-behind")
    with Live.open(shop):
        pass
    assert told(call("doctor", "--json"), "copy") == (0, "fine", "")
    (shop / "ledger.duckdb").write_bytes(older)
    assert told(call("doctor", "--json"), "copy") == (1, "finding", "ledger-behind")
    (shop / "ledger.duckdb").unlink()
    assert told(call("doctor", "--json"), "copy") == (1, "finding", "ledger-lost")
    assert call("import", "orders=more.csv").code == 0
    assert told(call("doctor", "--json"), "copy") == (1, "finding", "ledger-foreign")
