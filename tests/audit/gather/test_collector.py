"""What the collector sees in a page."""

from collections.abc import Callable
from dataclasses import fields

import pytest

from troth.audit.artifacts.page import Control, Seen

pytestmark = pytest.mark.browser
See = Callable[..., Seen]

HEADER = """<header><a href="/"><img class="logo" src="/logo.png" width="120" height="40" alt="Chairs"></a>
<form role="search" action="/find"><input name="q"></form><nav><a href="/c">Chairs</a></nav></header>"""


def test_text_runs_carry_contrast_with_what_lies_under_them(seen: See) -> None:
    runs = {
        run.text: run
        for run in seen(
            """<body style="background:#fff"><p style="color:#777">grey</p>
            <div style="background:#000"><p style="color:#fff;background:rgba(255,255,255,.5)">half</p></div>
            <p style="color:rgba(0,0,0,.5)">pale</p><p style="opacity:.5">faint</p>
            <p style="background:linear-gradient(red,blue);color:#fff">gradient</p>
            <p style="color:oklch(0.627 0.258 29.23)">modern</p><button disabled>off</button>
            <div style="position:relative;height:100px"><img src="/h.jpg"
            style="position:absolute;left:0;top:0;width:100%;height:100%">
            <h2 style="position:relative;color:#fff">on a picture</h2></div>
            <div style="position:relative;height:60px"><div style="position:absolute;left:0;top:0;width:300px;
            height:60px;background:#333"></div>
            <b style="position:absolute;left:9px;top:9px;color:#fff">on a box</b>
            </div><input type="submit" value="Send" style="background:#060;color:#fff">"""
        ).runs
    }
    assert runs["grey"].contrast == pytest.approx(4.48, abs=0.01)
    assert (runs["grey"].foreground, runs["grey"].background) == ("#777777", "#ffffff")
    assert runs["half"].background in {"#7f7f7f", "#808080"}
    assert runs["half"].contrast == pytest.approx(3.95, abs=0.05)
    assert runs["pale"].contrast == pytest.approx(3.95, abs=0.05)
    assert runs["faint"].contrast == pytest.approx(3.95, abs=0.05)
    assert runs["modern"].contrast == pytest.approx(4.0, abs=0.1)
    assert {runs[name].contrast for name in ("gradient", "on a picture", "on a box", "off")} == {None}
    assert runs["Send"].contrast == pytest.approx(7.24, abs=0.01)


def test_struck_prices_and_sizes(seen: See) -> None:
    runs = {
        run.text: run
        for run in seen(
            """<p style="font-size:10px">Now <del>20</del> <b>10</b> <span
            style="text-decoration:line-through">30 <i>EUR</i></span></p>"""
        ).runs
    }
    assert {text for text, run in runs.items() if run.struck} == {"20", "30", "EUR"}
    assert (runs["10"].size, runs["10"].weight) == (10.0, 700)


def test_what_is_hidden_is_no_text_and_not_visible(seen: See) -> None:
    page = seen(
        """<a href="/a" style="display:none">a</a><a href="/b" style="visibility:hidden">b</a>
        <a href="/c" style="opacity:0">c</a><a href="/d" style="position:absolute;left:-9999px">d</a>
        <a href="/e" style="position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0,0,0,0)">e</a>
        <details><summary>f</summary><a href="/g">g</a></details><div hidden><a href="/h">h</a></div>
        <a href="/i">i</a>"""
    )
    assert [link.text for link in page.links if link.visible] == ["i"]
    assert len(page.links) == 8
    assert [run.text for run in page.runs] == ["f", "i"]


def test_regions(seen: See) -> None:
    page = seen(
        f"""{HEADER}<main><article><header><a href="/m">m</a></header></article></main>
        <footer><nav><a href="/f">f</a></nav></footer>
        <div style="position:fixed;bottom:0;left:0;width:100%;height:90px"><a href="/x">x</a></div>"""
    )
    assert {link.text: link.region for link in page.links} == {
        "Chairs": "nav", "m": "main", "f": "footer", "x": "dialog",
    } | {"Chairs": "nav"}  # fmt: skip
    assert page.links[0].region == "header"
    assert [field.region for field in page.fields] == ["header"]


def test_regions_by_names_where_there_are_no_elements_for_them(seen: See) -> None:
    page = seen(
        """<div id="page"><div class="site-header"><a href="/h">h</a></div><div class="card-header">
        <a href="/m">m</a></div><div id="footer"><a href="/f">f</a></div></div>"""
    )
    assert {link.text: link.region for link in page.links} == {"h": "header", "m": "main", "f": "footer"}


