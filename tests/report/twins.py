"""The example twin, and twins made from it that strain the page."""

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

Twin = dict[str, Any]

LONG = "Rechtsschutzversicherungsgesellschaftenvertragsbedingungen"
NOTHING = {
    "good": 0.0, "bad": 0.0, "balance": 0.0, "owed": 0.0, "unknown": 1.0,
    "experiences": 0, "bad_experiences": 0,
}  # fmt: skip


def example() -> Twin:
    twin: Twin = json.loads(Path(__file__).with_name("example_twin.json").read_text("utf-8"))
    return twin


def each_text(value: Any, change: Callable[[str], str]) -> Any:  # noqa: ANN401 - any JSON
    """`value` with every string, also of keys, put through `change`."""
    if isinstance(value, dict):
        return {key: each_text(entry, change) for key, entry in value.items()}
    if isinstance(value, list):
        return [each_text(entry, change) for entry in value]
    return change(value) if isinstance(value, str) else value


def free_texts(twin: Twin) -> set[str]:
    """Every string that a blueprint or a record decides: names, ids, keys, values of segments."""
    free: set[str] = set()

    def collect(value: Any) -> None:  # noqa: ANN401 - any JSON
        each_text(value, lambda text: free.add(text) or text)

    collect(twin["journey"])
    collect(twin["data"]["kinds"])
    for found in (*twin["data"]["sources"], *twin["data"]["left_out"]):
        free.add(found["source"])
    for segment in twin["segments"]:
        free |= {segment["segment"], *(group["value"] for group in segment["values"] if group["value"])}
    for moment in twin["critical"]["ranked"]:
        for record in moment["examples"]:
            free |= {record["record"], record["source"], record["kind"] or ""}
    for quote in twin["voices"]["quotes"]:
        free |= {quote["text"], quote["source"]}
    for language in twin["voices"]["terms"]:
        free |= {one["term"] for one in language["risen"]}
    return free - {"rule", "promise", ""}


def renamed(twin: Twin, suffix: str) -> Twin:
    """The twin with `suffix` at the end of every free text; its ids still fit together."""
    free = free_texts(twin)
    changed: Twin = each_text(twin, lambda text: text + suffix if text in free else text)
    return changed


def long_words() -> Twin:
    twin = example()
    journey = twin["journey"]
    for named in (
        journey,
        *journey["phases"],
        *journey["touchpoints"],
        *journey["segments"],
        *journey["outcomes"],
    ):
        named["name"] = dict.fromkeys(("en", "de", "nl"), LONG)
    for segment in twin["segments"]:
        for group in segment["values"]:
            group["value"] = group["value"] and LONG
    for moment in twin["critical"]["ranked"]:
        for record in moment["examples"]:
            record["record"] = "x" * 180
    return twin


def many_touchpoints(n: int = 40) -> Twin:
    twin = example()
    named, observed, cells = twin["journey"]["touchpoints"], twin["touchpoints"], list(twin["cells"])
    kinds = len(observed)
    for place in range(kinds, n):
        model, new = place % kinds, f"touchpoint-{place}"
        named.append({**named[model], "id": new})
        observed.append({**observed[model], "touchpoint": new})
        alike = [cell for cell in cells if cell["touchpoint"] == observed[model]["touchpoint"]]
        twin["cells"] += [{**cell, "touchpoint": new} for cell in alike]
    return twin


def one_touchpoint() -> Twin:
    twin = example()
    only = twin["journey"]["touchpoints"][0]["id"]
    for part in (twin, twin["critical"]):
        for key in ("touchpoints", "cells", "ranked", "unknown"):
            part[key] = [entry for entry in part.get(key, []) if entry["touchpoint"] == only]
    twin["journey"]["touchpoints"] = twin["journey"]["touchpoints"][:1]
    twin["journey"]["phases"] = twin["journey"]["phases"][:1]
    twin["data"]["touchpoints_not_observed"] = []
    return twin


def huge_numbers() -> Twin:
    def grown(value: Any) -> Any:  # noqa: ANN401 - any JSON
        if isinstance(value, dict):
            return {key: grown(entry) for key, entry in value.items()}
        if isinstance(value, list):
            return [grown(entry) for entry in value]
        return value * 1_000_003 if type(value) is int and value > 150 else value

    twin: Twin = grown(example())
    twin["company"]["trust"]["evidence"] |= {"balance": -1.23e15, "owed": 1.23e15}
    return twin


def empty() -> Twin:
    """A workspace into which nothing has been imported."""
    twin = deepcopy(example())
    nothing = {
        "index": None, "known": False, "evidence": NOTHING, "weakest": None,
        "preconditions": [
            {**part, "score": None, "known": False, "shortfall_share": 1 / 3, "evidence": NOTHING}
            for part in twin["company"]["trust"]["preconditions"]
        ],
    }  # fmt: skip
    series = ("days", "index", "low", "high", "willing", "able", "assessable")
    twin["company"] = {
        "trust": nothing,
        "standing": dict.fromkeys(("total", "above", "level", "below", "unknown"), 0),
        "concentration": {"customers": 0, "share": 0.0, "notable": False},
        "trend": {**{key: [] for key in series}, "compared_with": None, "change": None},
    }
    for touchpoint in twin["touchpoints"]:
        touchpoint |= {"trust": nothing, "volume_share": 0.0, "series": []}
    touchpoints = [touchpoint["touchpoint"] for touchpoint in twin["touchpoints"]]
    twin |= {"cells": [], "critical": {"ranked": [], "unknown": []}, "outcomes": []}
    twin["segments"] = [{**segment, "values": []} for segment in twin["segments"]]
    twin["data"] |= {
        "kinds": [], "sources": [], "left_out": [], "touchpoints_not_observed": touchpoints,
        "oldest": None, "newest": None, "later": 0,
    }  # fmt: skip
    return twin


STRAINED = (example, long_words, many_touchpoints, one_touchpoint, huge_numbers, empty)
