"""How many texts there are in a period, how many were read, and why others were not."""

import numpy as np

from troth.blueprint.schema import Blueprint
from troth.insight.days import date_of
from troth.insight.voices.places import Spoken
from troth.insight.voices.shape import Heard, Missing, UnreadTexts
from troth.insight.voices.shares import rounded
from troth.insight.voices.sheltering import STEP, Shelter
from troth.ledger.said import REASONS, Flags
from troth.store.tables import comments


def heard(spoken: Spoken, texts: Flags, first: int, last: int, shelter: Shelter | None, least: int) -> Heard:
    """The texts of a period.

    Args:
        spoken: All texts.
        texts: Those that count, [texts].
        first: The period's first day, counted from 1970-01-01.
        last: Its last day.
        shelter: What may be told of it; None for everything.
        least: So many customers must be behind a number.
    """
    read = texts & spoken.said.read
    days = date_of(first), date_of(last)
    if shelter is None:
        return Heard(*days, int(texts.sum()), int(read.sum()), _telling(spoken, read),
            unread_texts(spoken, texts, least))  # fmt: skip
    if not shelter.read:
        return Heard(*days, None, None, None, ())
    told = shelter.told((None, None)).shown
    return Heard(
        *days,
        rounded(int(texts.sum()), STEP) if shelter.unread else None,
        rounded(int(read.sum()), STEP),
        rounded(_telling(spoken, read), STEP) if told else None,
        unread_texts(spoken, texts, least, STEP) if shelter.unread else (),
    )


def _telling(spoken: Spoken, read: Flags) -> int:
    return int(np.count_nonzero(np.bincount(spoken.text[read[spoken.text]])))


def unread_texts(spoken: Spoken, texts: Flags, least: int, step: int = 1) -> tuple[UnreadTexts, ...]:
    """Texts that were not read, by reason and language, most first; those by at least so many customers."""
    said = spoken.said
    found: list[UnreadTexts] = []
    rest: set[int] = set()
    unread = np.flatnonzero(texts & ~said.read)
    pairs = said.reason[unread] * max(1, len(said.languages)) + said.language[unread]
    for pair in np.unique(pairs):
        some = unread[pairs == pair]
        reason, language = divmod(int(pair), len(said.languages))
        who = set(said.customer[some].tolist())
        if len(who) >= least:
            name = said.languages[language].strip("-")
            found.append(UnreadTexts(REASONS[said.reasons[reason]], name, rounded(len(some), step)))
        else:
            rest |= who
    if 0 < len(rest) < least:  # all that were not read minus these would be those of a few
        return ()
    return tuple(sorted(found, key=lambda one: (-one.texts, one.reason, one.language)))


def missing(blueprint: Blueprint, spoken: Spoken, texts: Flags, shelter: Shelter | None) -> Missing | None:
    """Why there is nothing to tell of these `texts`, [texts]; None where there is something."""
    if not any(comments(kind.columns) for kind in blueprint.records.values()):
        return "no-comments"
    if not any(rule.read for rule in blueprint.rules):
        return "no-rule"
    if shelter is not None and not shelter.read:
        return "few-customers"
    if not texts.any():
        return "none"
    return None if (texts & spoken.said.read).any() else "not-read"
