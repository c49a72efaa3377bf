"""What the customers write: phrases of `voices/<language>.yaml` that fit what happened to them.

Nothing here changes what happens; a generator of its own keeps the simulation's chances apart.
"""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from troth.demo.lived import DAY, TOPICS, WRITTEN_SHARE, Integers, Table
from troth.demo.population import COUNTRIES, Population

SURVEY_SHARE = 0.35
"""How many of those who give points write something, too; of reviews see `lived`. Tickets have a text."""

ENGLISH_SHARE, FRENCH_SHARE = 0.06, 0.4
"""How many write in English wherever they live, and how many in Belgium in French."""

_LANGUAGES = ("nl", "de", "en", "fr")
_OF_COUNTRY = {"NL": 0, "DE": 1, "BE": 0, "AT": 1}
Flags = NDArray[np.bool_]
Texts = NDArray[np.object_]


class Writer:
    """Writes in each customer's language."""

    def __init__(self, people: Population, random: np.random.Generator) -> None:
        spoken = np.array([_OF_COUNTRY[country] for country in COUNTRIES])[people.country]
        chance = random.random(len(people))
        belgian = people.country == COUNTRIES.index("BE")
        spoken = np.where(belgian & (chance > 1 - FRENCH_SHARE), _LANGUAGES.index("fr"), spoken)
        self._language = np.where(chance < ENGLISH_SHARE, _LANGUAGES.index("en"), spoken)
        self._random = random

    def reviews(self, reviews: Table, orders: Table) -> Texts:
        """Praise, or what went wrong: what came late, was unlike its description, or cost more than shown."""
        row = reviews["order"]
        late = orders["delivered"][row] >= (orders["promised_day"][row] + 1) * DAY
        unlike = reviews["as_described"] == 2
        hidden = orders["cost_shown"][row] == 0
        good = reviews["half_stars"] >= 8
        n, random = len(row), self._random
        blamed = np.select([late, unlike, hidden], ["late", "unlike", "hidden"], "poor")
        first = np.where(good, "good", blamed)
        second = np.where(
            good & ~late & (random.random(n) < 0.4), "on-time",
            np.where(good & (random.random(n) < 0.5), np.select([late, hidden], ["late", "hidden"], ""),
                     np.where(~good & late & (random.random(n) < 0.3), "poor", "")),
        )  # fmt: skip
        opening = np.where(random.random(n) < 0.15, "opening", "")
        told = self._texts(reviews["customer"], [opening, first, second])
        return self._some(told, WRITTEN_SHARE)

    def tickets(self, tickets: Table) -> Texts:
        """The question or complaint, sometimes with how to reach who wrote it."""
        occasion = np.array(["question", "delivery", "return", "complaint"])
        assert len(occasion) == len(TOPICS)  # noqa: S101 - a topic each
        told = self._texts(tickets["customer"], [occasion[tickets["topic"]]])
        reached = self._texts(tickets["customer"], [np.full(len(told), "contact")])
        asked = self._random.random(len(told)) < 0.1
        for place in np.flatnonzero(asked):
            told[place] += f" {reached[place]} c{tickets['customer'][place] + 1:06d}@example.org."
        return told

    def surveys(self, surveys: Table) -> Texts:
        """Why the score is what it is."""
        occasion = np.where(
            surveys["score"] >= 8, "asked-good", np.where(surveys["score"] <= 5, "asked-poor", "")
        )
        return self._some(self._texts(surveys["customer"], [occasion]), SURVEY_SHARE)

    def _texts(self, customer: Integers, occasions: Sequence[NDArray[np.str_]]) -> Texts:
        chances = self._random.random((len(occasions), len(customer)))
        found = np.full(len(customer), None, object)
        for place, number in enumerate(self._language[customer]):
            phrases = _phrases(_LANGUAGES[number])
            parts = [
                options[int(chance[place] * len(options))]
                for occasion, chance in zip(occasions, chances, strict=True)
                if (options := phrases.get(str(occasion[place]), ()))
            ]
            found[place] = " ".join(parts) or None
        return found

    def _some(self, texts: Texts, share: float) -> Texts:
        texts[self._random.random(len(texts)) >= share] = None
        return texts


@cache
def _phrases(language: str) -> dict[str, tuple[str, ...]]:
    from ruamel.yaml import YAML

    text = files("troth.demo").joinpath("voices", f"{language}.yaml").read_text("utf-8")
    return {occasion: tuple(phrases) for occasion, phrases in YAML(typ="safe", pure=True).load(text).items()}
