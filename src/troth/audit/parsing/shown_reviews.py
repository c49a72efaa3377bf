"""Reviews as they stand in a page, and averages as it writes them, where no structured data tell."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

MOST = 500
_CANDIDATES = (
    "[itemprop=review],[itemprop=reviews],[data-review-id],[class*=review],[class*=Review],[class*=beoordeling],"
    "[class*=bewertung],[class*=rezension]"
)
_BODY = (
    "[itemprop=reviewBody],[itemprop=description],p,blockquote,[class*=body],[class*=text],[class*=content]"
)
_OF = r"(?:/|von|van(?: de)?|out of|of|uit|aus)"
_SAID = re.compile(
    rf"(\d(?:[.,]\d)?)\s*{_OF}\s*(5|10)\b|(\d(?:[.,]\d)?)[\s-]*(?:sterne?n?|sterren|ster|stars?)\b",
    re.IGNORECASE,
)
_WIDTH = re.compile(r"width:\s*(\d{1,3}(?:\.\d+)?)%")
_COUNTED = (
    r"(?:(?:klant|kunden)?(?:beoordelingen|bewertungen|rezensionen|ervaringen)|beoordeling|bewertung"
    r"|(?:customer )?(?:reviews?|ratings?))"
)
_STATED = re.compile(
    rf"(?<![\d.,])(?P<value>\d(?:[.,]\d{{1,2}})?)(?!\d)(?:\s*{_OF}\s*(?P<best>5|10)(?:[.,]0)?)?(?:\s*(?:sternen?|sterren|stars?))?"
    rf"[^\S\n]*(?:[(|·•,–-]|basierend auf|gebaseerd op|based on|bei|aus|uit|from|\n)?[^\S\n]*"
    rf"(?P<count>\d{{1,3}}(?:[.,]\d{{3}})+|\d{{1,7}})\s*{_COUNTED}",
    re.IGNORECASE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """One review; `stars` on a scale to 5, None where they are not told; `day` None likewise."""

    author: str
    day: date | None
    stars: float | None
    text: str


@dataclass(frozen=True, slots=True)
class Average:
    """An average as written: `value` on a scale to 5, right to `within`, of `count` reviews."""

    value: float
    within: float
    count: int
    quote: str


def shown_reviews(html: str) -> tuple[Shown, ...]:
    """The reviews in `html`: the innermost parts that are called so and have stars and words."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(html)
    for node in tree.css("script,style,template,noscript"):
        node.decompose()
    found: list[Shown] = []
    held: list[str] = []
    for node in reversed(tree.css(_CANDIDATES)[: MOST * 4]):  # a part comes after what it lies in
        review = _review(node)
        if review is None or any(review.text and review.text == text for text in held):
            continue
        whole = _line(node.text(separator=" "))
        if sum(text in whole for text in held[-50:]) > 0:
            continue  # it holds reviews that were found already
        found.append(review)
        held.append(review.text)
    return tuple(reversed(found[:MOST]))


def averages(text: str) -> tuple[Average, ...]:
    """The averages that stand in `text` together with their number.

    >>> [(one.value, one.count) for one in averages("4,1 von 5 (10 Bewertungen)")]
    [(4.1, 10)]
    """
    found = []
    for match in _STATED.finditer(text):
        best = float(match["best"] or 5)
        value = float(match["value"].replace(",", "."))
        plain = match["best"] is None and match["value"].isdigit()  # `3 (12 reviews)` may be anything
        if 0 < value <= best and not plain:
            count = int(re.sub(r"\D", "", match["count"]))
            found.append(
                Average(value * 5 / best, within(value) * 5 / best, count, " ".join(match[0].split()))
            )
    return tuple(found)


def within(value: float) -> float:
    """How far from the truth an average may lie by the way it is rounded: whole, half, tenth or finer."""
    for step in (1.0, 0.5, 0.1):
        if abs(value / step - round(value / step)) < 1e-6:
            return step / 2
    return 0.005


def day_of(text: str) -> date | None:
    """The day that `text` names, in ISO's form or in Dutch, German or English."""
    text = text.strip()[:60]
    if re.match(r"\d{4}-\d{2}-\d{2}", text):
        try:
            return date.fromisoformat(text[:10])
        except ValueError:
            return None
    return _read(text) if re.search(r"\d", text) else None


@cache
def _read(text: str) -> date | None:
    import dateparser

    moment = dateparser.parse(text, languages=["nl", "de", "en"], settings={"DATE_ORDER": "DMY"})
    return moment.date() if moment else None


def _review(node: Any) -> Shown | None:  # noqa: ANN401 - the parser's node
    stars = _stars(node)
    bodies = [_line(part.text(separator=" ")) for part in node.css(_BODY)[:40] if part != node]
    text = max(bodies, key=len, default="")
    if stars is None or len(text) < 10:
        return None
    return Shown(_author(node), _day(node), stars, text[:5000])


def _stars(node: Any) -> float | None:  # noqa: ANN401 - the parser's node
    for part in _within(node):
        attributes = part.attributes
        if attributes.get("itemprop") == "ratingValue":
            return _number(attributes.get("content") or part.text())
        for name in ("aria-label", "title", "alt"):
            if (match := _SAID.search(attributes.get(name) or "")) is not None:
                return _scaled(match)
        for name in ("data-rating", "data-score"):
            if attributes.get(name):
                return _number(attributes[name])
        if re.search("star|rating", attributes.get("class") or "", re.IGNORECASE) and (
            width := _WIDTH.search(attributes.get("style") or "")
        ):
            return float(width[1]) / 20
    signs = re.findall("[★☆]+", node.text())
    return float(signs[0].count("★")) if signs and signs[0].count("★") <= 5 else None


def _within(node: Any) -> Iterator[Any]:  # noqa: ANN401 - the parser's node
    yield node
    yield from node.css("*")[:200]


def _scaled(match: re.Match[str]) -> float:
    value = float((match[1] or match[3]).replace(",", "."))
    return value * 5 / float(match[2] or 5)


def _number(text: str | None) -> float | None:
    match = re.match(r"\s*(\d(?:[.,]\d+)?)\s*$", text or "")
    return float(match[1].replace(",", ".")) if match else None


def _day(node: Any) -> date | None:  # noqa: ANN401 - the parser's node
    for part in node.css("time,[itemprop=datePublished],[class*=date],[class*=datum]")[:5]:
        said = part.attributes.get("datetime") or part.attributes.get("content") or part.text()
        if (day := day_of(said)) is not None:
            return day
    return None


def _author(node: Any) -> str:  # noqa: ANN401 - the parser's node
    parts = node.css("[itemprop=author],[class*=author],[class*=reviewer],[class*=customer-name],cite")
    return _line(parts[0].text(separator=" "))[:100] if parts else ""


def _line(text: str) -> str:
    return " ".join(text.split())
