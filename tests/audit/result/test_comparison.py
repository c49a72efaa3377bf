from dataclasses import replace

from tests.audit.result.helpers import artifacts, outcome, page
from tests.audit.scoring.helpers import said

from troth.audit.result.comparison import compared
from troth.audit.verdict import not_applicable


def test_what_got_better_and_worse_is_told_weightiest_first() -> None:
    before = outcome(
        said("imprint-reachable", "transparency", 0.0),
        said("vat-included", "transparency", 1.0),
        said("delivery-time", "transparency", 1.0),
        said("model-form", "transparency", 0.5),
    )
    after = outcome(
        said("imprint-reachable", "transparency", 1.0),
        said("vat-included", "transparency", 0.0),
        said("delivery-time", "transparency", 1.0),
        said("model-form", "transparency", 0.6),
    )
    found = compared(before, after)
    assert [change.rule for change in found.of("better")] == ["imprint-reachable", "model-form"]
    assert [change.rule for change in found.of("worse")] == ["vat-included"]
    assert [change.rule for change in found.changes] == ["imprint-reachable", "vat-included", "model-form"]
    assert before.score.value is not None
    assert after.score.value is not None
    assert found.points == after.score.value - before.score.value


def test_the_same_twice_is_no_change() -> None:
    shop = outcome(
        said("vat-included", "transparency", 0.4), said("chat-honest", "service", not_applicable("none"))
    )
    found = compared(shop, shop)
    assert (found.changes, found.points, found.gone, found.new) == ((), 0, (), ())


def test_what_did_not_apply_or_was_rewritten_is_neither_better_nor_worse() -> None:
    before = outcome(
        said("chat-honest", "service", not_applicable("none")), said("self-help", "service", 0.0)
    )
    after = outcome(said("chat-honest", "service", 1.0), said("self-help", "service", 1.0))
    rewritten = replace(after, findings=tuple(replace(finding, version=2) for finding in after.findings))
    assert {change.way for change in compared(before, after).changes if change.rule == "chat-honest"} == {
        "other"
    }
    assert {change.way for change in compared(before, rewritten).changes} == {"other"}


def test_a_rule_that_is_new_is_told() -> None:
    before, after = outcome(), outcome(said("self-help", "service", 0.0))
    [change] = compared(before, after).changes
    assert (change.way, change.before, change.after) == ("other", None, "failed")
    assert compared(before, after).points is None


def test_pages_that_are_gone_or_new_are_named() -> None:
    before = outcome(brought=artifacts(page("terms"), page("home"), page("late", visit="second")))
    after = outcome(brought=artifacts(page("terms", failure="page-timeout"), page("home"), page("sale")))
    found = compared(before, after)
    assert found.gone == ("https://shop.test/terms",)
    assert found.new == ("https://shop.test/sale",)
