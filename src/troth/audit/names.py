"""The words for the audit's own ids, in the language in force."""

from collections.abc import Mapping

from troth.texts import Lazy, lazy

CATEGORIES: Mapping[str, Lazy] = {
    "first-impression": lazy("First impression"),
    "transparency": lazy("Transparency"),
    "reviews": lazy("Reviews and social proof"),
    "security": lazy("Security"),
    "privacy": lazy("Privacy and consent"),
    "brand": lazy("Brand consistency"),
    "service": lazy("Service and relationship"),
    "destroyers": lazy("Trust destroyers"),
}

TOUCHPOINTS: Mapping[str, Lazy] = {
    "arrival": lazy("Arrival"),
    "search": lazy("Search and choice"),
    "product": lazy("Product page"),
    "basket": lazy("Basket"),
    "checkout": lazy("Checkout"),
    "terms": lazy("Terms and policies"),
    "service": lazy("Service"),
    "everywhere": lazy("Everywhere in the shop"),
}

KINDS: Mapping[str, Lazy] = {
    "home": lazy("Home page"),
    "category": lazy("Category page"),
    "product": lazy("Product page"),
    "basket": lazy("Basket"),
    "checkout": lazy("Checkout"),
    "imprint": lazy("Provider identification"),
    "contact": lazy("Contact page"),
    "returns": lazy("Returns and withdrawal"),
    "shipping": lazy("Shipping"),
    "payment": lazy("Payment"),
    "privacy": lazy("Privacy policy"),
    "terms": lazy("Terms of business"),
    "about": lazy("About the shop"),
    "help": lazy("Help"),
    "reviews": lazy("About the reviews"),
    "guarantee": lazy("Guarantee"),
    "withdrawal": lazy("Withdrawal from the contract"),
    "other": lazy("Another page"),
}

VISITS: Mapping[str, Lazy] = {
    "first": lazy("first visit"),
    "second": lazy("second visit"),
    "forwarded": lazy("visit with the clock set forward"),
    "pinned": lazy("visit with chance made constant"),
    "late": lazy("visit seen ten seconds after loading"),
    "reject": lazy("visit after refusing consent"),
    "accept": lazy("visit after giving consent"),
    "small": lazy("visit on a small screen"),
}

STATES: Mapping[str, Lazy] = {
    "passed": lazy("passed"),
    "failed": lazy("failed"),
    "informative": lazy("for information"),
    "not-applicable": lazy("does not apply"),
    "review": lazy("needs a person's look"),
    "error": lazy("could not be judged"),
}

CONFIDENCES: Mapping[str, Lazy] = {
    "proved": lazy("proved by what the shop did"),
    "observed": lazy("observed on the page"),
    "text": lazy("read in the text"),
}

SOURCE_KINDS: Mapping[str, Lazy] = {
    "study": lazy("study"),
    "law": lazy("law (an indication, no legal judgement)"),
    "guideline": lazy("guideline"),
    "practice": lazy("common practice"),
}

PROMISES: Mapping[str, Lazy] = {
    "delivery-time": lazy("Delivery time"),
    "dispatch-time": lazy("Time until dispatch"),
    "return-period": lazy("Time to return"),
    "refund-time": lazy("Time until the money is back"),
    "answer-time": lazy("Time until an answer"),
    "free-shipping": lazy("Free shipping from"),
    "service-hours": lazy("Service hours"),
}

UNITS: Mapping[str, Lazy] = {
    "days": lazy("days"),
    "working-days": lazy("working days"),
    "hours": lazy("hours"),
    "clock": lazy("o'clock"),
}
