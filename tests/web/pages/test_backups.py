"""Backups by the server."""

import time
from pathlib import Path

import pytest
from tests.support.serving import Served

from troth.store.backup import inspect
from troth.web.access.rights import Role


def ended(server: Served, id_: str) -> dict[str, object]:
    for _ in range(200):
        job: dict[str, object] = server.with_key().get(f"/api/v1/jobs/{id_}").json()
        if job["state"] != "running":
            return job
        time.sleep(0.05)
    raise AssertionError(job)


def test_an_administrator_takes_a_backup(server: Served, tmp_path: Path) -> None:
    browser = server.signed_in()
    assert "There is no backup yet" in browser.get("/settings/backups").text
    program = server.with_key()
    started = program.post("/api/v1/settings/backups/take").json()
    assert ended(server, started["id"])["state"] == "done"
    [file] = program.get("/api/v1/settings/backups").json()["files"]
    about = inspect(tmp_path / "backups" / file["name"])
    assert about.rows["account"] == 1
    assert (tmp_path / "backups" / file["name"]).stat().st_mode & 0o077 == 0
    assert file["name"] in browser.get("/settings/backups").text
    assert "backup-made" in program.get("/api/v1/settings/trail").text


def test_by_form_too(server: Served) -> None:
    browser = server.signed_in()
    answer = browser.post("/settings/backups/take", data={"form_token": browser.headers["X-Form-Token"]})
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/jobs/")
    ended(server, answer.headers["location"].rpartition("/")[2])


@pytest.mark.parametrize("role", [Role.VIEWER, Role.CASE_WORKER, Role.ANALYST])
def test_nobody_else_may(server: Served, role: Role) -> None:
    browser = server.signed_in(role)
    assert browser.get("/settings/backups").status_code == 403
    form = {"form_token": browser.headers["X-Form-Token"]}
    assert browser.post("/settings/backups/take", data=form).status_code in {303, 403}
    assert server.with_key(role=role).post("/api/v1/settings/backups/take").status_code == 403
    assert not server.live.backups.exists()
