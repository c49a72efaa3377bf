"""What customers say, in the report and its twin."""

from pathlib import Path
from typing import Any

import pytest
from tests.report import twins
from tests.report.test_html_page import Page
from tests.web.pages import voiced

from troth import Workspace
from troth.report.page.render import html


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("voices")


def twin_of(folder: Path, blueprint: str) -> dict[str, Any]:
    (folder / "blueprint.yaml").write_text(blueprint, "utf-8")
    with Workspace.open(folder) as workspace:
        workspace.import_("reviews", voiced.reviews(folder))
        return workspace.twin()


def section(twin: dict[str, Any], language: str = "en") -> str:
    """The text of the section; empty where there is none."""
    page = html(twin, language)
    found = page.partition('<section id="voices"')[2].partition("</section>")[0]
    return " ".join(Page(f"<section {found}</section>").text.split()) if found else ""


def test_the_report_says_what_is_spoken_of_and_quotes_without_names(folder: Path) -> None:
    twin = twin_of(folder, voiced.BLUEPRINT)
    [late] = [one for one in twin["voices"]["places"] if one["touchpoint"] == "delivery"]
    assert late["bad_differs"]
    assert {(one["record"], one["customer"]) for one in twin["voices"]["quotes"]} == {(None, None)}
    text = section(twin)
    cells = text.partition("DeliveryReliability")[2]
    assert cells.startswith(f"{round(late['bad']['value'])} "), "how badly stands right behind the names"
    assert " 120" in cells[: cells.index("ProductAbility")], "how often behind it"
    assert "worse" in text
    assert "Bel [phone]" in text or "De levering kwam" in text
    assert "06-12345678" not in str(twin)
    assert "1 place with too few texts for figures" in text


def test_where_groups_only_are_shown_the_report_quotes_nobody(folder: Path) -> None:
    twin = twin_of(folder, voiced.PRIVATE)
    assert twin["voices"]["quotes"] is None
    assert twin["voices"]["hidden"] == 2, "what eight say, and the place that would give it away"
    assert "Nobody is quoted here" in section(twin)


def test_a_company_whose_rules_read_nothing_has_no_such_section(folder: Path) -> None:
    rules = voiced.BLUEPRINT[voiced.BLUEPRINT.index("rules:") : voiced.BLUEPRINT.index("segments:")]
    plain = "rules: [{id: a, from: reviews, touchpoint: product, mechanism: ability, at: at, weight: '1'}]\n"
    twin = twin_of(folder, voiced.BLUEPRINT.replace(rules, plain))
    assert twin["voices"] is None
    assert 'id="voices"' not in html(twin, "en")
    assert 'href="#voices"' not in html(twin, "en")


def changed(**voices: object) -> dict[str, Any]:
    twin = twins.example()
    twin["voices"] |= voices
    return twin


def test_of_few_texts_the_report_shows_quotes_only() -> None:
    few = {"few": True, "together": None, "months": [], "terms": []}
    text = section(changed(**few, places=[]))
    assert "there is nothing to show but quotes" in text
    assert "Over time" not in text
    assert "In their words" in text
    assert "Nobody wrote anything in this period." in section(changed(missing="none"))
    assert "None of these texts could be read." in section(changed(missing="not-read", quotes=[]))


def test_where_the_reader_errs_too_often_no_share_is_given() -> None:
    twin = twins.example()
    for place in twin["voices"]["places"]:
        place |= {"bad": None, "bad_change": None}
    assert "The reader errs too often here to give a share." in section(twin)
