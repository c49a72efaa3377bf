"""Libraries with known holes, by address and by banner."""

from dataclasses import replace

import pytest
from tests.audit.rules.judging import verdict
from tests.audit.rules.plain import EMPTY, home
from tests.support.gathered import artifacts

from troth.audit.artifacts.shape import Page
from troth.audit.libraries import by_address, by_banner, version

RULE = "security.vulnerable_scripts"
CDN = "https://cdn.test"


def shop(*sources: str, inline: str = "") -> Page:
    tags = "".join(f'<script src="{source}"></script>' for source in sources)
    return home(seen=replace(EMPTY, html=f"<head>{tags}<script>{inline}</script></head>"))


@pytest.mark.parametrize(
    ("url", "name", "said"),
    [
        ("/static/jquery-1.8.3.min.js", "jQuery", "1.8.3"),
        ("/ajax/libs/jquery/3.7.1/jquery.min.js", "jQuery", "3.7.1"),
        ("/npm/jquery@3.5.0/dist/jquery.min.js", "jQuery", "3.5.0"),
        ("/wp-includes/js/jquery/jquery.min.js?ver=3.4.1", "jQuery", "3.4.1"),
        ("/ui/1.12.1/jquery-ui.min.js", "jQuery UI", "1.12.1"),
        ("/js/jquery-ui-1.11.4.custom.min.js", "jQuery UI", "1.11.4"),
        ("/bootstrap/3.3.7/js/bootstrap.min.js", "Bootstrap", "3.3.7"),
        ("/ajax/libs/twitter-bootstrap/4.6.2/js/bootstrap.bundle.min.js", "Bootstrap", "4.6.2"),
        ("/ajax/libs/angularjs/1.8.2/angular.min.js", "AngularJS", "1.8.2"),
        ("/ajax/libs/lodash.js/4.17.15/lodash.min.js", "Lodash", "4.17.15"),
        ("/npm/vue@2.7.16", "Vue", "2.7.16"),
        ("/ajax/libs/underscore.js/1.8.3/underscore-min.js", "Underscore", "1.8.3"),
    ],
)
def test_an_address_tells_library_and_version(url: str, name: str, said: str) -> None:
    found = by_address(CDN + url)
    assert found is not None
    assert (found.name, found.version) == (name, said)


@pytest.mark.parametrize(
    "url",
    [
        "/static/jquery.min.js", "/jquery-migrate-1.2.1.min.js", "/assets/1.4.2/bootstrap.min.js",
        "/js/jquery.min.js?v=1.0.3", "/js/jquery.cookie-1.4.1.min.js", "/vue-1.2.css", "/@angular/core@1.2.3",
        "/wp-includes/js/jquery/jquery.min.js?ver=1.12.4-wp", "http://[",
    ],
)  # fmt: skip
def test_no_version_is_guessed(url: str) -> None:
    assert by_address(CDN + url if url.startswith("/") else url) is None


def test_a_banner_tells_as_well() -> None:
    found = by_banner("/*! jQuery v1.12.4 | (c) jQuery Foundation */ x;\n/*!\n * Bootstrap v3.4.1 */")
    assert [(one.name, one.version, bool(one.holes)) for one in found] == [
        ("jQuery", "1.12.4", True), ("Bootstrap", "3.4.1", False),
    ]  # fmt: skip
    assert by_banner("we like jQuery v1.12.4") == ()


def test_versions_compare_as_numbers() -> None:
    assert version("3.10.0") > version("3.9.1")
    assert version("3.5") == version("3.5.0")


@pytest.mark.parametrize(
    ("source", "state"),
    [
        ("/jquery-3.4.1.js", "failed"), ("/jquery-3.5.0.js", "passed"), ("/jquery-ui-1.12.1.js", "failed"),
        ("/bootstrap-3.4.0.js", "failed"), ("/bootstrap-3.4.1.js", "passed"),
        ("/bootstrap-4.1.0.js", "failed"), ("/bootstrap-5.3.0.js", "passed"),
        ("/vue-2.7.16.js", "failed"), ("/vue-3.4.0.js", "passed"),
        ("/moment-2.29.4.js", "passed"), ("/moment-2.29.1.js", "failed"), ("/lodash-4.17.21.js", "passed"),
        ("/handlebars-4.7.6.js", "failed"), ("/angular-1.8.3.js", "failed"), ("/axios-1.7.9.js", "passed"),
    ],
)  # fmt: skip
def test_judges_by_the_table(source: str, state: str) -> None:
    assert verdict(RULE, artifacts(shop(source))).state == state


def test_names_the_hole_and_what_mends_it() -> None:
    found = verdict(RULE, artifacts(shop("/jquery-1.8.3.min.js", "/angular-1.8.3.js")))
    assert found.score == pytest.approx(0.6)
    assert [proof.note for proof in found.proofs] == [
        "jQuery 1.8.3: CVE-2020-11022, CVE-2020-11023, mended in 3.5.0.",
        "AngularJS 1.8.3: CVE-2022-25869. It is no longer kept.",
    ]
    assert found.proofs[0].quote == "https://shop.example/jquery-1.8.3.min.js"


def test_a_library_counts_once_and_a_providers_own_not_at_all() -> None:
    twice = shop("/jquery-1.8.3.js", "/other/jquery-1.8.3.js", inline="/*! jQuery v1.8.3 */")
    assert verdict(RULE, artifacts(twice)).score == pytest.approx(0.8)
    chat = shop("https://static.zdassets.com/jquery-1.8.3.js")
    assert verdict(RULE, artifacts(chat)).state == "not-applicable"
    foreign = shop("https://code.jquery.com/jquery-1.8.3.js")
    assert verdict(RULE, artifacts(foreign)).state == "failed"


def test_says_nothing_where_no_version_is_told() -> None:
    assert verdict(RULE, artifacts(shop("/app.js"))).state == "not-applicable"
    assert verdict(RULE, artifacts(home(seen=None, failure="x"))).state == "not-applicable"
