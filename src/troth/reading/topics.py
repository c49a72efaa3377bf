"""The twenty topics that customers speak of; a blueprint says which touchpoint each of them belongs to."""

from troth.vocabulary import TOPICS

TOPIC_NO: dict[str, int] = {topic: no for no, topic in enumerate(TOPICS)}

__all__ = ["TOPICS", "TOPIC_NO"]
