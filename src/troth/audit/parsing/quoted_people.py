"""Testimonials in a page: what is quoted, by whom, when."""

import re
from dataclasses import dataclass
from typing import Any

from troth.audit.parsing.shown_reviews import day_of

_BLOCKS = "blockquote,[class*=testimonial],[class*=Testimonial],[class*=klantverhaal],[class*=kundenstimme]"
_NAMES = (
    "cite,footer,figcaption,[class*=author],[class*=name],[class*=customer],[class*=client],[itemprop=author]"
)
_DASH = re.compile(r"(?:^|[.!?”“\"»«]\s*)[–—-]\s?([^\W\d_][^\n.!?]{1,60})$")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DAY = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")
_LEAST, _MOST = 25, 1500


@dataclass(frozen=True, slots=True)
class Testimonial:
    """What is quoted; who said it and when, as written, empty where not told; a link to its source."""

    text: str
    author: str
    when: str
    link: str


def testimonials(html: str) -> tuple[Testimonial, ...]:
    """The innermost blocks of `html` that quote someone."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(html)
    for node in tree.css("script,style,template,noscript"):
        node.decompose()
    found: list[Testimonial] = []
    held: list[str] = []
    for node in reversed(tree.css(_BLOCKS)[:400]):
        whole = _line(node)
        if not _LEAST <= len(whole) <= _MOST or any(text in whole for text in held):
            continue
        if _heads_many(node):
            continue
        found.append(_read(node, whole))
        held.append(whole)
    return tuple(reversed(found))


def _read(node: Any, whole: str) -> Testimonial:  # noqa: ANN401 - the parser's node
    outer = _outer(node)
    named = [_line(part) for part in (*node.css(_NAMES), *outer.css("figcaption,cite"))]
    author = next((name for name in named if re.search(r"[^\W\d_]{2}", name)), "")
    if not author and (match := _DASH.search(whole)):
        author = match[1]
    times = [part.attributes.get("datetime") or _line(part) for part in outer.css("time")]
    when = next((said for said in times if day_of(said)), "")
    if not when:
        said = _line(outer) if outer != node else whole
        match = _DAY.search(said) or _YEAR.search(said)
        when = match[0] if match else ""
    links = [part.attributes.get("href") or "" for part in node.css("a[href]")]
    return Testimonial(whole[:500], author[:100], when, next(filter(None, links), ""))


def _outer(node: Any) -> Any:  # noqa: ANN401 - the parser's node
    """The figure around a quotation; else the quotation."""
    parent = node.parent
    return parent if parent is not None and parent.tag == "figure" else node


def _heads_many(node: Any) -> bool:  # noqa: ANN401 - the parser's node
    """Whether the block is a list of testimonials or a part of one rather than one of them."""
    called = (node.attributes.get("class") or "").lower()
    part = re.search(
        r"testimonials?[-_]+(?:author|name|text|date|title|image|avatar|heading|stars?|meta)", called
    )
    return part is not None or (node.tag in {"h1", "h2", "h3", "a", "img"})


def _line(node: Any) -> str:  # noqa: ANN401 - the parser's node
    return " ".join(node.text(separator=" ").split())
