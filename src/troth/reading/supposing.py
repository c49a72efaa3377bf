"""What is supposed of an opinion that names no mechanism or no topic: the usual one.

"Delivery was awful" shows in no word what was missed; of delivery it is most often reliability. A bare
verdict ("Never again.") belongs to what the text speaks of else, good or bad as the verdict is; where there
is nothing, to the product and what it can do. What is supposed says so (`Statement.supposed`) and is less
sure; its proof are the words that say how it was. A rule of a blueprint has its own word for what a comment
does not say, and that goes before it (docs/method/reading.md).
"""

from troth.reading.reading import Part, Statement

USUAL = {
    "advertising": "integrity",
    "website": "ability",
    "app": "ability",
    "advice": "ability",
    "product": "ability",
    "price": "interests",
    "order": "reliability",
    "payment": "ability",
    "invoice": "clarity",
    "delivery": "reliability",
    "returns": "reciprocity",
    "warranty": "accountability",
    "service": "benevolence",
    "complaint": "accountability",
    "account": "ability",
    "contract": "clarity",
    "claim": "accountability",
    "outage": "reliability",
    "place": "ability",
    "loyalty": "familiarity",
}
"""The usual mechanism of each topic."""

HOME = {"ability": "product", "benevolence": "service", "familiarity": "loyalty"}
"""The usual topic of a mechanism; the others are at home everywhere."""

BARE = ("product", "ability")
"""Topic and mechanism of a bare verdict, where a text speaks of nothing else."""

LESS_SURE = 0.6
"""Times a statement is sure for each part that is supposed."""


def usual(topic: str, mechanism: str, bare: tuple[str, str] = BARE) -> tuple[str, str]:
    """Topic and mechanism, the usual ones where they are empty; `bare` where both are.

    >>> usual("delivery", ""), usual("", "benevolence"), usual("", "clarity"), usual("", "")
    (('delivery', 'reliability'), ('service', 'benevolence'), ('', 'clarity'), ('product', 'ability'))
    """
    if not topic and not mechanism:
        return bare
    return topic or HOME.get(mechanism, ""), mechanism or USUAL[topic]


def completed(
    topic: str, mechanism: str, bare: tuple[str, str] = BARE, elsewhere: str = ""
) -> tuple[str, str, tuple[Part, ...]]:
    """Topic and mechanism with what is usual where they are empty, and what is supposed of them.

    Args:
        topic: Named where the opinion stands, or empty.
        mechanism: The same.
        bare: What is supposed where both are empty.
        elsewhere: The topic that the text names in another sentence.
    """
    if topic and mechanism:
        return topic, mechanism, ()
    whole, lived = usual(topic or elsewhere, mechanism, bare)
    if topic or not whole:
        return whole, lived, () if lived == mechanism else _MECHANISM
    return whole, lived, _TOPIC if lived == mechanism else _BOTH


_TOPIC: tuple[Part, ...] = ("topic",)
_MECHANISM: tuple[Part, ...] = ("mechanism",)
_BOTH: tuple[Part, ...] = ("topic", "mechanism")


def supposed(
    statement: Statement, bare: tuple[str, str] = BARE, parts: tuple[Part, ...] = _BOTH
) -> Statement:
    """`statement` with what is usual in place of what it does not say.

    Args:
        statement: Of which a topic or mechanism may be empty.
        bare: What is supposed where both are.
        parts: What may be supposed.
    """
    topic, mechanism, found = completed(statement.topic, statement.mechanism, bare)
    found = tuple(part for part in found if part in parts)
    if not found:
        return statement
    return Statement(
        topic if "topic" in found else statement.topic,
        mechanism if "mechanism" in found else statement.mechanism,
        statement.valence,
        statement.share,
        statement.confidence * LESS_SURE ** len(found),
        statement.spans,
        found,
    )


def seen(statement: Statement) -> Statement:
    """`statement` without what is supposed, as sure as it was before."""
    if not statement.supposed:
        return statement
    sure = min(1.0, statement.confidence / LESS_SURE ** len(statement.supposed))
    return statement._replace(
        topic=statement.seen_topic,
        mechanism=statement.seen_mechanism,
        confidence=sure,
        supposed=(),
    )
