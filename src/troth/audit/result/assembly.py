"""From artifacts to the result: judge, score, sort."""

import datetime as dt
from collections.abc import Callable, Sequence
from importlib.metadata import version

from troth import texts
from troth.audit.artifacts.price import SeenPrice
from troth.audit.artifacts.shape import Artifacts
from troth.audit.catalogue.citations import source
from troth.audit.facts.promises import Promises
from troth.audit.facts.sightings import Sightings
from troth.audit.inject import Facts
from troth.audit.judging import Judged, facts_of, judged
from troth.audit.result.shape import SCHEMA, AuditResult, Finding, Shown, SitePromise, Source, Visited
from troth.audit.rule import Rule
from troth.audit.scoring import Scoring, gain, grid, scored, stability
from troth.audit.verdict import Proof, State

Picture = Callable[[Proof], str]
"""The cut-out of the page that shows a proof, as base64; empty where there is none."""

_ORDER = ("failed", "error", "review", "informative", "passed", "not-applicable")


def result(artifacts: Artifacts, scoring: Scoring, picture: Picture | None = None) -> AuditResult:
    """The result of an audit: its artifacts judged by all rules, in the language in force."""
    known = facts_of(artifacts)
    promises, prices = _promises(known, artifacts), _prices(known)
    return assembled(artifacts, judged(artifacts, known=known), scoring, picture, promises, prices)


def assembled(
    artifacts: Artifacts,
    verdicts: Sequence[Judged],
    scoring: Scoring,
    picture: Picture | None = None,
    promises: tuple[SitePromise, ...] = (),
    prices: tuple[SeenPrice, ...] = (),
) -> AuditResult:
    """The result from what the rules said: scored, with what mending brings, sorted by it."""
    score, gains = scored(verdicts, scoring), gain(verdicts, scoring)
    found = [_finding(one, gains.get(one.rule.id, 0.0), scoring, artifacts, picture) for one in verdicts]
    found.sort(key=lambda one: (_ORDER.index(one.state), -one.gain, -one.weight, one.rule))
    taken_at = dt.datetime.fromtimestamp(artifacts.taken_at_ms / 1000, dt.UTC)
    return AuditResult(
        schema=SCHEMA,
        version=version("troth"),
        language=texts.language(),
        shop=artifacts.shop,
        taken_at=taken_at.isoformat(timespec="seconds"),
        browser=artifacts.browser,
        score=score,
        complete=score.complete,
        stability=stability(verdicts, scoring),
        ratio=scoring.ratio,
        gate_cap=scoring.gate_cap,
        findings=tuple(found),
        grid=grid(verdicts, scoring),
        promises=promises,
        pages=tuple(
            Visited(page.id, page.visit, page.kind, page.final_url or page.url, page.status, page.failure)
            for page in artifacts.pages
        ),
        walk=artifacts.walk,
        failures=artifacts.failures,
        prices=prices,
    )


def _promises(known: Facts, artifacts: Artifacts) -> tuple[SitePromise, ...]:
    """What the site promises; nothing where the facts themselves broke, which the rules will tell."""
    try:
        found: Promises = known.call(lambda promises: promises)
    except Exception:  # noqa: BLE001 - the rules that need it end in the state `error` and say why
        return ()
    urls = {page.id: page.final_url or page.url for page in artifacts.pages}
    return tuple(
        SitePromise(one.kind, one.least, one.most, one.unit, urls.get(one.page, ""), one.quote, one.language)
        for one in found.all
    )


def _prices(known: Facts) -> tuple[SeenPrice, ...]:
    """What products cost; nothing where the facts themselves broke, as with promises."""
    try:
        found: Sightings = known.call(lambda sightings: sightings)
    except Exception:  # noqa: BLE001 - the rule that needs it ends in the state `error` and says why
        return ()
    return found.prices


def _finding(
    one: Judged, gained: float, scoring: Scoring, artifacts: Artifacts, picture: Picture | None
) -> Finding:
    rule, verdict = one.rule, one.verdict
    known = scoring.rules.get(rule.id)
    return Finding(
        rule=rule.id,
        version=rule.version,
        category=rule.category,
        touchpoint=rule.touchpoint,
        mechanism=rule.mechanism,
        tags=rule.tags,
        state=verdict.state,
        score=None if verdict.score is None else 100 * verdict.score,
        title=_title(rule, verdict.state),
        reason=verdict.reason,
        advice="" if verdict.state == "passed" else str(rule.advice),
        confidence=verdict.confidence,
        weight=known.weight if known else 0.0,
        gate=bool(known and known.gate),
        gain=gained,
        sources=tuple(_source(id_) for id_ in rule.sources),
        proofs=tuple(
            _shown(proof, artifacts, picture, wanted=verdict.state in {"failed", "review"})
            for proof in verdict.proofs
        ),
    )


def _title(rule: Rule, state: State) -> str:
    """What was found of the rule; only the question where it was neither passed nor failed."""
    return str({"passed": rule.title, "failed": rule.failure}.get(state, rule.question))


def _source(id_: str) -> Source:
    found = source(id_)
    since = found.get("since")
    return Source(id_, found["kind"], found["title"], since.isoformat() if since else None)


def _shown(proof: Proof, artifacts: Artifacts, picture: Picture | None, *, wanted: bool) -> Shown:
    page = next((page for page in artifacts.pages if page.id == proof.page), None)
    return Shown(
        page=proof.page,
        url=page.final_url or page.url if page else artifacts.shop,
        kind=page.kind if page else "home",
        visit=page.visit if page else "first",
        note=proof.note,
        quote=proof.quote,
        selector=proof.selector,
        picture=picture(proof) if picture and wanted else "",
    )
