from pathlib import Path

import pytest

from troth.audit.scoring import configured
from troth.errors import UsageError
from troth.texts import use_language


def test_a_file_of_ones_own_changes_what_it_names(tmp_path: Path) -> None:
    path = tmp_path / "scoring.yaml"
    path.write_text("ratio: 2\nrules:\n  order-button: {weight: 1}\ncategories:\n  brand: 3\n", "utf-8")
    own, standard = configured(path), configured()
    assert own.ratio == 2
    assert own.rules["order-button"].weight == 1
    assert own.rules["imprint-reachable"] == standard.rules["imprint-reachable"]
    assert own.categories == {**standard.categories, "brand": 3}


def test_a_weight_is_changed_without_its_gate(tmp_path: Path) -> None:
    path = tmp_path / "scoring.yaml"
    path.write_text("rules: {imprint-reachable: {weight: 2}}\n", "utf-8")
    changed = configured(path).rules["imprint-reachable"]
    assert (changed.weight, changed.gate) == (2, True)


def test_an_empty_file_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "scoring.yaml"
    path.write_text("# nothing yet\n", "utf-8")
    assert configured(path) == configured()


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("rules: {order-buton: {weight: 1}}", "scoring-unknown", "order-button"),
        ("categories: {brands: 1}", "scoring-unknown", "brand"),
        ("rules: {order-button: {weight: 11}}", "scoring-invalid", "rules.order-button.weight"),
        ("rules: {order-button: 3}", "scoring-invalid", "rules.order-button"),
        ("rules: 3", "scoring-invalid", "rules"),
        ("ratio: 0", "scoring-invalid", "ratio"),
        ("colour: red", "scoring-invalid", "colour"),
        ("- 1", "scoring-invalid", "mapping"),
        ("rules: {", "scoring-invalid", ""),
    ],
)
def test_a_wrong_file_is_named_with_its_fault(tmp_path: Path, text: str, code: str, said: str) -> None:
    path = tmp_path / "scoring.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(UsageError) as caught:
        configured(path)
    assert caught.value.code == code
    assert said in str(caught.value)
    assert caught.value.where == str(path)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        configured(tmp_path / "none.yaml")
    assert caught.value.code == "scoring-missing"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("categories: {brand: -1}", "categories.brand: -1 ist zu klein: Der Wert muss mindestens 0 sein"),
        ("ratio: viel", "ratio: „viel“ ist keine Zahl"),
        ("rules: {order-button: 3}", "rules.order-button: Hier müssen"),
        ("rules: {order-button: {weigth: 3}}", "Meinten Sie „weight“?"),
        ("ratios: 3", "Meinten Sie „ratio“?"),
    ],
)
def test_a_fault_is_told_in_the_language_in_force(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "scoring.yaml"
    path.write_text(text, "utf-8")
    with use_language("de"), pytest.raises(UsageError) as caught:
        configured(path)
    assert said in caught.value.message
    assert "Input should" not in caught.value.message
