"""`troth read`: what a text says, with its proof; and a person's correction of it."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from troth.cli.invocation import Invocation
from troth.cli.parts import argument, declare, json_option, option
from troth.errors import UsageError
from troth.texts import _, lazy

if TYPE_CHECKING:
    from troth.reading import Reading
    from troth.reading.labels import Polarity, Said

    Answers = tuple[Polarity | None, tuple[Said, ...] | None, tuple[str, ...] | None]


@declare(
    "read",
    lazy(
        "Show what a text says, and the words that prove it.\n\n"
        "The text is masked and cleaned, then read: its language, how good or bad it is, and about what. "
        "Without TEXT and --file it is read from standard input. With --correct a person's answers are "
        "written to labels.ndjson in the workspace's folder, masked: this text is read so from then on, and "
        "`troth train` learns from it."
    ),
)
@argument("text", required=False, metavar="[TEXT]", help=lazy("What a customer wrote."))
@option(
    "--file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
    help=lazy("Read the text of this file; what is no text is refused."),
)  # fmt: skip
@option("--lines", is_flag=True, help=lazy("Each line is a text of its own."))
@option(
    "--language", type=click.Choice(("nl", "de", "en")), default=None,
    help=lazy("The text's language. Default: it is told from the text."),
)  # fmt: skip
@option("--correct", is_flag=True, help=lazy("Write down what the text really says."))
@option(
    "--polarity", metavar="WORD",
    help=lazy("With --correct: positive, negative, neutral or mixed."),
)  # fmt: skip
@option(
    "--mechanisms", metavar="LIST",
    help=lazy("With --correct: such as reliability-,clarity+, the strongest first; or none."),
)  # fmt: skip
@option("--topics", metavar="LIST", help=lazy("With --correct: such as delivery,service; or none."))
@json_option
@click.pass_obj
def command(
    invocation: Invocation,
    *,
    text: str | None,
    file: Path | None,
    lines: bool,
    language: str | None,
    correct: bool,
    polarity: str | None,
    mechanisms: str | None,
    topics: str | None,
) -> None:
    """Read, correct where that is asked for, print."""
    from troth.cli.views.labels import damaged_lines
    from troth.cli.views.reading import as_json, show_reading
    from troth.reading import masked
    from troth.reading.labels import damaged
    from troth.workspace.reader import reader_of

    given = {"polarity": polarity, "mechanisms": mechanisms, "topics": topics}
    if any(value is not None for value in given.values()) and not correct:
        raise UsageError("correct-missing", _("These are answers of a correction."), _("Add --correct."))
    if correct and lines:
        raise UsageError("correct-lines", _("One text is corrected at a time."), _("Leave out --lines."))
    reader = reader_of(invocation.folder)
    for line in damaged_lines(damaged(invocation.folder)):
        invocation.note(line)
    texts = _texts(text, file, lines=lines)
    readings = [reader.read(masked(one, language or ""), language=language or "") for one in texts]
    if correct:
        readings = [_corrected(invocation, readings[0], given)]
    if invocation.json:
        answers = [as_json(one) for one in readings]
        invocation.emit({"readings": answers} if lines else answers[0])
        return
    console = invocation.console()
    for number, one in enumerate(readings):
        if number:
            console.print()
        show_reading(console, one)


def _texts(text: str | None, file: Path | None, *, lines: bool) -> list[str]:
    from troth.cli.plain_text import plain_text

    if text is not None and file is not None:
        raise UsageError("text-twice", _("There is a text, and a file too."), _("Leave out one of them."))
    if file is not None:
        text = plain_text(file.read_bytes(), str(file))
    elif text is None:
        if sys.stdin.isatty():
            click.echo(_("Write the text, and end it with Ctrl-D on a line of its own."), err=True)
        text = plain_text(sys.stdin.buffer.read(), "-")
    return [line for line in text.splitlines() if line.strip()] if lines else [text]


def _corrected(invocation: Invocation, reading: "Reading", given: "dict[str, str | None]") -> "Reading":
    """Ask where nothing was given, write the label down, and read by it."""
    from troth.cli.importing import is_interactive
    from troth.cli.views.reading import show_reading
    from troth.reading.labels import said
    from troth.workspace.reader import correct, reader_of

    answers = said(given)
    if not reading.text:
        raise UsageError("text-empty", _("There is no text to correct."))
    if answers == (None, None, None):
        if not is_interactive():
            message = _("Nothing is said of the text.")
            raise UsageError("correct-empty", message, _("Add --polarity, --mechanisms or --topics."))
        show_reading(invocation.console(stderr=True), reading)
        answers = _asked()
    if answers == (None, None, None):
        raise UsageError("correct-empty", _("Nothing is said of the text."))
    polarity, mechanisms, topics = answers
    label = correct(invocation.folder, reading, polarity, mechanisms, topics)
    invocation.note(_("Written to %(path)s.") % {"path": invocation.folder / "labels.ndjson"})
    return reader_of(invocation.folder).read(label.text, language=label.language)


def _asked() -> "Answers":
    """What a person answers; an empty answer says nothing."""
    from troth.reading.labels import said

    questions = {
        "polarity": _("Polarity (positive, negative, neutral, mixed)"),
        "mechanisms": _("Mechanisms (such as reliability-,clarity+; none)"),
        "topics": _("Topics (such as delivery,service; none)"),
    }
    answers: dict[str, str | None] = {}
    for key, question in questions.items():
        while True:
            answer = click.prompt(question, default="", show_default=False, err=True)
            try:
                said({key: answer or None})
            except UsageError as error:
                click.echo(f"{error.message} {error.hint or ', '.join(error.allowed)}", err=True)
            else:
                answers[key] = answer or None
                break
    return said(answers)
