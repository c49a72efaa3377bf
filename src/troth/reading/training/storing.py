"""A model in a folder: weights in one npz file, all else in JSON beside it. Neither can hold code.

`reader/candidate.json` is what was trained last, `reader/model.json` what was accepted; each names its
weights by their fingerprint, so taking a model up is one renaming.
"""

import hashlib
import json
import os
import zipfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from troth.errors import UsageError
from troth.reading.training import pieces
from troth.reading.training.holding import Report
from troth.reading.training.known import COLUMNS
from troth.reading.training.learning import ALL
from troth.reading.training.model import HEADS, Head, Model
from troth.texts import _

FORM = 1
FOLDER = "reader"
CANDIDATE, ACCEPTED = "candidate.json", "model.json"
_PARTS = ("known", "places", "pieces", "meaning", "intercepts")


def store(folder: Path, model: Model, report: Report, facts: Mapping[str, Any]) -> str:
    """Write `model` as the candidate of the workspace in `folder`; its fingerprint.

    Args:
        folder: The workspace's.
        model: What was learnt.
        report: How well it does.
        facts: What it was learnt from, for people.
    """
    target = folder / FOLDER
    target.mkdir(exist_ok=True)
    arrays: dict[str, Any] = {"scale": model.scale, "rare": model.rare.astype(np.float16)}
    for kind, heads in (("heads", model.heads), ("meant", model.meant)):
        for name, head in heads.items():
            arrays |= {f"{kind}.{name}.{part}": getattr(head, part) for part in _PARTS}
    loose = target / "weights.npz"
    np.savez_compressed(loose, allow_pickle=False, **arrays)
    about = {
        "form": FORM,
        "columns": _columns(),
        "embedder": model.embedder,
        "thresholds": dict(model.thresholds),
        "heads": {name: list(head.classes) for name, head in model.heads.items()},
        "meant": {name: list(head.classes) for name, head in model.meant.items()},
    }
    mark = _fingerprint(loose.read_bytes(), about)
    loose.replace(target / f"{mark}.npz")
    whole = {"fingerprint": mark, **about, "facts": dict(facts), "report": asdict(report)}
    _write(target / CANDIDATE, json.dumps(whole, ensure_ascii=False, indent=1))
    _tidy(target)
    return mark


def described(folder: Path, which: str = CANDIDATE) -> dict[str, Any] | None:
    """What the JSON file says; None where there is none.

    Raises:
        UsageError: `model-damaged`.
    """
    path = folder / FOLDER / which
    if not path.exists():
        return None
    try:
        found = json.loads(path.read_text("utf-8"))
        if not isinstance(found["fingerprint"], str) or not isinstance(found["report"], dict):
            raise _damaged(path)
    except (ValueError, KeyError, TypeError):
        raise _damaged(path) from None
    else:
        return dict(found)


def accept(folder: Path) -> str:
    """Take the candidate up as the model that is used; its fingerprint.

    Raises:
        UsageError: `candidate-missing`, or that it is damaged.
    """
    about = described(folder)
    if about is None:
        message = _("No model was trained here yet.")
        raise UsageError("candidate-missing", message, _("Train one with `troth train`."))
    load(folder, CANDIDATE)
    target = folder / FOLDER
    _write(target / ACCEPTED, (target / CANDIDATE).read_text("utf-8"))
    (target / CANDIDATE).unlink()
    _tidy(target)
    return str(about["fingerprint"])


def drop(folder: Path) -> bool:
    """Give the model up that is used: the lexica alone read again. Whether there was one."""
    path = folder / FOLDER / ACCEPTED
    there = path.exists()
    path.unlink(missing_ok=True)
    if there:
        _tidy(folder / FOLDER)
    return there


def load(folder: Path, which: str = ACCEPTED) -> Model | None:
    """The model of a workspace; None where none was accepted.

    Raises:
        UsageError: `model-damaged`, `model-outdated`.
    """
    about = described(folder, which)
    if about is None:
        return None
    path = folder / FOLDER / which
    if about.get("form") != FORM or about.get("columns") != _columns():
        message = _("This model was trained with another version of Troth.")
        raise UsageError("model-outdated", message, _("Train it again with `troth train`."), where=str(path))
    weights = path.parent / f"{Path(about['fingerprint']).name}.npz"
    try:
        stored = {key: about[key] for key in ("form", "columns", "embedder", "thresholds", "heads", "meant")}
        if _fingerprint(weights.read_bytes(), stored) != about["fingerprint"]:
            raise _damaged(weights)
        with np.load(weights, allow_pickle=False) as arrays:
            return Model(
                arrays["scale"],
                arrays["rare"].astype(np.float32),
                _heads("heads", about["heads"], arrays),
                _heads("meant", about["meant"], arrays),
                {name: float(about["thresholds"][name]) for name in ALL},
                str(about["embedder"]),
            )
    except (OSError, KeyError, ValueError, TypeError, zipfile.BadZipFile):
        raise _damaged(weights) from None


def _heads(kind: str, classes: Mapping[str, list[str]], arrays: Mapping[str, Any]) -> dict[str, Head]:
    found: dict[str, Head] = {}
    for name in HEADS:
        if name in classes:
            head = Head(tuple(classes[name]), *(arrays[f"{kind}.{name}.{part}"] for part in _PARTS))
            n = len(head.classes)
            shapes = head.known.shape == (len(COLUMNS), n) and head.intercepts.shape == (n,)
            if not shapes or head.pieces.shape != (len(head.places), n) or head.meaning.shape[1:] != (n,):
                raise ValueError(name)
            found[name] = head
    return found


def _damaged(path: Path) -> UsageError:
    message = _("The trained model is damaged.")
    hint = _("Train it again with `troth train`, or give it up with `troth train --drop`.")
    return UsageError("model-damaged", message, hint, where=str(path))


def _columns() -> str:
    return hashlib.sha256(json.dumps([COLUMNS, pieces.SIZE]).encode()).hexdigest()[:16]


def _fingerprint(weights: bytes, about: Mapping[str, Any]) -> str:
    return hashlib.sha256(weights + json.dumps(about, sort_keys=True).encode()).hexdigest()[:16]


def _write(path: Path, text: str) -> None:
    fresh = path.with_suffix(".new")
    with fresh.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def _tidy(target: Path) -> None:
    """Remove weights that neither the candidate nor the model names."""
    named = {
        json.loads(path.read_text("utf-8"))["fingerprint"]
        for path in (target / CANDIDATE, target / ACCEPTED)
        if path.exists()
    }
    for path in target.glob("*.npz"):
        if path.stem not in named:
            path.unlink()
