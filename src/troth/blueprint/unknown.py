"""Names that refer to nothing: each kind of them has a code and a page, as a rule of the linter has.

They are found while a blueprint is loaded, for without them it cannot be used; so none can be silenced. A
function here says what is wrong; its docstring is the page under docs/reference/lint/.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from troth.blueprint.faults import did_you_mean
from troth.texts import _

MOST_COLUMNS = 30
MOST_FUNCTIONS = 100
"""A hint lists so many at most, where none is near."""


class Said(NamedTuple):
    """What is said of an unknown name: `Found(path, *said)` puts it in its place."""

    message: str
    hint: str
    code: str


def unknown_mechanism(name: str, known: Iterable[str]) -> Said:
    """A mechanism that is none of the ten.

    What it checks: Every `mechanism` of a rule or promise, and every one below `parameters: mechanisms:`, is
    one of the ten ids of the vocabulary.

    Why it matters: The ten mechanisms carry the three preconditions; an eleventh would count for none of
    them.

    How to repair: Write one of the ids, in English and in small letters, whatever the language of the names:
    benevolence, integrity, interests, accountability, reciprocity, ability, reliability, familiarity,
    reputation, clarity.

    Example:
        mechanism: reliabilty
    """
    return Said(_("There is no mechanism “%(name)s”.") % {"name": name}, did_you_mean(name, known), "TB401")


def unknown_touchpoint(name: str, known: Iterable[str]) -> Said:
    """A touchpoint that the journey does not have.

    What it checks: Every `touchpoint` of a rule or promise is the `id` of a touchpoint.

    Why it matters: An experience must have been lived somewhere; the read-outs know only the journey's
    touchpoints.

    How to repair: Write the touchpoint's `id` (not its name), or add it under `touchpoints:`.

    Example:
        touchpoint: chekout   # the touchpoint is {id: checkout, …}
    """
    return Said(_("There is no touchpoint “%(name)s”.") % {"name": name}, did_you_mean(name, known), "TB402")


def unknown_phase(name: str, known: Iterable[str]) -> Said:
    """A phase that the journey does not have.

    What it checks: Every `phase` of a touchpoint is the `id` of one of `journey: phases:`.

    Why it matters: The journey is drawn phase by phase; the touchpoint would have no place in it.

    How to repair: Write the phase's `id` (not its name), or add the phase.

    Example:
        - {id: checkout, phase: ordering, name: Checkout}   # the phase is {id: order, …}
    """
    return Said(_("There is no phase “%(name)s”.") % {"name": name}, did_you_mean(name, known), "TB403")


def unknown_record_kind(name: str, known: Iterable[str]) -> Said:
    """A record kind that is not declared.

    What it checks: Every `from` of a rule, promise, segment or outcome, and every `to` of a link, stands
    under `records:`.

    Why it matters: Without the kind's declaration nobody knows its columns, and nothing can be imported.

    How to repair: Write the kind's name as it stands under `records:`, or declare it (`troth import` proposes
    a declaration from a file).

    Example:
        from: order   # the kind is orders
    """
    return Said(_("There is no record kind “%(name)s”.") % {"name": name}, did_you_mean(name, known), "TB404")


def unknown_column(name: str, known: Iterable[str], kind: str = "", near: str | None = None) -> Said:
    """A column that is not declared.

    What it checks: Every column in a key, a customer, a version, a link or an expression stands under
    `columns:` of its record kind, or of the kind that a link leads to.

    Why it matters: Only declared columns are read from the files and kept.

    How to repair: Write the name as it stands under `columns:` (a linked record's as `link.column`), or
    declare the column. A text in an expression stands in single quotes; without them it reads as a column.

    Example:
        at: placd_at   # the column is placed_at
    """
    message = _("“%(kind)s” has no column “%(name)s”.") if kind else _("There is no column “%(name)s”.")
    return Said(
        message % {"kind": kind, "name": name},
        did_you_mean(near or name, [near] if near else known, MOST_COLUMNS),
        "TB405",
    )


def unknown_link(name: str, known: Iterable[str]) -> Said:
    """A link that the record kind does not have.

    What it checks: Where the customer is another record's (`customer: order.customer_id`), the link before
    the point stands under `links:`.

    Why it matters: Without the link no record of the kind has a customer.

    How to repair: Write the link's name as it stands under `links:`, or declare it.

    Example:
        customer: orders.customer_id   # the link is order
    """
    return Said(_("There is no link “%(name)s”.") % {"name": name}, did_you_mean(name, known), "TB406")


def unknown_function(name: str, known: Iterable[str]) -> Said:
    """A function that expressions may not call.

    What it checks: Every function of an expression is one of those in the reference of expressions.

    Why it matters: A blueprint may come from anybody, and its figures must be the same on every engine; so
    only functions that are harmless and mean the same everywhere are allowed.

    How to repair: Say it with the allowed functions, or bring the value along as a column.

    Example:
        when: regexp_matches(note, 'late')   # note LIKE '%late%' says the same
    """
    message = _("The function “%(name)s” is not allowed.") % {"name": name}
    return Said(message, did_you_mean(name, known, MOST_FUNCTIONS), "TB407")


def unknown_key(name: str, known: Iterable[str]) -> Said:
    """A key that has no meaning where it stands.

    What it checks: Every key is one that the reference of the blueprint names for that part.

    Why it matters: A mistyped key would be passed over, and what it says would count for nothing.

    How to repair: Correct it; mind the indentation, which decides what a key belongs to. A remark is written
    behind `#`.

    Example:
        wieght: GOOD
    """
    return Said(_("There is no key “%(key)s” here.") % {"key": name}, did_you_mean(name, known), "TB408")


def unknown_word(name: str, known: Iterable[str]) -> Said:
    """A word that is none of those that the key takes.

    What it checks: Where the reference of the blueprint lists the words that a key takes (types, severities,
    presets, formats), one of them stands there.

    Why it matters: Whatever the word was to say, it cannot be followed.

    How to repair: Write one of the words.

    Example:
        late: {0d: S5}   # there are S1 to S4
    """
    message = _("“%(input)s” is not known here.") % {"input": name}
    return Said(message, did_you_mean(name, known), "TB409")


UNKNOWN: dict[str, Callable[..., Said]] = {
    "TB401": unknown_mechanism,
    "TB402": unknown_touchpoint,
    "TB403": unknown_phase,
    "TB404": unknown_record_kind,
    "TB405": unknown_column,
    "TB406": unknown_link,
    "TB407": unknown_function,
    "TB408": unknown_key,
    "TB409": unknown_word,
}
"""All of them by their codes."""
