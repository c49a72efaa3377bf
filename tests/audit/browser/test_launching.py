from pathlib import Path

import pytest
from tests.support.loop import run_apart

from troth.audit.browser.certificates import trusted_keys
from troth.audit.browser.launching import launched
from troth.audit.browser.options import Options
from troth.errors import TrothError, UsageError


def launch(options: Options) -> tuple[str, str]:
    async def work() -> tuple[str, str]:
        async with launched(options) as running:
            return running.name, running.user_agent

    return run_apart(work())


@pytest.mark.browser
def test_the_browser_says_who_it_is(chromium: Path) -> None:
    name, agent = launch(Options(chromium))
    assert name.startswith("Chromium ")
    assert "Chrome/" in agent
    assert " Troth/" in agent


def test_a_program_that_is_no_browser_is_a_clear_error(tmp_path: Path) -> None:
    fake = tmp_path / "chromium"
    fake.write_text("#!/bin/sh\nexit 1\n")
    fake.chmod(0o755)
    with pytest.raises(TrothError) as raised:
        launch(Options(fake))
    assert raised.value.code == "browser-failed"
    assert raised.value.where == str(fake)
    assert str(fake) in raised.value.hint


def test_a_file_without_certificates_is_a_usage_error(tmp_path: Path) -> None:
    empty = tmp_path / "ca.pem"
    empty.write_text("nothing")
    with pytest.raises(UsageError, match="ca-file-invalid"):
        run_apart(trusted_keys(empty, ["https://shop.example"]))
