"""The judge of a record kind: JSON objects in, typed columns and refusals out."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from troth.blueprint.records import ALL_COLUMNS, READY_MADE
from troth.blueprint.schema import Blueprint
from troth.intake import experiences, pseudonyms
from troth.intake.comments import headers_of, masked_row
from troth.intake.importing import declared_kind
from troth.intake.judging.careful import CarefulReader
from troth.intake.judging.fields import Fields
from troth.intake.judging.fitting import Fit, fit
from troth.intake.judging.outcome import Judged, Refusal, Value
from troth.intake.personal import own_customer, personal_columns
from troth.intake.plan import Plan
from troth.intake.readers.base import KEPT_OF_A_LINE
from troth.store.tables import comments
from troth.vocabulary import MECHANISM_IDS

_HURRIED = 5_000
"""Characters of comments that are masked at once; more take their time."""


class SlowError(Exception):
    """It cannot be judged in a hurry."""


class Judge:
    """Judges records of one kind as an import of a file would; may be used by many threads.

    Args:
        blueprint: The journey.
        name: The record kind, or `experiences`.
        pseudonym_key: The key of the pseudonyms, where the blueprint wants them.
        paths: Where columns are found in an object, if elsewhere than declared: a dotted path by column.

    `types` has the type of every column.

    Raises:
        UsageError: `kind-unknown`, `pseudonym-not-text`.
    """

    def __init__(
        self,
        blueprint: Blueprint,
        name: str,
        pseudonym_key: bytes | None = None,
        paths: Mapping[str, str] | None = None,
    ) -> None:
        kind = declared_kind(blueprint, name)
        personal = frozenset(personal_columns(blueprint, kind)) if pseudonym_key else frozenset()
        pseudonyms.check_columns(kind, personal, blueprint.where("records", name))
        self.name = name
        self.types = {column: declared.type for column, declared in kind.columns.items()}
        self._kind = kind
        self.pseudonym_key = pseudonym_key
        self._fields = Fields(kind, paths)
        self._careful = CarefulReader(
            Plan(
                kind,
                {column: declared.source or column for column, declared in kind.columns.items()},
                {column: place for place, column in enumerate(kind.columns)},
                0,
                personal,
                pseudonym_key,
                experiences.checks(blueprint) if name == READY_MADE else (),
            )
        )
        self._comments = comments(kind.columns)
        self._headers = headers_of(kind)
        self._needed = _needed(blueprint, name, kind.key, own_customer(kind))
        self._personal = personal
        self._fits: tuple[int, dict[str, Fit]] = (-1, {})

    def judge(
        self, records: Sequence[object], now_ms: int, *, kept: bool = False, hurry: bool = False
    ) -> Judged:
        """Judge `records`, each a JSON value, in their order.

        Args:
            records: What came.
            now_ms: The clock, which says what is a plausible time.
            kept: Refusals have the text of their row, for the quarantine.
            hurry: Only if it can be done at once, without SQL.

        Raises:
            SlowError: In a hurry, and there is something that takes its time.
        """
        objects = [record for record in records if type(record) is dict]
        strangers = len(objects) < len(records)
        places = [place for place, one in enumerate(records) if type(one) is dict] if strangers else None
        raw, undeclared = self._fields.picked(objects)
        columns, odd = self._fitted(raw, len(objects), now_ms)
        refused: list[Refusal] = []
        if odd:
            if hurry:
                raise SlowError
            rows = {place: [values[place] for values in raw.values()] for place in sorted(odd)}
            strange = {name for names in odd.values() for name in names}
            good, refused = self._careful.read(rows, strange, now_ms, kept=kept)
            for place, values in good.items():
                for name, value in values.items():
                    columns[name][place] = value
            if refused:
                out = {one.index for one in refused}
                stay = [place for place in range(len(objects)) if place not in out]
                columns = {name: [values[place] for place in stay] for name, values in columns.items()}
        n = len(objects) - len(refused)
        refused = self._mask(columns, refused, hurry=hurry)
        if places is not None:
            refused = [_moved(one, places[one.index]) for one in refused]
            refused += [
                self._malformed(place, one) for place, one in enumerate(records) if type(one) is not dict
            ]
            refused.sort(key=lambda one: one.index)
        return Judged(n, columns, tuple(refused), undeclared)

    def _fitted(
        self, raw: Mapping[str, list[object]], n: int, now_ms: int
    ) -> tuple[dict[str, list[Value]], dict[int, set[str]]]:
        """The quick way's values, and which records must go the careful way, for which columns."""
        day = now_ms // 86_400_000
        if self._fits[0] != day:
            self._fits = day, {name: fit(self._kind, name, now_ms) for name in self._kind.columns}
        odd: dict[int, set[str]] = {}
        columns = {}
        for name, values in raw.items():
            columns[name], strange = self._fits[1][name](values)
            for place in strange:
                odd.setdefault(place, set()).add(name)
        for place in self._needed(columns, n):
            odd.setdefault(place, set())
        if self.pseudonym_key:
            for name in self._personal:
                columns[name] = [
                    None if value is None else pseudonyms.pseudonym(self.pseudonym_key, str(value))
                    for value in columns[name]
                ]
        return columns, odd

    def _mask(self, columns: dict[str, list[Value]], refused: list[Refusal], *, hurry: bool) -> list[Refusal]:
        """Mask the comments, in place, and in what is refused: before anything rests in the inbox."""
        if not self._comments:
            return refused
        texts = [value for name in self._comments for value in columns[name] if value is not None]
        if hurry and sum(len(str(text)) for text in texts) > _HURRIED:
            raise SlowError
        from troth.reading import masked

        for name in self._comments:
            columns[name] = [None if value is None else masked(str(value)) for value in columns[name]]
        return [replace(one, row=masked_row(one.row, self._headers)) if one.row else one for one in refused]

    def _malformed(self, place: int, record: object) -> Refusal:
        line = json.dumps(record, ensure_ascii=False)
        found = malformed(place, line, "no-json-object", self.pseudonym_key)
        return replace(found, row=masked_row(found.row, ())) if self._comments else found


