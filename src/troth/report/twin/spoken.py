"""What customers say, as the report tells it: without whose words it quotes."""

from dataclasses import replace

from troth.blueprint.parameters import Settings
from troth.blueprint.schema import Blueprint
from troth.insight.voices import Question, Voices, listening, voices
from troth.ledger import Moment
from troth.store import Store


def spoken(store: Store, blueprint: Blueprint, settings: Settings, at: Moment) -> Voices | None:
    """Of the last days, against as many before; None where no rule reads what customers write.

    Where the blueprint shows groups only, nobody is quoted.
    """
    if not any(rule.read for rule in blueprint.rules):
        return None
    alone = blueprint.privacy.people != "segments"
    question = Question(at, least_group=None if alone else blueprint.privacy.least_group, quotes=alone)
    found = voices(store, blueprint, settings, listening(store, blueprint, settings), question)
    quotes = None if found.quotes is None else [
        replace(quote, record=None, customer=None) for quote in found.quotes
    ]  # fmt: skip
    return replace(found, quotes=None if quotes is None else tuple(quotes))
