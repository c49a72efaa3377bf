"""How an error is told: code, message and hint, in words or in JSON, never as a traceback."""

import json
import os
import traceback
from pathlib import Path

import click

from troth.cli.invocation import Invocation
from troth.cli.visible import visible
from troth.errors import TrothError, UsageError
from troth.texts import _

MOST_CHOICES = 20
MOST_LETTERS = 80
"""Of one choice; a file without line breaks makes a header of megabytes."""


def report_failure(error: Exception, invocation: Invocation) -> int:
    """Print `error` on standard error and return its exit code; with TROTH_DEBUG=1 after the traceback."""
    if os.environ.get("TROTH_DEBUG") == "1":
        traceback.print_exception(error)
    known = _known(error)
    if invocation.json:
        click.echo(json.dumps({"error": known.as_dict()}, ensure_ascii=False, indent=2), err=True)
    else:
        click.echo(visible(_in_words(known)), err=True)
    return known.exit_code


def _known(error: Exception) -> TrothError:
    if isinstance(error, TrothError):
        return error
    if isinstance(error, click.UsageError):
        path = error.ctx.command_path if error.ctx else "troth"
        return UsageError(
            "usage", error.format_message(), _("See %(command)s.") % {"command": f"`{path} --help`"}
        )
    if isinstance(error, click.ClickException):
        return UsageError("usage", error.format_message())
    if isinstance(error, FileNotFoundError) and error.filename and not Path(error.filename).parent.is_dir():
        return missing_folder(Path(error.filename))
    if isinstance(error, OSError):
        return TrothError("system", error.strerror or str(error), where=str(error.filename or ""))
    return TrothError(
        "unexpected",
        _("Something went wrong that Troth did not foresee: %(what)s.")
        % {"what": f"{type(error).__name__}: {error}"},
        _("This is a fault of Troth. Set TROTH_DEBUG=1 to see where it happened."),
    )


def missing_folder(path: Path) -> UsageError:
    """The error for a file that cannot be written or read since there is no such folder."""
    return UsageError(
        "folder-missing",
        _("There is no folder %(folder)s.") % {"folder": path.parent},
        _("Make it first, or name another."),
        where=str(path),
    )


def _in_words(error: TrothError) -> str:
    place = f"{error.where}: " if error.where else ""
    word = _("Error")
    lines = [f"{word} [{error.code}]: {place}{error.message}"]
    if error.allowed:
        more = ", …" if len(error.allowed) > MOST_CHOICES else ""
        choices = ", ".join(map(_shortened, error.allowed[:MOST_CHOICES])) + more
        lines.append("  " + _("Possible: %(choices)s.") % {"choices": choices})
    if error.hint:
        lines.append(f"  {error.hint}")
    return "\n".join(lines)


def _shortened(choice: str) -> str:
    return choice if len(choice) <= MOST_LETTERS else f"{choice[: MOST_LETTERS - 1]}…"
