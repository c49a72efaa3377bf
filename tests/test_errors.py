import pickle

import pytest

from troth.errors import TrothError, UsageError, nearest

ERROR = UsageError(
    "column-unknown",
    "There is no column 'custmer'.",
    "Did you mean 'customer'?",
    allowed=("customer", "placed"),
    where="blueprint.yaml:12:5",
)


def test_reads_as_place_message_hint_and_code() -> None:
    assert str(ERROR) == (
        "blueprint.yaml:12:5: There is no column 'custmer'. Did you mean 'customer'? [column-unknown]"
    )
    assert str(TrothError("store-locked", "The ledger is in use.")) == "The ledger is in use. [store-locked]"


def test_tells_a_machine_every_part() -> None:
    assert ERROR.as_dict() == {
        "code": "column-unknown",
        "message": "There is no column 'custmer'.",
        "hint": "Did you mean 'customer'?",
        "allowed": ["customer", "placed"],
        "where": "blueprint.yaml:12:5",
    }


def test_exit_codes_tell_the_users_mistakes_from_failures() -> None:
    assert TrothError("store-locked", "The ledger is in use.").exit_code == 3
    assert ERROR.exit_code == 2
    assert isinstance(ERROR, TrothError)


def test_arrives_whole_from_another_process() -> None:
    copy = pickle.loads(pickle.dumps(ERROR))  # noqa: S301 - our own bytes
    assert type(copy) is UsageError
    assert copy.as_dict() == ERROR.as_dict()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Reliabilty", "reliability"),
        ("CLARITY", "clarity"),
        ("clarity", "clarity"),
        ("colour", None),
        ("", None),
    ],
)
def test_nearest_finds_what_was_probably_meant(name: str, expected: str | None) -> None:
    assert nearest(name, ["ability", "clarity", "reliability"]) == expected


def test_nearest_gives_the_name_as_it_is_written() -> None:
    assert nearest("customerid", ["CustomerID", "Placed"]) == "CustomerID"
