"""Verdicts and a scoring small enough to reckon by hand."""

from troth.audit.judging import Judged
from troth.audit.rule import Category, Rule, Touchpoint
from troth.audit.scoring import Scoring
from troth.audit.verdict import Verdict, failed, graded
from troth.texts import lazy

SCORING = Scoring.model_validate(
    {
        "gate_cap": 0.49,
        "ratio": 5,
        "categories": {"transparency": 1, "security": 1, "reviews": 2},
        "rules": {
            "imprint": {"weight": 9, "gate": True},
            "delivery": {"weight": 6},
            "vat": {"weight": 3},
            "https": {"weight": 10, "gate": True},
            "stars": {"weight": 2},
            "countdown": {"weight": 1, "gate": True},
        },
    }
)


def said(
    id_: str,
    category: Category,
    score: float | Verdict,
    touchpoint: Touchpoint = "product",
    mechanism: str = "clarity",
) -> Judged:
    """What a rule of that category said: a verdict, or a score."""
    if isinstance(score, Verdict):
        verdict = score
    else:
        verdict = graded(score, "so it is") if score else failed("so it is")
    return Judged(
        Rule(
            id=id_, category=category, touchpoint=touchpoint, mechanism=mechanism, title=lazy("It is good"),
            failure=lazy("It is bad"), question=lazy("Is it good?"), advice=lazy("Save"),
            sources=("accessibility-act",), judge=lambda: verdict,
        ),
        verdict,
    )  # fmt: skip
