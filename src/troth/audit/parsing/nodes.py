"""Structured data of a page's HTML as plain nodes: JSON-LD, microdata and Open Graph.

extruct reads the syntaxes; here they become one shape, in bounds: what a hostile page can blow up (size,
depth, number of nodes) is cut off, and the cut is told.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

HTML_LIMIT = 8_000_000
"""Characters of HTML that are read."""
SCRIPT_LIMIT = 1_000_000
"""Characters of one JSON-LD script that are read."""
NODE_LIMIT = 5_000
"""Nodes of a page that are kept."""
DEPTH_LIMIT = 16
"""How deep a node may lie in others."""
MICRODATA_LIMIT = 5_000_000
"""Steps that reading a page's microdata may take; where it would take more, it is left alone."""
TEXT_LIMIT = 20_000
"""Characters of one value that are kept."""

_TYPE = re.compile(r'"@type"\s*:\s*"(?:https?://schema\.org/)?(\w{1,60})"')
_PREFIX = re.compile(r"^(?:schema:|https?://(?:www\.)?schema\.org/)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Node:
    """A thing: its types (`Product`), its `@id`, and its properties, each a tuple of texts and nodes."""

    types: tuple[str, ...]
    id: str = ""
    values: Mapping[str, tuple["str | Node", ...]] = field(default_factory=dict)

    def is_a(self, *types: str) -> bool:
        """Whether it is of one of these types."""
        return any(type_ in types for type_ in self.types)

    def texts(self, *names: str) -> tuple[str, ...]:
        """The texts of these properties; a node given instead of a text speaks by its name."""
        found = (value for name in names for value in self.values.get(name, ()))
        said = (value.text("name", "@value") if isinstance(value, Node) else value for value in found)
        return tuple(text for text in said if text)

    def text(self, *names: str) -> str:
        """The first text of these properties, empty when there is none."""
        return next(iter(self.texts(*names)), "")

    def nodes(self, *names: str) -> tuple["Node", ...]:
        """The nodes of these properties."""
        found = (value for name in names for value in self.values.get(name, ()))
        return tuple(value for value in found if isinstance(value, Node))


@dataclass(frozen=True, slots=True)
class Nodes:
    """All of a page: things on their own (`@graph` taken apart), Open Graph's pairs, and what went wrong."""

    top: tuple[Node, ...] = ()
    opengraph: tuple[tuple[str, str], ...] = ()
    faults: tuple[str, ...] = ()
    """`json-ld`: a script that is no JSON; `microdata`: unreadable; `cut`: more than is kept."""
    broken: tuple[str, ...] = ()
    """The outermost type of each script that is no JSON."""

    def walk(self) -> Iterator[Node]:
        """Every node, each thing before what lies in it; a node that lies in many comes once."""
        return each_once(self.top, lambda node: (part for values in node.values.values() for part in values))


def each_once(top: Sequence[Node], parts: Callable[[Node], Iterable["str | Node"]]) -> Iterator[Node]:
    """The nodes of `top` and those among the `parts` of each, each before its parts and once."""
    waiting, seen = list(reversed(top)), set[int]()
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        yield node
        waiting.extend(reversed([part for part in parts(node) if isinstance(part, Node)]))


def nodes(html: str) -> Nodes:
    """The structured data of `html`; never raises for what stands in it."""
    tree = _tree(html[:HTML_LIMIT])
    if tree is None:
        return Nodes()
    faults = ["cut"] if len(html) > HTML_LIMIT else []
    broken: list[str] = []
    raw = [*_json_ld(tree, faults, broken), *_microdata(tree, faults)]
    graph = _Graph(raw)
    if graph.cut:
        faults.append("cut")
    return Nodes(graph.top, _opengraph(tree, faults), tuple(dict.fromkeys(faults)), tuple(broken))


def _tree(html: str) -> Any:  # noqa: ANN401 - an lxml element
    import lxml.etree
    import lxml.html

    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return lxml.html.fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.LxmlError, ValueError):  # nothing in it
        return None


def _json_ld(tree: Any, faults: list[str], broken: list[str]) -> Iterator[Any]:  # noqa: ANN401 - what a page's author or a parser without types gives
    from extruct.jsonld import JsonLdExtractor

    extractor = JsonLdExtractor()
    for script in tree.iter("script"):
        kind = (script.get("type") or "").partition(";")[0].strip().lower()
        if kind != "application/ld+json":
            continue
        if len(script.text or "") > SCRIPT_LIMIT:
            faults.append("cut")
            continue
        script.set("type", "application/ld+json")
        try:
            yield from extractor.extract_items(script)
        except (ValueError, RecursionError):
            faults.append("json-ld")
            broken += _TYPE.findall(script.text or "")[:1]


def _microdata(tree: Any, faults: list[str]) -> list[Any]:  # noqa: ANN401 - what a page's author or a parser without types gives
    from extruct.w3cmicrodata import MicrodataExtractor

    if not tree.xpath("boolean(//*[@itemscope])"):
        return []
    if _microdata_steps(tree) > MICRODATA_LIMIT:
        faults.append("cut")
        return []
    try:
        return list(MicrodataExtractor().extract_items(tree, base_url=""))
    except (ValueError, RecursionError, AssertionError):
        faults.append("microdata")
        return []


