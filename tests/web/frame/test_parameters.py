"""What stands behind the question mark and means nothing is told, not left out."""

import pytest
from tests.support.serving import Served

from troth.web.access.rights import Role
from troth.web.frame.filters import Filters
from troth.web.pages import pages

PLAIN = [page.address for page in pages() if "{" not in page.address]


@pytest.mark.parametrize(
    "address", ["/journey", "/grid.csv", "/settings/trail", "/jobs", "/journey/delivery"]
)
def test_a_slip_of_the_pen_is_told_with_what_there_is(tea: Served, address: str) -> None:
    answer = tea.with_key().get(f"/api/v1{address}?touchpont=delivery")
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["where"]) == (
        422, "parameter-unknown", "query.touchpont",
    )  # fmt: skip
    assert error["hint"] == "Did you mean touchpoint?"
    assert error["allowed"] == list(Filters.model_fields)


@pytest.mark.parametrize("address", PLAIN)
def test_a_page_says_the_same_and_keeps_what_it_may_carry(server: Served, address: str) -> None:
    browser = server.signed_in()
    refused = browser.get(f"{address}?segmant=country%3DNL")
    assert refused.status_code == 422
    assert "There is no parameter “segmant” here." in refused.text
    assert "Did you mean segment?" in refused.text
    assert "parameter-unknown" in refused.text
    carried = browser.get(f"{address}?lang=de&at=&since=&page=1")
    assert carried.status_code == 200
    assert '<html lang="de"' in carried.text


def test_nothing_else_is_told_of_an_unknown_parameter(tea: Served) -> None:
    error = tea.with_key().get("/api/v1/overview", params={"<script>": "1"}).json()["error"]
    assert error["message"] == "There is no parameter “<script>” here."
    page = tea.signed_in().get("/overview", params={"<script>": "1"})
    assert "<script>”" not in page.text
    assert "&lt;script&gt;" in page.text


def test_an_empty_unknown_parameter_is_one_too(tea: Served) -> None:
    assert tea.signed_in().get("/overview?touchpont=").status_code == 422
    assert tea.with_key().get("/api/v1/overview?touchpont").status_code == 422


def test_an_action_of_the_api_takes_no_parameters(tea: Served) -> None:
    answer = tea.with_key().post("/api/v1/settings/keys/revoke?id=1", json={"id": 999_999})
    assert answer.json()["error"]["code"] == "parameter-unknown"


def test_the_language_is_described_and_goes_along_nowhere(tea: Served) -> None:
    described = tea.with_key().get("/api/v1/openapi.json").json()
    parameters = described["paths"]["/api/v1/customers"]["get"]["parameters"]
    assert "lang" in {parameter["name"] for parameter in parameters}
    assert "`parameter-unknown`" in described["info"]["description"]
    page = tea.signed_in(Role.CASE_WORKER).get("/grid/delivery/reliability?lang=nl&size=5").text
    assert "page=2" in page
    assert "lang=" not in page.split("<main")[1].split("</main>")[0]
    assert Filters(lang="nl", size=5).as_query() == {"size": 5}


def test_who_must_not_is_told_so_first_by_a_page(tea: Served) -> None:
    assert tea.signed_in(Role.VIEWER).get("/settings/trail?touchpont=1").status_code == 403
