"""Rules about conditions, duplicates and rules that never fire."""

from collections.abc import Iterator
from itertools import combinations

from sqlglot import exp
from sqlglot.optimizer.simplify import simplify

from troth.blueprint.document import Path
from troth.blueprint.found import Found
from troth.blueprint.lint.case import Case, rule
from troth.blueprint.lint.reasoning import exclude_each_other
from troth.blueprint.schema import Rule
from troth.texts import _, ngettext, number


@rule("TB103", "warning")
def constant_condition(case: Case) -> Iterator[Found]:
    """A condition that is the same for every record.

    What it checks: No `when` comes to a plain true or false.

    Why it matters: Always true says nothing and hides that all records are meant; always false switches the
    rule off, which is easily forgotten after a trial.

    How to repair: Leave `when` out, or take the rule out.

    Example:
        when: 1 = 0
    """
    for path, compiled in case.compiled.items():
        if path[-1] == "when" and type(truth := simplify(compiled.tree.copy())) is exp.Boolean:
            if truth.this:
                yield Found(path, _("This condition is always true."), _("Leave it out."))
            else:
                yield Found(path, _("This condition is always false."), _("Take the rule out."))


@rule("TB104", "warning")
def duplicate_rules(case: Case) -> Iterator[Found]:
    """Two rules that turn the same records into experiences of the same mechanism.

    What it checks: No two rules share record kind, touchpoint, mechanism, time and condition.

    Why it matters: Every such record counts twice.

    How to repair: Take one out, or give them conditions that exclude each other.

    Example:
        Two rules `from: orders` at the checkout for clarity, `at: placed_at`, without `when`.
    """
    for (first, one), (second, other) in _pairs(case):
        if one.mechanism.keys() & other.mechanism.keys() and _sql(case, ("rules", first, "when")) == _sql(
            case, ("rules", second, "when")
        ):
            yield Found(
                ("rules", second),
                _("“%(second)s” counts the same records for the same mechanism as “%(first)s”.")
                % {"first": one.id, "second": other.id},
                _("Take one out, or let their conditions exclude each other."),
            )


@rule("TB105", "warning")
def event_counted_whole_for_several_mechanisms(case: Case) -> Iterator[Found]:
    """One event that two rules count whole, each for another mechanism.

    What it checks: Where two rules share record kind, touchpoint and time, and judge by the same columns,
    their conditions exclude each other.

    Why it matters: A single event that speaks of several mechanisms splits its weight among them. Counted
    whole for each, it weighs more than it should, and the touchpoint looks better evidenced than it is.

    How to repair: Make it one rule with shares: `mechanism: {ability: 0.7, clarity: 0.3}`.

    Example:
        Two rules turn `stars` of the same review into ability and into reputation, each with full weight.
    """
    for (first, one), (second, other) in _pairs(case):
        if (
            not one.mechanism.keys() & other.mechanism.keys()
            and _judged_by(case, first) & _judged_by(case, second)
            and not exclude_each_other(*(_tree(case, ("rules", i, "when")) for i in (first, second)))
        ):
            shares = ", ".join(f"{name}: 0.5" for name in [*one.mechanism, *other.mechanism][:2])
            yield Found(
                ("rules", second),
                _("“%(first)s” and “%(second)s” count one event whole, each for another mechanism.")
                % {"first": one.id, "second": other.id},
                _("Make it one rule with shares, such as mechanism: {%(shares)s}.") % {"shares": shares},
            )


@rule("TB106", "warning")
def rule_never_fires(case: Case) -> Iterator[Found]:
    """A rule or promise that has given no experience although there are records.

    What it checks: Every rule and promise whose record kind has records gave at least one experience. Needs
    data: it speaks after an import.

    Why it matters: Mostly the condition compares with a word that the export writes otherwise (`Bad`, not
    `bad`), or a column stays empty. The rule looks like coverage and is none.

    How to repair: Look at the values of the columns in the condition (`troth import … --dry-run` shows
    rows), and correct the condition; or leave the rule if the event is just rare.

    Example:
        when: satisfaction = 'bad'   # the export says Bad
    """
    if case.observed is None:
        return
    for path, part in case.sources:
        records = case.observed.records.get(part.source, 0)
        if records and not case.observed.experiences.get(part.id):
            message = ngettext(
                "“%(id)s” has given no experience out of %(records)s record.",
                "“%(id)s” has given no experience out of %(records)s records.",
                records,
            )
            yield Found(
                path,
                message % {"id": part.id, "records": number(records)},
                _("Look at the values of the columns in its condition: is the word written otherwise there?"),
            )


def _pairs(case: Case) -> Iterator[tuple[tuple[int, Rule], tuple[int, Rule]]]:
    """Every two rules with a weight, with their indexes, that share record kind, touchpoint and time."""
    events: dict[tuple[str, str, str], list[tuple[int, Rule]]] = {}
    for i, part in enumerate(case.blueprint.rules):
        if part.read is not None:
            continue  # TB107 looks at those
        event = (part.source, part.touchpoint, _sql(case, ("rules", i, "at")))
        events.setdefault(event, []).append((i, part))
    for rules in events.values():
        yield from combinations(rules, 2)


def _judged_by(case: Case, index: int) -> frozenset[tuple[str, str]]:
    """The columns that decide how good it was: those of the weight, else those of the condition."""
    when = case.compiled.get(("rules", index, "when"))
    return case.compiled["rules", index, "weight"].columns or (when.columns if when else frozenset())


def _tree(case: Case, path: Path) -> exp.Expr | None:
    compiled = case.compiled.get(path)
    return compiled.tree if compiled else None


def _sql(case: Case, path: Path) -> str:
    compiled = case.compiled.get(path)
    return compiled.sql() if compiled else ""
