"""The terms that rose most since the period before, in each language."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from troth.blueprint.schema import Blueprint
from troth.insight.voices.places import Spoken
from troth.insight.voices.rising import Text, risen
from troth.insight.voices.shape import LEAST_TEXTS, Term, Terms
from troth.insight.voices.words import terms
from troth.ledger.said import Flags, Ints
from troth.reading.language import READ as LANGUAGES
from troth.store import Store
from troth.store.tables import HASH, hashed, quoted, record_table

MOST_TEXTS = 1_500
"""Of more texts of a language and a period a sample is taken, always the same."""

MOST_TERMS = 10
LEAST_CUSTOMERS = 5
"""What fewer customers say is not shown."""


def risen_terms(
    store: Store, blueprint: Blueprint, spoken: Spoken, now: Flags, before: Flags, least: int | None
) -> tuple[Terms, ...]:
    """The languages in which at least `LEAST_TEXTS` texts were read in both periods, most texts first.

    Args:
        store: Where the texts are.
        blueprint: Whose columns they stand in.
        spoken: The texts.
        now: Those of the period, [texts].
        before: Those of the period before, [texts].
        least: So many customers must have used a term; never fewer than `LEAST_CUSTOMERS`. None where people
            are shown; else there are the terms without their numbers: those of a segment could be taken away
            from those of all.
    """
    found = list(_by_language(store, blueprint, spoken, (now, before), max(least or 0, LEAST_CUSTOMERS)))
    found.sort(key=lambda one: (-(one.texts or 0), one.language))
    return tuple(found if least is None else map(_without_numbers, found))


def _without_numbers(terms: Terms) -> Terms:
    risen = tuple(Term(one.term) for one in terms.risen)
    return replace(terms, texts=None, texts_before=None, risen=risen)


def _by_language(
    store: Store, blueprint: Blueprint, spoken: Spoken, periods: tuple[Flags, Flags], least: int
) -> Iterator[Terms]:
    said = spoken.said
    for number, language in enumerate(said.languages):
        read = (said.language == number) & said.read
        whole = [np.flatnonzero(read & period) for period in periods]
        if language not in LANGUAGES or min(map(len, whole)) < LEAST_TEXTS:
            continue
        some = [_sample(spoken, one) for one in whole]
        now, before = (_texts(store, blueprint, spoken, one, language) for one in some)
        yield Terms(
            language,
            len(now),
            len(before),
            any(len(one) > MOST_TEXTS for one in whole),
            tuple(
                Term(
                    one.term, one.now, one.before, 1000 * one.now / len(now), 1000 * one.before / len(before),
                    one.z,
                )
                for one in risen(now, before, least, MOST_TERMS)
            ),
        )  # fmt: skip


def _sample(spoken: Spoken, texts: Ints) -> Ints:
    """`MOST_TEXTS` of the texts, by their keys: the same wherever the rows lie."""
    if len(texts) <= MOST_TEXTS:
        return texts
    return texts[np.argsort(spoken.said.mixed[texts], kind="stable")[:MOST_TEXTS]]


def _texts(store: Store, blueprint: Blueprint, spoken: Spoken, texts: Ints, language: str) -> list[Text]:
    rules = {rule.id: rule for rule in blueprint.rules}
    found: list[Text] = []
    for number, name in enumerate(spoken.said.rules):
        own = texts[spoken.said.rule[texts] == number]
        if not len(own):
            continue
        rule = rules[name]
        rows = store.connection.execute(
            f"""
            SELECT _key, {quoted(rule.read or "")} FROM {record_table(rule.source)}
            WHERE {HASH} IN (SELECT {hashed("k")} FROM (SELECT unnest($keys::VARCHAR[]) AS k))
                AND _key IN (SELECT unnest($keys::VARCHAR[])) AND {quoted(rule.read or "")} IS NOT NULL""",
            {"keys": spoken.said.keys.take(own).to_pylist()},
        ).fetchall()
        text_of = dict(rows)
        customers = spoken.said.customer[own].tolist()
        for key, customer in zip(spoken.said.keys.take(own).to_pylist(), customers, strict=True):
            if key in text_of:
                found.append(Text(terms(text_of[key], language), customer))
    return found
