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
        ("/ajax/libs/datatables/1.10.21/js/jquery.dataTables.min.js", "DataTables", "1.10.21"),
        ("/ajax/libs/Swiper/4.5.0/js/swiper.min.js", "Swiper", "4.5.0"),
        ("/npm/swiper@6.4.0/swiper-bundle.min.js", "Swiper", "6.4.0"),
        ("/ajax/libs/select2/4.0.5/js/select2.full.min.js", "Select2", "4.0.5"),
        ("/bootstrap-select-1.13.5.min.js", "bootstrap-select", "1.13.5"),
        ("/ajax/libs/dompurify/2.0.16/purify.min.js", "DOMPurify", "2.0.16"),
        ("/ajax/libs/video.js/7.8.4/video.min.js", "Video.js", "7.8.4"),
        ("/ajax/libs/Chart.js/2.9.3/Chart.bundle.min.js", "Chart.js", "2.9.3"),
        ("/ajax/libs/highlight.js/9.12.0/highlight.min.js", "highlight.js", "9.12.0"),
        ("/ajax/libs/pdf.js/2.0.943/pdf.min.js", "PDF.js", "2.0.943"),
        ("/ajax/libs/prototype/1.6.0.1/prototype.js", "Prototype", "1.6.0.1"),
        ("/npm/@ckeditor/ckeditor5-build-classic@34.0.0/build/ckeditor.js", "CKEditor 5", "34.0.0"),
        ("/npm/tinymce@5.10.9/tinymce.min.js", "TinyMCE", "5.10.9"),
        ("/npm/froala-editor@4.0.10/js/froala_editor.pkgd.min.js", "Froala", "4.0.10"),
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
        "/wp-includes/js/jquery/jquery.min.js?ver=1.12.4-wp", "http://[", "/static/chart-1.2.3.js",
        "/video-2.0.1.min.js", "/1.2.3/highlight.js", "/js/pdf-1.0.0.js", "/purify-1.0.0.js",
    ],
)  # fmt: skip
def test_no_version_is_guessed(url: str) -> None:
    assert by_address(CDN + url if url.startswith("/") else url) is None


def test_a_banner_tells_as_well() -> None:
    found = by_banner("/*! jQuery v1.12.4 | (c) jQuery Foundation */ x;\n/*!\n * Bootstrap v5.3.3 */")
    assert [(one.name, one.version, bool(one.holes)) for one in found] == [
        ("jQuery", "1.12.4", True), ("Bootstrap", "5.3.3", False),
    ]  # fmt: skip
    assert by_banner("we like jQuery v1.12.4") == ()


def test_versions_compare_as_numbers() -> None:
    assert version("3.10.0") > version("3.9.1")
    assert version("3.5") == version("3.5.0")


@pytest.mark.parametrize(
    ("source", "state"),
    [
        ("/jquery-3.4.1.js", "failed"), ("/jquery-3.5.0.js", "passed"), ("/jquery-ui-1.12.1.js", "failed"),
        ("/bootstrap-3.4.0.js", "failed"), ("/bootstrap-3.4.1.js", "failed"),
        ("/bootstrap-4.1.0.js", "failed"), ("/bootstrap-5.3.0.js", "passed"),
        ("/vue-2.7.16.js", "failed"), ("/vue-3.4.0.js", "passed"),
        ("/moment-2.29.4.js", "passed"), ("/moment-2.29.1.js", "failed"), ("/lodash-4.17.23.js", "passed"),
        ("/handlebars-4.7.6.js", "failed"), ("/angular-1.8.3.js", "failed"), ("/axios-1.8.2.js", "passed"),
    ],
)  # fmt: skip
def test_judges_by_the_table(source: str, state: str) -> None:
    assert verdict(RULE, artifacts(shop(source))).state == state


def test_names_the_hole_and_what_mends_it() -> None:
    found = verdict(RULE, artifacts(shop("/jquery-1.8.3.min.js", "/angular-1.8.3.js")))
    assert found.score == pytest.approx(0.6)
    mended, given_up = (proof.note for proof in found.proofs)
    assert mended.startswith("jQuery 1.8.3: CVE-2012-6708, CVE-2020-7656, CVE-2015-9251, CVE-2019-11358, ")
    assert mended.endswith("CVE-2020-11022, CVE-2020-11023, mended in 3.5.0.")
    assert given_up.startswith("AngularJS 1.8.3: CVE-2022-25869, ")
    assert given_up.endswith("CVE-2025-0716. It is no longer kept.")
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
