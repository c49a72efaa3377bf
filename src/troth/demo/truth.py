"""What was planted in a demo shop's files, to be held against what Troth finds in them."""

import dataclasses
import datetime as dt
import json
from dataclasses import dataclass

from troth.demo.dirt import Expected
from troth.demo.plan import Plan


@dataclass(frozen=True, slots=True)
class Truth:
    """The plan, the seed, and what the import of every file has to count.

    `first_day` to `until`: the simulated days. `erosion_begins`: the day from which the eroding cell gets
    worse. `files`, `expected`: by record kind.
    """

    customers: int
    seed: int
    first_day: dt.date
    until: dt.date
    erosion_begins: dt.date
    plan: Plan
    files: dict[str, str]
    expected: dict[str, Expected]

    def to_json(self) -> str:
        """The truth as one JSON document."""
        return json.dumps(dataclasses.asdict(self), default=str, ensure_ascii=False, indent=2) + "\n"
