"""The twenty topics that customers speak of; a blueprint says which touchpoint each of them belongs to."""

TOPICS: tuple[str, ...] = (
    "advertising", "website", "app", "advice", "product", "price", "order", "payment", "invoice", "delivery",
    "returns", "warranty", "service", "complaint", "account", "contract", "claim", "outage", "place",
    "loyalty",
)  # fmt: skip
"""In the order of the journey; a topic's place here is its number (0 to 19) in stored readings."""

TOPIC_NO: dict[str, int] = {topic: no for no, topic in enumerate(TOPICS)}
