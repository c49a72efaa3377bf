"""What customers say, as figures, terms and quotes.

Shares are in percent (0 to 100), changes in percentage points; times are UTC. An `Estimate` has the interval
of the parameter `interval`.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from troth.insight.estimate import Estimate

LEAST_TEXTS = 30
"""Where fewer texts speak, nothing is shown of them but quotes."""

Missing = Literal["none", "not-read", "no-comments", "no-rule", "few-customers"]
"""Why there is nothing: no text in the period, texts that are not read yet, no comment column, none that a
rule reads, or texts of too few customers to tell of where nobody is shown alone."""


@dataclass(frozen=True, slots=True)
class UnreadTexts:
    """Texts of the period that were not read.

    The reason is `empty`, `language`, `script` or `wordless`; the language stands where it could be told.
    """

    reason: str
    language: str
    texts: int


@dataclass(frozen=True, slots=True)
class Heard:
    """The texts of a period; numbers are None where too few customers wrote them to be told of.

    Attributes:
        first_day: Its first day.
        last_day: Its last day.
        texts: Texts that a rule reads.
        read: Those that were read.
        telling: Those that say something good or bad.
        unread: The others, by reason and language, most first.
    """

    first_day: date
    last_day: date
    texts: int | None
    read: int | None
    telling: int | None
    unread: tuple[UnreadTexts, ...]


@dataclass(frozen=True, slots=True)
class VoicesErrors:
    """What the correction rests on.

    Attributes:
        labelled: Labelled texts by which the reader's errors are known.
        own: So many of them are the company's own, of texts drawn at random.
        starred: The company's own texts with stars by which it is known how often good is taken for bad;
            0 where that is from the labelled texts, too.
        sensitivity: Of bad texts the share that is read as bad, in percent; of all places together.
        specificity: Of good ones the share that is read as good.
        trained: Whether a model of the company's own texts reads. Labelled texts then tell the errors of the
            lexica and not its own, and it may have learnt from the texts with stars.
        starless: Record kinds whose texts came without stars.
    """

    labelled: int
    own: int
    starred: int
    sensitivity: float
    specificity: float
    trained: bool
    starless: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaceVoices:
    """What is said of one mechanism at one touchpoint.

    Attributes:
        touchpoint: Its id; None for all.
        mechanism: Its id; None for all.
        few: Whether fewer than `LEAST_TEXTS` speak of it, or too few customers to be shown: then all figures
            are None. Where nobody is shown alone numbers of texts are multiples of five, shares are of these.
        texts: Texts of the period in which the reader found it.
        bad_texts: Those that are bad in the main there.
        mentions: Of 100 texts that were read, so many were found to speak of it; its interval is of chance
            alone.
        mentions_change: The same against the period before.
        mentions_differ: Whether that change is clear.
        said: Of 100 texts so many do speak of it, corrected for what the reader misses and finds wrongly;
            None without labels of the company's own, and where the reader is too unsure to say.
        bad: Of 100 of them so many are bad in the main, corrected for the reader's errors; None where it is
            too unsure.
        bad_change: The same against the period before.
        bad_differs: Whether that change is clear.
    """

    touchpoint: str | None
    mechanism: str | None
    few: bool
    texts: int | None = None
    bad_texts: int | None = None
    mentions: Estimate | None = None
    mentions_change: Estimate | None = None
    mentions_differ: bool = False
    said: Estimate | None = None
    bad: Estimate | None = None
    bad_change: Estimate | None = None
    bad_differs: bool = False


@dataclass(frozen=True, slots=True)
class Month:
    """A month of what is chosen; `bad` as of a place, None where too few texts speak.

    `read`: None where too few customers wrote to be told of.
    """

    first_day: date
    last_day: date
    read: int | None
    texts: int | None
    bad: Estimate | None


@dataclass(frozen=True, slots=True)
class Term:
    """A term that rose: texts of a language that hold it now and before, and z of its log-odds.

    `per_thousand`, `per_thousand_before`: of so many of a thousand texts of the language. Where nobody is
    shown alone there is the term and no number.
    """

    term: str
    now: int | None = None
    before: int | None = None
    per_thousand: float | None = None
    per_thousand_before: float | None = None
    z: float | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one language that rose most.

    Attributes:
        language: Two letters.
        texts: Texts of the period in which they were looked for; None where nobody is shown alone.
        texts_before: And of the period before.
        sampled: Whether these are a sample.
        risen: Most surely risen first.
    """

    language: str
    texts: int | None
    texts_before: int | None
    sampled: bool
    risen: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class VoiceQuote:
    """A masked text's sentences that prove what it says of a place.

    `marks`: where in `text` the words are that prove it, begin and end. `contradicts`: whether the stars say
    the opposite. `customer` and `record` are None in a report.
    """

    touchpoint: str
    mechanism: str
    bad: bool
    at: datetime
    language: str
    text: str
    marks: tuple[tuple[int, int], ...]
    contradicts: bool
    source: str
    record: str | None
    customer: str | None


@dataclass(frozen=True, slots=True)
class Voices:
    """What customers say in a period, and what changed against the one before.

    Attributes:
        missing: Why there is nothing; None where there is something.
        least_texts: Below this many texts nothing is shown but quotes.
        touchpoint: The touchpoint that was chosen.
        mechanism: The mechanism that was chosen.
        heard: The period.
        before: The one before, as long.
        errors: What the correction rests on; None without texts.
        few: Whether too few texts were read in all for any figure.
        together: All that is chosen, as one place; None where too few texts speak.
        places: By touchpoint and mechanism, those with most texts first; places of few texts last.
        groups_only: Whether nobody is shown alone.
        hidden: Places that are not shown since too few customers speak of them, or since others would tell.
        months: A year of what is chosen.
        terms: By language.
        quotes: By place, those of most texts first; None for who must not see people, and where nobody is
            shown alone.
    """

    missing: Missing | None
    least_texts: int
    touchpoint: str | None
    mechanism: str | None
    heard: Heard
    before: Heard
    errors: VoicesErrors | None
    few: bool
    together: PlaceVoices | None
    places: tuple[PlaceVoices, ...]
    groups_only: bool
    hidden: int
    months: tuple[Month, ...]
    terms: tuple[Terms, ...]
    quotes: tuple[VoiceQuote, ...] | None
