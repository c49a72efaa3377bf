"""Files that are blueprints, and files that are not."""

from pathlib import Path

import pytest

from troth.blueprint import BlueprintError, load, parse
from troth.errors import UsageError


def written(folder: Path, raw: bytes) -> Path:
    path = folder / "b.yaml"
    path.write_bytes(raw)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_in_any_unicode_is_read(tmp_path: Path, small: str, encoding: str) -> None:
    text = small.replace("{en: Shop}", "Geschäft")
    assert load(written(tmp_path, text.encode(encoding))).journey.name.en == "Geschäft"


def test_windows_line_ends_are_read(tmp_path: Path, small: str) -> None:
    blueprint = load(written(tmp_path, small.replace("\n", "\r\n").encode()))
    assert blueprint.where("promises", 0, "due") == f"{tmp_path / 'b.yaml'}:35:10"


def test_other_encodings_are_named_in_place(tmp_path: Path) -> None:
    path = written(tmp_path, "a: b\nname: Geschäft".encode("latin-1"))
    with pytest.raises(BlueprintError) as error:
        load(path)
    assert str(error.value).startswith(f"{path}:2:12: ")
    assert "E4" in str(error.value)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"# only a comment",
        b"- a\n- b",
        b"just words",
        b"~",
        b"\x7fELF\x02\x01\x01\x00\x00",
        b"PK\x03\x04",
    ],
)
def test_what_is_no_blueprint_at_all_is_one_fault(tmp_path: Path, raw: bytes) -> None:
    with pytest.raises(BlueprintError) as error:
        load(written(tmp_path, raw))
    assert len(error.value.faults) == 1
    assert error.value.exit_code == 2


def test_ten_megabytes_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BlueprintError, match="10000000 bytes"):
        load(written(tmp_path, b"a" * 10_000_000))


def test_a_missing_file_and_a_folder_are_usage_errors(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as missing:
        load(tmp_path / "none.yaml")
    with pytest.raises(UsageError) as folder:
        load(tmp_path)
    assert (missing.value.code, folder.value.code) == ("blueprint-missing", "blueprint-unreadable")


def test_a_blueprint_knows_where_its_parts_stand(small: str) -> None:
    blueprint = parse(small, "b.yaml")
    assert blueprint.where("rules", 0, "when") == "b.yaml:27:11"
    assert blueprint.line_text("rules", 0, "when") == "    when: total > 10"


def test_the_words_of_yaml_1_1_do_not_bite(small: str) -> None:
    text = small.replace("name: Buy", "name: no") + (
        "privacy: {pseudonymise: no}\nparameters: {severity: {S4: 9_000}, interval: 0.8, ratio: 4}\n"
    )
    blueprint = parse(text)
    assert blueprint.journey.phases[0].name.en == "no"
    assert blueprint.privacy.pseudonymise is False
    assert blueprint.parameters.severity == {"S4": 9000}


def test_nothing_behind_a_key_counts_as_not_written(small: str) -> None:
    blueprint = parse(
        small.replace("    when: total > 10", "    when:") + "segments:\noutcomes: ~\nparameters:\n"
    )
    assert blueprint.rules[0].when is None
    assert blueprint.segments == ()
    assert blueprint.parameters.preset == "shop"
