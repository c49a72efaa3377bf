"""Rules about weights."""

from collections.abc import Iterator

from troth.blueprint.found import Found
from troth.blueprint.lint.case import Case, rule
from troth.blueprint.lint.reasoning import possible_weights
from troth.texts import _, number
from troth.vocabulary import GOOD_WEIGHT

_MOST_GOOD = 100 * GOOD_WEIGHT


@rule("TB101", "warning")
def weight_out_of_range(case: Case) -> Iterator[Found]:
    """A weight beyond the severest bad experience, or beyond a hundred good ones.

    What it checks: No number that a weight can come to is below minus the weight of S4 or above 100 × GOOD.

    Why it matters: Weights are thousandths: 1000 is one ordinary good experience. A slip by a factor of a
    thousand lets one record drown all others, and no figure of that touchpoint can be believed.

    How to repair: Use the words GOOD and S1 to S4. If a single event really outweighs a deception, raise
    `parameters: severity: S4`, so that everybody can see it.

    Example:
        weight: -100000   # a hundred failures in one record
    """
    for i, part in enumerate(case.blueprint.rules):
        beyond = {
            (weight, -settings.severity_weight[3])
            for settings, compiled in case.weights(i)
            for weight in possible_weights(compiled.tree) or ()
            if not -settings.severity_weight[3] <= weight <= _MOST_GOOD
        }
        for weight, least in sorted(beyond):
            yield Found(
                ("rules", i, "weight"),
                _("The weight of “%(id)s” can be %(weight)s; from %(least)s to %(most)s makes sense.")
                % {
                    "id": part.id,
                    "weight": number(weight),
                    "least": number(least),
                    "most": number(_MOST_GOOD),
                },
                _("1000 is one ordinary good experience. Use GOOD and S1 to S4."),
            )


@rule("TB102", "warning")
def weight_always_zero(case: Case) -> Iterator[Found]:
    """A rule whose weight can be nothing but zero.

    What it checks: At least one number that a weight can come to differs from zero.

    Why it matters: Weight zero is no experience: the rule does nothing, and the touchpoint looks covered.

    How to repair: Give it a weight, or take the rule out.

    Example:
        weight: CASE WHEN stars > 3 THEN 0 END
    """
    for i, part in enumerate(case.blueprint.rules):
        if part.weight is None:
            continue
        weights = possible_weights(case.compiled["rules", i, "weight"].tree)
        if weights is not None and not any(weights):
            yield Found(
                ("rules", i, "weight"),
                _("The weight of “%(id)s” is always zero: it gives no experience.") % {"id": part.id},
                _("Give it a weight, or take the rule out."),
            )
