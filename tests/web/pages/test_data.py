"""Imports, quarantine, a file to import, a changed blueprint: through pages and through the API."""

import gzip
import html
import json
from typing import Any

import pytest
from starlette.testclient import TestClient
from tests.support.serving import Served
from tests.web.pages.rooms import BLUEPRINT, HTML, ended, trail

from troth.web.access.rights import Right, Role

HEADER = b"order_id,customer_id,country,made,due,came\n"
NEW = HEADER + b"n1,NL000,NL,2026-01-20,2026-01-25,2026-01-24\nn2,,NL,2026-01-20,2026-01-25,\n"


def send(client: TestClient, content: bytes, name: str = "more.csv", kind: str = "orders") -> Any:  # noqa: ANN401
    return client.post("/api/v1/data/import", data={"kind": kind}, files={"file": (name, content)})


def records(served: Served) -> dict[str, int]:
    with served.live.reading() as workspace:
        return workspace.status().records


def test_the_list_of_imports_is_newest_first_and_in_pages(books: Served) -> None:
    client = books.with_key(Right.SEE)
    answer = client.get("/api/v1/data").json()
    assert [run["kind"] for run in answer["imports"]] == ["calls", "orders"]
    assert {kind["kind"]: kind["quarantined"] for kind in answer["kinds"]} == {"orders": 1, "calls": 1}
    second = client.get("/api/v1/data?size=1&page=2").json()
    assert ([run["kind"] for run in second["imports"]], second["pages"]) == (["orders"], 2)
    assert client.get("/api/v1/data", params={"kind": "' OR 1=1 --"}).json()["total"] == 0


def test_quarantined_rows_are_for_those_who_may_see_people(own_books: Served) -> None:
    few = own_books.with_key(Right.SEE).get("/api/v1/data/quarantine").json()
    assert (few["seen"], few["rows"], few["total"]) == (False, [], 2)
    assert "NL001" not in own_books.signed_in(Role.VIEWER).get("/data/quarantine").text
    assert "NL001" not in own_books.with_key(Right.SEE).get("/api/v1/data/quarantine.csv").text
    assert not [line for line in trail(own_books) if line[1] == "quarantine-seen"]
    client = own_books.signed_in(Role.CASE_WORKER)
    rows = client.get("/api/v1/data/quarantine?kind=calls").json()["rows"]
    assert [(row["kind"], row["column"], row["row"]["stars"]) for row in rows] == [("calls", "stars", "many")]
    assert ("case-worker@example.com", "quarantine-seen", "calls") in trail(own_books)
    page = client.get("/data/quarantine").text
    assert html.escape(HTML, quote=False) in page.replace("&#34;", '"').replace("&#39;", "'")
    assert "<script>window" not in page


def test_a_file_is_looked_at_first_and_then_imported(own_books: Served) -> None:
    client = own_books.with_key(Right.CHANGE_DATA, Right.SEE_PEOPLE, Right.SEE)
    before = records(own_books)
    preview = ended(client, send(client, NEW).json()["id"])
    [found] = preview["imports"]
    assert (found["added"], found["quarantined"], found["source"]) == (1, 1, "more.csv")
    assert found["preview"]["rows"][0][:2] == ["n1", "NL000"]
    assert found["preview"]["quarantined"][0]["reason"] == "missing-customer"
    assert preview["may_take"] is True
    assert records(own_books) == before
    taken = client.post(f"/api/v1/jobs/{preview['id']}/take").json()
    done = ended(client, taken["id"])
    assert (done["state"], done["imports"][0]["added"]) == ("done", 1)
    assert records(own_books)["orders"] == before["orders"] + 1
    assert client.get("/api/v1/data").json()["imports"][0]["source"].endswith("more.csv")
    assert ("key:tests", "records-imported", "orders") in trail(own_books)
    again = client.post(f"/api/v1/jobs/{preview['id']}/take")
    assert (again.status_code, again.json()["error"]["code"]) == (409, "job-not-ready")
    assert list(own_books.live.passing.iterdir()) == []


def test_the_preview_names_nobody_to_who_may_not_see_people(own_books: Served) -> None:
    client = own_books.with_key(Right.CHANGE_DATA)
    preview = ended(client, send(client, NEW).json()["id"])
    assert preview["imports"][0]["preview"] is None
    assert preview["imports"][0]["added"] == 1


