"""What follows from what: for each record kind its SQL over the records that are touched."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from troth.blueprint.parameters import Settings
from troth.blueprint.records import READY_MADE
from troth.blueprint.schema import Blueprint, Link
from troth.intake.lookups import customer_column
from troth.ledger.dictionaries import known_numbers
from troth.ledger.reader import Draft, Reader, Relation
from troth.ledger.refresh import READY_MADE_COLUMNS, customer_columns, drafts, united
from troth.ledger.rules import Numbers
from troth.ledger.segments import columns_read, draft_segment, draft_telling
from troth.ledger.sql import render
from troth.store import Store
from troth.store.tables import TYPES, kept, quoted

WAS, IS, TOLD = "was", "is", "told"
"""Images of the touched records: before, after, and all that customers' segments are told from."""


@dataclass(frozen=True, slots=True)
class KindPlan:
    """One record kind that something is derived from.

    Attributes:
        links: those that something reads through.
        before: the experiences that the touched records gave, or None when none come of this kind.
        after: those that they give now.
    """

    links: tuple[Link, ...]
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class TellingPlan:
    """A record kind that tells segments.

    Attributes:
        kind: its name.
        columns: what is read of its records.
        links: what is read through.
        customers: of an image's records.
        told: by image and segment the SELECT of what each record tells (`segments.draft_telling`).
        new: whether it may hold older records of a customer who gets a number only now.
        segments: by segment the SELECT of every customer's value and its rank.
    """

    kind: str
    columns: frozenset[str]
    links: tuple[Link, ...]
    customers: Mapping[str, str]
    told: Mapping[str, Mapping[str, str]]
    new: bool
    segments: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Plan:
    """All of it.

    Attributes:
        blueprint: the journey.
        settings: whose weights of severities count.
        numbers: of touchpoints and sources.
        columns: of every kind, with their SQL types.
        kinds: those that something is derived from.
        telling: those that tell the customers' segments.
        customers: where records name customers that are numbered: kind, column.
    """

    blueprint: Blueprint
    settings: Settings
    numbers: Numbers
    columns: Mapping[str, Mapping[str, str]]
    kinds: Mapping[str, KindPlan]
    telling: tuple[TellingPlan, ...]
    customers: tuple[tuple[str, str], ...]


def image(state: str, kind: str, *, linked: bool = False) -> str:
    """The temporary table with an image of a kind's records; `linked`: of those that others link to."""
    return quoted(f"follow_{state} linked {kind}" if linked else f"follow_{state} {kind}")


_plans: WeakKeyDictionary[Store, Plan] = WeakKeyDictionary()


def planned(store: Store, blueprint: Blueprint, settings: Settings) -> Plan:
    """The plan for a ledger that is up to date; the last one of each store is kept."""
    plan = _plans.get(store)
    if plan is None or plan.blueprint is not blueprint or plan.settings != settings:
        plan = _plans[store] = _planned(blueprint, settings, known_numbers(store.connection))
    return plan


def _planned(blueprint: Blueprint, settings: Settings, numbers: Numbers) -> Plan:
    before, after = (_drafts(blueprint, settings, numbers, state) for state in (WAS, IS))
    named = tuple(customer_columns(blueprint))
    telling = tuple(
        _telling(kind, blueprint, settings, named)
        for kind in dict.fromkeys(segment.source for segment in blueprint.segments)
    )
    used: dict[str, dict[str, None]] = defaultdict(dict)
    for kind, drafted in after.items():
        for draft in drafted:
            used[kind].update(dict.fromkeys(draft.links))
    for segment in blueprint.segments:
        draft = draft_segment(segment, blueprint, settings, _relation(TOLD))
        used[segment.source].update(dict.fromkeys(draft.links))
    kinds = {
        kind: KindPlan(
            tuple(blueprint.records[kind].links[link] for link in links) if links else (),
            united(before[kind]) if kind in before else None,
            united(after[kind]) if kind in after else None,
        )
        for kind, links in used.items()
    }
    types = {READY_MADE: {name: TYPES[type_] for name, type_ in READY_MADE_COLUMNS.items()}} | {
        name: kept(kind.columns) for name, kind in blueprint.records.items()
    }
    return Plan(blueprint, settings, numbers, types, kinds, telling, named)


def _relation(state: str) -> Relation:
    def relation(kind: str, *, linked: bool = False) -> str:
        return image(state, kind, linked=linked)

    return relation


def _drafts(blueprint: Blueprint, settings: Settings, numbers: Numbers, state: str) -> dict[str, list[Draft]]:
    found: dict[str, list[Draft]] = defaultdict(list)
    for kind, draft in drafts(blueprint, settings, numbers, _relation(state)):
        found[kind].append(draft)
    return found


def _telling(
    kind: str, blueprint: Blueprint, settings: Settings, named: tuple[tuple[str, str], ...]
) -> TellingPlan:
    own_segments = [segment for segment in blueprint.segments if segment.source == kind]
    drafted = {
        segment.id: draft_segment(segment, blueprint, settings, _relation(TOLD)) for segment in own_segments
    }
    declared = blueprint.records[kind]
    link, of, column = customer_column(blueprint, kind)
    links = {name for draft in drafted.values() for name in draft.links}
    own = {column} if link is None else {declared.links[link].by}
    columns = own | {declared.links[name].by for name in links}
    customers, told = {}, {}
    for state in (WAS, IS):
        reader = Reader(blueprint, kind, settings)
        customers[state] = render(
            f"SELECT {reader.customer} AS customer FROM {reader.tables(_relation(state))}"
        )
        tellings = {s.id: draft_telling(s, blueprint, settings, _relation(state)) for s in own_segments}
        told[state] = {name: render(draft.text, checked=draft.checked) for name, draft in tellings.items()}
    return TellingPlan(
        kind,
        frozenset(columns.union(*map(columns_read, drafted.values()))),
        tuple(declared.links[name] for name in sorted(links)),
        customers,
        told,
        (of, column) not in named,
        {name: render(draft.text, checked=draft.checked) for name, draft in drafted.items()},
    )
