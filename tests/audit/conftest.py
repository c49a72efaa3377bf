"""Pages and artifacts for the audit's tests, seen by the real collector."""

from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.support.loop import Loop

from troth.audit.artifacts.page import Seen
from troth.audit.artifacts.shape import Artifacts, Page

if TYPE_CHECKING:
    from tests.support.answers import Site
    from tests.support.gathered import Gallery

    from troth.audit.browser.launching import Running
    from troth.audit.gather.visit import Wants


@pytest.fixture(scope="session")
def loop() -> Iterator[Loop]:
    """Runs coroutines: `loop.run(work())`."""
    running = Loop()
    yield running
    running.close()


@pytest.fixture(scope="session")
def gallery(loop: Loop, chromium: Path) -> "Iterator[Gallery]":
    """A browser that shows pages under any address, without a network."""
    from tests.support.chromium import driver_runs
    from tests.support.gathered import Gallery

    if not driver_runs():
        pytest.skip("Playwright's driver needs libatomic: install Debian's libatomic1")
    running = Gallery(loop, chromium)
    yield running
    running.close()


@pytest.fixture
def seen(gallery: "Gallery") -> Callable[..., Seen]:
    """`seen(html, url=…, width=…, files=…)`: what the collector sees."""
    return gallery.seen


@pytest.fixture
def page(gallery: "Gallery") -> Callable[..., Page]:
    """`page("product", html, visit="first", status=…, requests=…)`: a page of the artifacts."""
    return gallery.page


@pytest.fixture
def artifacts() -> Callable[..., Artifacts]:
    """`artifacts(page(…), page(…), tls=…)`: artifacts of these pages."""
    from tests.support.gathered import artifacts

    return artifacts


@pytest.fixture
def site(loop: Loop) -> "Iterator[Site]":
    """A server on loopback, empty: `site.html("/", "…")`, `site.serve("/x", Answer(…))`."""
    from tests.support.answers import Site

    running = Site(loop)
    yield running
    running.close()


@pytest.fixture(scope="session")
def running(loop: Loop, chromium: Path) -> "Iterator[Running]":
    """The audit's own browser, allowed to look at loopback, with short limits."""
    from tests.support.chromium import driver_runs

    from troth.audit.browser.launching import launched
    from troth.audit.browser.options import Limits, Options

    if not driver_runs():
        pytest.skip("Playwright's driver needs libatomic: install Debian's libatomic1")
    limits = Limits(page_s=3, settle_s=1, script_s=10, action_s=2, document_bytes=3_000_000, requests=300)
    options = Options(chromium, allow_private=True, limits=limits)
    stack = AsyncExitStack()
    yield loop.run(stack.enter_async_context(launched(options)))
    loop.run(stack.aclose())


@pytest.fixture
def visited(loop: Loop, running: "Running", site: "Site") -> Callable[..., list[Page]]:
    """`visited("/a", "/b", wants=…)`: the pages of one visit to `site`, all taken for product pages."""
    from troth.audit.gather.visit import PLAIN, visiting

    async def pages(paths: tuple[str, ...], wants: "Wants", more: dict[str, Any]) -> list[Page]:
        async with visiting(running, "first", site.origin, **more) as visit:
            return [await visit.open(site.origin + path, "product", wants) for path in paths]

    def visited(*paths: str, wants: "Wants" = PLAIN, **more: Any) -> list[Page]:  # noqa: ANN401 - as `visiting` has them
        return loop.run(pages(paths, wants, more))

    return visited
