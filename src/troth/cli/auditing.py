"""Auditing in one call: one shop or several, once or again and again, and all that is written of it."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from troth.cli import audit_files as files
from troth.cli.failure import report_failure
from troth.cli.invocation import Invocation
from troth.errors import TrothError, UsageError
from troth.texts import _

if TYPE_CHECKING:
    from troth.audit.gather.options import Options
    from troth.audit.result.comparison import Comparison
    from troth.audit.result.shape import AuditResult
    from troth.audit.run import Progress

    Outcome = tuple[str, AuditResult | TrothError]
    """A shop, and its result or why there is none."""

_LEAST_PAUSE_S = 60.0


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for; the fields are the command's options. `pause` in seconds."""

    shops: tuple[str, ...]
    read: Path | None
    artifacts: Path | None
    output: Path | None
    sarif: Path | None
    junit: Path | None
    fail_under: float | None
    compare: Path | None
    history: Path | None
    pause: float | None
    scoring: Path | None
    walk_checkout: bool
    allow_private: bool
    ignore_robots: bool
    browser: Path | None
    ca_file: Path | None
    pages: int
    seconds: float
    limit: int


def parsed_pause(context: click.Context, parameter: click.Parameter, text: str | None) -> float | None:
    """The seconds that `6h` or `1d` means, at least one minute."""
    if text is None:
        return None
    from troth.blueprint.durations import parse_duration

    try:
        seconds = parse_duration(text).total_seconds()
    except ValueError as error:
        raise click.BadParameter(str(error), context, parameter) from error
    if seconds < _LEAST_PAUSE_S:
        raise click.BadParameter(_("A pause is at least one minute."), context, parameter)
    return seconds


def audit_shops(invocation: Invocation, order: Order) -> int:
    """Do all that was ordered; return the exit code: 1 when a score is below the gate, 3 for a shop unseen.

    One of several shops that cannot be audited is told, and the others are audited all the same.
    """
    _check(order)
    if order.pause is not None:
        return _watch(invocation, order)
    outcomes: list[Outcome] = []
    for outcome in _outcomes(invocation, order):
        if isinstance(outcome[1], TrothError):
            report_failure(outcome[1], invocation)
        outcomes.append(outcome)
    results = [found for _shop, found in outcomes if not isinstance(found, TrothError)]
    failures = [found for _shop, found in outcomes if isinstance(found, TrothError)]
    comparisons = [_compared(order, result) for result in results]
    if invocation.json:
        for result, comparison in zip(results, comparisons, strict=True):
            if order.compare and comparison is None:
                invocation.note(_nothing_before(order, result.shop))
        invocation.emit(_answer(order, results, comparisons, failures))
    else:
        _show(invocation, order, outcomes, comparisons)
    files.write(invocation, order, results)
    files.write_index(invocation, order, outcomes)
    below = any(_is_below(result, order.fail_under) for result in results)
    return max((failure.exit_code for failure in failures), default=int(below))


def _check(order: Order) -> None:
    """Find out before the visits, which take minutes, what would be in the way after them."""
    from troth.audit.history import latest

    files.check(order)
    if order.compare:
        _check_earlier(order, order.compare)
    for shop in order.shops:
        if order.history:
            latest(order.history, shop)


def _check_earlier(order: Order, path: Path) -> None:
    """Refuse a file to compare with that holds none of the shops."""
    if order.shops and not any(_earlier(order, path, shop) for shop in order.shops):
        from troth.audit.result.codec import read_all

        raise UsageError(
            "result-foreign",
            _("This file holds no result of %(shop)s.") % {"shop": ", ".join(map(_shown, order.shops))},
            _("Compare with a file of the same shops."),
            allowed=[result.shop for result in read_all(path)],
            where=str(path),
        )


def _shown(shop: str) -> str:
    """A shop's address as it may be shown and kept."""
    from troth.audit.browser.addresses import without_login

    return without_login(shop)[0]


def _outcomes(invocation: Invocation, order: Order) -> "Iterator[Outcome]":
    """Each shop with its result, or why there is none."""
    if order.read is not None:
        result = _read(order, order.read)
        yield result.shop, result
        return
    audit = _auditor(invocation, order)
    for place, shop in enumerate(order.shops):
        try:
            yield _shown(shop), audit(shop)
        except TrothError as failure:
            if len(order.shops) == 1 or (place == 0 and failure.exit_code == 2):
                raise  # nothing is lost yet
            yield _shown(shop), failure


