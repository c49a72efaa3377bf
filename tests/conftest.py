"""What every test may ask for. Imports of what is costly or may be missing stay inside the fixtures."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from troth import texts

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from pyspark.sql import SparkSession

settings.register_profile("default", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every test starts and ends in English, whatever the machine speaks."""
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    yield
    texts.set_language("en")


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The path of a Chromium; skips the test when there is none."""
    from tests.support.chromium import find

    return find() or pytest.skip("no Chromium: install Debian's chromium or set TROTH_CHROMIUM")


@pytest.fixture(scope="session")
def browser(chromium: Path) -> "Iterator[Browser]":
    """A headless browser, driven by Playwright."""
    from tests.support.chromium import driver_runs, launched

    if not driver_runs():
        pytest.skip("Playwright's driver needs libatomic: install Debian's libatomic1")
    with launched(chromium) as running:
        yield running


@pytest.fixture(scope="session")
def axe_script() -> str:
    """The source of axe-core, to be added to a page: `page.evaluate(axe_script)`, then `axe.run()`."""
    from importlib.resources import files

    return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The URL of an empty, throwaway PostgreSQL database; skips the test when there is no server."""
    from tests.support import postgres

    programs = postgres.find()
    if programs is None:
        pytest.skip(
            "no PostgreSQL: install Debian's postgresql or set TROTH_POSTGRES to its folder of programs"
        )
    with postgres.cluster(programs) as url:
        yield url


@pytest.fixture(scope="session")
def spark() -> "Iterator[SparkSession]":
    """A local Spark; skips the test when pyspark or Java is missing."""
    from tests.support import spark as local

    if lack := local.missing():
        pytest.skip(lack)
    with local.session() as running:
        yield running
