"""The files of an audit: where each shop's go, whether they can be written, and the writing."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from troth.errors import TrothError, UsageError
from troth.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from troth.audit.result.shape import AuditResult
    from troth.cli.auditing import Order, Outcome
    from troth.cli.invocation import Invocation

_INDEX = "index"


def check(order: Order) -> None:
    """Raise UsageError (`output-wrong`) for an output that cannot be written where it is wanted."""
    several = len(order.shops) > 1
    for path, is_folder in (
        (order.output, several),
        (order.sarif, several),
        (order.junit, several),
        (order.artifacts, True),
        (order.history, True),
    ):
        if path is None:
            continue
        if path.is_dir() and not is_folder:
            raise _wrong(path, _("This is a folder, and a file is to be written."))
        if path.is_file() and is_folder:
            raise _wrong(path, _("This is a file, and a folder is needed."))
        there = next(part for part in (path, *path.absolute().parents) if part.exists())
        if not os.access(there, os.W_OK) or (there != path and not there.is_dir()):
            raise _wrong(path, _("Nothing can be written there."))


def artifacts(order: Order, shop: str) -> Path | None:
    """The folder of the shop's artifacts, None where none are kept."""
    if order.artifacts is None or len(order.shops) < 2:
        return order.artifacts
    return order.artifacts / _name(order, shop)


def write(invocation: Invocation, order: Order, results: Sequence[AuditResult]) -> None:
    """Write what was asked for; with several shops each form has one file a shop.

    Raises:
        TrothError: `output-unwritable`.
    """
    from troth.audit.result.junit import junit
    from troth.audit.result.sarif import sarif
    from troth.report.audit.render import html

    forms: tuple[tuple[Path | None, str, Callable[[AuditResult], str]], ...] = (
        (order.output, ".html", html),
        (order.sarif, ".sarif", sarif),
        (order.junit, ".xml", junit),
    )
    for path, suffix, form in forms:
        for result in results if path else ():
            if path is not None:
                several = len(order.shops) > 1
                target = path / f"{_name(order, result.shop)}{suffix}" if several else path
                _put(target, form(result))
                invocation.note(_("Wrote %(path)s.") % {"path": target})


def write_index(invocation: Invocation, order: Order, outcomes: Sequence[Outcome]) -> None:
    """Write the page that leads to those of several shops, beside them.

    Raises:
        TrothError: `output-unwritable`.
    """
    from troth.report.audit.shops import Entry, html

    if order.output is None or len(order.shops) < 2:
        return
    entries = [
        Entry(shop, "", None, f"{found.message} [{found.code}]")
        if isinstance(found, TrothError)
        else Entry(shop, f"{_name(order, found.shop)}.html", found)
        for shop, found in outcomes
    ]
    target = order.output / f"{_INDEX}.html"
    _put(target, html(entries))
    invocation.note(_("Wrote %(path)s.") % {"path": target})


def _put(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    except OSError as error:
        raise TrothError(
            "output-unwritable",
            _("This file cannot be written: %(reason)s") % {"reason": error.strerror or error},
            _("Name another place for it."),
            where=str(path),
        ) from error


def _name(order: Order, shop: str) -> str:
    """The name of the shop's files; addresses that differ in their scheme alone are numbered.

    None is `index`, the page that leads to them.
    """
    from troth.audit.history import folder_name

    name = folder_name(shop)
    neighbours = [other for other in map(_whole, order.shops) if folder_name(other) == name]
    place = neighbours.index(_whole(shop)) if _whole(shop) in neighbours else 0
    return f"{name}-{place + 1}" if place or name == _INDEX else name


def _whole(shop: str) -> str:
    from troth.audit.browser.addresses import without_login

    return without_login(shop if "://" in shop else f"https://{shop}")[0]


def _wrong(path: Path, message: str) -> UsageError:
    return UsageError("output-wrong", message, _("Name another place for it."), where=str(path))
