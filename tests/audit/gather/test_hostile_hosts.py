"""The test shop's hostile hosts, behind TLS: each ends in a clear word, in time, and leaves the visit whole."""

import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from tests.shop.certificates import authority
from tests.shop.hostile import HOSTS, Hostile
from tests.support.loop import Loop

from troth.audit.artifacts.shape import Page
from troth.audit.browser.launching import Running, launched
from troth.audit.browser.options import Limits, Options
from troth.audit.gather.visit import visiting

pytestmark = pytest.mark.browser

SEEN = ""
ENDS = {
    "silent": {"page-timeout"},
    "refusing": {"connection-refused"},
    "resetting": {"connection-lost"},
    "dripping": {"page-timeout"},
    "no-http": {"answer-broken", "connection-lost"},
    "redirect-loop": {"redirect-loop"},
    "redirect-chain": {"redirect-loop"},
    "refresh-loop": {SEEN},
    "download": {"download"},
    "huge-page": {"page-too-large"},
    "endless-scroll": {SEEN},
    "alerts": {SEEN},
    "pop-ups": {SEEN},
    "endless-script": {"script-endless"},
    "endless-script-early": {"script-endless"},
    "login-wall": {"login-wall"},
    "basic-login": {"login-wall"},
    "bot-wall": {"bot-wall"},
    "too-many": {"bot-wall"},
    "server-error": {SEEN},
    "frame-bomb": {SEEN, "request-flood", "page-timeout", "script-endless"},
    "deep-page": {SEEN, "page-crashed"},
    "wide-page": {SEEN, "page-timeout"},
    "zip-bomb": {"page-too-large"},
    "wild-data": {SEEN},
    "right-to-left": {SEEN},
    "cjk": {SEEN},
    "broken-bytes": {SEEN, "no-page"},
    "empty": {SEEN, "no-page"},
    "no-product": {SEEN},
    "robots-forbid": {"robots-denied"},
    "huge-headers": {SEEN, "answer-broken", "page-failed"},
    "overwritten": {SEEN},
}
ELSEWHERE = {"redirect-private", "redirect-metadata", "memory"}
"""The first two lead out of this machine (see the gate's tests); the last takes minutes to die."""


@pytest.fixture(scope="module")
def trusting(loop: Loop, chromium: Path) -> Iterator[Running]:
    limits = Limits(page_s=4, settle_s=1, script_s=4, action_s=2, document_bytes=20_000_000, requests=500)
    options = Options(chromium, allow_private=True, ca_file=authority().file, limits=limits)
    stack = AsyncExitStack()
    with Hostile("no-product") as host:
        running = loop.run(stack.enter_async_context(launched(options, [host.url])))
    yield running
    loop.run(stack.aclose())


@pytest.mark.parametrize("name", sorted(ENDS))
def test_a_hostile_host_ends_in_a_word(name: str, loop: Loop, trusting: Running) -> None:
    async def work(bad: str, good: str) -> tuple[Page, Page]:
        async with visiting(trusting, "first", bad) as visit:
            return await visit.open(bad, "home"), await visit.open(good, "home")

    begun = time.monotonic()
    with Hostile(name) as host, Hostile("no-product") as honest:
        page, after = loop.run(work(host.url, honest.url))
    assert page.failure in ENDS[name]
    assert (page.seen is None) == bool(page.failure)
    assert after.seen, after.failure
    assert time.monotonic() - begun < 30


def test_no_host_is_forgotten() -> None:
    assert ENDS.keys() | ELSEWHERE == HOSTS.keys()
