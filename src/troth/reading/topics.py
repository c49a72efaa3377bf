"""The twenty topics that customers speak of; a blueprint says which touchpoint each of them belongs to."""

from troth.vocabulary import TOPICS

TOPIC_NO: dict[str, int] = {topic: no for no, topic in enumerate(TOPICS)}

JOURNEY = "journey"
"""What runs to a timetable: no topic itself, but late it is an outage, and else the product (`stating`)."""

__all__ = ["JOURNEY", "TOPICS", "TOPIC_NO"]
