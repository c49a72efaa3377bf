"""The helpers that other tests lean on do notice what they are there to notice."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def test_axe_finds_a_picture_without_a_text(browser: "Browser", axe_script: str) -> None:
    page = browser.new_page()
    page.set_content("<html lang='en'><title>Shop</title><main><h1>Shop</h1><img src='data:,'></main></html>")
    page.evaluate(axe_script)
    violations = page.evaluate("async () => (await axe.run()).violations.map(violation => violation.id)")
    page.close()
    assert violations == ["image-alt"]


def test_postgres_answers(postgres_url: str) -> None:
    import psycopg

    with psycopg.connect(postgres_url) as connection:
        row = connection.execute("SELECT 6 * 7, current_setting('server_encoding')").fetchone()
    assert row == (42, "UTF8")
