"""Looks a workspace over and says what is wrong and how to mend it; changes nothing unless asked to."""

from troth.workspace.doctor.check import Check
from troth.workspace.doctor.examining import examine
from troth.workspace.doctor.patient import Patient, alone, served
from troth.workspace.doctor.repairing import repair

__all__ = ["Check", "Patient", "alone", "examine", "repair", "served"]
