"""What a product page must tell, through the real collector."""

from collections.abc import Callable

import pytest
from tests.audit.rules.judging import verdict

from troth.audit.artifacts.shape import Artifacts, Page

pytestmark = pytest.mark.browser

RULE = "first_impression.product_facts"
WORD = {"nl": ("Op voorraad", "beker"), "de": ("Auf Lager", "Becher"), "en": ("In stock", "mug")}
Show = Callable[..., Page]
Bring = Callable[..., Artifacts]


Files = dict[str, tuple[str, str]]


def product(
    language: str, *, pictures: int = 3, words: int = 70, rows: int = 3, price: str = "€ 12,50"
) -> tuple[str, Files]:
    """A product page and its pictures."""
    stock, noun = WORD[language]
    drawing = "<svg xmlns='http://www.w3.org/2000/svg' width='200' height='200'/>"
    files = {f"https://shop.example/view-{n}.svg": ("image/svg+xml", drawing) for n in range(pictures)}
    shown = "".join(f"<img alt='View' width='200' height='200' src='{address}'>" for address in files)
    table = "".join(f"<tr><th>Size {n}</th><td>{n} cm</td></tr>" for n in range(rows))
    text = " ".join([noun] * words)
    body = f"<h1>{noun}</h1>{shown}<p>{price}</p><p>{stock}</p><p>{text}</p><table>{table}</table>"
    return f"<html lang='{language}'><body><main>{body}</main>", files


@pytest.mark.parametrize("language", ["nl", "de", "en"])
def test_a_full_page_passes(page: Show, artifacts: Bring, language: str) -> None:
    html, files = product(language)
    found = verdict(RULE, artifacts(page("product", html, files=files)))
    assert (found.state, found.score) == ("passed", 1), found


@pytest.mark.parametrize("language", ["nl", "de", "en"])
def test_what_is_missing_is_named(page: Show, artifacts: Bring, language: str) -> None:
    html, files = product(language, pictures=1, words=5, rows=0)
    found = verdict(RULE, artifacts(page("product", html, files=files)))
    assert found.score == pytest.approx(4 / 7)
    assert found.proofs[0].note == "missing: three pictures, 60 words of description, three attributes"


def test_without_a_product_nothing_is_said(page: Show, artifacts: Bring) -> None:
    assert verdict(RULE, artifacts(page("home", "<html lang='en'><p>Hello</p>"))).state == "not-applicable"
