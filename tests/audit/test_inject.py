import pytest

from troth.audit.inject import Facts, needs


def test_a_function_is_handed_what_its_parameters_name() -> None:
    facts = Facts({"double": lambda page: page * 2, "both": lambda page, double: page + double}, {"page": 2})
    assert facts.call(lambda both, double: (both, double)) == (6, 4)


def test_a_fact_is_worked_out_once() -> None:
    asked = []
    facts = Facts({"fact": lambda: asked.append(1) or 7}, {})
    assert [facts.call(lambda fact: fact) for _ in range(3)] == [7, 7, 7]
    assert asked == [1]


def test_a_facts_failure_reaches_everyone_who_asks_for_it() -> None:
    asked = []

    def broken() -> int:
        asked.append(1)
        raise ValueError("no price")

    facts = Facts({"broken": broken, "next": lambda broken: broken}, {})
    for function in (lambda broken: broken, lambda next: next):  # noqa: A006 - a fact's name
        with pytest.raises(ValueError, match="no price"):
            facts.call(function)
    assert asked == [1]


def test_an_unknown_fact_is_an_error() -> None:
    with pytest.raises(KeyError):
        Facts({}, {}).call(lambda colour: colour)


def test_needs_are_the_parameters() -> None:
    assert needs(lambda site, prices: (site, prices)) == ("site", "prices")
