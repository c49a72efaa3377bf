"""What a product page tells of others: how few are left, who is looking, who just bought. Real or rolled?"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from troth.audit.artifacts.shape import Artifacts, Page
from troth.audit.words import quote, words

About = Literal["stock", "viewers", "buyers"]
Course = Literal["carried", "steady", "invented", "contradicted", "unknown"]
"""Where a claim comes from.

`carried`: an answer of the server or the served page brings it; `steady`: it says the same to every visitor;
`invented`: it differs, nothing brings it, and it stands still once chance is taken from the page;
`contradicted`: the page's own data say otherwise; `unknown`: it differs, and nobody can say why.
"""

_GROUPS: tuple[tuple[About, str], ...] = (
    ("stock", "activity_stock"),
    ("viewers", "activity_viewers"),
    ("buyers", "activity_buyers"),
)
_LD = re.compile(r"<script[^>]*application/ld\+json[^>]*>(.*?)</script>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<script\b.*?</script>|<style\b.*?</style>|<[^>]*>", re.IGNORECASE | re.DOTALL)
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim on a product page of the first visit.

    `value`: its number, or its line where it names somebody; `others`: what it said in other visits;
    `inventory`: the stock that the page's own data name, None where they name none.
    """

    about: About
    page: str
    quote: str
    value: str
    others: tuple[str, ...]
    course: Course
    inventory: float | None = None


@dataclass(frozen=True, slots=True)
class _Said:
    page: Page
    value: str
    quote: str


def activity(artifacts: Artifacts) -> tuple[Claim, ...]:
    """The claims on the first visit's product pages, held against every other look at the same page."""
    products = [
        page
        for page in artifacts.pages
        if page.kind == "product" and page.seen is not None and page.visit != "late"
    ]
    found = []
    for page in (page for page in products if page.visit == "first"):
        looks = [other for other in products if other.url == page.url and other is not page]
        for about, group in _GROUPS:
            claims = _claims(page, group)
            others = [_claims(look, group) for look in looks]
            for index, said in enumerate(claims):
                same = [one[index] for one in others if len(one) == len(claims)]
                found.append(_compared(about, group, said, same, alone=len(claims) == 1))
    return tuple(found)


def _claims(page: Page, group: str) -> list[_Said]:
    text = page.seen.text if page.seen else ""
    return [
        _Said(page, _value(match, text), quote(text, *match.span()))
        for match in words(group).pattern().finditer(text)
    ]


def _value(match: re.Match[str], text: str) -> str:
    """The number, or the whole line where none stands in the claim: it names who bought."""
    numbers = [number for number in match.groupdict().values() if number]
    line = text[: match.end()].rpartition("\n")[2] + text[match.end() :].partition("\n")[0]
    return numbers[0] if numbers else " ".join(line.split())


def _compared(about: About, group: str, said: _Said, same: Sequence[_Said], *, alone: bool) -> Claim:
    inventory = _inventory(said.page) if about == "stock" and alone else None
    free = [said, *(one for one in same if one.page.visit != "pinned")]
    pinned = [one for one in same if one.page.visit == "pinned"]
    course: Course
    if inventory is not None and said.value.isdigit() and int(said.value) < inventory:
        course = "contradicted"
    elif (brought := sum(_brought(one, free, group) for one in free)) == len(free):
        course = "carried"
    elif len({one.value for one in free}) == 1:
        course = "steady" if len(free) > 1 else "unknown"
    elif _by_the_page(free, pinned) and 2 * brought <= len(free):
        course = "invented"  # a small number stands in some pages for another reason
    else:
        course = "unknown"
    others = tuple(one.value for one in same)
    return Claim(about, said.page.id, said.quote, said.value, others, course, inventory)


def _by_the_page(free: Sequence[_Said], pinned: Sequence[_Said]) -> bool:
    """Whether the page itself makes the number: two looks without chance agree, or nothing was sent."""
    still = len(pinned) > 1 and len({one.value for one in pinned}) == 1
    return still or all(one.page.source for one in free)


def _brought(said: _Said, all_said: Sequence[_Said], group: str) -> bool:
    """Whether answers to scripts, or the document as served, carry what is particular to the claim."""
    page = said.page
    own = _particular(said.value, [one.value for one in all_said])
    answers = [request.body for request in page.requests if request.body]
    if answers and all(any(_holds(answer, word) for answer in answers) for word in own):
        return True
    if not page.source:
        return False
    if not said.value.isdigit():
        return all(_holds(page.source, word) for word in own)
    served = _TAG.sub(" ", page.source)
    claims = (_value(match, served) for match in words(group).pattern().finditer(served))
    in_data = re.compile(rf"[:=]\s*[\"']?{re.escape(said.value)}(?![\w.])")
    return said.value in claims or in_data.search(page.source) is not None


def _particular(value: str, values: Sequence[str]) -> list[str]:
    """The words of a claim that not every look at it shares: who, where and what; the number itself."""
    others = [set(other.split()) for other in values]
    shared = set.intersection(*others) if len(set(values)) > 1 else set()
    return [word.strip(".,:;!") for word in value.split() if word not in shared]


def _holds(text: str, word: str) -> bool:
    return re.search(rf"(?<![\w.]){re.escape(word)}(?![\w.])", text, re.IGNORECASE) is not None


def _inventory(page: Page) -> float | None:
    """The least stock that the page's structured data name for any offer."""
    levels = [
        level
        for script in _LD.findall(page.seen.html if page.seen else "")
        for data in _parsed(script)
        for level in _levels(data, 0)
    ]
    return min(levels, default=None)


def _parsed(script: str) -> Iterator[Any]:
    try:
        yield json.loads(script)
    except (ValueError, RecursionError):
        return


def _levels(data: Any, depth: int) -> Iterator[float]:  # noqa: ANN401 - whatever the shop wrote
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for one in data:
            yield from _levels(one, depth + 1)
    elif isinstance(data, dict):
        for name, value in data.items():
            if name == "inventoryLevel":
                yield from _level(value)
            else:
                yield from _levels(value, depth + 1)


def _level(value: Any) -> Iterator[float]:  # noqa: ANN401 - whatever the shop wrote
    plain = value.get("value") if isinstance(value, dict) else value
    if isinstance(plain, int | float | str) and re.fullmatch(r"\d{1,9}(?:\.\d+)?", str(plain)):
        yield float(plain)


FACTS = (activity,)
