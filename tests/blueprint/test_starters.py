"""The starters are what they promise: complete, sound, in three languages."""

from pathlib import Path

import duckdb
import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from troth.blueprint import STARTERS, json_schema, lint, parse, starter
from troth.blueprint.lint.case import Case
from troth.errors import UsageError
from troth.texts import LANGUAGES
from troth.vocabulary import MECHANISM_BY_ID, MECHANISM_IDS, PRECONDITION_IDS

SQL_TYPES = {
    "text": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "time": "TIMESTAMP",
    "comment": "VARCHAR",
}


@pytest.mark.parametrize("name", STARTERS)
def test_a_starter_has_nothing_to_warn_of(name: str) -> None:
    blueprint = parse(starter(name), name)
    assert [finding for finding in lint(blueprint) if finding.level != "info"] == []


@pytest.mark.parametrize("name", STARTERS)
def test_a_starter_looks_at_all_preconditions_and_all_mechanisms(name: str) -> None:
    blueprint = parse(starter(name), name)
    named = {m for part in [*blueprint.rules, *blueprint.promises] for m in part.mechanism}
    assert named == set(MECHANISM_IDS)
    assert {MECHANISM_BY_ID[m].precondition for m in named} == set(PRECONDITION_IDS)


@pytest.mark.parametrize("name", STARTERS)
def test_a_starter_speaks_every_language(name: str) -> None:
    blueprint = parse(starter(name), name)
    names = [part.name for part in (*blueprint.journey.phases, *blueprint.touchpoints, *blueprint.segments)]
    for language in LANGUAGES:
        assert all(getattr(n, language) for n in [blueprint.journey.name, *names])


@pytest.mark.parametrize("name", STARTERS)
def test_a_starter_fits_the_published_schema(name: str) -> None:
    data = YAML(typ="safe", pure=True).load(starter(name))
    assert list(Draft202012Validator(json_schema()).iter_errors(data)) == []


@pytest.mark.parametrize("name", STARTERS)
def test_every_expression_of_a_starter_runs(name: str) -> None:
    blueprint = parse(starter(name), name)
    with duckdb.connect() as connection:
        for kind, record in blueprint.records.items():
            columns = ", ".join(f'"{c}" {SQL_TYPES.get(d.type, d.type)}' for c, d in record.columns.items())
            connection.execute(f'CREATE TABLE "{kind}" ({columns})')
        for path, compiled in Case(blueprint).compiled.items():
            source = getattr(blueprint, str(path[0]))[int(path[1])].source
            joined = "".join(f', "{link.to}" AS "{n}"' for n, link in blueprint.records[source].links.items())
            connection.execute(f'SELECT {compiled.sql()} FROM "{source}" AS record{joined}')


def test_an_unknown_starter_names_the_nearest() -> None:
    with pytest.raises(UsageError, match="“insurer”"):
        starter("insurance")


@pytest.mark.parametrize("text", ["troth: 3", "rules: {}", "surprise: 1", "touchpoints: []"])
def test_the_schema_refuses_what_the_checker_refuses(small: str, text: str) -> None:
    key = text.partition(":")[0]
    data = YAML(typ="safe", pure=True).load(small) | YAML(typ="safe", pure=True).load(text)
    errors = list(Draft202012Validator(json_schema()).iter_errors(data))
    assert key in str([error.json_path + error.message for error in errors])


def test_the_schema_allows_yaml_s_own_types(small: str) -> None:
    text = small.replace("weight: CASE WHEN gift THEN GOOD ELSE S2 END", "weight: -300").replace(
        "total > 10", "true"
    )
    assert parse(text)
    data = YAML(typ="safe", pure=True).load(text)
    assert list(Draft202012Validator(json_schema()).iter_errors(data)) == []


def test_the_published_files_are_those_of_the_source() -> None:
    from troth.blueprint.reference import pages

    folder = Path(__file__).parents[2] / "docs" / "reference"
    for name, text in pages().items():
        assert (folder / name).read_text("utf-8") == text, f"python -m troth.blueprint.reference ({name})"
    written = {f"lint/{path.name}" for path in (folder / "lint").iterdir()}
    assert written == {name for name in pages() if name.startswith("lint/")}
