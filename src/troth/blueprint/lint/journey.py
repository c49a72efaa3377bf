"""Rules about the journey: phases, touchpoints, and what is known about them."""

from collections.abc import Iterator

from troth.blueprint.document import Path
from troth.blueprint.found import Found
from troth.blueprint.lint.case import Case, rule
from troth.blueprint.lint.reasoning import possible_weights
from troth.blueprint.schema import Promise
from troth.blueprint.types import Names
from troth.texts import LANGUAGES, _
from troth.vocabulary import MECHANISM_BY_ID, MECHANISMS, PRECONDITION_IDS, PRECONDITIONS


@rule("TB001", "warning")
def touchpoint_without_rules(case: Case) -> Iterator[Found]:
    """A touchpoint that no rule or promise speaks of.

    What it checks: Every touchpoint is named by at least one rule or promise, or by the topics of comments
    that a rule reads.

    Why it matters: Without one, nothing is ever known about the touchpoint. The report shows it as unknown
    for ever, and trust that is lost there is blamed on other touchpoints.

    How to repair: Write a rule over a record that tells how the touchpoint was lived (a short survey is
    enough), or take the touchpoint out of the journey.

    Example:
        touchpoints:
          - {id: showroom, phase: choose, name: Showroom}   # and no rule with touchpoint: showroom
    """
    if not case.blueprint.records:
        return  # a blueprint for ready-made experiences
    named = case.heard.union(part.touchpoint for _path, part in case.sources)
    for i, touchpoint in enumerate(case.blueprint.touchpoints):
        if touchpoint.id not in named:
            yield Found(
                ("touchpoints", i),
                _("No rule or promise speaks of the touchpoint “%(id)s”.") % {"id": touchpoint.id},
                _("Write one over a record that tells how it was lived, or take the touchpoint out."),
            )


@rule("TB002", "warning")
def phase_without_touchpoints(case: Case) -> Iterator[Found]:
    """A phase in which customer and company never meet.

    What it checks: Every phase of the journey has at least one touchpoint.

    Why it matters: An empty phase is either forgotten or superfluous; in the report it is a blank stretch.

    How to repair: Add the touchpoints of the phase, or take the phase out.

    Example:
        journey:
          phases: [{id: discover, name: Discover}]   # and no touchpoint with phase: discover
    """
    met = {touchpoint.phase for touchpoint in case.blueprint.touchpoints}
    for i, phase in enumerate(case.blueprint.journey.phases):
        if phase.id not in met:
            yield Found(
                ("journey", "phases", i),
                _("The phase “%(id)s” has no touchpoint.") % {"id": phase.id},
                _("Add its touchpoints, or take it out."),
            )


@rule("TB003", "info")
def mechanism_never_observed(case: Case) -> Iterator[Found]:
    """A mechanism that no rule or promise names.

    What it checks: Each of the ten mechanisms stands in at least one rule or promise.

    Why it matters: A mechanism without rules is neither good nor bad but unseen. Within a precondition the
    others can stand in for it, so this is no fault; but a break there will not be noticed.

    How to repair: Ask which record would show it. Reputation and shared interests hardly ever leave traces in
    operations; a survey question does. Put `# troth: ignore TB003` behind `rules:` when you decide against
    it.

    Example:
        No rule has `mechanism: reciprocity`: whether customers are trusted without proof stays unseen.

    Source: Within a precondition mechanisms compensate each other (Eller, VertrauensArchitektur, 2022).
    """
    if not case.blueprint.records:
        return  # a blueprint for ready-made experiences
    named = {mechanism for _path, part in case.sources for mechanism in part.mechanism}
    for mechanism in MECHANISMS:
        if mechanism.id not in named:
            yield Found(
                ("rules",),
                _("No rule or promise names the mechanism “%(name)s” (%(id)s).")
                % {"name": mechanism.name, "id": mechanism.id},
                _("Ask which record would show it; often a survey question does."),
            )


