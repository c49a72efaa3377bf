"""The answers of the hostile hosts that speak HTTP."""

import json
import zlib
from collections.abc import Callable
from functools import cache
from typing import Any

from tests.shop.server import Request, Respond, Response, redirect

BOMB_BYTES = 1 << 30
_HEAD = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title></head><body>'


def _page(body: str, **known: Any) -> Response:  # noqa: ANN401 - whatever a Response takes
    return Response((_HEAD + body).encode(), **known)


def _script(code: str) -> str:
    return f"<h1>Kettles</h1><p>A page with a script.</p><script>{code}</script>"


def _still(body: str) -> Respond:
    """The same page for every address."""
    response = _page(body)
    return lambda _request: response


def _status(status: int, body: str, *headers: tuple[str, str]) -> Respond:
    return lambda _request: _page(body, status=status, headers=headers)


def _to(address: str) -> Respond:
    return lambda _request: redirect(address, status=302)


def _download(_request: Request) -> Response:
    headers = (("Content-Disposition", 'attachment; filename="setup.exe"'),)
    return Response(b"MZ" + bytes(4096), "application/octet-stream", headers=headers)


@cache
def _huge() -> Response:
    return _page("<p>A kettle, and another one, and one more still.</p>\n" * (50_000_000 // 53))


def _login(request: Request) -> Response:
    if request.path != "/login":
        return redirect("/login", status=302)
    return _page(
        '<h1>Sign in to see our shop</h1><form method="post"><label>Name <input name="user"></label>'
        '<label>Password <input type="password" name="password"></label><button>Sign in</button></form>'
    )


def _frames(request: Request) -> Response:
    depth = request.path.strip("/").count("x")
    inner = f"{request.path.rstrip('/')}/x"
    many = 12 if depth < 3 else 1 if depth < 40 else 0
    return _page("<h1>Frames</h1>" + f'<iframe src="{inner}"></iframe>' * many)


@cache
def _bomb() -> Response:
    """One GB of HTML as gzip: one deflated block, sent again and again, for a full flush forgets all."""
    chunk = b"<p>A kettle and its lid.</p>\n" * 36158
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(chunk) + packer.flush(zlib.Z_FULL_FLUSH)
    times = BOMB_BYTES // len(chunk)
    end = zlib.compressobj(9, zlib.DEFLATED, -15).flush()
    checksum = 0
    for _time in range(times):
        checksum = zlib.crc32(chunk, checksum)
    size = (times * len(chunk)) & 0xFFFFFFFF
    body = bytes((31, 139, 8, 0, 0, 0, 0, 0, 2, 255)) + block * times + end
    body += checksum.to_bytes(4, "little") + size.to_bytes(4, "little")
    return Response(body, headers=(("Content-Encoding", "gzip"),))


@cache
def _wild_data() -> Response:
    """What structured data can do to a reader: depth, bulk, circles, wrong types, broken text."""
    deep = '{"@type":"Product","isRelatedTo":' * 5000 + "1" + "}" * 5000
    circle = {
        "@context": "https://schema.org",
        "@graph": [
            {"@id": "#a", "@type": "Product", "name": "A", "isRelatedTo": {"@id": "#b"}},
            {"@id": "#b", "@type": "Product", "name": "B", "isRelatedTo": {"@id": "#a"}, "offers": "#a"},
            {"@id": "#a", "@type": ["Product", None, 7], "review": {"@id": "#a"}},
        ],
    }
    odd = {
        "@context": ["https://schema.org", {"x": None}],
        "@type": "Product",
        "name": ["", {"@value": "K" * 200_000}, None],
        "offers": [{"price": "NaN"}, {"price": 1e400}, {"price": {}}, {"price": "-5"}, "free", [[]]],
        "aggregateRating": {"ratingValue": "∞", "reviewCount": -3, "bestRating": 0},
        "review": [[[]], 5, {"reviewRating": {"ratingValue": "five"}, "datePublished": "31.02.2026"}],
        "url": "javascript:alert(1)",
        "image": ["data:,", 5, {"url": {"url": {}}}],
    }
    bulk = [{"@type": "Product", "name": f"Kettle {number}", "sku": str(number)} for number in range(40_000)]
    blocks = [
        deep,
        json.dumps(circle),
        json.dumps(odd),
        json.dumps(bulk),
        "{",
        "",
        "null",
        '"x"',
        "[" * 90_000,
    ]
    data = "".join(f'<script type="application/ld+json">{block}</script>' for block in blocks)
    micro = '<div itemscope itemtype="https://schema.org/Product">' * 600 + "</div>" * 600
    return _page(f"{data}<h1>Kettle</h1><p>A kettle for €20.00.</p>{micro}")


def _robots(request: Request) -> Response:
    if request.path == "/robots.txt":
        return Response(b"User-agent: *\nDisallow: /\n", "text/plain")
    return _page("<h1>Kettles</h1>")


def _headers(_request: Request) -> Response:
    many = tuple((f"X-Long-{number}", "v" * 2000) for number in range(60))
    cookies = tuple(("Set-Cookie", f"c{number}={'x' * 200}; Path=/") for number in range(300))
    return _page("<h1>Kettles</h1>", headers=many + cookies)


_SCROLL = """
const more = () => { for (let i = 0; i < 40; i++) document.body.insertAdjacentHTML("beforeend",
  "<p>Another kettle, and another one after that.</p>"); };
addEventListener("scroll", more); more(); new IntersectionObserver(() => { more();
  document.body.append(document.querySelector("footer")); }).observe(document.querySelector("footer"));
"""
_ALERTS = """
addEventListener("beforeunload", event => { event.preventDefault(); event.returnValue = "stay"; });
alert("Win a kettle!"); confirm("Really?"); prompt("Your name?");
setInterval(() => { alert("Still here?"); }, 300);
"""
_POPUPS = """
for (let i = 0; i < 20; i++) window.open("/window" + i);
addEventListener("click", () => { for (let i = 0; i < 20; i++) window.open("/click" + i); }, true);
setInterval(() => window.open("/again"), 300);
"""
_MEMORY = """
const kept = [];
setInterval(() => { for (let i = 0; i < 2e6; i++) kept.push({kettle: i, lid: [i, String(i)]}); }, 1);
"""
_OVERWRITTEN = """
for (const name of ["map", "filter", "forEach", "push", "slice", "join"])
  Array.prototype[name] = () => { throw 1; };
document.querySelectorAll = () => { throw new Error("no"); }; JSON.stringify = () => "{}";
Element.prototype.getBoundingClientRect = () => ({x: NaN}); window.getComputedStyle = () => null;
Object.defineProperty(document, "title", {get() { throw 2; }}); window.URL = undefined; Math.max = () => NaN;
"""
_CHALLENGE = (
    "<title>Just a moment...</title><h1>Checking your browser before you enter</h1>"
    '<p>Please confirm that you are human.</p><div id="challenge-form" class="captcha"></div>'
)
_RTL = (
    '<div dir="rtl" lang="ar"><h1>متجر الأباريق</h1>'
    "<p>نبيع أباريق وأكوابا مصنوعة يدويا. السعر ٣٩٫٩٠ € شامل الضريبة.</p></div>"
    '<div dir="rtl" lang="he"><h2>חנות קומקומים</h2>'
    '<p>אנחנו מוכרים קומקומים וספלים. מחיר: 39.90 ₪ כולל מע"מ.</p>'
    "\u202e<a href='/p'>\u202dקומקום</a></div>"
)
_CJK = (
    '<div lang="zh"><h1>水壶商店</h1><p>我们出售手工制作的水壶和杯子。价格：￥399，含税，包邮。</p></div>'
    '<div lang="ja"><h2>やかんの店</h2><p>やかんとカップを販売しています。価格：￥3,990（税込）</p></div>'
    '<div lang="ko"><h2>주전자 가게</h2><p>주전자와 컵을 팝니다. 가격: 39,900원 (부가세 포함)</p></div>'
)

PAGES: dict[str, Callable[[Request], Response]] = {
    "redirect-private": _to("http://10.0.0.1/"),
    "redirect-metadata": _to("http://169.254.169.254/latest/meta-data/"),
    "refresh-loop": _still('<meta http-equiv="refresh" content="0.5"><h1>Kettles</h1>'),
    "download": _download,
    "huge-page": lambda _request: _huge(),
    "endless-scroll": _still("<h1>Kettles</h1><footer>The end</footer>" + f"<script>{_SCROLL}</script>"),
    "alerts": _still(_script(_ALERTS)),
    "pop-ups": _still(_script(_POPUPS)),
    "endless-script": _still(_script('addEventListener("load", () => setTimeout(() => { for (;;); }, 50));')),
    "endless-script-early": _still(_script("for (;;);")),
    "memory": _still(_script(_MEMORY)),
    "login-wall": _login,
    "basic-login": _status(401, "<h1>Who are you?</h1>", ("WWW-Authenticate", 'Basic realm="shop"')),
    "bot-wall": _status(403, _CHALLENGE),
    "too-many": _status(429, "<h1>Too many requests</h1>", ("Retry-After", "3600")),
    "server-error": _status(500, "<h1>Internal error</h1>"),
    "frame-bomb": _frames,
    "deep-page": _still("<h1>Kettles</h1>" + "<div>" * 60_000 + "deep"),
    "wide-page": _still("<h1>Kettles</h1>" + "<i>x</i> " * 200_000),
    "zip-bomb": lambda _request: _bomb(),
    "wild-data": lambda _request: _wild_data(),
    "right-to-left": _still(_RTL),
    "cjk": _still(_CJK),
    "broken-bytes": lambda _request: Response(bytes(range(256)) * 400, "text/html; charset=utf-8"),
    "empty": lambda _request: Response(b""),
    "no-product": _still("<h1>Our choir</h1><p>We sing on Tuesdays. <a href='/news'>News</a></p>"),
    "robots-forbid": _robots,
    "huge-headers": _headers,
    "overwritten": _still(
        _script(_OVERWRITTEN) + "<p>A kettle for €20.00. <a href='/imprint'>Imprint</a></p>"
    ),
}
