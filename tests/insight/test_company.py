"""The company index against the model's own figures, and what stands beside it."""

from collections.abc import Callable

import pytest
from tests.insight.conftest import Ledger, Lived

from troth.insight.company import company_index
from troth.insight.pooled import pooled_trust

DAY = 20_000
EVIDENCE = {"integrity": (18, 2), "reliability": (40, 1), "clarity": (6, 4)}


def contacts(customers: int) -> list[Lived]:
    """The model's example touchpoint: 18, 40 and 6 good, 2, 1 and 4 bad experiences of today."""
    weights = [(m, w) for m, (good, bad) in EVIDENCE.items() for w in [1000] * good + [-1000] * bad]
    return [Lived(f"c{i % customers}", "shop", m, w, DAY) for i, (m, w) in enumerate(weights)]


def test_the_models_example(ledger: Callable[..., Ledger]) -> None:
    company = company_index(ledger().live(contacts(71)).basis(DAY))
    trust = company.trust
    assert trust.index is not None
    assert trust.index.value == pytest.approx(51.6915, abs=1e-4)
    scores = [p.score.value for p in trust.preconditions if p.score]
    assert scores == pytest.approx([63.3333, 87.2340, 25.0], abs=1e-4)
    assert [p.shortfall_share for p in trust.preconditions] == pytest.approx(
        [0.2307, 0.0690, 0.7003], abs=1e-4
    )
    assert trust.weakest == "assessable"
    assert trust.preconditions[2].evidence.owed == pytest.approx(14)
    assert (trust.evidence.good, trust.evidence.bad) == (64, 7)
    assert trust.evidence.balance == pytest.approx(64 - 5 * 7)
    assert (trust.evidence.experiences, trust.evidence.bad_experiences) == (71, 7)


def test_too_few_to_resample_have_the_posteriors_interval(ledger: Callable[..., Ledger]) -> None:
    index = company_index(ledger().live(contacts(1)).basis(DAY)).trust.index
    assert index is not None
    assert (index.low, index.high) == (pytest.approx(38.0, abs=0.7), pytest.approx(68.7, abs=0.7))


def test_a_precondition_without_evidence_is_neutral_and_unknown(ledger: Callable[..., Ledger]) -> None:
    rows = [Lived(f"c{i}", "shop", "clarity", 1000, DAY) for i in range(98)]
    trust = company_index(ledger().live(rows).basis(DAY)).trust
    assert trust.index is not None
    assert trust.index.value == pytest.approx(100 * (0.25 * 0.99) ** (1 / 3))
    assert trust.index.high < 100 * 0.25 ** (1 / 3) + 1e-9
    assert [(p.score is None, p.known) for p in trust.preconditions] == [(True, False)] * 2 + [(False, True)]
    assert trust.weakest == "assessable"


def test_an_empty_ledger_says_nothing(ledger: Callable[..., Ledger]) -> None:
    company = company_index(ledger().basis(DAY))
    assert company.trust.index is None
    assert company.trust.weakest is None
    assert company.standing.total == 0
    assert company.concentration.share == 0
    assert company.trend.days == ()
    assert company.trend.change is None


def test_where_customers_stand(ledger: Callable[..., Ledger]) -> None:
    lots = {
        "above": [1000] * 5,
        "level": [1000] * 5 + [-1000],
        "below": [1000] * 3 + [-1000],
        "unknown": [1000],
    }
    rows = [Lived(customer, "shop", "clarity", w, DAY) for customer, ws in lots.items() for w in ws]
    standing = company_index(ledger().live(rows).basis(DAY)).standing
    assert (standing.above, standing.level, standing.below, standing.unknown) == (1, 1, 1, 1)
    assert standing.total == 4


@pytest.mark.parametrize(("contacts_of_one", "notable"), [(24, False), (26, True)])
def test_concentration(ledger: Callable[..., Ledger], contacts_of_one: int, notable: bool) -> None:
    rows = [Lived("busy", "shop", "clarity", 1000, DAY)] * contacts_of_one
    rows += [Lived(f"c{i}", "shop", "clarity", 1000, DAY) for i in range(99)]
    concentration = company_index(ledger().live(rows).basis(DAY)).concentration
    assert concentration.customers == 1
    assert concentration.share == pytest.approx(contacts_of_one / (99 + contacts_of_one))
    assert concentration.notable is notable


def test_the_parts_of_a_pool_do_not_depend_on_the_order_of_records(ledger: Callable[..., Ledger]) -> None:
    there, back = (ledger().live(rows).basis(DAY) for rows in (contacts(50), contacts(50)[::-1]))
    assert pooled_trust(there.sums[0], there.n[0], there) == pooled_trust(back.sums[0], back.n[0], back)
