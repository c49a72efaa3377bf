"""The journey as it is designed: one YAML file, checked like code."""

from troth.blueprint.faults import BlueprintError, Fault
from troth.blueprint.jsonschema import json_schema
from troth.blueprint.lint import Finding, Observed, lint
from troth.blueprint.loading import load, parse
from troth.blueprint.saving import save_kind
from troth.blueprint.schema import Blueprint
from troth.blueprint.starters import STARTERS, starter

__all__ = [
    "STARTERS",
    "Blueprint",
    "BlueprintError",
    "Fault",
    "Finding",
    "Observed",
    "json_schema",
    "lint",
    "load",
    "parse",
    "save_kind",
    "starter",
]
