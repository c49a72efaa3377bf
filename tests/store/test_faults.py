import errno
from pathlib import Path

import duckdb
import pytest

from troth.errors import TrothError
from troth.store import faults

NEWER = (
    "Trying to read a database file with storage version number 999, but we can only read storage versions"
    " between 64 and 67."
)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (duckdb.IOException(NEWER), "store-newer"),
        (
            duckdb.IOException('Could not write file "/a/ledger.duckdb": No space left on device'),
            "store-full",
        ),
        (duckdb.FatalException("FATAL Error: … Original error: No space left on device"), "store-full"),
        (duckdb.OutOfMemoryException("Out of Memory Error: failed to pin block"), "store-memory"),
    ],
)
def test_known_faults_have_a_code_and_a_way_out(error: duckdb.Error, code: str) -> None:
    with pytest.raises(TrothError) as caught, faults.reported(Path("ledger.duckdb")):
        raise error
    assert caught.value.code == code
    assert caught.value.hint
    assert caught.value.where == "ledger.duckdb"
    assert caught.value.__cause__ is error


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "store-full"),
        (PermissionError(errno.EACCES, "Permission denied"), "store-read-only"),
    ],
)
def test_the_systems_faults_are_known_too(error: OSError, code: str) -> None:
    with pytest.raises(TrothError) as caught, faults.reported(Path("ledger.duckdb")):
        raise error
    assert caught.value.code == code


def test_an_unknown_error_passes_as_it_is() -> None:
    for error in (duckdb.ParserException("syntax error"), IsADirectoryError(errno.EISDIR, "Is a directory")):
        with pytest.raises(type(error)), faults.reported(Path("ledger.duckdb")):
            raise error
