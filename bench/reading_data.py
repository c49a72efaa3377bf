"""The labelled texts that `reading.py` measures on, read from a folder of public data sets."""

import csv
import gzip
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET  # the files are one's own downloads

LABELS = {"positive": 1, "negative": -1, "neutral": 0, "1": 1, "-1": -1}


@dataclass(frozen=True, slots=True)
class Text:
    """A text, its language, its polarity (1, 0, −1; None where none is labelled), and its set."""

    text: str
    language: str
    polarity: int | None
    set: str


def texts(folder: Path) -> list[Text]:
    """All texts of the sets in `folder`; a set that is not there is left out."""
    readers = {
        "pattern_reviews/polarity-nl-bol.com.csv.gz": ("nl", "bol.com", _table),
        "pattern_reviews/polarity-de-amazon.csv.gz": ("de", "amazon", _table),
        "airline_tweets/tweets.csv.gz": ("en", "airlines", _tweets),
        "germeval2017/dev-2017-09-15.xml.gz": ("de", "germeval", _documents),
        "semeval_absa/restaurants_dutch_training_textlevel.xml.gz": ("nl", "restaurants nl texts", _reviews),
        "semeval_absa/restaurants_dutch_training.xml.gz": ("nl", "restaurants nl", _sentences),
        "semeval_absa/ABSA16_Laptops_Train_SB1_v2.xml.gz": ("en", "laptops", _sentences),
        "semeval_absa/ABSA16_Restaurants_Train_SB1_v2.xml.gz": ("en", "restaurants", _sentences),
    }
    found: list[Text] = []
    for name, (language, title, read) in readers.items():
        file = folder / name
        if file.exists():
            raw = gzip.decompress(file.read_bytes()).decode("utf-8", "replace")
            found += [Text(text, language, polarity, title) for text, polarity in read(raw) if text.strip()]
    return found


def narratives(folder: Path) -> list[Text]:
    """The complaints to the CFPB that have their words; none where the set is not there."""
    file = folder / "cfpb" / "complaints_narratives.csv.gz"
    if not file.exists():
        return []
    rows = csv.DictReader(io.StringIO(gzip.decompress(file.read_bytes()).decode("utf-8", "replace")))
    told = (row["Consumer complaint narrative"].strip() for row in rows)
    return [Text(text, "en", None, "cfpb") for text in told if text]


def _table(raw: str) -> Iterator[tuple[str, int | None]]:
    for row in csv.DictReader(io.StringIO(raw)):
        yield row["text"], int(row["polarity"])


def _tweets(raw: str) -> Iterator[tuple[str, int | None]]:
    for row in csv.DictReader(io.StringIO(raw)):
        yield row["text"], LABELS[row["airline_sentiment"]]


def _documents(raw: str) -> Iterator[tuple[str, int | None]]:
    for node in ET.fromstring(raw).iter("Document"):  # noqa: S314 - see above
        yield node.findtext("text") or "", LABELS.get(node.findtext("sentiment") or "")


def _sentences(raw: str) -> Iterator[tuple[str, int | None]]:
    """Each sentence; its polarity where its opinions agree; none at all is neutral."""
    for node in ET.fromstring(raw).iter("sentence"):  # noqa: S314 - see above
        yield node.findtext("text") or "", _agreed(node)


def _reviews(raw: str) -> Iterator[tuple[str, int | None]]:
    """Each review as one text; its polarity is that of the opinion of the whole, or where all agree."""
    for node in ET.fromstring(raw).iter("Review"):  # noqa: S314 - see above
        text = " ".join(sentence.findtext("text") or "" for sentence in node.iter("sentence"))
        whole = [o for o in node.iter("Opinion") if o.get("category") == "RESTAURANT#GENERAL"]
        yield text, LABELS.get(whole[0].get("polarity", "")) if whole else _agreed(node)


def _agreed(node: ET.Element) -> int | None:
    opinions = {LABELS.get(one.get("polarity", "")) for one in node.iter("Opinion")}
    return 0 if not opinions else opinions.pop() if len(opinions) == 1 else None