def test_landmarks_and_logo(seen: See) -> None:
    page = seen(
        f"""{HEADER}<nav aria-label="Kruimelpad"><a href="/">Home</a></nav><main>x</main>
        <footer>y</footer>""",
        files={
            "https://shop.example/logo.png": ("image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg'/>")
        },
    )
    assert page.landmarks == ("banner", "navigation", "search", "breadcrumb", "main", "contentinfo")
    assert page.logo
    assert page.logo.endswith("img:nth-of-type(1)")


@pytest.mark.parametrize(
    ("html", "name"),
    [
        ("<button>Buy</button>", "Buy"),
        ("<button aria-label='Close'>x</button>", "Close"),
        (
            "<span id='a'>First</span> <b id='b'>name</b><button aria-labelledby='a b'>x</button>",
            "First name",
        ),
        ("<button><img src='/x.png' alt='Basket'></button>", "Basket"),
        ("<button><svg><title>Search</title></svg></button>", "Search"),
        ("<button><i aria-hidden='true'>shopping_cart</i></button>", ""),
        ("<button title='Menu'></button>", "Menu"),
        ("<input type='submit' value='Order'>", "Order"),
        ("<button><span style='display:none'>ghost</span></button>", ""),
        ("<div role='button'>Go</div>", "Go"),
    ],
)
def test_names_of_buttons(seen: See, html: str, name: str) -> None:
    (button,) = [control for control in seen(html).controls if control.role == "button"]
    assert button.name == name


@pytest.mark.parametrize(
    ("html", "label"),
    [
        ("<label>Street <input></label>", "Street"),
        ("<label for='f'>Town</label><input id='f'>", "Town"),
        ("<input placeholder='Search'>", "Search"),
        ("<input aria-label='Amount' type='number'>", "Amount"),
        ("<input>", ""),
        ("<label>Country <select><option>NL</select></label>", "Country"),
    ],
)
def test_labels_of_fields(seen: See, html: str, label: str) -> None:
    (field,) = seen(html).fields
    assert field.label.startswith(label) if label else field.label == ""


def test_fields_tell_who_ticked_them(seen: See) -> None:
    page = seen(
        """<form action="/go" method="POST"><p><label><input type="checkbox" name="a" checked>
        Insurance</label> for 5 EUR a month</p><label><input type="checkbox" name="b"> News</label>
        <input type="checkbox" name="c"><div role="switch" aria-checked="true" aria-label="Ads"></div>
        <input type="hidden" name="h" value="1"><input name="t" value="x" required autocomplete="cc-number">
        <select name="s"><option value="">-</option><option value="1" selected>One</option></select></form>
        <script>document.querySelector('[name=c]').checked = true</script>"""
    )
    fields_ = {field.name or field.label: field for field in page.fields}
    assert list(fields_) == ["a", "b", "c", "Ads", "t", "s"]
    assert {name for name, field in fields_.items() if field.preset} == {"a", "c", "Ads", "t", "s"}
    assert {name for name, field in fields_.items() if field.checked} == {"a", "c", "Ads"}
    assert "5 EUR" in fields_["a"].near
    assert (fields_["t"].required, fields_["t"].autocomplete) == (True, "cc-number")
    (form,) = page.forms
    assert (form.action, form.method) == ("https://shop.example/go", "post")
    assert {field.form for field in page.fields} == {0}


def test_a_box_that_its_label_draws_is_visible(seen: See) -> None:
    page = seen(
        """<label><input type="checkbox" style="position:absolute;opacity:0;width:0;height:0"> Yes</label>"""
    )
    assert page.fields[0].visible


def test_overlays(seen: See) -> None:
    page = seen(
        """<p>page</p><div style="position:fixed;inset:0;background:#0008">
        <div role="dialog">Buy now</div></div>
        <div style="position:fixed;right:0;bottom:0;width:64px;height:72px">chat</div>
        <div style="position:fixed;inset:0;pointer-events:none"></div>"""
    )
    large, chat = page.overlays
    assert (large.share, large.dialog, large.blocking, large.text) == (1.0, True, True, "Buy now")
    assert (chat.share, chat.dialog, chat.blocking) == (0.005, False, False)


