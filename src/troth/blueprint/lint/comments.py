"""Rules about comments: what reads them, and what they are held to speak of."""

import re
from collections.abc import Iterator

from troth.blueprint.expressions import RECORD
from troth.blueprint.found import Found
from troth.blueprint.lint.case import Case, rule
from troth.blueprint.schema import Rule
from troth.texts import _

_STARS = re.compile(r"(^|_)(stars?|rating|score|nps|csat|grade|sterren|cijfer|sterne|note)(_|$)")


@rule("TB007", "warning")
def topic_of_several_touchpoints(case: Case) -> Iterator[Found]:
    """A topic that several touchpoints claim.

    What it checks: Each of the topics that customers speak of belongs to one touchpoint at most. A touchpoint
    whose id is a topic claims it, unless its `topics` say otherwise.

    Why it matters: A comment about that topic can only be counted at one of them. It is counted at the
    touchpoint of the rule if that is one of them, else at the first in the journey; the others hear nothing
    of it.

    How to repair: Name the topic at one touchpoint; `topics: []` takes a touchpoint out.

    Example:
        touchpoints:
          - {id: delivery, phase: receive, name: Delivery}
          - {id: parcel, phase: receive, name: Parcel, topics: [delivery]}
    """
    first: dict[str, str] = {}
    if not any(part.read for part in case.blueprint.rules):
        return
    for i, touchpoint in enumerate(case.blueprint.touchpoints):
        for topic in touchpoint.spoken_of:
            if topic in first:
                values = {"topic": topic, "first": first[topic], "second": touchpoint.id}
                yield Found(
                    ("touchpoints", i, "topics") if touchpoint.topics else ("touchpoints", i),
                    _("The topic “%(topic)s” is claimed by “%(first)s” and “%(second)s”.") % values,
                    _("Name it at one of them; `topics: []` takes a touchpoint out."),
                )
            first.setdefault(topic, touchpoint.id)


@rule("TB107", "warning")
def comment_counted_twice(case: Case) -> Iterator[Found]:
    """A comment, or the stars that came with it, that two rules count.

    What it checks: No two rules without a difference in `when` read the same comment, and no rule weighs the
    stars of a record whose comment another rule reads, unless its `when` looks at the comment.

    Why it matters: Stars and words are one verdict of one customer. Counted by two rules, whoever writes
    weighs twice as much as whoever does not, and the interval is too narrow.

    How to repair: Give the stars to the rule that reads, as its `rating`, and take the other rule out; or let
    the other one speak only where nothing was written: `when: comment IS NULL`.

    Example:
        rules:
          - {id: review, from: reviews, at: at, touchpoint: product, mechanism: ability, read: comment}
          - {id: stars, from: reviews, at: at, touchpoint: product, mechanism: ability, weight: stars * 100}

    Source: A record is never counted whole more than once (docs/method/experiences.md).
    """
    rules = case.blueprint.rules
    for i, reading in enumerate(rules):
        if reading.read is None:
            continue
        for j, other in enumerate(rules):
            if i == j or other.source != reading.source:
                continue
            if other.read is not None:
                twice = j > i and other.read == reading.read and _alike(reading, other)
                place = "read"
            else:
                twice, place = _weighs_stars(case, j, reading), "weight"
            if twice:
                yield Found(
                    ("rules", j, place),
                    _("“%(other)s” counts once more what “%(reading)s” reads.")
                    % {"other": other.id, "reading": reading.id},
                    _("Stars that came with a comment are its `rating`; take one of the rules out."),
                )


@rule("TB307", "warning")
def comment_not_read(case: Case) -> Iterator[Found]:
    """A comment column that no rule reads.

    What it checks: Every column of type `comment` stands in the `read` of a rule.

    Why it matters: What people write is personal. It is kept masked, but it is kept; without a rule that
    reads it there is no purpose, and what customers say stays unheard.

    How to repair: Write a rule with `read: <column>`, or take the column out.

    Example:
        columns: {review_id: text, comment: comment}   # and no rule with read: comment

    Source: Regulation (EU) 2016/679, article 5(1)(c), data minimisation.
    """
    read = {(part.source, part.read) for part in case.blueprint.rules}
    for name, kind in case.blueprint.records.items():
        for column, declared in kind.columns.items():
            if declared.type == "comment" and (name, column) not in read:
                yield Found(
                    ("records", name, "columns", column),
                    _("No rule reads the comment “%(column)s” of “%(kind)s”.")
                    % {"column": column, "kind": name},
                    _("Write a rule with `read`, or take the column out."),
                )


def _alike(one: Rule, other: Rule) -> bool:
    """Whether nothing tells the records of two rules apart."""
    return one.when is None or other.when is None or one.when == other.when


def _weighs_stars(case: Case, index: int, reading: Rule) -> bool:
    own = {column for table, column in case.compiled["rules", index, "weight"].columns if table == RECORD}
    columns = case.blueprint.records[reading.source].columns
    numbers = {name for name, column in columns.items() if column.type in {"integer", "number"}}
    stars = {column for column in own & numbers if _STARS.search(column)}
    stars |= own & ({reading.rating.column} if reading.rating else set())
    when = case.compiled.get(("rules", index, "when"))
    apart = when is not None and (RECORD, reading.read) in when.columns
    other = case.blueprint.rules[index]
    return bool(stars) and not apart and _alike(reading, other)