def _microdata_steps(tree: Any) -> int:  # noqa: ANN401 - what a page's author or a parser without types gives
    """How many steps extruct takes for the microdata below `tree`.

    It compares each property below an item with each that lies in an inner item, and copies all that lies
    below a property. Elements nested without end would keep it busy for minutes.
    """
    from lxml.etree import iterwalk

    steps = 0
    open_: list[list[int]] = [
        [0, 0, 0]
    ]  # of each open element: elements, properties, properties of inner items
    for event, element in iterwalk(tree, events=("start", "end")):
        if event == "start":
            open_.append([1 + len(element.text or "") // 200, 0, 0])
            continue
        size, properties, inner = open_.pop()
        attributes = element.attrib
        if "itemscope" in attributes:
            steps += properties * (1 + inner)
            inner = properties
        if "itemprop" in attributes:
            steps += 20 * size
            properties += 1
        above = open_[-1]
        above[0] += size
        above[1] += properties
        above[2] += inner
    return steps


def _opengraph(tree: Any, faults: list[str]) -> tuple[tuple[str, str], ...]:  # noqa: ANN401 - what a page's author or a parser without types gives
    from extruct.opengraph import OpenGraphExtractor

    try:
        found = list(OpenGraphExtractor().extract_items(tree.getroottree().getroot()))
    except (ValueError, AttributeError, IndexError):  # a tree without html and head
        faults.append("opengraph")
        return ()
    pairs = [(name, value[:TEXT_LIMIT].strip()) for item in found for name, value in item["properties"]]
    return tuple(pairs[:NODE_LIMIT])


class _Graph:
    """Raw items to nodes: references by `@id` are followed, each made once, and never round in circles."""

    def __init__(self, raw: list[Any]) -> None:
        self.cut = False
        self._count = 0
        self._raw_by_id: dict[str, dict[str, Any]] = {}
        self._made: dict[int, Node | None] = {}
        for item in raw:
            self._index(item, 0)
        tops = [part for item in raw for part in _parts(item)]
        made = (self._node(item, 0) for item in tops[:NODE_LIMIT] if isinstance(item, dict))
        self.top = tuple(node for node in made if node)

    def _index(self, item: Any, depth: int) -> None:  # noqa: ANN401 - what a page's author or a parser without types gives
        if depth > DEPTH_LIMIT or len(self._raw_by_id) > NODE_LIMIT:
            return
        if isinstance(item, list):
            for part in item:
                self._index(part, depth + 1)
        elif isinstance(item, dict):
            id_ = item.get("@id")
            if isinstance(id_, str) and len(item) > 1:
                self._raw_by_id.setdefault(id_, item)
            for part in item.values():
                if isinstance(part, dict | list):
                    self._index(part, depth + 1)

    def _node(self, raw: dict[str, Any], depth: int) -> Node | None:
        id_ = raw.get("@id") or raw.get("id") or ""
        id_ = id_ if isinstance(id_, str) else ""
        if len(raw) == 1 and id_ in self._raw_by_id:
            raw = self._raw_by_id[id_]
        if id(raw) in self._made:
            return self._made[id(raw)]
        if depth > DEPTH_LIMIT or self._count >= NODE_LIMIT:
            self.cut = True
            return None
        self._count += 1
        self._made[id(raw)] = None  # what refers back to it while it is being made finds nothing
        node = self._made[id(raw)] = Node(_types(raw), id_, self._values(raw, depth))
        return node

    def _values(self, raw: dict[str, Any], depth: int) -> dict[str, tuple[str | Node, ...]]:
        inner = raw.get("properties")
        pairs = inner if isinstance(inner, dict) and ("type" in raw or "@type" not in raw) else raw
        values: dict[str, tuple[str | Node, ...]] = {}
        for name, value in list(pairs.items())[:NODE_LIMIT]:
            if name in ("@type", "@id", "@context", "@graph"):
                continue
            made = tuple(
                known
                for part in (value if isinstance(value, list) else [value])[:NODE_LIMIT]
                if (known := self._value(part, depth)) is not None
            )
            if made:
                values[_PREFIX.sub("", str(name))] = made
        return values

    def _value(self, part: Any, depth: int) -> str | Node | None:  # noqa: ANN401 - what a page's author or a parser without types gives
        if isinstance(part, dict):
            if "@value" in part and "@type" not in part and not isinstance(part["@value"], dict | list):
                part = part["@value"]
            else:
                return self._node(part, depth + 1)
        if part is None or isinstance(part, list):
            return None
        if isinstance(part, bool | int | float):
            return json.dumps(part)
        return str(part)[:TEXT_LIMIT].strip() or None


def _parts(item: Any) -> list[Any]:  # noqa: ANN401 - what a page's author or a parser without types gives
    """An item, or what its `@graph` holds."""
    if isinstance(item, dict) and isinstance(item.get("@graph"), list | dict):
        graph = item["@graph"]
        return [*(graph if isinstance(graph, list) else [graph]), *([item] if "@type" in item else [])]
    return [item]


def _types(raw: dict[str, Any]) -> tuple[str, ...]:
    """The types' local names: `http://schema.org/Product` → `Product`."""
    kind = raw.get("@type", raw.get("type", ()))
    kinds = kind if isinstance(kind, list) else [kind]
    return tuple(
        re.split(r"[/#:]", name.strip().rstrip("/#"))[-1] for name in kinds[:10] if isinstance(name, str)
    )
