"""The checks of what reads comments: rules with `read`, their ratings, topics."""

from collections.abc import Iterator

from troth.blueprint.comments import Language, WordEntry, Words, spelled
from troth.blueprint.document import Path
from troth.blueprint.faults import did_you_mean
from troth.blueprint.found import Found
from troth.blueprint.schema import Blueprint, RecordKind, Rule
from troth.blueprint.unknown import unknown_column
from troth.texts import _


def check_comments(blueprint: Blueprint) -> Iterator[Found]:
    """Every fault of a rule's `weight`, `read` and `rating`, and of touchpoints' topics."""
    for i, rule in enumerate(blueprint.rules):
        yield from _one_way(("rules", i), rule)
        kind = blueprint.records.get(rule.source)
        if kind is not None:
            yield from _read(("rules", i), rule, kind)
    for i, touchpoint in enumerate(blueprint.touchpoints):
        topics = touchpoint.topics or ()
        for place, topic in enumerate(topics):
            if topic in topics[:place]:
                message = _("The topic “%(topic)s” stands twice.") % {"topic": topic}
                yield Found(("touchpoints", i, "topics", place), message)
    for language, words in blueprint.words.items():
        yield from _twice(language, words)


def _twice(language: Language, words: Words) -> Iterator[Found]:
    """Entries that stand twice where one alone can hold: good and bad at once, or in two spellings."""
    here: Path = ("words", language)
    lists: list[tuple[str, Path, tuple[WordEntry, ...]]] = [
        *(("polarity", (*here, "polarity", value), found) for value, found in words.polarity.items()),
        *((topic, (*here, "topics", topic), found) for topic, found in words.topics.items()),
    ]
    for name, one in words.mechanisms.items():
        there = (*here, "mechanisms", name)
        lists += [(name, (*there, "good"), one.good), (name, (*there, "bad"), one.bad)]
        lists.append((f"{name} named", (*there, "topic"), one.topic))
    seen: dict[tuple[str, tuple[str, ...]], str] = {}
    for what, path, entries in lists:
        for place, entry in enumerate(entries):
            for phrase in entry if isinstance(entry, dict) else (entry,):
                key = what, spelled(phrase, language)
                if key in seen:
                    yield Found((*path, place), *_said_twice(phrase, seen[key]))
                seen.setdefault(key, phrase)


def _said_twice(phrase: str, first: str) -> tuple[str, str]:
    if phrase.split() == first.split():
        return _("The entry “%(entry)s” stands twice.") % {"entry": phrase}, _("Keep one of them.")
    message = _("The entry “%(entry)s” is “%(first)s” in another spelling, which stands there already.")
    hint = _("Keep one of them; spellings without umlauts need no entry.")
    return message % {"entry": phrase, "first": first}, hint


def _one_way(here: Path, rule: Rule) -> Iterator[Found]:
    if rule.weight is None and rule.read is None:
        yield Found(
            here,
            _("“weight” is missing."),
            _("Write how much it counts, or `read` with a comment column."),
        )
    elif rule.weight is not None and rule.read is not None:
        yield Found(
            (*here, "read"),
            _("A rule has either “weight” or “read”."),
            _("What a comment says decides how much it counts; stars that came with it are its `rating`."),
        )
    if rule.rating is not None and rule.read is None:
        yield Found(
            (*here, "rating"),
            _("A rating belongs to the comment that it came with."),
            _("Write `read` with the comment's column, or weigh the stars in `weight`."),
        )


def _read(here: Path, rule: Rule, kind: RecordKind) -> Iterator[Found]:
    comments = [name for name, column in kind.columns.items() if column.type == "comment"]
    if rule.read is not None and rule.read not in comments:
        if rule.read in kind.columns:
            values = {"column": rule.read, "type": kind.columns[rule.read].type}
            message = _("“%(column)s” is %(type)s; only a comment can be read.") % values
            hint = _("Declare the column as `comment`.")
            yield Found((*here, "read"), message, did_you_mean(rule.read, comments) if comments else hint)
        else:
            yield Found((*here, "read"), *unknown_column(rule.read, comments or kind.columns, rule.source))
    rating = rule.rating
    if rating is None:
        return
    column = kind.columns.get(rating.column)
    numbers = [name for name, one in kind.columns.items() if one.type in {"integer", "number"}]
    if column is None:
        yield Found((*here, "rating", "column"), *unknown_column(rating.column, numbers, rule.source))
    elif column.type not in {"integer", "number"}:
        message = _("A rating is a number or an integer, not %(type)s.") % {"type": column.type}
        yield Found((*here, "rating", "column"), message, did_you_mean(rating.column, numbers))
    if rating.worst == rating.best:
        yield Found((*here, "rating", "best"), _("The best rating must differ from the worst."))
