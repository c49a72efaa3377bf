"""The journey as it is designed: one YAML file, checked like code."""

from troth.blueprint.faults import BlueprintError, Fault
from troth.blueprint.loading import load, parse
from troth.blueprint.schema import Blueprint

__all__ = ["Blueprint", "BlueprintError", "Fault", "load", "parse"]
