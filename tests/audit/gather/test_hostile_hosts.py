"""The test shop's hostile hosts, behind TLS: each ends in a clear word, in time."""

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
    "redirect-chain": {"redirect-loop"},
    "refresh-loop": {SEEN, "page-unsteady"},
    "huge-page": {"page-too-large"},
    "endless-scroll": {SEEN},
    "alerts": {SEEN},
    "pop-ups": {SEEN},
    "endless-script": {"script-endless"},
    "server-error": {"robots-unreadable"},
    "frame-bomb": {SEEN, "request-flood", "page-timeout", "script-endless", "page-stuck"},
    "deep-page": {SEEN, "page-crashed", "script-endless", "page-timeout", "page-stuck"},
    "wide-page": {SEEN, "page-timeout", "page-stuck", "page-too-large", "script-endless"},
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
LEADING_OUT = {"redirect-private", "redirect-metadata"}
"""See the gate's tests."""
SLOW_TO_DIE = {"memory"}
IN_TEST_HOSTILE = {
    "silent", "refusing", "resetting", "dripping", "no-http", "redirect-loop", "download", "login-wall",
    "endless-script-early", "basic-login", "bot-wall", "too-many",
}  # fmt: skip


@pytest.fixture(scope="module")
def trusting(loop: Loop, chromium: Path) -> Iterator[Running]:
    limits = Limits(page_s=3, settle_s=1, script_s=4, action_s=2, document_bytes=20_000_000, requests=500)
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
            page, after = await visit.open(bad, "home"), await visit.open(good, "home")
            # What still held the tab may spoil the next page, too; then it is another tab that sees it.
            return page, after if after.seen else await visit.open(good, "home")

    begun = time.monotonic()
    with Hostile(name) as host, Hostile("no-product") as honest:
        page, after = loop.run(work(host.url, honest.url))
    assert page.failure in ENDS[name]
    assert (page.seen is None) == bool(page.failure)
    assert after.seen, after.failure
    assert time.monotonic() - begun < 30


def test_no_host_is_forgotten() -> None:
    assert ENDS.keys() | LEADING_OUT | SLOW_TO_DIE | IN_TEST_HOSTILE == HOSTS.keys()
