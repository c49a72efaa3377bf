"""Words and what they mean to the reader: loaded from YAML, compiled, matched.

YAML ──▶ entries ──▶ compiled ──▶ matches
(loading)            (compiling)  (matching)
"""

from troth.reading.lexicon.compiling import Compiled, Word, compiled
from troth.reading.lexicon.entries import Entry
from troth.reading.lexicon.loading import LexiconError, packaged, parse
from troth.reading.lexicon.matching import Match, matches

__all__ = ["Compiled", "Entry", "LexiconError", "Match", "Word", "compiled", "matches", "packaged", "parse"]
