"""The sentences of the summary."""

from troth.cli.views.summary import _standing
from troth.insight.customers import Concentration, Standing
from troth.report.page.words import concentration
from troth.texts import set_language


def test_the_standing_of_one_customer_and_of_several() -> None:
    assert _standing(Standing(1, 0, 0, 1, 0)) == "One customer: 0 above neutral, 1 below, 0 unknown."
    assert _standing(Standing(3, 1, 0, 1, 1)) == "3 customers: 1 above neutral, 1 below, 1 unknown."


def test_a_share_is_written_as_the_language_writes_it() -> None:
    found = Concentration(customers=3, share=0.42, notable=True)
    assert "3 customers, the busiest 1%, hold 42% of" in concentration(found)
    set_language("de")
    assert "3 Kunden, die aktivsten 1\xa0%, entfallen 42\xa0% aller" in concentration(found)


def test_of_few_customers_one_is_not_called_a_percent() -> None:
    found = Concentration(customers=1, share=0.42, notable=True)
    assert concentration(found).startswith("One customer holds 42% of")
