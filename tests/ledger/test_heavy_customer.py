"""One customer with a million records: a machine's account, or a key that means nobody."""

import pytest
from tests.ledger.conftest import Make, end_of

from troth.ledger import explain, read_out
from troth.ledger.decay import UNIT, factor

RECORDS = 1_000_000
DAYS = 400


def test_a_customer_with_a_million_records_is_summed_and_explained_exactly(ledger: Make) -> None:
    made = ledger()
    made.put("experiences", ("one", "anna", "delivery", "reliability", 1000, "1970-01-02", None))
    made.store.connection.execute(
        f"""
        INSERT INTO record.experiences
        SELECT CAST(i AS VARCHAR), 'robot', 'service', 'clarity', IF(i % 10 = 0, -8000, 1000),
               epoch_ms(CAST(i % {DAYS} AS BIGINT) * 86400000), NULL, CAST(i AS VARCHAR), 1, i, 0
        FROM range({RECORDS}) AS numbered(i)
        """
    )
    made.refresh()
    half_life = made.settings.half_life_good[9]
    remaining = [factor(DAYS - 1 - day, half_life) for day in range(DAYS)]
    good = 1000 * sum(remaining[i % DAYS] for i in range(RECORDS) if i % 10)
    bad = 8000 * sum(remaining[i % DAYS] for i in range(0, RECORDS, 10))

    found = read_out(made.store, made.settings, by=("customer",), at=end_of(DAYS - 1))
    rows = {row.group["customer"]: row for row in found}
    assert (rows["robot"].good, rows["robot"].bad) == (good / UNIT, bad / UNIT)
    assert rows["robot"].n == RECORDS
    assert rows["anna"].n == 1

    explanation = explain(made.store, made.settings, "robot", end_of(DAYS - 1))
    assert len(explanation.experiences) == RECORDS
    assert sum(experience.share for experience in explanation.experiences) == explanation.balance
    assert explanation.balance / explanation.unit == pytest.approx(good / UNIT - 5 * bad / UNIT, rel=1e-14)
