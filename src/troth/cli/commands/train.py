"""`troth train`: a model of one's own texts; and the texts of which a label would help most."""

from __future__ import annotations

import csv
import sys
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from troth.cli.invocation import Invocation
from troth.cli.parts import Group, declare_in, json_option, option
from troth.errors import UsageError
from troth.texts import _, lazy, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import TextIO

    from troth.intake.written import Given
    from troth.reading import Reader
    from troth.reading.asking import Labeller
    from troth.reading.labels import Label

labels_option = option(
    "--labels", "files", type=click.Path(exists=True, dir_okay=False, path_type=Path), multiple=True,
    metavar="FILE",
    help=lazy("Labels of people beside labels.ndjson: CSV, YAML or JSON. May be repeated."),
)  # fmt: skip


@click.command(
    "train",
    cls=Group,
    invoke_without_command=True,
    help=lazy(
        "Train the reader on your own texts.\n\n"
        "It learns from labels that people gave (labels.ndjson, --labels), from stars by a rule's `rating`, "
        "and a little from what the lexica are sure of. The figures are of texts held out, beside those of "
        "the lexica alone. The model is used once it is accepted: by an answer here, or with --accept."
    ),
)
@labels_option
@option(
    "--embed", type=click.Choice(("use", "fastembed", "none")), default=None,
    help=lazy("What gives texts a meaning. Default: use, where troth[embed] is installed."),
)  # fmt: skip
@option("--accept", is_flag=True, help=lazy("Use the model that was trained last; train none."))
@option("--drop", is_flag=True, help=lazy("Use no model any more; the lexica alone read."))
@option("--show", is_flag=True, help=lazy("Show the figures of the model in use; train none."))
@json_option
@click.pass_context
def command(
    context: click.Context,
    *,
    files: tuple[Path, ...],
    embed: str | None,
    accept: bool,
    drop: bool,
    show: bool,
) -> None:
    """Train, show the report, ask."""
    if context.invoked_subcommand is not None:
        return
    from troth.cli.importing import is_interactive
    from troth.cli.views.training import show_model
    from troth.reading.training import storing

    invocation: Invocation = context.obj
    if accept + drop + show > 1:
        raise UsageError("train-twice", _("--accept, --drop and --show exclude each other."))
    if accept or drop:
        _switch(invocation, accept=accept)
        return
    if not show:
        _train(invocation, files, embed)
    about = storing.described(invocation.folder, storing.ACCEPTED if show else storing.CANDIDATE)
    if about is None:
        message = _("There is no model in use: the lexica alone read.")
        raise UsageError("model-missing", message, _("Train one with `troth train`."))
    if invocation.json:
        invocation.emit({**about, "accepted": show})
        return
    show_model(invocation.console(), about)
    if show:
        return
    if is_interactive() and click.confirm(_("Use this model from now on?"), default=False, err=True):
        _switch(invocation, accept=True)
    else:
        invocation.note(_("It is not used yet; `troth train --accept` takes it up."))


@declare_in(
    command,
    "labels",
    lazy(
        "Write the texts that are most worth a label.\n\n"
        "Those that the reader is least sure of, of all languages and touchpoints in turn, masked, as CSV. "
        "Fill in polarity (positive, negative, neutral, mixed), mechanisms (such as reliability-,clarity+; "
        "or none) and topics (such as delivery; or none); leave empty what you do not want to say. Then "
        "`troth train --labels FILE`. With --random they are drawn at random: only labels of such texts tell "
        "how much the reader misses; --keep puts them into labels.ndjson. With --ask the endpoint of "
        "TROTH_READING_ENDPOINT fills them in first, "
        "for you to check: the masked texts leave this machine then, and no others."
    ),
)
@option(
    "--choose", type=click.IntRange(min=1, max=10_000), default=100, show_default=True,
    help=lazy("At most so many texts."),
)  # fmt: skip
@option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help=lazy("Where to. Default: standard output."),
)  # fmt: skip
@option("--random", "at_random", is_flag=True, help=lazy("Draw the texts at random from all of them."))
@option(
    "--keep", "filled", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
    help=lazy("Put the labels of a filled-in file into labels.ndjson; choose none."),
)  # fmt: skip
@option("--ask", "asking", is_flag=True, help=lazy("Let the endpoint answer first."))
@labels_option
@click.pass_obj
def labels_(
    invocation: Invocation,
    *,
    choose: int,
    output: Path | None,
    at_random: bool,
    filled: Path | None,
    asking: bool,
    files: tuple[Path, ...],
) -> None:
    """Choose, ask where that is wanted, and write; or keep what was filled in."""
    from troth.reading.asking import endpoint
    from troth.reading.labels.label import DRAWN
    from troth.workspace.training import drawn_texts, labels_of, worth_labelling

    if filled is not None:
        _keep(invocation, filled)
        return
    if output is not None and output.exists():
        raise UsageError(
            "file-exists",
            _("There is a file of this name already; it stays as it is."),
            _("Name another file, or move it away."),
            where=str(output),
        )
    labeller = endpoint() if asking else None
    with _texts(invocation) as (reader, texts, find):
        known = labels_of(invocation.folder, files, find)
    found = (drawn_texts if at_random else worth_labelling)(reader, texts, known, choose)
    chosen = DRAWN if at_random else ""
    rows = [
        {"text": one.reading.text, "language": one.reading.language, "from": one.group, "chosen": chosen}
        for one in found
    ]
    if labeller is not None:
        _ask(invocation, labeller, rows)
    if output is None:
        _write(sys.stdout, rows)
        return
    with output.open("x", encoding="utf-8", newline="") as target:
        _write(target, rows)
    said = ngettext("Wrote %(n)d text to %(path)s.", "Wrote %(n)d texts to %(path)s.", len(rows))
    invocation.note(said % {"n": len(rows), "path": output})


