"""Rules about how long records are kept."""

from collections.abc import Iterator

from troth.blueprint.checks import parts
from troth.blueprint.durations import written_duration
from troth.blueprint.found import Found
from troth.blueprint.lint.case import Case, rule
from troth.texts import _, number

_HALF_LIVES = 3
"""After so many an experience weighs an eighth: then it is no longer missed much."""


@rule("TB304", "info")
def evidence_gone_before_it_faded(case: Case) -> Iterator[Found]:
    """Records are kept more briefly than their experiences count.

    What it checks: Where a kind that rules or promises read has a `keep`, it is at least three half-lives:
    then an experience weighs an eighth of what it weighed.

    Why it matters: An experience goes with its record. When it goes while it still counts, trust jumps on the
    day that it is removed, though nothing has happened.

    How to repair: Keep the records longer where the purpose allows it, or set shorter half-lives.

    Example:
        records:
          orders: {keep: 90d, …}   # and half-lives of 90 days
    """
    settings = case.settings
    longest = max(*settings.half_life_good, *settings.half_life_bad)
    read = {
        part.source for section, _index, part in parts(case.blueprint) if section in {"rules", "promises"}
    }
    for name, kind in case.blueprint.records.items():
        if kind.keep is not None and name in read and kind.keep.days < _HALF_LIVES * longest:
            yield Found(
                ("records", name, "keep"),
                _("“%(name)s” is kept for %(keep)s; an experience weighs an eighth after %(days)s days.")
                % {"name": name, "keep": written_duration(kind.keep), "days": number(_HALF_LIVES * longest)},
                _("Keep it longer where the purpose allows it, or set shorter half-lives."),
            )


@rule("TB305", "info")
def retention_counted_from_import(case: Case) -> Iterator[Found]:
    """Records with a `keep` have no date to count it from.

    What it checks: A kind with a `keep` has a column that is a date or a time.

    Why it matters: Without one the import's time counts: an old export that is imported today is kept as if
    it were new.

    How to repair: Declare the column that says when it happened.

    Example:
        records:
          orders: {keep: 730d, columns: {order_id: text, customer_id: text}}
    """
    for name, kind in case.blueprint.records.items():
        if kind.keep is not None and not {c.type for c in kind.columns.values()} & {"date", "time"}:
            yield Found(
                ("records", name, "keep"),
                _("“%(name)s” has no date, so its `keep` counts from the import.") % {"name": name},
                _("Declare the column that says when it happened."),
            )


@rule("TB306", "warning")
def kept_for_ever_beside_limited(case: Case) -> Iterator[Found]:
    """A kind is kept for ever, though others are not.

    What it checks: When one kind has a `keep`, every other that names its customer itself has one, too.

    Why it matters: Somebody has decided how long people's data are kept; a kind that was left out keeps them
    for ever.

    How to repair: Give it a `keep`, or a comment `# troth: ignore TB306` that says why not.

    Example:
        records:
          orders: {keep: 730d, …}
          tickets: …   # without a keep

    Source: Regulation (EU) 2016/679, article 5(1)(e), storage limitation.
    """
    records = case.blueprint.records
    if not any(kind.keep is not None for kind in records.values()):
        return
    for name, kind in records.items():
        if kind.keep is None and "." not in kind.customer:
            yield Found(
                ("records", name),
                _("“%(name)s” is kept for ever, though other records are not.") % {"name": name},
                _("Give it a `keep`, too."),
            )
