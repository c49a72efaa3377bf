"""Run the commands of docs/tutorial.md and write what they print into it: `python tools/tutorial.py`."""

import contextlib
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

PAGE = Path(__file__).parent.parent / "docs" / "tutorial.md"
_PART = re.compile(
    r"<!-- file: (?P<name>\S+) -->\n```\w+\n(?P<text>.*?)```\n|```console\n(?P<session>.*?)```\n", re.DOTALL
)


def rendered(text: str) -> str:
    """The page with every console block as the commands answer now, run in a folder of their own."""
    with TemporaryDirectory() as folder:

        def answered(part: re.Match[str]) -> str:
            if part["name"]:
                Path(folder, part["name"]).write_text(part["text"], "utf-8")
                return part[0]
            commands = [line[2:] for line in part["session"].splitlines() if line.startswith("$ ")]
            answers = (f"$ {command}\n{_answer(command, folder)}" for command in commands)
            return "```console\n" + "\n".join(answers) + "```\n"

        return _PART.sub(answered, text)


def _answer(command: str, folder: str) -> str:
    program, *arguments = shlex.split(command)
    environment = os.environ | {"LANGUAGE": "en", "COLUMNS": "80", "NO_COLOR": "1"}
    done = subprocess.run(
        [sys.executable, "-c", f"from {program}.cli import main; main()", *arguments],
        cwd=folder,
        env=environment,
        text=True,
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        PAGE.write_text(rendered(PAGE.read_text("utf-8")), "utf-8")
