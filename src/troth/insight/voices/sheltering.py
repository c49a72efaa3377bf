"""What may be told where nobody is shown alone: no count of a few, nor one that can be worked out.

Whoever sees a whole and all of its parts but one knows that one. So where what is hidden of a whole is by a
few customers only, the smallest part that could be shown is hidden as well; or, where more can be told then,
the whole is hidden and, with it, others beside it, until what is left of all hidden ones together is many.
There are three such wholes: a place of all customers and of each value of a segment; a touchpoint (or
mechanism) and its places; all that is said and its touchpoints (or mechanisms). What is shown after that is
rounded to `STEP` texts, which blurs what is left of sums over more than one of them.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from troth.insight.voices.crowd import Crowd, differing
from troth.insight.voices.places import Place, Spoken
from troth.ledger.said import Flags, Ints
from troth.vocabulary import MECHANISM_BY_ID, MECHANISM_IDS

STEP = 5
"""Where nobody is shown alone, numbers of texts are multiples of this."""

_MECHANISMS = len(MECHANISM_IDS)


@dataclass(frozen=True, slots=True)
class Told:
    """Of what is said of a place: whether how often, and whether how badly, may be told."""

    shown: bool = True
    sided: bool = True


EVERYTHING = Told()


@dataclass(frozen=True, slots=True)
class _Remarks:
    """Remarks by what they are about, one a text and part, in order of part and customer, [remarks].

    Attributes:
        text: Whose remark, by the text's number in the period.
        part: The number of what it is about.
        who: Who wrote it.
        bad: Whether it is on the bad side.
        count: How many parts there are.
    """

    text: Ints
    part: Ints
    who: Ints
    bad: Flags
    count: int

    def some(self, which: Flags) -> "_Remarks":
        """Those of them, [remarks]."""
        return _Remarks(self.text[which], self.part[which], self.who[which], self.bad[which], self.count)

    def of(self, customers: Flags) -> "_Remarks":
        """Those of some customers, [customers]."""
        return self.some(customers[self.who])

    def kinds(self, *, sided: bool) -> "tuple[_Remarks, ...]":
        """All of them, or the bad ones and the good ones."""
        return (self.some(self.bad), self.some(~self.bad)) if sided else (self,)

    def without(self, parts: "_Remarks", shown: Flags, whole_of: Ints, texts: int) -> "_Remarks":
        """Those of texts that say nothing of any `shown` part, [parts], of the same whole."""
        covered = np.zeros(texts * self.count, np.bool_)
        told = shown[parts.part]
        covered[parts.text[told] * self.count + whole_of[parts.part[told]]] = True
        return self.some(~covered[self.text * self.count + self.part])


@dataclass(slots=True)
class _Grid:
    """Which places, [places], touchpoints and mechanisms, [each], and whether all together may be told."""

    places: Flags
    lines: tuple[Flags, Flags]
    whole: bool

    def copy(self) -> "_Grid":
        """The same, to be changed apart."""
        return _Grid(self.places.copy(), (self.lines[0].copy(), self.lines[1].copy()), self.whole)

    @property
    def hidden(self) -> int:
        """How many are not."""
        return int(sum((~one).sum() for one in (self.places, *self.lines)))


class _Hide(Protocol):
    def __call__(self, found: _Grid, axis: int, *, sided: bool) -> None: ...


class Shelter:
    """What may be told of a period, of every place, touchpoint, mechanism and of all together.

    Args:
        spoken: What the texts speak of.
        texts: The texts of the period, of all customers, [texts].
        crowd: Who is looked at.

    Attributes:
        read: Whether it may be told how many texts were read; else nothing of the period may be told.
        unread: Whether it may be told how many were not.
    """

    def __init__(self, spoken: Spoken, texts: Flags, crowd: Crowd) -> None:
        self._spoken, self._crowd = spoken, crowd
        self._own = crowd.value == crowd.viewed
        some = np.flatnonzero(texts[spoken.text])
        some = some[np.argsort(spoken.said.customer[spoken.text[some]], kind="stable")]
        self._number = np.cumsum(texts) - 1
        self._texts = int(texts.sum())
        every = np.arange(spoken.places.count)
        self._places = self._by(some, every)
        self._line_of = every // _MECHANISMS, every % _MECHANISMS
        self._lines = self._by(some, self._line_of[0]), self._by(some, self._line_of[1])
        self._whole = self._by(some, np.zeros_like(every))
        who, read = spoken.said.customer, texts & spoken.said.read
        self.read = crowd.all_enough(who[read])
        self.unread = crowd.all_enough(who[texts & ~read])
        silent = read.copy()
        silent[spoken.text] = False
        self._silent = not crowd.all_enough(who[silent])  # those that are read minus those that speak
        self._shown = self._told(sided=False)
        self._sided = self._told(sided=True)

    def told(self, place: Place) -> Told:
        """What may be told of a touchpoint and mechanism, None for all of them."""
        return Told(self.read and self._of(self._shown, place), self._of(self._sided, place))

    def _by(self, some: Ints, parts: Ints) -> _Remarks:
        """These remarks, by customers, as those of the part that each place belongs to, [places].

        Of a text and part the weightiest.
        """
        part = parts.astype(np.int16)[self._spoken.place[some]]
        order = np.argsort(part, kind="stable")  # of small numbers, quick; customers and texts stay in order
        some, part = some[order], part[order]
        first = differing(part.astype(np.int64), self._spoken.text[some])
        text = self._spoken.text[some[first]]
        return _Remarks(
            self._number[text], part[first].astype(np.int64), self._spoken.said.customer[text],
            self._spoken.bad[some[first]], int(parts.max()) + 1,
        )  # fmt: skip

    def _of(self, told: _Grid, place: Place) -> bool:
        touchpoint, mechanism = place
        row = None if touchpoint is None else self._spoken.places.touchpoints.index(touchpoint)
        column = None if mechanism is None else MECHANISM_BY_ID[mechanism].no
        if row is None:
            return told.whole if column is None else bool(told.lines[1][column])
        return bool(told.lines[0][row] if column is None else told.places[row * _MECHANISMS + column])

    def _told(self, *, sided: bool) -> _Grid:
        """How often it is said may be told of these, or how badly."""
        found = _Grid(
            self._enough(self._places, sided=sided),
            (self._enough(self._lines[0], sided=sided), self._enough(self._lines[1], sided=sided)),
            bool(self._enough(self._whole, sided=sided)[0]) and not self._silent,
        )
        if sided:
            shown = self._shown
            found.places &= shown.places
            found.lines = (found.lines[0] & shown.lines[0], found.lines[1] & shown.lines[1])
            found.whole = found.whole and shown.whole
        few = found.hidden
        by_parts = self._settled(found.copy(), self._hide_parts, sided=sided)
        if by_parts.hidden == few:
            return by_parts
        by_wholes = self._settled(found, self._hide_wholes, sided=sided)
        return by_wholes if self._worth(by_wholes) > self._worth(by_parts) else by_parts

    def _worth(self, grid: _Grid) -> tuple[int, int]:
        """How many remarks are told by place; then by touchpoint and mechanism."""
        said = (self._places, grid.places), *zip(self._lines, grid.lines, strict=True)
        told = [int(np.count_nonzero(shown[one.of(self._own).part])) for one, shown in said]
        return told[0], told[1] + told[2]

    def _settled(self, found: _Grid, hide: _Hide, *, sided: bool) -> _Grid:
        """The grid once there is nothing more to hide."""
        hidden = -1
        while hidden < found.hidden:
            hidden = found.hidden
            for axis in (0, 1):
                hide(found, axis, sided=sided)
        return found

    def _hide_parts(self, found: _Grid, axis: int, *, sided: bool) -> None:
        """Hide parts only, until no whole, told or not, leaves a few: what is left of a hidden one counts."""
        lines, line_of, said = found.lines[axis], self._line_of[axis], self._lines[axis]
        nowhere, untold = np.zeros(len(lines), np.int64), np.array([not found.whole])
        self._hide_more(lines, said, self._whole, nowhere, untold, sided=sided)
        self._hide_more(found.places, self._places, said, line_of, ~lines, sided=sided)

    def _hide_wholes(self, found: _Grid, axis: int, *, sided: bool) -> None:
        """Hide a line where the part to be hidden would be most of it; guard what is left of hidden lines.

        Such a line is worth all minus the other lines, so the texts that neither a line nor a place that is
        told speaks of must be of nobody or of many, taken over all hidden lines: another is hidden until so.
        """
        lines, line_of = found.lines[axis], self._line_of[axis]
        nowhere, every = np.zeros(len(lines), np.int64), np.zeros(len(line_of), np.int64)
        kinds = zip(
            *(one.kinds(sided=sided) for one in (self._places, self._lines[axis], self._whole)), strict=True
        )
        for places, said, top in kinds:
            parts, wholes, whole = (one.of(self._own) for one in (places, said, top))
            size = self._crowd.customers(parts.part, parts.who, parts.count)
            most = self._crowd.customers(wholes.part, wholes.who, wholes.count)
            while True:
                left = wholes.without(parts, found.places, line_of, self._texts)
                each = self._crowd.customers(left.part, left.who, wholes.count)
                untold = whole.without(parts, found.places, every, self._texts)
                beside = untold.without(wholes, lines, nowhere, self._texts)
                rests = [len(np.unique(rest.who)) for rest in (untold, beside)]
                needy = np.flatnonzero(lines & (each > 0) & (each < self._crowd.least))
                if len(needy):
                    line = int(needy[0])
                    some = np.flatnonzero(found.places & (size > 0) & (line_of == line))
                    least = some[size[some].argmin()] if len(some) else None
                    if least is None or 2 * size[least] > most[line]:
                        lines[line] = False
                    else:
                        found.places[least] = False
                elif not any(0 < n < self._crowd.least or (n == 0 and not found.whole) for n in rests):
                    break
                elif len(some := np.flatnonzero(lines & (each > 0))) and rests[0] >= self._crowd.least:
                    lines[some[each[some].argmin()]] = False
                elif len(some := np.flatnonzero(found.places & (size > 0))):
                    least = some[size[some].argmin()]
                    found.places[least] = lines[line_of[least]] = False
                else:
                    break

    def _enough(self, remarks: _Remarks, *, sided: bool) -> Flags:
        found = np.ones(remarks.count, np.bool_)
        for kind in remarks.kinds(sided=sided):
            found &= self._crowd.enough(kind.part, kind.who, remarks.count)
        return found

    def _hide_more(
        self,
        shown: Flags,
        parts: _Remarks,
        wholes: _Remarks,
        whole_of: Ints,
        untold: Flags,
        *,
        sided: bool,
    ) -> None:
        """Hide the smallest part of each whole as long as what is left of it without its parts is a few.

        Args:
            shown: The parts that are shown, [parts]; changed.
            parts: What is said of them.
            wholes: What is said of the wholes.
            whole_of: The whole that each part belongs to, [parts].
            untold: The wholes that are hidden themselves: the sum of their parts must not tell, [wholes].
            sided: Whether bad and good ones are to be guarded, each.
        """
        if shown[parts.part].all() and not untold.any():  # nothing is left of any whole
            return
        for part, whole in zip(parts.kinds(sided=sided), wholes.kinds(sided=sided), strict=True):
            mine, all_of_it = part.of(self._own), whole.of(self._own)
            size = self._crowd.customers(mine.part, mine.who, parts.count)
            needy = np.ones(wholes.count, np.bool_)
            while needy.any():
                left = all_of_it.without(mine, shown, whole_of, self._texts)
                customers = self._crowd.customers(left.part, left.who, wholes.count)
                needy = ((customers > 0) | untold) & (customers < self._crowd.least)
                for number in np.flatnonzero(needy):
                    some = np.flatnonzero(shown & (size > 0) & (whole_of == number))
                    if len(some):
                        shown[some[size[some].argmin()]] = False
                    else:
                        needy[number] = False
