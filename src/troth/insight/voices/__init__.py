"""Voices: what customers say, by touchpoint and mechanism, corrected for the reader's errors.

readings ──▶ said ──▶ spoken (places, sides) ──▶ counts ──▶ shares ──▶ Voices
                                 labelled texts ──▶ errors ──┘
"""

from troth.insight.voices.asking import Question, voices
from troth.insight.voices.listening import Listening, listening
from troth.insight.voices.shape import LEAST_TEXTS, Voices

__all__ = ["LEAST_TEXTS", "Listening", "Question", "Voices", "listening", "voices"]