def test_blocks_are_paragraphs_with_their_language(seen: See) -> None:
    page = seen(
        """<html lang="en"><p>A paragraph with <b>bold</b> and <a href="/">linked</a> words.</p>
        <div lang="de"><p>Ein ganzer deutscher Absatz steht hier.</p></div><p>short</p>"""
    )
    assert [(block.text, block.language) for block in page.blocks] == [
        ("A paragraph with bold and linked words.", "en"),
        ("Ein ganzer deutscher Absatz steht hier.", "de"),
    ]
    assert page.language == "en"


def test_open_shadow_roots_and_slots_are_seen(seen: See) -> None:
    page = seen(
        """<x-card id="card"><b slot="t">slotted</b></x-card><script>
        card.attachShadow({mode: 'open'}).innerHTML =
        '<p><slot name="t"></slot></p><a href="/s">in the shade</a>'
        </script>"""
    )
    assert [link.text for link in page.links] == ["in the shade"]
    assert {run.text for run in page.runs} == {"slotted", "in the shade"}
    assert "in the shade" in page.text
    assert page.links[0].selector == "#card a:nth-of-type(1)"


def test_pictures(seen: See) -> None:
    page = seen(
        """<a href="/p"><img src="/gone.png" alt="Chair" width="50" height="50"></a>
        <div style="background:url(/seal.png);width:80px;height:80px" aria-label="Seal"></div>
        <img src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7" alt="">"""
    )
    broken, seal, dot = page.images
    assert (broken.complete, broken.natural_width, broken.alt) == (True, 0, "Chair")
    assert broken.linked_to == "https://shop.example/p"
    assert (seal.src, seal.alt) == ("https://shop.example/seal.png", "Seal")
    assert (dot.natural_width, dot.natural_height) == (1, 1)
    assert [control.name for control in page.controls if control.role == "img"] == ["Chair"]


def test_layout_of_a_small_screen(seen: See) -> None:
    page = seen(
        """<meta name="viewport" content="width=device-width">
        <div style="width:900px;font-size:11px">tiny words</div>
        <a href="/1" style="display:inline-block;width:10px;height:10px">1</a><a
        href="/2" style="display:inline-block;width:10px;height:10px">2</a>
        <p>Words around <a href="/3">it</a> spare a link.</p>
        <a href="/4" style="display:block;width:10px;height:10px;margin:60px">4</a>""",
        width=375,
    )
    assert page.layout.window_width == 375
    assert page.layout.scroll_width >= 900
    assert 0 < page.layout.small_text_share < 1
    assert len(page.layout.small_targets) == 2
    assert page.layout.targets == 4


def test_fonts_and_colours_by_share(seen: See) -> None:
    page = seen(
        """<body style="font-family:'My Font',serif;background:#fff;color:#000"><p>aaaaaaaaa</p>
        <p style="font-family:Other">b</p><div style="background:#f00;height:900px"></div>"""
    )
    assert page.fonts == {"my font": 0.9, "other": 0.1}
    assert next(iter(page.colours)) in {"#ffffff", "#ff0000"}
    assert sum(page.colours.values()) == pytest.approx(1, abs=0.01)


def test_selectors_find_the_element_again(seen: See) -> None:
    html = f"""<body>{HEADER}<ul><li><a href="/1">1</a><li><a href="/2">2</a></ul><a id="1:r" href="/3">3</a>
    <p id="twice"><a href="/4">4</a></p><p id="twice"><a href="/5">5</a></p>"""
    from selectolax.lexbor import LexborHTMLParser

    page = seen(html)
    tree = LexborHTMLParser(page.html)
    for link in page.links:
        found = tree.css(link.selector)
        assert [node.attributes["href"] for node in found] == [link.href.removeprefix("https://shop.example")]


def test_lists_are_cut_and_say_so(seen: See) -> None:
    page = seen("<a href='/'>a</a>" * 2100 + "<p>" + "word " * 90_000)
    assert len(page.links) == 2000
    assert len(page.text) == 400_000
    assert {"links", "text"} <= set(page.cut)


def test_the_same_page_gives_the_same(seen: See) -> None:
    html = f"<body>{HEADER}<p>words</p><form><input></form>"
    assert seen(html) == seen(html)


def test_every_field_of_the_shape_is_filled(seen: See) -> None:
    import json

    from troth.audit.gather.collect import script

    assert {field.name for field in fields(Seen)} == set(json.loads(seen_json(script(), seen)))
    assert isinstance(seen("<button>x</button>").controls[0], Control)


def seen_json(expression: str, seen: See) -> str:
    gallery = seen.__self__  # type: ignore[attr-defined]
    tab, _answers = gallery._tabs[1280]
    return str(gallery._loop.run(tab.evaluate(expression)))
