"""A page as `Seen`, drawn from HTML without a browser: enough for what only reads words and addresses."""

from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from troth.audit.artifacts.page import Control, Field, Image, Layout, Link, Region, Seen, TextRun

NOWHERE = (0.0, 0.0, 10.0, 10.0)
REGIONS: dict[str, Region] = {
    "header": "header",
    "nav": "nav",
    "footer": "footer",
    "dialog": "dialog",
    "main": "main",
}


def seen(html: str, url: str = "https://shop.example/") -> Seen:
    tree = LexborHTMLParser(html)
    body = tree.body
    text = body.text(separator="\n", strip=True) if body else ""
    links = [
        Link(
            urljoin(url, node.attributes["href"] or ""),
            words(node),
            region(node),
            "a",
            visible=True,
            place=NOWHERE,
        )
        for node in tree.css("a[href]")
    ]
    controls = [
        Control(
            "link" if node.tag == "a" else "button",
            words(node),
            f"#{node.attributes.get('id')}",
            NOWHERE,
            region(node),
        )
        for node in tree.css("button, a[href], input[type=submit], input[type=button], input[type=image]")
    ]
    fields = [
        field(tree, node)
        for node in tree.css("input, select, textarea")
        if node.attributes.get("type") not in {"hidden", "submit", "button", "image"}
    ]
    images = [image(node, url) for node in tree.css("img")]
    runs = [
        TextRun(
            words(n),
            n.tag or "",
            16,
            400,
            10.0,
            "#000000",
            "#ffffff",
            struck=False,
            region=region(n),
            place=NOWHERE,
        )
        for n in tree.css("p, span, td, h1, h2, h3, li, b, strong")
    ]
    title = tree.css_first("title")
    root = tree.css_first("html")
    return Seen(
        title.text() if title else "", (root.attributes.get("lang") if root else "") or "", text, html,
        tuple(links), tuple(controls), tuple(fields), (), tuple(images), tuple(runs), (), (), (),
        Layout(1280, 900, 1280, 900, 0, (), 0), {}, {}, (), None,
    )  # fmt: skip


def field(tree: LexborHTMLParser, node: LexborNode) -> Field:
    return Field(
        selector="#f",
        type=node.attributes.get("type") or "text",
        name=node.attributes.get("name") or "",
        label=label(tree, node),
        form=None,
        autocomplete=node.attributes.get("autocomplete") or "",
        required="required" in node.attributes,
        checked="checked" in node.attributes,
        preset="checked" in node.attributes,
        visible=True,
        region=region(node),
        near="",
        place=NOWHERE,
    )


def image(node: LexborNode, url: str) -> Image:
    return Image(
        src=urljoin(url, node.attributes.get("src") or ""),
        alt=node.attributes.get("alt") or "",
        selector="img",
        place=(0.0, 0.0, 200.0, 200.0),
        natural_width=200,
        natural_height=200,
        complete=True,
        region=region(node),
        linked_to=linked(node, url),
        visible=True,
    )


def words(node: LexborNode) -> str:
    own = node.attributes.get("aria-label") or node.attributes.get("value") or node.text(strip=False)
    return " ".join((own or node.attributes.get("title") or node.attributes.get("alt") or "").split())


def label(tree: LexborHTMLParser, node: LexborNode) -> str:
    id_ = node.attributes.get("id")
    found = tree.css_first(f'label[for="{id_}"]') if id_ else None
    return words(found) if found else node.attributes.get("aria-label") or ""


def linked(node: LexborNode, url: str) -> str:
    above = node.parent
    while above is not None and above.tag != "a":
        above = above.parent
    return urljoin(url, above.attributes.get("href") or "") if above is not None else ""


def region(node: LexborNode) -> Region:
    above: LexborNode | None = node
    while above is not None:
        if above.tag in REGIONS:
            return REGIONS[above.tag]
        above = above.parent
    return "main"
