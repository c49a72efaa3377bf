"""Rules about promises and segments."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from troth.blueprint.found import Found
from troth.blueprint.lint.case import Case, rule
from troth.texts import _, percent

_OFTEN = 0.05
_LATE_END = timedelta(hours=4)


@rule("TB201", "warning")
def promise_without_due_time(case: Case) -> Iterator[Found]:
    """A promise whose due time is often empty.

    What it checks: At most 5 % of the records that a promise is about lack its due time. Needs data: it
    speaks after an import.

    Why it matters: A promise without a date cannot be broken; those records give nothing at all. Often it is
    the bad cases that have no date, and then the promise looks better kept than it is.

    How to repair: Fall back to what the customer could expect: `due: COALESCE(promised_at, placed_at +
    INTERVAL 5 DAY)`.

    Example:
        due: promised_at   # empty for every tenth order
    """
    if case.observed is None:
        return
    for i, promise in enumerate(case.blueprint.promises):
        share = case.observed.due_empty.get(promise.id, 0.0)
        if share > _OFTEN:
            yield Found(
                ("promises", i, "due"),
                _("In %(share)s of the records “%(id)s” has no due time, and gives nothing.")
                % {"share": percent(share), "id": promise.id},
                _("Fall back to what the customer could expect: COALESCE(due, made + INTERVAL 5 DAY)."),
            )


@rule("TB202", "warning")
def grace_longer_than_first_step(case: Case) -> Iterator[Found]:
    """A grace that is longer than the first step by which lateness gets worse.

    What it checks: `grace` is not longer than the first delay in `late` that is not zero.

    Why it matters: Delays count from the end of the grace. With a grace of a week and a step after two days,
    a customer who waits six days is well served, and one who waits nine is let down badly. Grace is meant
    for clocks and time zones, not for the company's comfort.

    How to repair: Shorten the grace and give the first days a mild severity instead: `late: {0d: S1, 7d:
    S2}`.

    Example:
        grace: 7d
        late: {0d: S1, 2d: S2}
    """
    for i, promise in enumerate(case.blueprint.promises):
        steps = [delay for delay in promise.late if delay > timedelta(0)]
        if steps and promise.grace > min(steps):
            yield Found(
                ("promises", i, "grace"),
                _("The grace of “%(id)s” is longer than the first step by which its lateness gets worse.")
                % {"id": promise.id},
                _("Shorten it, and give the first days a mild severity instead."),
            )


@rule("TB203", "warning")
def segment_without_latest(case: Case) -> Iterator[Found]:
    """A segment over a record kind that has several records a customer, without saying which one speaks.

    What it checks: A segment has `latest`, or its record kind has the customer as key.

    Why it matters: A customer with two orders by two channels belongs to one segment only. Without `latest`
    it is settled (by the records' keys) but has no meaning.

    How to repair: Add `latest: placed_at`, or whatever time decides.

    Example:
        - {id: channel, name: Channel, from: orders, value: channel}
    """
    for i, segment in enumerate(case.blueprint.segments):
        kind = case.blueprint.records[segment.source]
        if segment.latest is None and kind.key != (kind.customer,):
            yield Found(
                ("segments", i),
                _("A customer can have several “%(kind)s”, and “%(id)s” does not say which one speaks.")
                % {"kind": segment.source, "id": segment.id},
                _("Add latest: with a time of the record."),
            )


@rule("TB204", "warning")
def due_day_ends_at_another_hour(case: Case) -> Iterator[Found]:
    """A promised day whose end in UTC is not its end for the customer.

    What it checks: Where `due` is a date and `kept` a time, the record kind's zone ends its days with UTC, or
    up to four hours earlier.

    Why it matters: A date as `due` means the end of that day in UTC. In New York that is seven in the
    evening: what arrives at eight on the promised day counts as late. In Tokyo it is nine on the next
    morning: what arrives at eight then counts as in time.

    How to repair: Read the column as a time, which takes the record kind's zone, and promise its next
    midnight: `promised_at: {type: time, format: "%Y-%m-%d"}` and `due: promised_at + INTERVAL 1 DAY`.

    Example:
        zone: America/New_York
        columns: {promised_at: date, delivered_at: time}   # and due: promised_at, kept: delivered_at
    """
    for i, promise in enumerate(case.blueprint.promises):
        due, kept = (case.compiled["promises", i, part] for part in ("due", "kept"))
        end = _end_of_day(case.blueprint.records[promise.source].zone)
        if (due.type, kept.type) == ("date", "time") and end is not None:
            yield Found(
                ("promises", i, "due"),
                _("“%(id)s” is due on a day, which ends in UTC: at %(time)s in the records’ zone.")
                % {"id": promise.id, "time": end},
                _("Read the column as a time, and promise its next midnight: due + INTERVAL 1 DAY."),
            )


def _end_of_day(zone: str) -> str | None:
    """The winter's local time at which a UTC day ends, where that is before midnight or far after it."""
    midnights = [datetime(2026, month, 1, tzinfo=UTC).astimezone(ZoneInfo(zone)) for month in (1, 7)]
    offsets = [midnight.utcoffset() or timedelta(0) for midnight in midnights]
    if min(offsets) >= timedelta(0) and max(offsets) <= _LATE_END:
        return None
    return f"{midnights[0]:%H:%M}"
