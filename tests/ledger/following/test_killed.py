"""Killed in the middle of a carry, several times in a row on the same ledger: whole batches or nothing."""

import random
import subprocess
import sys
import time
from pathlib import Path

from tests.ledger.following.journey import BLUEPRINT, SETTINGS

from troth.ledger import verify
from troth.store import Store

_CARRIER = """
import datetime as dt, sys
from tests.ledger.following.journey import BLUEPRINT, NOTES, SETTINGS, tables_of
from troth.ledger import carry, compact
from troth.store import Store
with Store.open(sys.argv[1], create=True) as store:
    number = int(store.setting("inbox_mark") or 0)
    while True:
        number += 1
        when = dt.datetime(2025, 1, 1 + number % 20)
        order = (number, f"c{number % 5}", when, when.date(), None, 80.0, number - 1)
        older = (max(1, number - 3), f"c{number % 7}", when, when.date(), when, 10.0, None)
        ticket = (number, "a", number + number % 3, when, 1, 4.5, number % 6, NOTES[number % 6])
        customer = (f"c{number % 5}", "NL", number)
        batch = {"orders": [order, older], "tickets": [ticket], "customers": [customer]}
        carry(store, BLUEPRINT, SETTINGS, tables_of(batch), mark=str(number))
        print(number, flush=True)
        if number % 10 == 0:
            compact(store, whole=True)
"""


def test_every_carried_batch_is_there_whole_and_once(tmp_path: Path) -> None:
    chance = random.Random(7)  # noqa: S311 - no secret depends on it
    for _again in range(6):
        with subprocess.Popen(
            [sys.executable, "-c", _CARRIER, str(tmp_path)], stdout=subprocess.PIPE, text=True
        ) as carrier:
            assert carrier.stdout is not None
            told = int(carrier.stdout.readline())
            time.sleep(chance.uniform(0, 1.5))
            carrier.kill()
            told = max([told, *(int(line) for line in carrier.stdout.read().splitlines())])
        with Store.open(tmp_path) as store:
            mark = int(store.setting("inbox_mark") or 0)
            assert mark in {told, told + 1}  # what was told is there; the next may be, too
            [counted] = store.connection.execute("SELECT count(*), max(id) FROM record.orders").fetchall()
            assert counted == (mark, mark)
            assert verify(store, BLUEPRINT, SETTINGS) == []
