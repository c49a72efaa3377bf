"""Pages and artifacts for the audit's tests, seen by the real collector."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.support.loop import Loop

from troth.audit.artifacts.page import Seen
from troth.audit.artifacts.shape import Artifacts, Page

if TYPE_CHECKING:
    from tests.support.gathered import Gallery


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