def test_a_file_that_is_discarded_leaves_nothing(own_books: Served) -> None:
    client = own_books.signed_in(Role.ANALYST)
    before = records(own_books)
    preview = ended(client, send(client, gzip.compress(NEW), "more.csv.gz").json()["id"])
    answer = client.post(f"/api/v1/jobs/{preview['id']}/discard").json()
    assert (answer["settled"], answer["may_take"]) == ("discarded", False)
    assert list(own_books.live.passing.iterdir()) == []
    assert records(own_books) == before


def test_the_form_leads_to_the_job_and_the_job_to_the_import(own_books: Served) -> None:
    client = own_books.signed_in(Role.ANALYST)
    token = client.headers["X-Form-Token"]
    answer = client.post(
        "/data/import", data={"kind": "orders", "form_token": token}, files={"file": ("more.csv", NEW)}
    )
    assert answer.status_code == 303
    job = answer.headers["location"]
    ended(client, job.rpartition("/")[2])
    page = client.get(job).text
    assert f'action="{job}/take"' in page
    assert "NL000" in page
    answer = client.post(f"{job}/take", data={"form_token": token})
    ended(client, answer.headers["location"].rpartition("/")[2])
    assert "What came in" in client.get(answer.headers["location"]).text
    assert client.get("/jobs").text.count("/jobs/") >= 2


@pytest.mark.parametrize("role", [Role.VIEWER, Role.CASE_WORKER])
@pytest.mark.parametrize("path", ["data/import", "data/quarantine/replay", "data/blueprint", "jobs/x/take"])
def test_who_may_not_change_data_changes_none(books: Served, role: Role, path: str) -> None:
    client = books.signed_in(role)
    answer = client.post(f"/api/v1/{path}", json={})
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "not-allowed")
    answer = client.post(f"/{path}", data={"form_token": client.headers["X-Form-Token"]})
    assert answer.status_code == 403


@pytest.mark.parametrize("path", ["data/import", "data/quarantine/replay", "data/blueprint", "jobs/x/take"])
def test_a_form_without_its_token_does_nothing(books: Served, path: str) -> None:
    client = books.signed_in(Role.ADMIN)
    before = len(books.live.jobs.all())
    assert client.post(f"/{path}", data={"kind": "orders"}).status_code == 403
    assert len(books.live.jobs.all()) == before


@pytest.mark.parametrize(
    ("content", "name", "kind", "code"),
    [
        (b"", "x.csv", "orders", "source-empty"),
        (b"\x00\xff\x00garbage", "x.csv", "orders", ""),
        (b"{half", "x.json", "orders", ""),
        (b"\x1f\x8b broken", "x.csv.gz", "orders", ""),
        (b"a,b\n1,2\n", "x.csv", "orders", ""),
        (NEW, "x.csv", "nothing", "kind-unknown"),
        (NEW, "x.csv", "orders'; DROP TABLE record.orders; --", "kind-unknown"),
    ],
)
def test_files_that_cannot_be_read_are_a_clear_error(
    own_books: Served, content: bytes, name: str, kind: str, code: str
) -> None:
    client = own_books.with_key(Right.CHANGE_DATA)
    before = records(own_books)
    answer = send(client, content, name, kind)
    if answer.status_code == 200:
        job = ended(client, answer.json()["id"])
        assert job["state"] == "failed"
        error = job["error"]
    else:
        assert answer.status_code == 422
        error = answer.json()["error"]
    assert error["code"] != "unexpected"
    assert not code or error["code"] == code
    assert str(own_books.live.folder) not in json.dumps(error)
    assert records(own_books) == before


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd", "..\\x.csv", "/etc/x.csv", "-rf", ".bashrc", "a" * 500, "ü;|&.csv"]
)
def test_a_file_lies_where_it_may_whatever_its_name(own_books: Served, name: str) -> None:
    client = own_books.with_key(Right.CHANGE_DATA)
    around = set(own_books.live.folder.parent.iterdir())
    job = ended(client, send(client, NEW, name).json()["id"])
    assert job["state"] in {"done", "failed"}
    assert set(own_books.live.folder.parent.iterdir()) == around


