"""The table of libraries with known holes: where each hole opens and closes."""

import re

import pytest

from troth.audit.catalogue.loading import read
from troth.audit.libraries import by_address, by_banner, version

CDN = "https://cdn.test"


@pytest.mark.parametrize(
    ("name", "open_", "id_", "mended"),
    [
        ("jquery", "1.8.3", "CVE-2012-6708", "1.9.0"),
        ("jquery", "2.2.4", "CVE-2015-9251", "3.0.0"),
        ("jquery", "3.3.1", "CVE-2019-11358", "3.4.0"),
        ("jquery", "3.4.1", "CVE-2020-11022", "3.5.0"),
        ("jquery-ui", "1.13.1", "CVE-2022-31160", "1.13.2"),
        ("jquery.validate", "1.19.5", "CVE-2025-3573", "1.20.0"),
        ("jquery.dataTables", "1.11.2", "CVE-2021-23445", "1.11.3"),
        ("bootstrap", "3.3.7", "CVE-2018-14041", "3.4.0"),
        ("bootstrap", "4.3.0", "CVE-2019-8331", "4.3.1"),
        ("bootstrap-table", "1.19.0", "CVE-2021-23472", "1.19.1"),
        ("select2", "4.0.5", "CVE-2016-10744", "4.0.6"),
        ("swiper", "6.5.0", "CVE-2021-23370", "6.5.1"),
        ("ember", "2.0.2", "CVE-2015-7565", "2.0.3"),
        ("dojo", "1.16.1", "CVE-2020-5258", "1.16.2"),
        ("prototype", "1.6.0.1", "CVE-2008-7220", "1.6.0.2"),
        ("backbone", "0.3.3", "CVE-2016-10537", "0.5.0"),
        ("yui", "2.8.2", "CVE-2010-4710", "2.9.0"),
        ("lodash", "4.17.22", "CVE-2025-13465", "4.17.23"),
        ("axios", "1.5.1", "CVE-2023-45857", "1.6.0"),
        ("easyXDM", "2.4.18", "CVE-2014-1403", "2.4.19"),
        ("mustache", "2.2.0", "CVE-2015-8862", "2.2.1"),
        ("handlebars", "4.7.8", "CVE-2026-33916", "4.7.9"),
        ("marked", "0.3.6", "CVE-2017-1000427", "0.3.7"),
        ("dompurify", "3.1.2", "CVE-2024-47875", "3.1.3"),
        ("dompurify", "2.5.3", "CVE-2024-45801", "2.5.4"),
        ("tinymce", "5.10.8", "CVE-2023-48219", "5.10.9"),
        ("tinymce", "6.7.2", "CVE-2023-48219", "6.7.3"),
        ("ckeditor", "4.20.2", "CVE-2023-28439", "4.21.0"),
        ("ckeditor5", "43.1.0", "CVE-2024-45613", "43.1.1"),
        ("froala_editor", "4.1.3", "CVE-2023-41592", "4.1.4"),
        ("plupload", "2.3.8", "CVE-2021-23562", "2.3.9"),
        ("videojs", "7.14.2", "CVE-2021-23414", "7.14.3"),
        ("pdf.js", "4.1.392", "CVE-2024-4367", "4.2.67"),
        ("chart.js", "2.9.3", "CVE-2020-7746", "2.9.4"),
        ("highcharts", "8.2.2", "CVE-2021-29489", "9.0.0"),
        ("highlightjs", "10.1.1", "CVE-2020-26237", "10.1.2"),
        ("mermaid", "9.1.1", "CVE-2022-31108", "9.1.2"),
    ],
)
def test_a_hole_is_open_up_to_the_version_that_mends_it(name: str, open_: str, id_: str, mended: str) -> None:
    assert id_ in ids(name, open_)
    assert id_ not in ids(name, mended)


@pytest.mark.parametrize(
    ("name", "before", "first", "id_"),
    [
        ("jquery", "1.12.2", "1.12.3", "CVE-2015-9251"),
        ("bootstrap", "3.4.0", "3.4.1", "CVE-2025-1647"),
        ("handlebars", "3.0.8", "4.0.0", "CVE-2019-20920"),
        ("lodash", "3.6.0", "3.7.0", "CVE-2020-8203"),
        ("axios", "0.30.0", "1.0.0", "CVE-2025-27152"),
        ("tinymce", "5.11.0", "6.0.0", "CVE-2024-38356"),
        ("highlightjs", "9.18.2", "10.0.0", "CVE-2020-26237"),
        ("ckeditor5", "39.0.2", "40.0.0", "CVE-2024-45613"),
        ("ua-parser", "0.7.28", "0.7.29", "CVE-2021-4229"),
        ("mermaid", "7.1.2", "8.0.0", "CVE-2022-31108"),
    ],
)
def test_a_hole_opens_with_the_first_version_that_has_it(
    name: str, before: str, first: str, id_: str
) -> None:
    assert id_ not in ids(name, before)
    assert id_ in ids(name, first)


def ids(name: str, said: str) -> set[str]:
    found = by_address(f"{CDN}/{name}-{said}.min.js")
    assert found is not None
    assert found.version == said
    return {id_ for hole in found.holes for id_ in hole.ids}


@pytest.mark.parametrize(
    ("source", "mended"),
    [
        ("/axios-0.27.2.js", "0.30.0"),
        ("/handlebars-3.0.5.js", "4.7.9"),
        ("/dompurify-2.0.0.js", "3.3.2"),
        ("/tinymce-4.9.6.js", "7.2.0"),
        ("/jquery-3.5.0.js", ""),
        ("/bootstrap-3.3.7.js", ""),
        ("/bootstrap-4.0.0.js", "4.3.1"),
        ("/vue-2.7.16.js", ""),
    ],
)
def test_the_version_to_go_to_has_no_known_hole_itself(source: str, mended: str) -> None:
    found = by_address(CDN + source)
    assert found is not None
    assert found.mended == mended
    if mended:
        cured = by_address(CDN + source.rpartition("-")[0] + f"-{mended}.js")
        assert cured is not None
        assert cured.holes == ()


@pytest.mark.parametrize("name", read("libraries.yaml"))
def test_the_table_holds_together(name: str) -> None:
    holes = read("libraries.yaml")[name]["holes"]
    assert holes
    for hole in holes:
        assert all(re.fullmatch(r"CVE-(?:19|20)\d\d-\d{4,7}", id_) for id_ in hole["ids"])
        assert version(str(hole.get("from", ""))) < version(str(hole["below"]))
        assert hole.get("mended", hole["below"]) == hole["below"]
    said = [(id_, str(hole.get("from", "")), str(hole["below"])) for hole in holes for id_ in hole["ids"]]
    assert len(said) == len(set(said))


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("/*! DataTables 1.10.21\n", "DataTables", "1.10.21"),
        ("/*!\n * Swiper 4.5.0\n", "Swiper", "4.5.0"),
        ("/*! @license DOMPurify 2.3.3 | (c)", "DOMPurify", "2.3.3"),
        ("/* axios v0.21.1 | (c)", "Axios", "0.21.1"),
        ("/**\n * @license\n * Video.js 7.8.4 <http", "Video.js", "7.8.4"),
        ("/*!\n * Chart.js v2.9.3\n", "Chart.js", "2.9.3"),
        ("/*! Select2 4.0.5 |", "Select2", "4.0.5"),
    ],
)
def test_banners_of_more_libraries(text: str, name: str, said: str) -> None:
    assert [(one.name, one.version) for one in by_banner(text)] == [(name, said)]