@rule("TB004", "info")
def precondition_never_observed(case: Case) -> Iterator[Found]:
    """A touchpoint at which one of the three preconditions is never looked at.

    What it checks: At every touchpoint that has rules, each precondition (willing, able, assessable) is
    covered.

    Why it matters: A precondition cannot be replaced by another. Where one is never looked at it counts as
    neutral and is named as unknown, and a break of it there stays invisible.

    How to repair: Write a rule for any mechanism of the precondition, or live with the gap knowingly.

    Example:
        The touchpoint payment has rules for ability only: whether its costs are plain (assessable) is not
        seen.
    """
    seen: dict[str, set[str]] = {}
    for _path, part in case.sources:
        for mechanism in part.mechanism:
            seen.setdefault(part.touchpoint, set()).add(MECHANISM_BY_ID[mechanism].precondition)
    for i, touchpoint in enumerate(case.blueprint.touchpoints):
        unseen = [p.name for p in PRECONDITIONS if p.id not in seen.get(touchpoint.id, PRECONDITION_IDS)]
        if unseen:
            yield Found(
                ("touchpoints", i),
                _("At “%(id)s” nothing tells about: %(names)s.")
                % {"id": touchpoint.id, "names": ", ".join(map(str, unseen))},
                _("Write a rule for one of its mechanisms, or live with the gap knowingly."),
            )


@rule("TB005", "warning")
def one_sided_touchpoint(case: Case) -> Iterator[Found]:
    """A touchpoint whose rules can only ever find good, or only ever find bad.

    What it checks: Over all rules and promises of a touchpoint, both good and bad experiences are possible.

    Why it matters: Trust is a balance. Where only complaints are counted the touchpoint can only lose,
    however well it works for most customers; where only successes are counted it can only win. Both figures
    say nothing.

    How to repair: Let the rule speak of the other side too: what happened when nothing went wrong? A promise
    has both sides by itself.

    Example:
        A rule with `when: reason = 'damaged'` and `weight: S2`, and none for the parcels that arrived whole.
    """
    signs: dict[str, set[bool]] = {touchpoint: {True, False} for touchpoint in case.heard}
    for path, part in case.sources:
        if isinstance(part, Promise):
            found = {True, False} if part.good else {False}
        elif part.read is not None:
            found = {True, False}
        else:
            weights = possible_weights(case.compiled[*path, "weight"].tree)
            found = {True, False} if weights is None else {weight > 0 for weight in weights if weight}
        signs.setdefault(part.touchpoint, set()).update(found)
    for i, touchpoint in enumerate(case.blueprint.touchpoints):
        possible = signs.get(touchpoint.id)
        if possible is not None and len(possible) == 1:
            if possible == {True}:
                message = _("At “%(id)s” only good experiences are possible: it can never lose trust.")
            else:
                message = _("At “%(id)s” only bad experiences are possible: it can never win trust.")
            hint = _("Let a rule speak of the other side too.")
            yield Found(("touchpoints", i), message % {"id": touchpoint.id}, hint)


@rule("TB006", "info")
def name_missing_in_language(case: Case) -> Iterator[Found]:
    """A name that is missing in a language which the blueprint uses elsewhere.

    What it checks: If one name is given in a language (en, de, nl), all of them are.

    Why it matters: A report in that language falls back to English for the missing names, and mixes
    languages.

    How to repair: Add the name.

    Example:
        touchpoints:
          - {id: checkout, phase: order, name: {en: Checkout, de: Kasse}}
          - {id: payment, phase: order, name: {en: Payment}}   # de is missing
    """
    named = list(_named(case))
    used = [language for language in LANGUAGES if any(getattr(name, language) for _path, name in named)]
    for path, name in named:
        missing = [language for language in used if not getattr(name, language)]
        if missing:
            yield Found(
                (*path, "name"),
                _("The name is missing in: %(languages)s.") % {"languages": ", ".join(missing)},
                _("Other names are given in it."),
            )


def _named(case: Case) -> Iterator[tuple[Path, Names]]:
    blueprint = case.blueprint
    yield ("journey",), blueprint.journey.name
    for i, phase in enumerate(blueprint.journey.phases):
        yield ("journey", "phases", i), phase.name
    for i, touchpoint in enumerate(blueprint.touchpoints):
        yield ("touchpoints", i), touchpoint.name
    for i, segment in enumerate(blueprint.segments):
        yield ("segments", i), segment.name
    for i, outcome in enumerate(blueprint.outcomes):
        yield ("outcomes", i), outcome.name
