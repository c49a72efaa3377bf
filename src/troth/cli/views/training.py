"""How well a trained model reads texts that it did not learn from, beside the lexica alone."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console

from troth.cli.views.reading import TOPICS
from troth.cli.views.tables import Column, table
from troth.reading.training.figures import Share
from troth.report.page import words
from troth.texts import _, lazy, ngettext
from troth.vocabulary import MECHANISM_BY_ID

WORDS = {"positive": lazy("positive"), "neutral": lazy("neutral or mixed"), "negative": lazy("negative")}

_MODELS = {"use": "Universal Sentence Encoder"}


def show_model(console: Console, about: Mapping[str, Any]) -> None:
    """Print what was learnt from, the figures of the whole, and those of every label."""
    facts, report = about["facts"], about["report"]
    learnt = _(
        "Model %(mark)s, learnt from texts: %(people)s labelled, %(stars)s with stars, %(lexicon)s by lexica"
    )
    said = {
        "mark": about["fingerprint"],
        "people": words.number(facts["people"]),
        "stars": words.number(facts["stars"]),
        "lexicon": words.number(facts["lexicon"]),
    }
    console.print(learnt % said, style="bold")
    learnt_from = facts["people"] + facts["stars"] + facts["lexicon"]
    if left := facts.get("given", learnt_from) - learnt_from:
        other = ngettext(
            "%(n)s other text taught nothing: it has neither label nor stars and the lexica are unsure "
            "of it, or the same text is counted already.",
            "%(n)s other texts taught nothing: they have neither label nor stars and the lexica are unsure "
            "of them, or the same text is counted already.",
            left,
        )
        console.print(other % {"n": words.number(left)})
    if about["embedder"]:
        said_of_meaning = _(
            "Where words leave a doubt, the meaning of the whole text decides, as the language model "
            "%(name)s on this machine sees it."
        )
        console.print(said_of_meaning % {"name": _embedder(about["embedder"])})
    console.print(
        _("Figures of texts held out, in %(n)d parts; in brackets, the lexica alone.")
        % {"n": report["folds"]}
    )
    console.print()
    columns = [Column(""), Column(_("Texts"), "right"), Column(_("Figure")), Column(_("Held out"), "right")]
    console.print(table(console, columns, list(_wholes(report))))
    rows = list(_labels(report))
    if rows:
        console.print()
        columns = [
            Column(_("Label")), Column(_("Texts"), "right"), Column(_("Precision"), "right"),
            Column("", "right", 1), Column(_("Recall"), "right"), Column("", "right", 1),
        ]  # fmt: skip
        console.print(table(console, columns, rows))


def _embedder(name: str) -> str:
    """The model as people know it, with the package's short name and version."""
    known = _MODELS.get(name.partition(" ")[0])
    return f"{known} ({name})" if known else name


def _wholes(report: Mapping[str, Any]) -> Sequence[list[str]]:
    rows: list[list[str]] = []
    now, before = report["polarity"], report["polarity_before"]
    if now:
        n = words.number(now["texts"])
        rows.append(
            [_("Polarity"), n, _("accuracy"), _pair(_share(now["accuracy"]), _share(before["accuracy"]))]
        )
        rows.append(["", "", _("macro-F1"), _pair(now["macro_f1"], before["macro_f1"])])
        if now["auc"] is not None:
            rows.append(["", "", _("AUC"), _pair(now["auc"], before["auc"])])
    for name, title in (("mechanisms", _("Mechanisms")), ("topics", _("Topics"))):
        if report[name]:
            pair = _pair(report[name]["micro_f1"], report[f"{name}_before"]["micro_f1"])
            rows.append([title, words.number(report[name]["texts"]), _("micro-F1"), pair])
    return rows


def _labels(report: Mapping[str, Any]) -> Sequence[list[str]]:
    rows: list[list[str]] = []
    for part in ("polarity", "mechanisms", "topics"):
        before = {one["name"]: one for one in (report[f"{part}_before"] or {"labels": []})["labels"]}
        for one in (report[part] or {"labels": []})["labels"]:
            if not one["texts"]:  # said of some, true of none: there is no recall to tell
                continue
            old = before.get(one["name"])
            rows.append([
                _name(part, one["name"]),
                words.number(one["texts"]),
                _pair(_share(one["precision"]), _share(old["precision"]) if old else None),
                _interval(one["precision"]),
                _pair(_share(one["recall"]), _share(old["recall"]) if old else None),
                _interval(one["recall"]),
            ])  # fmt: skip
    return rows


def _name(part: str, name: str) -> str:
    if part == "polarity":
        return str(WORDS[name])
    return str(MECHANISM_BY_ID[name].name if part == "mechanisms" else TOPICS[name])


def _share(share: Mapping[str, int]) -> float | None:
    return Share(share["right"], share["whole"]).value


def _interval(share: Mapping[str, int]) -> str:
    low, high = Share(share["right"], share["whole"]).interval
    return f"{words.number(low, 2)} – {words.number(high, 2)}"


def _pair(now: float | None, before: float | None) -> str:
    return f"{_figure(now)} ({_figure(before)})"


def _figure(value: float | None) -> str:
    return "–" if value is None else words.number(value, 3)
