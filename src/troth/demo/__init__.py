"""A demo shop with a known truth: simulated customers, and the files that its systems would export.

`generate` writes files that the shop starter reads as they are, and `truth.json` beside them, which says
what was planted.
No person is invented: customers are ids.
"""

import datetime as dt
from pathlib import Path

from troth.demo.plan import Plan
from troth.demo.truth import Truth

__all__ = ["DEFAULT_CUSTOMERS", "DEFAULT_UNTIL", "Plan", "Truth", "generate"]

DEFAULT_CUSTOMERS = 5000
DEFAULT_UNTIL = dt.date(2026, 1, 31)


def generate(
    folder: Path,
    *,
    customers: int = DEFAULT_CUSTOMERS,
    seed: int = 1,
    until: dt.date = DEFAULT_UNTIL,
    plan: Plan | None = None,
) -> Truth:
    """Simulate the shop and write its exports into `folder`, which is made if need be.

    Args:
        folder: Where the files and `truth.json` go; files of these names are replaced.
        customers: How many customers, at least 1.
        seed: The same seed, size, day and plan give the same bytes.
        until: The last day the exports know of; the simulated time ends with it, `plan.days` long.
        plan: What is planted; the standard plan by default.
    """
    import duckdb
    import numpy as np

    from troth.demo import dirt, exports, files
    from troth.demo.clock import Clock
    from troth.demo.population import populate
    from troth.demo.simulation import simulate
    from troth.demo.writing import Writer

    plan = plan or Plan()
    first_day = until - dt.timedelta(days=plan.days - 1)
    for_people, for_weeks, for_dirt, for_texts = np.random.default_rng(seed).spawn(4)
    population = populate(plan, customers, for_people)
    history = simulate(plan, population, first_day.timetuple().tm_yday, for_weeks)

    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        writer = Writer(population, for_texts)
        exports.export(connection, population, history, Clock(first_day, until), writer)
        expected = {kind: dirt.soil(connection, kind, each, for_dirt) for kind, each in exports.DIRT.items()}
        for kind in expected:
            files.write(connection, kind, folder)
    truth = Truth(
        customers=customers,
        seed=seed,
        first_day=first_day,
        until=until,
        erosion_begins=first_day + dt.timedelta(days=plan.dispatch.begins_days),
        plan=plan,
        files=files.FILES,
        expected=expected,
    )
    (folder / "truth.json").write_text(truth.to_json(), "utf-8")
    return truth