def _keep(invocation: Invocation, file: Path) -> None:
    """Put the labels of a file beside the blueprint, where the reader and its errors find them."""
    import datetime as dt

    from troth.reading.labels import keep, kept
    from troth.workspace.training import labels_in

    with _texts(invocation) as (_reader, _rest, find):
        labels = labels_in(file, find)
    if not labels:
        raise UsageError(
            "labels-empty",
            _("No row of this file says anything of its text; nothing was kept."),
            _("Fill in polarity, mechanisms or topics; `none` says that there are none."),
            where=str(file),
        )
    there = {one.digest: one for one in kept(invocation.folder)}
    given = {one.digest: one for one in labels}  # of two for one text the later one counts
    fresh = [label for label in given.values() if _adds(label, there)]
    for label in fresh:
        keep(invocation.folder, label, dt.datetime.now(dt.UTC))
    if known := len(given) - len(fresh):
        said = ngettext(
            "%(n)d label was there already; it is not written again.",
            "%(n)d labels were there already; they are not written again.",
            known,
        )
        invocation.note(said % {"n": known})
    said = ngettext("Kept %(n)d label.", "Kept %(n)d labels.", len(fresh))
    invocation.note(said % {"n": len(fresh)})


def _adds(label: Label, there: Mapping[str, Label]) -> bool:
    """Whether `label` says anything else of its text than the one that counts."""
    known = there.get(label.digest)
    return known is None or known != replace(label, drawn=label.drawn or known.drawn)


def _ask(invocation: Invocation, labeller: Labeller, rows: list[dict[str, str]]) -> None:
    """Fill in what the endpoint answers, and say what it does not."""
    from troth.cli.progress import bar
    from troth.reading.asking import ask
    from troth.reading.training.storing import FOLDER

    with bar(invocation, _("endpoint")) as progress:
        part = (lambda done: progress("asking", done)) if progress else None
        found = ask(labeller, [row["text"] for row in rows], invocation.folder / FOLDER, part)
    for row, label in zip(rows, found.labels, strict=True):
        if label is not None:
            answers = {
                key: value for key, value in label.as_dict().items() if key not in {"text", "language"}
            }
            for key in ("mechanisms", "topics"):
                row[key] = ",".join(answers.get(key, ())) or "none"
            row["polarity"] = answers.get("polarity", "")
    for failure in found.failures:
        invocation.note(failure)
    if found.kept_back:
        said = ngettext(
            "%(n)d text speaks to a language model and was not sent.",
            "%(n)d texts speak to a language model and were not sent.",
            found.kept_back,
        )
        invocation.note(said % {"n": found.kept_back})
    if found.unanswered:
        said = ngettext(
            "%(n)d text has no usable answer; it is left for you.",
            "%(n)d texts have no usable answer; they are left for you.",
            found.unanswered,
        )
        invocation.note(said % {"n": found.unanswered})


def _write(target: TextIO, rows: list[dict[str, str]]) -> None:
    columns = ("text", "language", "from", "chosen", "polarity", "mechanisms", "topics")
    writer = csv.DictWriter(target, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)


def _train(invocation: Invocation, files: tuple[Path, ...], embed: str | None) -> None:
    from troth.reading.embed import default_embedder
    from troth.workspace.training import labels_of, train

    embedder = default_embedder(embed or "")
    with _texts(invocation) as (reader, texts, find):
        labels = labels_of(invocation.folder, files, find)
    n = len(texts) + len(labels)
    invocation.note(ngettext("Looking through %(n)d text …", "Looking through %(n)d texts …", n) % {"n": n})
    train(invocation.folder, reader, texts, labels, embedder)


def _switch(invocation: Invocation, *, accept: bool) -> None:
    """Take the candidate up, or give the model up; what rests is read again at the next look."""
    from troth.reading.training import storing

    if accept:
        mark = storing.accept(invocation.folder)
        invocation.note(_("The model %(mark)s is used from now on.") % {"mark": mark})
    elif storing.drop(invocation.folder):
        invocation.note(_("No model is used any more: the lexica alone read."))
    else:
        invocation.note(_("There is no model in use: the lexica alone read."))
    if invocation.json:
        invocation.emit({"accepted": accept})


@contextmanager
def _texts(
    invocation: Invocation,
) -> Iterator[tuple[Reader, list[Given], Callable[[str], str | None] | None]]:
    """The reader of the lexica and own words; the texts of the records, and how one is found by its key."""
    from troth.intake.written import given, text_of
    from troth.reading import Reader
    from troth.reading.own import own_words
    from troth.store import FILE_NAME
    from troth.workspace import BLUEPRINT_NAME

    folder = invocation.folder
    if not (folder / BLUEPRINT_NAME).is_file():
        yield Reader(), [], None
        return
    with invocation.workspace() as workspace:
        reader = Reader(own_words({str(name): one for name, one in workspace.blueprint.words.items()}))
        if not (folder / FILE_NAME).is_file():
            yield reader, [], None
            return
        store = workspace.store
        workspace.refreshed()  # so that all comments are masked
        yield reader, list(given(store, workspace.blueprint)), text_of(store, workspace.blueprint)
