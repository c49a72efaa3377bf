import pytest
from tests.support.serving import Served

from troth.web.access import accounts
from troth.web.access.tongue import accepted_language, chosen


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("de", "de"), ("de-AT", "de"), ("DE", "de"), ("fr, nl;q=0.5", "nl"), ("de;q=0.1, nl;q=0.9", "nl"),
        ("nl, de", "nl"), ("de;q=0, nl;q=0.1", "nl"), ("fr", None), ("", None), ("*", None),
        ("de;q=x", None), ("de;q=nan", None), ("de;q=2", None), (";;;,,,=", None), ("d" * 100_000, None),
    ],
)  # fmt: skip
def test_the_browser_s_language_is_the_best_that_is_spoken(header: str, language: str | None) -> None:
    assert accepted_language(header) == language


def test_what_was_asked_for_comes_before_what_was_kept() -> None:
    assert chosen("de", "nl", "en", "en") == "de"
    assert chosen("fr", "nl", "de", "de") == "nl"
    assert chosen(None, None, "de", "nl") == "de"
    assert chosen(None, None, "<script>", "nl") == "nl"
    assert chosen(None, None, None, None) == "en"


def test_a_choice_in_the_address_is_kept_in_a_cookie(server: Served) -> None:
    browser = server.anybody()
    assert '<html lang="en"' in browser.get("/sign-in").text
    assert '<html lang="de"' in browser.get("/sign-in?lang=de").text
    assert '<html lang="de"' in browser.get("/sign-in", headers={"Accept-Language": "nl"}).text
    assert '<html lang="de"' in browser.get("/sign-in?lang=xx").text


def test_the_account_s_language_reaches_code_that_runs_in_threads(server: Served) -> None:
    browser, who = server.signed_in(), server.account()
    with server.live.office.transaction() as connection:
        accounts.change(connection, who.id, language="nl")
    assert '<html lang="nl"' in browser.get("/overview", headers={"Accept-Language": "de"}).text
    refused = browser.get("/api/v1/overview?at=never", headers={"Accept-Language": "de"})
    assert refused.status_code == 422


def test_an_error_is_told_in_the_language_of_who_asks(server: Served) -> None:
    answers = [
        server.anybody().get("/nowhere", headers={"Accept-Language": name, "Authorization": "Bearer x"})
        for name in ("en", "de", "nl")
    ]
    assert [
        f'<html lang="{name}"' in answer.text
        for name, answer in zip(("en", "de", "nl"), answers, strict=True)
    ] == [True] * 3