def _watch(invocation: Invocation, order: Order) -> int:
    """Again and again, until somebody ends it."""
    from troth.audit.watching import watched
    from troth.cli.views.audit import show_audit, show_news

    history, pause = order.history, order.pause
    if history is None or pause is None:
        raise UsageError("usage", _("--watch needs shops, and --history: the folder to keep results in."))

    def wait() -> bool:
        time.sleep(pause)
        return True

    standing: dict[str, Outcome] = {}
    for told in watched(order.shops, _auditor(invocation, order), history, wait):
        if told.failure is not None:
            report_failure(told.failure, invocation)
        elif told.result is not None and invocation.json:
            invocation.emit(_answer(order, [told.result], [told.comparison]))
        elif told.result is not None and told.comparison is None:
            show_audit(invocation.console(), told.result, limit=order.limit)
        elif told.result is not None and told.comparison is not None:
            show_news(invocation.console(), told.result, told.comparison)
        if told.result is not None:
            files.write(invocation, order, [told.result])
        if (found := told.result or told.failure) is not None:
            standing[told.shop] = _shown(told.shop), found
            files.write_index(invocation, order, list(standing.values()))
    return 0


def _auditor(invocation: Invocation, order: Order) -> "Callable[[str], AuditResult]":
    from troth.audit.run import audited
    from troth.audit.scoring import configured

    scoring, options = configured(order.scoring), _options(order)

    def audit(shop: str) -> "AuditResult":
        folder = files.artifacts(order, shop)
        with _progress(invocation, shop) as progress:
            return audited(shop, scoring, options, artifacts=folder, history=order.history, progress=progress)

    return audit


def _options(order: Order) -> "Options":
    from troth.audit.browser.options import Options as BrowserOptions
    from troth.audit.gather.options import Options

    return Options(
        browser=BrowserOptions(
            path=order.browser,
            allow_private=order.allow_private,
            ca_file=order.ca_file,
            robots=not order.ignore_robots,
        ),
        walk_checkout=order.walk_checkout,
        pages=order.pages,
        seconds=order.seconds,
    )


def _read(order: Order, folder: Path) -> "AuditResult":
    from troth.audit.run import judged_again
    from troth.audit.scoring import configured

    return judged_again(folder, configured(order.scoring), history=order.history)


def _compared(order: Order, result: "AuditResult") -> "Comparison | None":
    """What changed since the result that was named, else since the last one in the history."""
    from troth.audit.result.comparison import compared
    from troth.audit.watching import kept

    since = kept(result, order.history) if order.history else None
    if order.compare is None:
        return since
    earlier = _earlier(order, order.compare, result.shop)
    return compared(earlier, result) if earlier else None


def _earlier(order: Order, path: Path, shop: str) -> "AuditResult | None":
    """The result in `path` to compare `shop` with: the only one for an only shop, else its own, if any."""
    from troth.audit.history import folder_name
    from troth.audit.result.codec import read_all

    there = read_all(path)
    if len(there) == 1 and len(order.shops) < 2:
        return there[0]
    return next((result for result in there if folder_name(result.shop) == folder_name(shop)), None)


def _nothing_before(order: Order, shop: str) -> str:
    line = _("%(file)s holds no earlier result of %(shop)s to compare with.")
    return line % {"file": order.compare, "shop": shop}


def _answer(
    order: Order,
    results: "Sequence[AuditResult]",
    comparisons: "Sequence[Comparison | None]",
    failures: "Sequence[TrothError]" = (),
) -> object:
    """One shop's result as it is; with a comparison, or for several shops, an object that holds them."""
    from troth.audit.result.codec import as_json

    if order.pause is None and len(order.shops) < 2 and comparisons[0] is None:
        return as_json(results[0])
    return {
        "results": [as_json(result) for result in results],
        "comparisons": list(comparisons),
        "failures": [failure.as_dict() for failure in failures],
    }


def _show(
    invocation: Invocation,
    order: Order,
    outcomes: "Sequence[Outcome]",
    comparisons: "Sequence[Comparison | None]",
) -> None:
    from troth.cli.views.audit import show_audit, show_comparison, show_shops

    console = invocation.console()
    results = [found for _shop, found in outcomes if not isinstance(found, TrothError)]
    for place, (result, comparison) in enumerate(zip(results, comparisons, strict=True)):
        if place:
            console.print()
        show_audit(console, result, limit=order.limit)
        if comparison is not None:
            console.print()
            show_comparison(console, comparison)
        elif order.compare:
            console.print()
            console.print(_nothing_before(order, result.shop))
    if len(outcomes) > 1:
        console.print()
        show_shops(console, outcomes)


def _is_below(result: "AuditResult", gate: float | None) -> bool:
    return gate is not None and (result.score.value is None or result.score.value < gate)


@contextmanager
def _progress(invocation: Invocation, shop: str) -> "Iterator[Progress | None]":
    """A line on standard error that says what is looked at; none where nobody looks."""
    console = invocation.console(stderr=True)
    if invocation.quiet or not console.is_terminal:
        yield None
        return
    with console.status(shop) as status:

        def progress(stage: str, _share: float | None) -> None:
            status.update(stage[: console.width - 4])

        yield progress
