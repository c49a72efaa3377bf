"""`troth demo`: a shop with a known truth, from its exports to the report, and to its server."""

import os
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import click

from troth.cli.invocation import Invocation
from troth.cli.parts import argument, declare, option
from troth.cli.serving import Log, log_option, serve_until_stopped
from troth.errors import TrothError, UsageError
from troth.texts import _, lazy, number

EXPORTS = "exports"
HOST = "127.0.0.1"
NOT_FOR_DEMOS = ("TROTH_STORE", "TROTH_URL", "TROTH_OIDC_ISSUER")
"""Settings of a real server: a demo shop has an office of its own, on this machine."""


@declare(
    "demo",
    lazy(
        "Make a demo shop: exports, import, summary, report.\n\n"
        "Simulates a shop's customers, writes what its systems would export, imports that into a new "
        "workspace from the starter shop, prints the summary and writes report.html. What was planted is "
        "in exports/truth.json. The same seed and size give the same shop. With --serve it is opened in "
        "the browser then."
    ),
)
@argument(
    "folder", type=click.Path(path_type=Path, file_okay=False), required=False, metavar="[DIR]",
    help=lazy(
        "Where; a demo shop that is there is replaced, anything else is left alone. Default: the folder of "
        "--workspace, or demo."
    ),
)  # fmt: skip
@option(
    "--customers", type=click.IntRange(50, 1_000_000), default=5000, show_default=True,
    help=lazy("How many customers the shop has."),
)  # fmt: skip
@option(
    "--seed",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    help=lazy("The seed of the simulation."),
)
@option("--serve", "serving", is_flag=True, help=lazy("Open it in the browser, until Ctrl-C ends it."))
@option(
    "--port", type=click.IntRange(0, 65535), default=8765, show_default=True,
    help=lazy("With --serve: on which port; 0 takes a free one."),
)  # fmt: skip
@log_option
@option("--dry-run", is_flag=True, help=lazy("Only say what would be written."))
@click.pass_obj
def command(
    invocation: Invocation,
    *,
    folder: Path | None,
    customers: int,
    seed: int,
    serving: bool,
    port: int,
    log: Log | None,
    dry_run: bool,
) -> None:
    """Make the shop; with `serving` hold the port before, so that nothing is made in vain."""
    if log and not serving:
        raise UsageError(
            "log-without-serve", _("--log is about the server."), _("Give --serve with it, or leave it out.")
        )
    folder = folder or (Path("demo") if invocation.folder == Path() else invocation.folder)
    _check_free(folder)
    if dry_run:
        click.echo(_("Would write a workspace, its exports and its report to %(path)s.") % {"path": folder})
        return
    with ExitStack() as stack:
        bound = stack.enter_context(_listening(port)) if serving else None
        _make(invocation, folder, customers, seed)
        if bound is not None:
            for name in NOT_FOR_DEMOS:
                os.environ.pop(name, None)
            serve_until_stopped(invocation, folder, bound, HOST, log=log)


def _make(invocation: Invocation, folder: Path, customers: int, seed: int) -> None:
    """Generate, import, sum up, report."""
    from troth import demo
    from troth.cli.importing import import_all
    from troth.cli.views.summary import show_summary
    from troth.workspace import Workspace

    invocation.note(_("Simulating %(n)s customers …") % {"n": number(customers)})
    truth = demo.generate(folder / EXPORTS, customers=customers, seed=seed)
    _remove_shop(folder)
    Workspace.create(folder, "shop")
    with Workspace.open(folder, watch=invocation.watch) as workspace:
        import_all(
            invocation,
            workspace,
            [(kind, str(folder / EXPORTS / name)) for kind, name in truth.files.items()],
        )
        show_summary(invocation.console(), workspace.summary(), workspace.blueprint)
        report = workspace.report()
    invocation.note(_("Wrote %(path)s.") % {"path": report})


def _check_free(folder: Path) -> None:
    from troth.store import FILE_NAME, Store

    if folder.is_dir() and any(folder.iterdir()) and not (folder / EXPORTS / "truth.json").is_file():
        raise UsageError(
            "folder-taken",
            _("There is something else in this folder."),
            _("Name a new one: `troth demo DIR`."),
            where=str(folder),
        )
    if (folder / FILE_NAME).is_file():
        try:
            Store.open(folder, read_only=True).close()
        except TrothError as error:
            if error.code == "store-locked":  # a server of an earlier demo: its files stay
                raise
            return  # whatever is wrong with it, it is about to be replaced


def _remove_shop(folder: Path) -> None:
    """Remove an earlier shop with its office and its erasures; exports and backups stay."""
    from troth.store import FILE_NAME
    from troth.store.erasures import FILE_NAME as ERASURES_NAME
    from troth.store.office import OFFICE_NAME
    from troth.workspace import BLUEPRINT_NAME, REPORT_NAME

    names = [BLUEPRINT_NAME, REPORT_NAME, ERASURES_NAME, FILE_NAME, f"{FILE_NAME}.wal"]
    names += [f"{OFFICE_NAME}{end}" for end in ("", "-wal", "-shm")]
    for name in names:
        (folder / name).unlink(missing_ok=True)


@contextmanager
def _listening(port: int) -> Iterator[socket.socket]:
    from troth.web.server import Address, listening

    with ExitStack() as stack:
        try:
            bound = stack.enter_context(listening(Address(HOST, port)))
        except UsageError as error:
            if error.code != "port-taken":
                raise
            hint = _("End it, or choose another port with --port; with make: `make demo DEMO_PORT=8766`.")
            raise UsageError(error.code, error.message, hint) from error
        yield bound
