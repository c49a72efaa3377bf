import subprocess
from pathlib import Path

import pytest

from troth import blueprint

EXAMPLES = ["olist", "service-desk", "bank-complaints"]


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_blueprint_is_right_and_raises_no_doubt_beyond_gaps(examples: Path, name: str) -> None:
    doubts = blueprint.lint(blueprint.load(examples / name / "blueprint.yaml"))
    assert [finding for finding in doubts if finding.level != "info"] == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_folder_says_what_to_do(examples: Path, name: str) -> None:
    readme = (examples / name / "README.md").read_text("utf-8")
    assert f"examples/{name}/run.sh DATA WORKSPACE" in readme
    subprocess.run(["sh", "-n", examples / name / "run.sh"], check=True)


def test_every_example_is_listed(examples: Path) -> None:
    folders = sorted(path.name for path in examples.iterdir() if (path / "blueprint.yaml").is_file())
    assert folders == sorted(EXAMPLES)
    assert all(
        f"[{name}]({name}/README.md)" in (examples / "README.md").read_text("utf-8") for name in folders
    )
