"""Importing several sources in one call: patterns, record kinds that are not known yet, progress."""

import glob
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from troth.blueprint.records import READY_MADE
from troth.blueprint.types import NAME_PATTERN
from troth.cli.invocation import Invocation
from troth.cli.progress import bar
from troth.cli.views.imports import as_json, show_imports
from troth.cli.views.proposal import show_proposal
from troth.errors import UsageError, nearest
from troth.intake import ImportSummary
from troth.texts import _
from troth.workspace import Workspace


def import_all(
    invocation: Invocation,
    workspace: Workspace,
    sources: Sequence[tuple[str, str]],
    *,
    dry_run: bool = False,
    yes: bool = False,
    key: bytes | None = None,
) -> None:
    """Import every `(kind, source)` and print what came in; what is done before an error stays."""
    places = [(kind, place) for kind, source in sources for place in _places(source)]
    done: list[ImportSummary] = []
    try:
        for kind, place in places:
            if not _is_known(workspace, kind):
                _propose(invocation, workspace, kind, place, dry_run=dry_run, yes=yes)
            if _is_known(workspace, kind):
                with bar(invocation, kind) as progress:
                    done.append(
                        workspace.import_(kind, place, pseudonym_key=key, dry_run=dry_run, progress=progress)
                    )
    finally:
        if invocation.json:
            invocation.emit(as_json(done, dry_run=dry_run))
        elif done:
            show_imports(invocation.console(), done, dry_run=dry_run)


def _places(source: str) -> list[str]:
    """The files that a pattern means, in order; a URL, or a name that is there, means itself."""
    if "://" in source or not glob.has_magic(source) or Path(source).exists():
        return [source]
    found = sorted(glob.glob(source, recursive=True))  # noqa: PTH207 - it may begin with a pattern
    if not found:
        raise UsageError("source-missing", _("No file has such a name."), where=source)
    return found


def _is_known(workspace: Workspace, kind: str) -> bool:
    return kind == READY_MADE or kind in workspace.blueprint.records


def _propose(
    invocation: Invocation, workspace: Workspace, kind: str, place: str, *, dry_run: bool, yes: bool
) -> None:
    """Show what the source looks like; save it as a record kind where that is wanted."""
    if not re.fullmatch(NAME_PATTERN, kind):
        near = nearest(kind, workspace.blueprint.records)
        raise UsageError(
            "kind-name-invalid",
            _("“%(input)s” is no name: lower-case letters, digits and _, a letter first.") % {"input": kind},
            _("Did you mean “%(near)s”?") % {"near": near} if near else "",
        )
    sniffed = workspace.sniff(kind, place)
    show_proposal(invocation.console(stderr=True), kind, sniffed)
    if dry_run:
        return
    if not yes:
        if not is_interactive():
            known = [*workspace.blueprint.records, READY_MADE]
            near = nearest(kind, known)
            raise UsageError(
                "kind-unknown",
                _("The blueprint knows no record kind “%(kind)s”.") % {"kind": kind},
                _("Did you mean “%(near)s”? Else look the proposal over; --yes saves it.") % {"near": near}
                if near
                else _("Look the proposal over; --yes saves it into the blueprint."),
                allowed=known,
            )
        click.confirm(_("Save this record kind into the blueprint?"), abort=True, err=True)
    workspace.adopt(kind, sniffed.kind)
    invocation.note(_("Saved. Rules that make experiences of it are still to be written."))


def is_interactive() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()
