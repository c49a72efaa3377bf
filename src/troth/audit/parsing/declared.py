"""What a page's structured data declare it to be: types of what stands by itself, and where lists lead."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin

from troth.audit.parsing.nodes import Node, Nodes, each_once, nodes

_PAGES = ("WebPage", "ItemPage")
_MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class Declared:
    """How often each schema.org type stands by itself, and the addresses that an ItemList names."""

    types: Counter[str] = field(default_factory=Counter)
    listed: tuple[str, ...] = ()


def declared(html: str, url: str) -> Declared:
    """What `html`, served at `url`, declares itself to be.

    >>> declared('<i itemscope itemtype="https://schema.org/Product"></i>', "https://shop.example/").types
    Counter({'Product': 1})
    """
    found = nodes(html)
    own = tuple(_own(found))
    types = Counter(type_ for node in own for type_ in node.types)
    types.update(found.broken)
    lists = (node for node in own if node.is_a("ItemList"))
    return Declared(types, tuple(_joined(url, item) for node in lists for item in _listed(node)))


def _own(found: Nodes) -> Iterator[Node]:
    """What stands by itself, and what a page says that it is mainly about; each once."""
    return each_once(found.top, _about)


def _about(node: Node) -> Iterator[str | Node]:
    lists = node.values.values() if node.is_a(*_PAGES) else [node.values.get("mainEntity", ())]
    return (part for parts in lists for part in parts)


def _listed(node: Node) -> Iterator[str]:
    for item in node.values.get("itemListElement", ())[:_MOST_LISTED]:
        if address := item if isinstance(item, str) else _address(item):
            yield address


def _address(item: Node) -> str:
    """Where an element of a list leads: its own address, else that of the item in it."""
    if url := item.text("url"):
        return url
    inner = next(iter(item.values.get("item", ())), "")
    return inner if isinstance(inner, str) else inner.text("url") or inner.id


def _joined(url: str, item: str) -> str:
    try:
        return urljoin(url, item)
    except ValueError:  # no address at all
        return url
