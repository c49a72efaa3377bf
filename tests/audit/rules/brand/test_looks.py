"""Logo and style from page to page, through the real collector."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.audit.rules.judging import verdict

from troth.audit.artifacts.shape import Artifacts, Page
from troth.audit.facts.brand import distance

LOGO, STYLE = "brand.logo_consistent", "brand.style_consistent"
HASH, NEAR, OTHER = "ffee00112233aabb", "ffee00112233aab8", "0011ffeeccdd5544"
LINKS = "".join(f"<a href='/{name}'>{name}</a> " for name in ("terms", "returns", "privacy", "contact"))
Show = Callable[..., Page]
Bring = Callable[..., Artifacts]


PICTURE = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>"
TEXT = "<p>All is plain here and reads as it should, page after page.</p>" * 5


def shop(
    page: Show,
    kind: str,
    *,
    style: str = "font:16px serif;color:#222",
    footer: str = LINKS,
    home: str = "/",
    logo_hash: str = HASH,
    ground: str = "#fff",
) -> Page:
    logo = f'<a href="{home}"><img id="logo" alt="Logo" width="90" height="30" src="{PICTURE}"></a>'
    header = f"<header>{logo}<nav>{LINKS}</nav></header>"
    body = f"<body style='{style};background:{ground}'>{header}<main>{TEXT}</main><footer>{footer}</footer>"
    return page(kind, f"<html lang='en'>{body}", logo_hash=logo_hash)


@pytest.mark.browser
def test_the_same_logo_everywhere_passes(page: Show, artifacts: Bring) -> None:
    pages = [shop(page, "home"), shop(page, "product"), shop(page, "terms", logo_hash=NEAR)]
    assert verdict(LOGO, artifacts(*pages)).state == "passed"


@pytest.mark.browser
@pytest.mark.parametrize(
    ("change", "note"),
    [
        ({"logo_hash": OTHER}, "shows another logo"),
        ({"logo_hash": ""}, "shows no logo"),
        ({"home": "https://shop.example/sale/all/"}, "the logo does not lead home"),
    ],
)
def test_a_page_with_another_logo_is_named(
    page: Show, artifacts: Bring, change: dict[str, str], note: str
) -> None:
    pages = [shop(page, "home"), shop(page, "product"), shop(page, "checkout", **change)]
    found = verdict(LOGO, artifacts(*pages))
    assert found.state == "failed"
    assert [(proof.page, proof.note) for proof in found.proofs] == [("first-checkout", note)]


@pytest.mark.browser
def test_a_shop_without_any_logo_fails_and_one_page_says_nothing(page: Show, artifacts: Bring) -> None:
    assert verdict(LOGO, artifacts(shop(page, "home", logo_hash=""), shop(page, "product"))).state == "failed"
    assert verdict(LOGO, artifacts(shop(page, "home"))).state == "not-applicable"
    assert verdict(STYLE, artifacts(shop(page, "home"))).state == "not-applicable"


@pytest.mark.browser
@pytest.mark.parametrize(
    ("head", "elsewhere", "state"),
    [
        ("<a href='/'>Clay</a>", "<a href='/'>Clay</a>", "passed"),
        ("<a href='/'>Clay</a>", "<a href='/'>Cley</a>", "failed"),
        ("<a href='/'>Clay</a>", "<a href='/sale'>Clay</a>", "failed"),
        ("<a href='/'>Clay</a>", "<p style='height:300px'></p><a href='/'>Clay</a>", "failed"),
        ("<a href='/'>Home</a>", "<a href='/'>Home</a>", "failed"),
        ("<a href='/'>New in</a>", "<a href='/'>New in</a>", "failed"),
        (
            f"<a href='/'><img alt='Clay' id='logo' width='90' height='30' src=\"{PICTURE}\"></a>",
            "",
            "failed",
        ),
    ],
    ids=["same", "another", "leads-elsewhere", "far-down", "says-home", "not-the-name", "picture-unread"],
)
def test_a_name_in_letters_is_a_logo(
    page: Show, artifacts: Bring, head: str, elsewhere: str, state: str
) -> None:
    def show(kind: str, top: str) -> Page:
        html = f"<html lang='en'><title>Home - Clay</title><body><header>{top}</header><main>{TEXT}</main>"
        return page(kind, html)

    assert verdict(LOGO, artifacts(show("home", head), show("product", elsewhere))).state == state


@pytest.mark.browser
@pytest.mark.parametrize(
    ("kind", "change", "state"),
    [
        ("product", {}, "passed"),
        ("product", {"style": "font:16px monospace;color:#222"}, "failed"),
        ("product", {"style": "font:16px serif;color:#ff0", "ground": "#123"}, "failed"),
        ("product", {"footer": "<a href='/elsewhere'>Elsewhere</a>"}, "passed"),
        ("checkout", {"footer": ""}, "passed"),
    ],
)
def test_a_page_that_looks_like_anothers_is_named(
    page: Show, artifacts: Bring, kind: str, change: dict[str, str], state: str
) -> None:
    found = verdict(STYLE, artifacts(shop(page, "home"), shop(page, kind, **change)))
    assert found.state == state, found


SHARES = st.dictionaries(st.sampled_from("abcdef"), st.floats(0.001, 1000), min_size=1)


@given(SHARES, SHARES)
def test_distance_is_symmetric_bounded_and_blind_to_scale(
    one: dict[str, float], other: dict[str, float]
) -> None:
    found = distance(one, other)
    assert found == pytest.approx(distance(other, one), abs=1e-6)
    assert -1e-9 <= found <= 1 + 1e-9
    assert distance(one, {name: 3 * share for name, share in one.items()}) == pytest.approx(0, abs=1e-6)
