import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from troth.store import Store

_PROGRAM = """
import sys
import resource, signal
from troth.errors import TrothError
from troth.store import Store

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # then a write beyond the limit fails as on a full disk
with Store.open(sys.argv[1]) as store:
    resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, 3_000_000))
    try:
        with store.transaction() as connection:
            store.set_setting("colour", "blue")
            connection.execute("CREATE TABLE big AS SELECT random() AS a FROM range(3000000)")
    except TrothError as error:
        print(error.code, flush=True)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
"""


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="no limit on file sizes here")
def test_a_full_disk_is_named_and_the_store_opens_afterwards(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store, store.transaction():
        store.set_setting("colour", "green")
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stdout == "store-full\n", done.stderr
    with Store.open(tmp_path) as store:
        assert store.setting("colour") == "green"


def test_a_kill_in_the_middle_of_a_transaction_loses_only_that(tmp_path: Path) -> None:
    Store.open(tmp_path, create=True).close()
    program = (
        "import sys; from troth.store import Store\n"
        "store = Store.open(sys.argv[1])\n"
        "with store.transaction(): store.set_setting('colour', 'green')\n"
        "with store.transaction() as connection:\n"
        "    store.set_setting('colour', 'blue')\n"
        "    connection.execute('CREATE TABLE big AS SELECT random() AS a FROM range(2000000)')\n"
        "    print('ready', flush=True); input()\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.kill()
        assert process.wait(20) == -signal.SIGKILL
    with Store.open(tmp_path) as store:
        assert store.setting("colour") == "green"
