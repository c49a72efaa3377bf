import pytest
from markupsafe import escape
from tests.support.serving import Served

from troth import texts
from troth.store.office.trail import Action, Entry, note
from troth.web.access.rights import Right, Role
from troth.web.pages.trail.names import NAMES

API = "/api/v1/settings/trail"


def test_the_trail_is_read_by_page_by_action_by_whom_and_about_whom(server: Served) -> None:
    admin = server.signed_in()
    with server.live.office.transaction() as connection:
        for n in range(5):
            seen = server.live.subject(f"c{n}")
            note(connection, Entry(n, f"a{n % 2}@example.com", Action.PERSON_SEEN, seen))
        note(connection, Entry(9, "a0@example.com", Action.KEY_MADE, "c1", {"prefix": "<b>"}))
    first = admin.get(f"{API}?size=2").json()
    assert [line["subject"] for line in first["lines"]] == [
        "c1",
        server.live.subject("c4"),
    ]
    assert (first["total"], first["pages"]) == (6, 3)
    last = admin.get(f"{API}?size=2&page=3").json()["lines"]
    assert [line["subject"] for line in last] == [server.live.subject("c1"), server.live.subject("c0")]
    assert admin.get(f"{API}?page=999").json()["lines"] == []
    assert admin.get(f"{API}?action=person-seen&actor=a0@example.com").json()["total"] == 3
    assert admin.get(f"{API}?subject=c1").json()["total"] == 2, "asked by the id that no line holds"
    assert admin.get(f"{API}?subject={server.live.subject('c1')}").json()["total"] == 1
    assert "prefix: &lt;b&gt;" in admin.get("/settings/trail").text
    assert admin.get(f"{API}.csv?subject=c1").text.count("\n") == 3


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_action_has_a_name_on_the_page_and_its_id_in_the_twin(server: Served, language: str) -> None:
    assert set(NAMES) == set(Action)
    admin = server.signed_in()
    with server.live.office.transaction() as connection:
        for n, action in enumerate(Action):
            note(connection, Entry(n, "a", action, server.live.subject("c1")))
    page = admin.get(f"/settings/trail?lang={language}").text
    with texts.use_language(language):
        for action, name in NAMES.items():
            assert f"<td>{escape(str(name))}</td>" in page
            assert f'<option value="{action}">{escape(str(name))}</option>' in page
    twin = admin.get(API).json()["lines"]
    assert {line["action"] for line in twin} >= set(Action)
    assert "\r\n1,0,a,signed-in," in admin.get(f"{API}.csv?actor=a&action=signed-in").text


def test_an_action_that_is_none_is_told_with_what_there_is(server: Served) -> None:
    error = server.signed_in().get(f"{API}?action=person-sen").json()["error"]
    assert (error["code"], error["hint"]) == ("action-unknown", "Did you mean person-seen?")


def test_a_look_at_one_person_is_in_it_whoever_looks(server: Served) -> None:
    server.signed_in(Role.CASE_WORKER).get("/customers/c1")
    server.with_key(Right.SEE_PEOPLE).get("/api/v1/customers/c1")
    assert server.trail() == [
        ("case-worker@example.com", "person-seen", server.live.subject("c1")),
        ("key:tests", "person-seen", server.live.subject("c1")),
    ]
