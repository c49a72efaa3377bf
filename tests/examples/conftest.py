import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="session")
def examples() -> Path:
    return ROOT / "examples"


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of the public data sets, one folder each; skips the test where there is none."""
    named = os.environ.get("TROTH_REAL_DATA")
    folder = Path(named) if named else ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(
            "no real data: set TROTH_REAL_DATA to the folder that holds olist, incident_event_log, cfpb"
        )
    return folder


@pytest.fixture(scope="session", autouse=True)
def _programs_of_this_environment() -> None:
    """`run.sh` calls `python` and `troth`: those beside the Python that runs the tests come first."""
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
