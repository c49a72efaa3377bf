"""What one text says, with the words that prove it marked in it."""

from typing import Any

from rich.console import Console
from rich.text import Text

from troth.cli.views.tables import Column, table
from troth.cli.visible import visible
from troth.reading import Reading, Statement
from troth.report.page import words
from troth.texts import Lazy, _, language_name, lazy, ngettext
from troth.vocabulary import MECHANISM_BY_ID

MOST_SHOWN = 2_000
"""Characters of a text that are printed; `--json` has all that was read."""

MOST_PROOF = 200
"""Characters of a statement's proof that are printed."""

WHY_NOT = {
    "empty": lazy("There is nothing in it."),
    "language": lazy("It is in a language that is not read."),
    "script": lazy("It is in a script that is not read."),
    "wordless": lazy("There are no words in it."),
}
POLARITIES = {1: lazy("good"), -1: lazy("bad"), 0: lazy("neither good nor bad")}
JUDGES = {
    "lexicon": lazy("by the lexica"),
    "model": lazy("by the lexica and the trained model"),
    "person": lazy("as a person corrected it"),
}
TOPICS = {
    "advertising": lazy("Advertising"), "website": lazy("Website"), "app": lazy("App"),
    "advice": lazy("Advice"), "product": lazy("Product"), "price": lazy("Price"), "order": lazy("Order"),
    "payment": lazy("Payment"), "invoice": lazy("Invoice"), "delivery": lazy("Delivery"),
    "returns": lazy("Returns"), "warranty": lazy("Warranty"), "service": lazy("Service"),
    "complaint": lazy("Complaint"), "account": lazy("Account"), "contract": lazy("Contract"),
    "claim": lazy("Claim"), "outage": lazy("Outage"), "place": lazy("Place"), "loyalty": lazy("Loyalty"),
}  # fmt: skip


def as_json(reading: Reading) -> dict[str, Any]:
    """The answer of `troth read --json`; spans are offsets in `text`; `mentions` if nothing is judged."""
    return {
        "text": reading.text,
        "cut": reading.cut,
        "language": reading.language,
        "why_not": reading.why_not,
        "valence": round(reading.valence, 3),
        "polarity": reading.polarity,
        "confidence": round(reading.confidence, 3),
        "by": reading.by,
        "mentions": list(reading.mentions),
        "statements": [
            {
                "topic": one.topic,
                "mechanism": one.mechanism,
                "valence": round(one.valence, 3),
                "share": round(one.share, 3),
                "confidence": round(one.confidence, 3),
                "supposed": list(one.supposed),
                "spans": [list(span) for span in one.spans],
                "proof": _proof(reading, one),
            }
            for one in reading.statements
        ],
    }


def show_reading(console: Console, reading: Reading) -> None:
    """Print the text with its proof marked, the verdict, and the statements; else what it is about."""
    console.print(_marked(reading))
    if reading.why_not:
        language = f" ({language_name(reading.language)})" if reading.language else ""
        console.print(_("Not read: %(why)s") % {"why": WHY_NOT[reading.why_not]} + language, style="bold")
        return
    figures = _("%(language)s, %(polarity)s: valence %(valence)s, confidence %(confidence)s, %(judge)s") % {
        "language": language_name(reading.language) if reading.language else _("language unknown"),
        "polarity": POLARITIES[reading.polarity],
        "valence": words.signed(reading.valence, 2),
        "confidence": words.number(reading.confidence, 2),
        "judge": JUDGES[reading.by],
    }
    console.print(figures, style="bold")
    if reading.cut:
        console.print(_("It is very long; its end was left out."), style="dim")
    if not reading.statements:
        if reading.polarity:
            console.print(_("It gives a verdict, but names no mechanism: it counts at none."))
        else:
            console.print(_("It judges nothing."))
        if reading.mentions:
            topics = ", ".join(str(TOPICS[name]) for name in reading.mentions)
            console.print(_("It is about: %(topics)s") % {"topics": topics})
        return
    columns = [
        Column(_("Topic")),
        Column(_("Mechanism")),
        Column(_("Valence"), "right"),
        Column(_("Share"), "right"),
        Column(_("Words")),
    ]
    rows = [
        [
            _name(TOPICS.get(one.topic), supposed="topic" in one.supposed),
            _name(
                MECHANISM_BY_ID[one.mechanism].name if one.mechanism else None,
                supposed="mechanism" in one.supposed,
            ),
            words.signed(one.valence, 2),
            words.share(one.share),
            _few(_proof(reading, one)) or "–",
        ]
        for one in reading.statements
    ]
    console.print(table(console, columns, rows))
    if any(one.supposed for one in reading.statements):
        console.print(
            _("Supposed: no word of the text says it; it is what such words mostly mean."), style="dim"
        )


def _name(name: Lazy | None, *, supposed: bool) -> str:
    if name is None:
        return "–"
    return _("%(name)s (supposed)") % {"name": name} if supposed else str(name)


def _proof(reading: Reading, one: Statement) -> list[str]:
    return [reading.text[span.begin : span.end] for span in one.spans]


def _few(proof: list[str]) -> str:
    """The words in a row, the first ones of very many."""
    found: list[str] = []
    letters = 0
    for word in proof:
        letters += len(word) + 1
        if letters > MOST_PROOF:
            return " ".join([*(found or [word[:MOST_PROOF]]), "…"])
        found.append(word)
    return " ".join(found)


def _marked(reading: Reading) -> Text:
    """The text's beginning; words that speak for it green and underlined, those against it red and bold."""
    shown, place = Text(), 0
    marks = {span: one.valence > 0 for one in reversed(reading.statements) for span in one.spans}
    for span in sorted(marks):
        if span.begin < place or span.end > MOST_SHOWN:
            continue
        shown.append(_shown(reading.text[place : span.begin]))
        style = "green underline" if marks[span] else "red bold"
        shown.append(_shown(reading.text[span.begin : span.end]), style)
        place = span.end
    if len(reading.text) <= MOST_SHOWN:
        return shown.append(_shown(reading.text[place:]))
    shown.append(_shown(reading.text[place:MOST_SHOWN]))
    left = len(reading.text) - MOST_SHOWN
    said = ngettext("%(n)s more character", "%(n)s more characters", left) % {"n": words.number(left)}
    return shown.append(f" … ({said})", "dim")


def _shown(text: str) -> str:
    return visible(words.quoted(text))
