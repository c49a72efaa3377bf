"""What a page's structured data says it is: just the types and the list's addresses, read in a few ms.

JSON-LD and microdata. Whatever is broken or hostile is passed over.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

_MOST_SCRIPTS, _MOST_NODES, _MOST_CHARACTERS = 30, 20_000, 1_000_000
_TYPE = re.compile(r'"@type"\s*:\s*"(\w{1,60})"')
_OWN_PARTS = ("@graph", "mainEntity")


@dataclass(frozen=True, slots=True)
class Declared:
    """How often each schema.org type stands at the top level, and the addresses that an ItemList names."""

    types: Counter[str] = field(default_factory=Counter)
    listed: tuple[str, ...] = ()


def declared(html: str, url: str) -> Declared:
    """What `html`, served at `url`, declares itself to be."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(html[: _MOST_CHARACTERS * 20])
    types: Counter[str] = Counter()
    listed: list[str] = []
    for script in tree.css('script[type="application/ld+json"]')[:_MOST_SCRIPTS]:
        text = script.text()[:_MOST_CHARACTERS]
        try:
            _read(json.loads(text, strict=False), types, listed)
        except (ValueError, RecursionError):
            types.update(_TYPE.findall(text)[:1])  # the outermost name of what cannot be parsed
    for node in tree.css("[itemscope][itemtype]")[:_MOST_NODES]:
        if not _inside_another(node):
            types[(node.attributes.get("itemtype") or "").rstrip("/").rpartition("/")[2]] += 1
    return Declared(types, tuple(urljoin(url, item) for item in listed))


def _read(data: Any, types: Counter[str], listed: list[str]) -> None:  # noqa: ANN401 - any JSON
    for node in _nodes(data):
        names = node.get("@type")
        for name in names if isinstance(names, list) else [names]:
            if isinstance(name, str):
                types[name.rpartition("/")[2]] += 1
        items = node.get("itemListElement")
        if "ItemList" in types and isinstance(items, list):
            listed.extend(filter(None, map(_address, items[:200])))


def _nodes(data: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - any JSON
    waiting, seen = [data], 0
    while waiting and seen < _MOST_NODES:
        node, seen = waiting.pop(), seen + 1
        if isinstance(node, list):
            waiting.extend(reversed(node))
        elif isinstance(node, dict):
            yield node
            waiting.extend(node[part] for part in _OWN_PARTS if part in node)


def _address(item: Any) -> str | None:  # noqa: ANN401 - any JSON
    for _depth in range(2):
        if not isinstance(item, dict):
            break
        if isinstance(item.get("url"), str):
            return str(item["url"])
        item = item.get("item")
    return item if isinstance(item, str) else None


def _inside_another(node: Any) -> bool:  # noqa: ANN401 - the parser's node
    parent = node.parent
    while parent is not None and parent.attributes is not None:
        kind = parent.attributes.get("itemtype") or ""
        if "itemscope" in parent.attributes and not kind.rstrip("/").endswith(("WebPage", "ItemPage")):
            return True
        parent = parent.parent
    return False
