"""Why a customer stands where they stand."""

import pytest
from tests.ledger.conftest import Ledger, Make, end_of

from troth.errors import UsageError
from troth.ledger import explain, read_out
from troth.ledger.decay import UNIT, factor
from troth.ledger.explanation import by_precondition

TEXT = """
records:
  orders:
    {key: id, customer: customer, columns: {id: integer, customer: text, made: time, due: time, kept: time}}
promises:
  - {id: promised, from: orders, touchpoint: delivery, mechanism: reliability, made: made, due: due,
     kept: kept, late: {0d: S1, 2d: S2}}
rules:
  - {id: asked, from: orders, touchpoint: service, mechanism: {clarity: 0.5, ability: 0.5}, at: made,
     weight: "333"}
parameters: {mechanisms: {reliability: {ratio: 2.5}, ability: {half_life_days: {good: 7, bad: 9}}}}
"""


@pytest.fixture
def anna(ledger: Make) -> Ledger:
    made = ledger(TEXT)
    made.put(
        "orders",
        (1, "anna", "1970-01-02", "1970-01-05", None),
        (2, "anna", "1970-01-03", "1970-01-09", "1970-01-08"),
    )
    made.refresh()
    return made


def test_shares_add_up_to_the_balance_exactly(anna: Ledger) -> None:
    explanation = explain(anna.store, anna.settings, "anna", end_of(20))
    assert sum(experience.share for experience in explanation.experiences) == explanation.balance
    assert explanation.balance / explanation.unit == pytest.approx(explanation.trust.balance, rel=1e-14)
    assert len(explanation.experiences) == explanation.trust.n == 7


def test_every_experience_has_its_weight_then_and_now(anna: Ledger) -> None:
    explanation = explain(anna.store, anna.settings, "anna", end_of(20))
    by_id = {experience.id: experience for experience in explanation.experiences}
    assert set(by_id) == {
        "asked/1/ability", "asked/1/clarity", "asked/2/ability", "asked/2/clarity",
        "promised/1/reliability/S1", "promised/1/reliability/S2", "promised/2/reliability",
    }  # fmt: skip
    late = by_id["promised/1/reliability/S2"]
    assert (late.weight, late.severity, late.remaining) == (-700, 2, -700 * factor(14, 90))
    assert late.share == late.remaining * 2500
    kept = by_id["promised/2/reliability"]
    assert kept.share / explanation.unit == pytest.approx(2 ** (-13 / 90))
    assert by_id["asked/1/ability"].remaining == by_id["asked/1/ability"].weight * factor(19, 7)
    assert by_id["asked/1/ability"].weight + by_id["asked/1/clarity"].weight == 333
    assert explanation.unit == 1000 * UNIT


def test_what_is_not_yet_is_not_there(anna: Ledger) -> None:
    assert [e.id for e in explain(anna.store, anna.settings, "anna", end_of(3)).experiences] == [
        "asked/1/ability", "asked/1/clarity", "asked/2/ability", "asked/2/clarity",
    ]  # fmt: skip
    nothing = explain(anna.store, anna.settings, "anna", end_of(0))
    assert (nothing.experiences, nothing.balance, nothing.trust.score, nothing.trust.unknown) == (
        (),
        0,
        0.5,
        1.0,
    )


def test_an_unknown_customer_is_a_clear_error(anna: Ledger) -> None:
    with pytest.raises(UsageError) as caught:
        explain(anna.store, anna.settings, "zoe", end_of(20))
    assert caught.value.code == "customer-unknown"


def test_preconditions_of_an_explanation_are_those_of_a_read_out(anna: Ledger) -> None:
    at = end_of(20)
    found = by_precondition(explain(anna.store, anna.settings, "anna", at), anna.settings)
    wanted = read_out(anna.store, anna.settings, by=("precondition",), at=at, only={"customer": "anna"})
    assert [row.group for row in found] == [row.group for row in wanted]
    assert len(found) == 2
    for one, other in zip(found, wanted, strict=True):
        for name in ("good", "bad", "balance", "owed", "score", "low", "high", "unknown", "n"):
            assert getattr(one, name) == pytest.approx(getattr(other, name)), name
