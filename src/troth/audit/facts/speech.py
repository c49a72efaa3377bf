"""In which language the shop speaks, block by block, beside the one it declares."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from troth.audit.facts.site import Site

_LONG_ENOUGH = 80
_SURE = 0.9
_KNOWN = ("nl", "de", "en")


@dataclass(frozen=True, slots=True)
class Foreign:
    """A block in another language than its page declares."""

    page: str
    text: str
    selector: str
    declared: str
    spoken: str


@dataclass(frozen=True, slots=True)
class Speech:
    """Letters in blocks whose language could be told, and those of them in the declared one.

    `foreign`: the blocks in another; `undeclared`: ids of pages that declare no language.
    """

    letters: int
    at_home: int
    foreign: tuple[Foreign, ...]
    undeclared: tuple[str, ...]


def speech(site: Site) -> Speech:
    """The first visit's blocks of 80 letters and more whose language is sure, each text once."""
    letters = at_home = 0
    foreign: list[Foreign] = []
    heard: set[str] = set()
    for page in site.pages:
        for block in page.seen.blocks if page.seen else ():
            declared = block.language[:2].lower()
            if len(block.text) < _LONG_ENOUGH or declared not in _KNOWN or block.text in heard:
                continue
            heard.add(block.text)
            spoken, sure = _language(block.text)
            if sure < _SURE:
                continue
            letters += len(block.text)
            if spoken == declared:
                at_home += len(block.text)
            else:
                foreign.append(Foreign(page.id, block.text, block.selector, declared, spoken))
    silent = tuple(page.id for page in site.pages if page.seen and not page.seen.language)
    return Speech(letters, at_home, tuple(foreign), silent)


def _language(text: str) -> tuple[str, float]:
    name, probability = _identifier().classify(text)
    return str(name), float(probability)


@cache
def _identifier() -> Any:  # noqa: ANN401 - the package brings no types
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(_KNOWN))
    return identifier


FACTS = (speech,)
