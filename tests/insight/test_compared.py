"""Two groups beside each other, against figures that are known beforehand."""

from pathlib import Path

import numpy as np
import pytest

from troth import Workspace
from troth.errors import UsageError
from troth.insight.basis import Basis, basis
from troth.insight.compared import Comparison, compared

BLUEPRINT = """
journey: {name: Shop, phases: [{id: all, name: All}]}
touchpoints: [{id: delivery, phase: all, name: Delivery}, {id: service, phase: all, name: Service}]
records:
  visits:
    key: id
    customer: customer
    columns: {id: text, customer: text, land: text, card: text, place: text, at: date, weight: integer}
rules:
  - {id: delivered, from: visits, touchpoint: delivery, mechanism: reliability, at: at,
     when: place = 'delivery', weight: weight}
  - {id: served, from: visits, touchpoint: service, mechanism: benevolence, at: at,
     when: place = 'service', weight: weight}
segments:
  - {id: land, name: Land, from: visits, value: land, latest: at}
  - {id: card, name: Card, from: visits, value: card, latest: at}
"""


def made(folder: Path, bad: dict[str, float], *, customers: int = 200, seed: int = 1) -> Basis:
    """Ten visits of each customer, half of them to the service; `bad`: share of bad deliveries by land."""
    random = np.random.default_rng(seed)
    (folder / "blueprint.yaml").write_text(BLUEPRINT)
    lines = ["id,customer,land,card,place,at,weight"]
    for land, share in bad.items():
        for number in range(customers):
            for visit in range(10):
                place = "delivery" if visit % 2 else "service"
                worse = random.random() < (share if place == "delivery" else 0.1)
                card = "yes" if number % 2 else "no"
                lines.append(
                    f"{land}{number}-{visit},{land}{number},{land},{card},{place},2026-01-0{1 + visit % 9},"
                    f"{-1000 if worse else 1000}"
                )
    (folder / "visits.csv").write_text("\n".join(lines) + "\n")
    shop = Workspace.open(folder)
    shop.import_("visits", folder / "visits.csv")
    return basis(shop.ledger, shop.blueprint, shop.settings, shop.moment())


def part(found: Comparison, name: str) -> float | None:
    [line] = [one for one in (*found.touchpoints, *found.mechanisms) if one.part == name]
    return line.difference.value if line.flagged and line.difference else None


def test_a_planted_difference_is_found_where_it_is_and_hardly_ever_elsewhere(tmp_path: Path) -> None:
    false = 0
    for seed in range(1, 5):
        folder = tmp_path / str(seed)
        folder.mkdir()
        found = compared(made(folder, {"nl": 0.05, "de": 0.3}, seed=seed), "land=nl", "land=de")
        assert found.difference is not None
        assert found.difference.low > 0
        assert found.touchpoints[0].part == "delivery"
        assert found.mechanisms[0].part == "reliability"
        assert (part(found, "delivery") or 0) > 0
        assert (part(found, "reliability") or 0) > 0
        assert found.touchpoints[0].customers == (200, 200)
        false += part(found, "service") is not None
    assert false <= 2  # of 4 at 10 % each: more has a chance of one in 270


def test_turned_round_it_is_the_same_with_the_other_sign(tmp_path: Path) -> None:
    stands_on = made(tmp_path, {"nl": 0.05, "de": 0.2})
    there, back = compared(stands_on, "land=nl", "land=de"), compared(stands_on, "land=de", "land=nl")
    assert there.difference is not None
    assert back.difference is not None
    assert there.difference.value == pytest.approx(-back.difference.value)
    assert there.difference.low == pytest.approx(-back.difference.high)


def test_the_same_customers_by_two_names_do_not_differ_at_all(tmp_path: Path) -> None:
    stands_on = made(tmp_path, {"nl": 0.1})
    stands_on.store.connection.execute(
        "INSERT INTO customer_segment SELECT customer_no, 'card', 'all', NULL FROM customer"
    )
    found = compared(stands_on, "land=nl", "card=all")
    assert found.difference is not None
    assert (found.difference.low, found.difference.high) == (0, 0)  # resampled together


def test_equal_groups_are_seldom_told_apart(tmp_path: Path) -> None:
    false = 0
    for seed in range(12):
        folder = tmp_path / str(seed)
        folder.mkdir()
        found = compared(made(folder, {"nl": 0.1, "de": 0.1}, customers=60, seed=seed), "land=nl", "land=de")
        false += any(line.flagged for line in found.touchpoints)
    assert false <= 4  # of 12 at 10 % each: more has a chance of one in 200


def test_few_customers_are_not_compared(tmp_path: Path) -> None:
    found = compared(made(tmp_path, {"nl": 0.0, "de": 1.0}, customers=20), "land=nl", "land=de")
    assert found.difference is None
    assert all(line.difference is None and not line.flagged for line in found.touchpoints)
    assert [line.part for line in found.touchpoints] == ["delivery", "service"]


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        ("land=nl", "land=nl", "groups-same"),
        ("land=xx", "land=nl", "group-unknown"),
        ("land=nl", "' OR 1=1 --", "group-unknown"),
        ("land", "land=nl", "group-unknown"),
    ],
)
def test_what_cannot_be_compared_is_a_clear_error(tmp_path: Path, one: str, other: str, code: str) -> None:
    stands_on = made(tmp_path, {"nl": 0.1, "de": 0.1}, customers=30)
    with pytest.raises(UsageError, match=code):
        compared(stands_on, one, other)
