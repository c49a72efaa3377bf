"""What holds for every call: help, language, errors, exit codes."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Timer

import click
import duckdb
import pytest
from tests.cli.conftest import Call

import troth
from troth.cli import application as module
from troth.cli.application import COMMANDS, application

HEAVY = {"duckdb", "numpy", "pydantic", "rich", "scipy", "sqlglot", "altair"}


def every_command(
    command: click.Command = application, path: str = "troth"
) -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            part = command.get_command(context, name)
            assert part is not None, f"{path} {name}"
            yield from every_command(part, f"{path} {name}")


def loaded_by(*arguments: str) -> set[str]:
    code = f"""
import sys
from troth.cli import main
sys.argv[1:] = {list(arguments)!r}
try:
    main()
finally:
    print(*sys.modules)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=30
    )
    return set(done.stdout.splitlines()[-1].split())


def test_help_loads_nothing_costly() -> None:
    assert HEAVY & loaded_by("--help") == set()


def test_a_command_loads_no_other_command() -> None:
    commands = {name for name in loaded_by("sql", "--help") if name.startswith("troth.cli.commands.")}
    assert commands == {"troth.cli.commands.sql"}


def test_help_lists_every_command_in_the_order_of_the_work(call: Call) -> None:
    lines = call("--help").out.split("Commands:\n")[1].splitlines()
    assert [line.split()[0] for line in lines] == list(COMMANDS)
    assert not any(line.endswith("...") for line in lines)


@pytest.mark.parametrize("path", [path for path, _ in every_command()])
def test_every_command_option_and_argument_says_what_it_is(path: str) -> None:
    command = dict(every_command())[path]
    assert command.help
    undocumented = [parameter.name for parameter in command.params if not getattr(parameter, "help", None)]
    assert undocumented == []


@pytest.mark.parametrize("language", ["en", "de", "nl"])
@pytest.mark.parametrize("name", COMMANDS)
def test_help_speaks_in_every_language(call: Call, name: str, language: str) -> None:
    before, after = call("--lang", language, name, "--help"), call(name, "--help", "--lang", language)
    assert before.code == after.code == 0
    assert before.out == after.out


def test_version(call: Call) -> None:
    assert call("--version").out == f"troth {troth.__version__}\n"


def test_no_command_shows_the_help(call: Call) -> None:
    answer = call()
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("Usage: troth")


@pytest.mark.parametrize(
    "arguments",
    [
        ["fly"],
        ["trust", "--fly"],
        ["init"],
        ["init", "zoo"],
        ["trust", "--limit", "none"],
        ["--lang", "fr", "trust"],
    ],
)
def test_a_wrong_call_is_told_without_a_traceback(call: Call, arguments: list[str]) -> None:
    answer = call(*arguments)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("Error [usage]: ")
    assert "Traceback" not in answer.err


def test_an_error_for_a_machine_is_json_on_standard_error(call: Call) -> None:
    answer = call("trust", "--fly", "--json")
    assert (answer.code, answer.out) == (2, "")
    assert set(answer.error) == {"code", "message", "hint", "allowed", "where"}
    assert answer.error["code"] == "usage"


def test_there_is_no_workspace(call: Call, tmp_path: Path) -> None:
    answer = call("-C", tmp_path, "trust", "--json")
    assert answer.code == 2
    assert answer.error["code"] == "workspace-missing"
    assert "troth init" in answer.error["hint"]


def test_an_unforeseen_error_shows_no_traceback(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_arguments: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr(module, "import_module", broken)
    answer = call("trust")
    assert answer.code == 3
    assert "ZeroDivisionError: oh" in answer.err
    assert "Traceback" not in answer.err
    monkeypatch.setenv("TROTH_DEBUG", "1")
    assert "Traceback" in call("trust").err


def test_an_interrupted_call_is_quiet(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "import_module", interrupted)
    answer = call("trust")
    assert (answer.code, answer.out, answer.err.strip()) == (130, "", "")


@pytest.mark.parametrize("columns", ["", "0", "-5", "wide"])
@pytest.mark.usefixtures("shop")
def test_a_width_that_makes_no_sense_is_passed_over(
    columns: str, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = call("status").out
    monkeypatch.setenv("COLUMNS", columns)
    answer = call("status")
    assert (answer.code, answer.out) == (0, usual)


@pytest.fixture
def _heeds_interrupts() -> Iterator[None]:
    """Tests that a shell runs in the background have inherited that interrupts are ignored."""
    inherited = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, inherited)


@pytest.mark.usefixtures("_heeds_interrupts")
def test_interrupting_a_statement_is_no_failure(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_arguments: object) -> None:
        Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()
        # One thread: beside others it may sleep until they are done, and DuckDB hears of no signal then.
        with duckdb.connect(config={"threads": 1}) as connection:
            connection.execute("SELECT sum(a.range * b.range) FROM range(400000) a, range(400000) b")

    monkeypatch.setattr(module, "import_module", interrupted)
    answer = call("trust")
    assert (answer.code, answer.out, answer.err.strip()) == (130, "", "")


def test_a_reader_who_goes_away_from_a_table_is_no_finding(shop: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-c", "from troth.cli import main; main()", "-C", str(shop), "status"]
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, text=True, check=False, timeout=60)
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, "")


@pytest.mark.usefixtures("empty_shop")
def test_control_characters_of_an_export_are_shown_and_not_obeyed(call: Call) -> None:
    row = "1,c\x1b]0;mine\x07\x9b2J,NL,2026-01-05,2026-01-04 10:00\n"
    Path("orders.csv").write_text("order_id,customer_id,country,due,delivered_at\n" + row, "utf-8")
    assert call("import", "orders=orders.csv").code == 0
    shown = call("trust", "--by", "customer").out
    assert r"c\x1b]0;mine\x07\x9b2J" in shown
    refused = call("explain", "\x1b[2J").err
    assert r"\x1b[2J" in refused
    assert r"a\u202eb\u2066" in call("explain", "a\u202eb\u2066").err
    assert not {"\x1b", "\x07", "\x9b"} & {*shown, *refused}


def test_a_reader_who_goes_away_is_no_error() -> None:
    troth_schema = f"{sys.executable} -c 'from troth.cli import main; main()' schema"
    command = f"{troth_schema} | head -c 10; echo; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True, timeout=30)
    assert done.stderr == ""
    assert done.stdout.splitlines()[-1] in {"0", "141"}


def test_the_reference_is_what_the_commands_say() -> None:
    from tools.cli_reference import TARGET, page

    assert TARGET.read_text("utf-8") == page(), "run `python tools/cli_reference.py`"


def test_the_schema_is_json(call: Call) -> None:
    assert json.loads(call("schema").out)["$schema"]


def test_a_closed_standard_output_is_no_fault(shop: Path) -> None:
    command = f"{sys.executable} -c 'from troth.cli import main; main()' -C {shop} trust >&-"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