def test_a_request_that_is_too_large_or_of_another_kind_is_refused(books: Served) -> None:
    client = books.with_key(Right.CHANGE_DATA)
    answer = client.post("/api/v1/data/blueprint", json={"text": "x" * 5_000_000})
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "body-too-large")
    answer = client.post("/api/v1/data/blueprint", content=b"x", headers={"Content-Type": "text/csv"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (415, "media-type-unknown")
    for body in (b"[1]", b"{half", b"\xff"):
        answer = client.post(
            "/api/v1/data/blueprint", content=body, headers={"Content-Type": "application/json"}
        )
        assert (answer.status_code, answer.json()["error"]["code"]) == (422, "request-invalid")
    answer = client.post("/api/v1/data/import", data={"kind": "orders"}, files={"other": ("x", b"x")})
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "file-missing")


def test_the_quarantine_is_read_anew_after_the_blueprint_was_mended(own_books: Served) -> None:
    client = own_books.with_key(Right.CHANGE_DATA, Right.SEE)
    mended = BLUEPRINT.replace("stars: integer", "stars: text").replace("stars >= 4", "stars >= '4'")
    trial = ended(client, client.post("/api/v1/data/blueprint", json={"text": mended}).json()["id"])
    assert trial["state"] == "done", trial["error"]
    put = ended(client, client.post(f"/api/v1/jobs/{trial['id']}/take").json()["id"])
    assert put["state"] == "done", put["error"]
    job = ended(client, client.post("/api/v1/data/quarantine/replay", json={"kind": "calls"}).json()["id"])
    assert job["state"] == "done", job["error"]
    assert [(one["kind"], one["read"], one["quarantined"]) for one in job["imports"]] == [("calls", 1, 0)]
    reasons = client.get("/api/v1/data/quarantine").json()["reasons"]
    assert [row["kind"] for row in reasons] == ["orders"]
    assert ("key:tests", "quarantine-replayed", "calls") in trail(own_books)


def test_a_changed_blueprint_shows_what_it_would_change_and_changes_nothing_yet(own_books: Served) -> None:
    client = own_books.with_key(Right.CHANGE_DATA, Right.SEE)
    file = own_books.live.folder / "blueprint.yaml"
    before = client.get("/api/v1/segments").json()
    text = BLUEPRINT.replace("stars >= 4", "stars >= 6")
    job = ended(client, client.post("/api/v1/data/blueprint", json={"text": text}).json()["id"])
    trial = job["trial"]
    assert [
        (line["sign"], line["text"].strip()) for line in trial["lines"] if line["sign"] in {"added", "gone"}
    ] == [
        ("gone", "weight: CASE WHEN stars >= 4 THEN GOOD ELSE S2 END"),
        ("added", "weight: CASE WHEN stars >= 6 THEN GOOD ELSE S2 END"),
    ]
    assert trial["after"]["index"]["value"] < trial["before"]["index"]["value"]
    moved = {one["touchpoint"]: (one["before"], one["after"]) for one in trial["touchpoints"]}
    assert moved["service"][1]["value"] < moved["service"][0]["value"]
    assert moved["delivery"][0] == moved["delivery"][1]
    assert {one["source"]: one["after"] - one["before"] for one in trial["sources"]} == {
        "friendly": 0,
        "on-time": 0,
    }
    assert file.read_text("utf-8") == BLUEPRINT
    assert client.get("/api/v1/segments").json() == before
    assert client.post(f"/api/v1/jobs/{job['id']}/discard").json()["settled"] == "discarded"
    assert file.read_text("utf-8") == BLUEPRINT
    assert list(own_books.live.passing.iterdir()) == []


def test_taking_it_gives_just_what_was_shown(own_books: Served) -> None:
    client = own_books.with_key(Right.CHANGE_DATA, Right.SEE)
    text = BLUEPRINT.replace("  - id: friendly", "  # troth: less of it\n  - id: friendly").replace(
        "at: at\n    weight", "at: at\n    when: stars < 5\n    weight"
    )
    job = ended(client, client.post("/api/v1/data/blueprint", json={"text": text}).json()["id"])
    shown = job["trial"]["after"]
    put = ended(client, client.post(f"/api/v1/jobs/{job['id']}/take").json()["id"])
    assert put["state"] == "done", put["error"]
    assert (own_books.live.folder / "blueprint.yaml").read_text("utf-8") == text
    assert client.get("/api/v1/data").json()["experiences"] == shown["experiences"]
    with own_books.live.reading() as workspace:
        summary = workspace.summary()
    assert summary.company.trust.index is not None
    assert summary.company.trust.index.value == pytest.approx(shown["index"]["value"])
    assert ("key:tests", "blueprint-changed", "blueprint.yaml") in trail(own_books)
    assert client.get("/api/v1/data/blueprint").json()["differs"] is False


def test_a_blueprint_with_faults_is_told_with_their_lines(books: Served) -> None:
    client = books.signed_in(Role.ANALYST)
    text = BLUEPRINT.replace("touchpoint: service", "touchpoint: servise").replace("stars >= 4", "starz >= 4")
    job = ended(client, client.post("/api/v1/data/blueprint", json={"text": text}).json()["id"])
    assert job["state"] == "failed"
    assert {fault["line"] for fault in job["error"]["faults"]} == {
        number for number, line in enumerate(text.splitlines(), 1) if "servise" in line or "starz" in line
    }
    page = client.get(f"/jobs/{job['id']}").text
    assert "The blueprint has 2 faults." in page
    assert "starz" in page  # the text is there to be edited further
    assert client.get("/data/blueprint").status_code == 200


@pytest.mark.parametrize(
    "text", [HTML, "", "   ", "[1, 2", "journey: {name: <script>window.pwned=1</script>}", "a: &a [*a]"]
)
def test_harmful_blueprints_do_no_harm(books: Served, text: str) -> None:
    client = books.signed_in(Role.ANALYST)
    answer = client.post("/api/v1/data/blueprint", json={"text": text})
    if answer.status_code == 200:
        job = ended(client, answer.json()["id"])
        assert job["state"] == "failed"
        assert "<script>window" not in client.get(f"/jobs/{job['id']}").text
    else:
        assert answer.status_code == 422


def test_a_blueprint_whose_file_has_moved_on_is_not_overwritten(own_books: Served) -> None:
    client = own_books.signed_in(Role.ANALYST)
    file = own_books.live.folder / "blueprint.yaml"
    text = BLUEPRINT.replace("stars >= 4", "stars >= 3")
    job = ended(client, client.post("/api/v1/data/blueprint", json={"text": text}).json()["id"])
    other = BLUEPRINT.replace("stars >= 4", "stars >= 2")
    file.write_text(other, "utf-8")
    put = ended(client, client.post(f"/api/v1/jobs/{job['id']}/take").json()["id"])
    assert put["error"]["code"] == "blueprint-moved"
    assert file.read_text("utf-8") == other
    assert client.get("/api/v1/data/blueprint").json()["differs"] is True
    assert "says something else by now" in client.get("/data/blueprint").text
    disk = ended(client, client.post("/api/v1/data/blueprint", json={"from_disk": True}).json()["id"])
    put = ended(client, client.post(f"/api/v1/jobs/{disk['id']}/take").json()["id"])
    assert put["state"] == "done", put["error"]
    assert client.get("/api/v1/data/blueprint").json()["differs"] is False


def test_a_blueprint_that_the_records_cannot_follow_changes_nothing(own_books: Served) -> None:
    client = own_books.with_key(Right.CHANGE_DATA, Right.SEE)
    before = client.get("/api/v1/segments").json()
    text = BLUEPRINT.replace("key: order_id", "key: [order_id, country]")
    job = ended(client, client.post("/api/v1/data/blueprint", json={"text": text}).json()["id"])
    assert (job["state"], job["error"]["code"]) == ("failed", "key-changed")
    assert client.get("/api/v1/segments").json() == before


def test_when_its_file_cannot_be_written_the_old_blueprint_stays(
    own_books: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = own_books.with_key(Right.CHANGE_DATA, Right.SEE)
    before = client.get("/api/v1/segments").json()
    text = BLUEPRINT.replace("stars >= 4", "stars >= 6")
    job = ended(client, client.post("/api/v1/data/blueprint", json={"text": text}).json()["id"])

    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("troth.workspace.trial.replace_text", full)
    put = ended(client, client.post(f"/api/v1/jobs/{job['id']}/take").json()["id"])
    assert put["state"] == "failed"
    assert client.get("/api/v1/segments").json() == before
    assert client.get("/api/v1/data/blueprint").json()["differs"] is False


def test_records_come_in_while_a_blueprint_is_tried(own_books: Served) -> None:
    """The trial holds no lock: an import that comes meanwhile is there at once, and in the trial or not."""
    client = own_books.with_key(Right.CHANGE_DATA, Right.SEE, Right.SEE_PEOPLE)
    first = client.post("/api/v1/data/blueprint", json={"text": BLUEPRINT + "# again\n"}).json()["id"]
    before = records(own_books)["orders"]
    with own_books.live.changing() as workspace:
        file = own_books.live.folder / "more.csv"
        file.write_bytes(NEW)
        workspace.import_("orders", file)
    assert records(own_books)["orders"] == before + 1
    assert ended(client, first)["state"] == "done"


@pytest.mark.parametrize("job", ["nothing", "' OR 1=1 --", "<script>"])
def test_an_unknown_job_is_told(books: Served, job: str) -> None:
    client = books.signed_in()
    answer = client.get(f"/api/v1/jobs/{job}")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "job-unknown")
    assert client.get(f"/jobs/{job}").status_code == 404
