"""Which settings are in force, and where they are from."""

import pytest

from troth.blueprint import parse
from troth.blueprint.parameters import Settings, resolve
from troth.texts import use_language
from troth.vocabulary import MECHANISM_IDS


def settings(small: str, parameters: str = "") -> Settings:
    return resolve(parse(small + parameters).parameters)


@pytest.mark.parametrize(("preset", "days"), [("shop", 90), ("insurer", 365), ("bank", 180)])
def test_a_preset_sets_both_half_lives(small: str, preset: str, days: float) -> None:
    found = settings(small, f"parameters: {{preset: {preset}}}\n")
    assert found.half_life_good == found.half_life_bad == (days,) * 10
    assert str(found.origin["half_life_days"]) == f"preset {preset}"


@pytest.mark.parametrize(
    ("ratio", "milli"),
    [("five-to-one", 5000), ("rule-of-four", 4000), ("loss-aversion", 2000), ("3.125", 3125), ("7", 7000)],
)
def test_a_ratio_is_a_preset_or_a_number(small: str, ratio: str, milli: int) -> None:
    assert settings(small, f"parameters: {{ratio: {ratio}}}\n").ratio_milli == (milli,) * 10


def test_without_parameters_a_shop_at_five_to_one(small: str) -> None:
    found = settings(small)
    assert found.ratio_milli == (5000,) * 10
    assert found.half_life_bad == (90.0,) * 10
    assert found.severity_weight == (300, 1000, 3000, 8000)
    assert found.interval == 0.9
    assert {key: str(origin) for key, origin in found.origin.items()} == {
        "ratio": "preset five-to-one",
        "half_life_days": "preset shop",
        "interval": "default",
        "severity.S1": "default",
        "severity.S2": "default",
        "severity.S3": "default",
        "severity.S4": "default",
    }


def test_a_mechanism_may_differ_in_one_thing_only(small: str) -> None:
    found = settings(
        small,
        "parameters:\n  preset: bank\n  ratio: 4\n  severity: {S4: 9000}\n  mechanisms:\n"
        "    integrity:\n      half_life_days: {good: 30, bad: 400}\n    clarity: {ratio: 2}\n",
    )
    integrity, clarity = MECHANISM_IDS.index("integrity"), MECHANISM_IDS.index("clarity")
    assert (found.half_life_good[integrity], found.half_life_bad[integrity]) == (30, 400)
    assert (found.half_life_good[clarity], found.half_life_bad[clarity]) == (180, 180)
    assert (found.ratio_milli[integrity], found.ratio_milli[clarity]) == (4000, 2000)
    assert found.severity_weight == (300, 1000, 3000, 9000)
    assert {key: str(origin) for key, origin in found.origin.items() if origin.line} == {
        "ratio": "blueprint line 39",
        "half_life_days": "preset bank",
        "severity.S4": "blueprint line 40",
        "mechanisms.integrity.half_life_days": "blueprint line 43",
        "mechanisms.clarity.ratio": "blueprint line 44",
    }


def test_a_mechanism_may_weigh_a_severity_otherwise(small: str) -> None:
    found = settings(
        small,
        "parameters:\n  severity: {S1: 250}\n  mechanisms:\n    clarity:\n      severity:\n"
        "        S2: 1500\n        S4: 9000\n",
    )
    clarity = MECHANISM_IDS.index("clarity")
    assert found.severity_weight == (250, 1000, 3000, 8000)
    assert found.mechanism_severity[clarity] == (250, 1500, 3000, 9000)
    assert found.of(clarity).severity_weight == (250, 1500, 3000, 9000)
    assert set(found.mechanism_severity) == {(250, 1000, 3000, 8000), (250, 1500, 3000, 9000)}
    assert {key: str(origin) for key, origin in found.origin.items() if origin.line} == {
        "severity.S1": "blueprint line 38",
        "mechanisms.clarity.severity.S2": "blueprint line 42",
        "mechanisms.clarity.severity.S4": "blueprint line 43",
    }


def test_an_origin_is_language_free_for_machines(small: str) -> None:
    origin = settings(small, "parameters: {ratio: 4}\n").origin["ratio"]
    with use_language("de"):
        assert origin.as_dict() == {"kind": "blueprint", "name": "", "line": 37}
