"""The JSON Schema of a blueprint, for editors."""

from typing import Any

from troth.blueprint.schema import Blueprint


def json_schema() -> dict[str, Any]:
    """The schema of `blueprint.yaml`, JSON Schema 2020-12.

    Editors read YAML's own types (`troth: 1` is a number to them), so it allows for those where text
    is meant.
    What a schema cannot say, such as that a rule's columns exist, `troth check` checks.
    """
    schema = Blueprint.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "Troth blueprint"}
