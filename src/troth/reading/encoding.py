r"""A reading as one short text of fixed places, so that every database can use it by substring.

    place   1     2-3       4         5          6-10     11-14       15          16
    what    form  language  why not   polarity   valence  confidence  contradict  statements
            1     nl        . e l s w + 0 -      +0512    0830        . or !      0 to 8

and for the n-th statement (n from 1) 16 characters from place 16·n + 1 on:

    place   1           2-3       4-8       9-12    13-16
    what    mechanism   topic     valence   share   confidence
            0-9 a-j -   00-19     -0655     0590    0830
                        -a--t --

Valence, share and confidence are in thousandths. `--` stands where no language or topic could be told, `-`
where there is no mechanism. What is only supposed stands as a letter: `a` for 0, `b` for 1 and so on, of a
topic behind a `-`. Whoever looks for digits alone sees only what words show. Spans are not kept: reading
again is quick.
"""

from troth.errors import TrothError
from troth.reading.reading import MAX_STATEMENTS, Part, Reading, Statement, WhyNot
from troth.reading.topics import TOPIC_NO, TOPICS
from troth.texts import _
from troth.vocabulary import MECHANISM_BY_ID, MECHANISM_IDS

FORM = "1"
WIDTH = 16
"""Characters of the head, and of every statement."""

_WHY: dict[WhyNot, str] = {"": ".", "empty": "e", "language": "l", "script": "s", "wordless": "w"}
_LETTERS = "abcdefghijklmnopqrst"
_WHY_OF = {letter: why for why, letter in _WHY.items()}


def encoded(reading: Reading) -> str:
    """`reading` as text of `WIDTH` characters, and `WIDTH` more for each statement.

    >>> encoded(Reading("nl", "", 0.512, 0.83, 1, (Statement("delivery", "reliability", -0.655, 1.0, 0.5),)))
    '1nl.++05120830.1609-065510000500'
    """
    statements = reading.statements[:MAX_STATEMENTS]
    language = reading.language if len(reading.language) == 2 else "--"
    head = (
        f"{FORM}{language}{_WHY[reading.why_not]}{'-0+'[reading.polarity + 1]}{_signed(reading.valence)}"
        f"{_share(reading.confidence)}{'!' if reading.contradicts else '.'}{len(statements)}"
    )
    return head + "".join(
        f"{_mechanism(one)}{_topic(one)}{_signed(one.valence)}{_share(one.share)}{_share(one.confidence)}"
        for one in statements
    )


def decoded(text: str) -> Reading:
    """The reading that `text` stands for, without spans and without the text that was read.

    Raises:
        TrothError: `reading-damaged`, where `text` is not what `encoded` makes.
    """
    whole = text[:1] == FORM and text[15:16].isdecimal() and len(text) == WIDTH * (1 + int(text[15]))
    try:
        head = text if whole else ""
        return Reading(
            text[1:3].replace("--", ""),
            _WHY_OF[head[3]],
            int(text[5:10]) / 1000,
            int(text[10:14]) / 1000,
            "-0+".index(text[4]) - 1,
            tuple(_statement(text[begin : begin + WIDTH]) for begin in range(WIDTH, len(text), WIDTH)),
            contradicts=text[14] == "!",
        )
    except (ValueError, KeyError, IndexError):
        message = _("A stored reading is damaged: %(text)r.") % {"text": text[:40]}
        raise TrothError("reading-damaged", message, _("Let the texts be read again.")) from None


def _mechanism(one: Statement) -> str:
    if not one.mechanism:
        return "-"
    no = MECHANISM_BY_ID[one.mechanism].no
    return _LETTERS[no] if "mechanism" in one.supposed else str(no)


def _topic(one: Statement) -> str:
    if not one.topic:
        return "--"
    no = TOPIC_NO[one.topic]
    return f"-{_LETTERS[no]}" if "topic" in one.supposed else f"{no:02d}"


def _statement(part: str) -> Statement:
    topic, mechanism, supposed = "", "", list[Part]()
    if part[1:3].isdecimal():
        topic = TOPICS[int(part[1:3])]
    elif part[1:3] != "--":
        topic = TOPICS[_LETTERS.index(part[2])]
        supposed.append("topic")
    if part[0].isdecimal():
        mechanism = MECHANISM_IDS[int(part[0])]
    elif part[0] != "-":
        mechanism = MECHANISM_IDS[_LETTERS.index(part[0])]
        supposed.append("mechanism")
    valence, share, sure = int(part[3:8]) / 1000, int(part[8:12]) / 1000, int(part[12:16]) / 1000
    return Statement(topic, mechanism, valence, share, sure, supposed=tuple(supposed))


def _signed(value: float) -> str:
    return f"{round(1000 * max(-1.0, min(1.0, value))):+05d}"


def _share(value: float) -> str:
    return f"{round(1000 * max(0.0, min(1.0, value))):04d}"