def malformed(place: int, line: str, detail: str, key: bytes | None) -> Refusal:
    """The refusal of what is no record at all; where there are pseudonyms, its text is not kept."""
    row = {"_line": line[:KEPT_OF_A_LINE].replace("\0", "\ufffd")}
    kept = {"_line": None, "_seal": pseudonyms.pseudonym(key, line)} if key else row
    return Refusal(place, "malformed-row", None, detail, None, json.dumps(kept, ensure_ascii=False))


def _needed(
    blueprint: Blueprint, name: str, key: Sequence[str], customer: str | None
) -> Callable[[Mapping[str, Sequence[Value]], int], set[int]]:
    """Finds the records that lack something without which they cannot be used."""
    required = [*(() if tuple(key) == (ALL_COLUMNS,) else key), *([customer] if customer else [])]
    touchpoints = {touchpoint.id for touchpoint in blueprint.touchpoints}

    def lacking(columns: Mapping[str, Sequence[Value]], n: int) -> set[int]:
        found: set[int] = set()
        for column in required:
            if None in columns[column]:
                found.update(place for place, value in enumerate(columns[column]) if value is None)
        if tuple(key) == (ALL_COLUMNS,):
            found.update(place for place in range(n) if all(v[place] is None for v in columns.values()))
        if name == READY_MADE:
            found.update(place for place in range(n) if not _is_experience(columns, place, touchpoints))
        return found

    return lacking


def _is_experience(columns: Mapping[str, Sequence[Value]], place: int, touchpoints: set[str]) -> bool:
    """Whether it passes `experiences.checks`, which say why when it does not."""
    weight, severity = columns["weight"][place], columns["severity"][place]
    return (
        columns["touchpoint"][place] in touchpoints
        and columns["mechanism"][place] in MECHANISM_IDS
        and type(weight) is int
        and 0 < abs(weight) <= experiences.MOST_WEIGHT
        and columns["at"][place] is not None
        and (severity is None or (type(severity) is int and 0 <= severity <= 4))
    )


def _moved(refusal: Refusal, place: int) -> Refusal:
    return replace(refusal, index=place)
