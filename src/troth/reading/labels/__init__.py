"""What people said of texts: how good or bad, which mechanisms, which topics.

a person ──▶ labels.ndjson ──▶ the reader gives the person's reading of exactly this text
                          └──▶ training: labels to learn from
"""

from troth.reading.labels.correcting import Corrections, corrected
from troth.reading.labels.keeping import FILE_NAME, Damaged, damaged, demand_sound, forget, keep, kept
from troth.reading.labels.label import Label, Polarity, Said, digest, said
from troth.reading.labels.loading import load

__all__ = [
    "FILE_NAME", "Corrections", "Damaged", "Label", "Polarity", "Said", "corrected", "damaged",
    "demand_sound", "digest", "forget", "keep", "kept", "load", "said",
]  # fmt: skip
