"""Every rule finds what it is for, in place, and nothing in a sound blueprint."""

# ruff: noqa: E501 - one case a line, to be read as a table

from collections.abc import Callable

import pytest

from troth.blueprint import Observed, lint, parse
from troth.blueprint.lint import LEVELS, RULES
from troth.blueprint.reference import parts
from troth.blueprint.unknown import UNKNOWN

SOUND = """\
journey:
  name: {en: Shop, de: Laden}
  phases:
    - {id: buy, name: {en: Buy, de: Kaufen}}
touchpoints:
  - {id: checkout, phase: buy, name: {en: Checkout, de: Kasse}}
records:
  orders:
    key: order_id
    customer: customer_id
    columns:
      order_id: text
      customer_id: text
      placed_at: time
      promised_at: date
      delivered_at: time
      channel: text
      stars: integer
rules:
  - id: stars
    from: orders
    touchpoint: checkout
    mechanism: {clarity: 0.5, integrity: 0.5}
    at: placed_at
    when: channel = 'web'
    weight: CASE WHEN stars > 3 THEN GOOD ELSE S2 END
promises:
  - id: on-time
    from: orders
    touchpoint: checkout
    mechanism: reliability
    made: placed_at
    due: promised_at
    kept: delivered_at
segments:
  - {id: channel, name: {en: Channel, de: Kanal}, from: orders, value: channel, latest: placed_at}
"""
ALWAYS = {"TB003"}
"""What the small blueprint does not look at: most of the ten mechanisms."""

Found = Callable[..., list[str]]


@pytest.fixture
def found() -> Found:
    """A function that gives the findings of a text, as `code line:column`, those of TB003 left out."""

    def found_(text: str, observed: Observed | None = None) -> list[str]:
        findings = lint(parse(text, "b.yaml"), observed)
        return [f"{f.code} {f.where.removeprefix('b.yaml:')}" for f in findings if f.code not in ALWAYS]

    return found_


def rule(
    name: str, *, when: str = "channel = 'web'", mechanism: str = "ability", weight: str = "S2 + stars"
) -> str:
    return (
        f"rules:\n  - id: {name}\n    from: orders\n    touchpoint: checkout\n    mechanism: {mechanism}\n"
        f"    at: placed_at\n    when: {when}\n    weight: {weight}\n"
    )


def test_a_sound_blueprint_has_no_findings(found: Found) -> None:
    assert found(SOUND) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("records:\n", "  - {id: shelf, phase: buy, name: {en: S, de: R}}\nrecords:\n", ["TB001 7:5"]),
        ("touchpoints:\n", "    - {id: use, name: {en: U, de: N}}\ntouchpoints:\n", ["TB002 5:7"]),
        ("mechanism: {clarity: 0.5, integrity: 0.5}", "mechanism: clarity", ["TB004 6:5"]),
        ("{en: Buy, de: Kaufen}", "Buy", ["TB006 4:23"]),
        ("THEN GOOD", "THEN 1000000", ["TB101 26:13"]),
        ("THEN GOOD", "THEN 9 * S4", ["TB101 26:13"]),
        ("ELSE S2", "ELSE S4", []),
        ("CASE WHEN stars > 3 THEN GOOD ELSE S2 END", "CASE WHEN stars > 3 THEN 0 ELSE GOOD - 1000 END", ["TB102 26:13"]),
        ("when: channel = 'web'", "when: 1 = 1", ["TB103 25:11"]),
        ("when: channel = 'web'", "when: channel = 'web' AND 1 > 2", ["TB103 25:11"]),
        ("when: channel = 'web'", "when: FALSE", ["TB103 25:11"]),
        ("rules:\n", rule("twin", mechanism="clarity"), ["TB104 27:5"]),
        ("rules:\n", rule("whole"), ["TB105 27:5"]),
        ("rules:\n", rule("other-event", weight="CASE WHEN delivered_at IS NULL THEN S1 ELSE GOOD END"), []),
        ("rules:\n", rule("excluded", when="channel = 'app'"), []),
        ("rules:\n", rule("excluded", when="channel IN ('app', 'shop') AND stars > 1"), []),
        ("rules:\n", rule("excluded", when="channel <> 'web'"), []),
        ("rules:\n", rule("excluded", when="channel NOT IN ('web', 'app')"), []),
        ("rules:\n", rule("not-excluded", when="channel NOT IN ('app')"), ["TB105 27:5"]),
        ("rules:\n", rule("not-excluded", when="channel IN ('app', 'web')"), ["TB105 27:5"]),
        ("kept: delivered_at", "kept: delivered_at\n    grace: 3d\n    late: {0d: S1, 2d: S2}", ["TB202 35:12"]),
        ("kept: delivered_at", "kept: delivered_at\n    grace: 2d\n    late: {0d: S1, 2d: S2}", []),
        (", latest: placed_at", "", ["TB203 36:5"]),
        ("key: order_id", "key: order_id\n    zone: America/New_York", ["TB204 34:10"]),
        ("key: order_id", "key: order_id\n    zone: Asia/Tokyo", ["TB204 34:10"]),
        ("key: order_id", "key: order_id\n    zone: Europe/Lisbon", []),
        ("key: order_id", "key: order_id\n    zone: Europe/Helsinki", []),
        ("rules:\n", "  visits: {key: '*', customer: a, columns: {a: text}}\nrules:\n", ["TB301 19:11"]),
        ("rules:\n", "  people: {key: a, customer: a, columns: {a: text}}\nrules:\n", ["TB301 19:11"]),
        ("stars: integer", "stars: integer\n      colour: text", ["TB302 19:15"]),
        ("stars: integer", "stars: integer\n      email: text", ["TB303 19:14"]),
        ("    columns:\n", "    ids: email\n    columns:\n      email: text\n", []),
        ("    columns:\n", "    keep: 800d\n    columns:\n", []),
        ("    columns:\n", "    keep: 269d\n    columns:\n", ["TB304 11:11"]),
        ("    columns:\n", "    keep: 800d\n    keep_from: seen\n    columns:\n      seen: date\n", []),
        ("records:\n", "records:\n  visits:\n    key: id\n    customer: id\n    keep: 800d\n    columns: {id: text}\n", ["TB301 9:5", "TB305 11:11", "TB306 14:5"]),
        ("stars: integer", "stars: integer\n      who: {type: text, source: Billing Name}", ["TB303 19:12"]),
        ("customer: customer_id", "customer: email\n    version: phone", ["TB302 14:20"]),
    ],
)  # fmt: skip
def test_a_rule_finds_what_it_is_for(found: Found, old: str, new: str, expected: list[str]) -> None:
    text = SOUND.replace(old, new, 1)
    if "email\n" in new and "phone" in new:
        text = text.replace("stars: integer", "stars: integer\n      email: text\n      phone: text")
    got = found(text)
    assert [
        finding if ":" in want else finding[:5] for finding, want in zip(got, expected, strict=True)
    ] == expected


@pytest.mark.parametrize(
    ("old", "new"), [("promised_at: date", "promised_at: time"), ("delivered_at: time", "delivered_at: date")]
)
def test_a_due_time_and_days_alone_end_where_they_should(found: Found, old: str, new: str) -> None:
    text = SOUND.replace("key: order_id", "key: order_id\n    zone: America/New_York")
    assert found(text.replace(old, new, 1)) == []


@pytest.mark.parametrize(
    ("weight", "one_sided"),
    [
        ("S2", True),
        ("2 * GOOD", True),
        ("CASE WHEN stars > 3 THEN 0 ELSE S1 END", True),
        ("CASE WHEN stars > 3 THEN S1 END", True),
        ("COALESCE(-S1, 5)", True),
        ("GOOD - 1200", True),
        ("CASE WHEN stars > 3 THEN S1 ELSE 1 END", False),
        ("GREATEST(S1, GOOD)", False),
        ("stars * 100 - 300", False),
        ("CASE WHEN stars > 3 THEN GOOD ELSE S1 END * -1", False),
    ],
)
def test_a_touchpoint_that_can_only_win_or_only_lose(found: Found, weight: str, one_sided: bool) -> None:
    text = SOUND.replace("CASE WHEN stars > 3 THEN GOOD ELSE S2 END", weight)
    text = text[: text.index("promises:")] + text[text.index("segments:") :]
    assert ("TB005 6:5" in found(text)) == one_sided


def test_mechanisms_that_no_rule_names_are_found() -> None:
    missing = [f.message for f in lint(parse(SOUND)) if f.code == "TB003"]
    assert len(missing) == 7
    assert any("(reciprocity)" in message for message in missing)


def test_ready_made_experiences_need_no_rules() -> None:
    text = SOUND[: SOUND.index("records:")]
    assert lint(parse(text)) == []


def test_rules_that_never_fire_need_records(found: Found) -> None:
    assert found(SOUND, Observed()) == []
    assert found(SOUND, Observed(experiences={"stars": 3, "on-time": 9}, records={"orders": 9})) == []
    assert found(SOUND, Observed(experiences={"on-time": 9}, records={"orders": 9})) == ["TB106 20:5"]
    assert found(SOUND, Observed(experiences={"stars": 3}, records={"orders": 9})) == ["TB106 28:5"]


@pytest.mark.parametrize(("share", "expected"), [(0.0, []), (0.05, []), (0.051, ["TB201 33:10"])])
def test_promises_without_due_time_need_a_share(found: Found, share: float, expected: list[str]) -> None:
    observed = Observed(
        experiences={"stars": 3, "on-time": 9}, records={"orders": 9}, due_empty={"on-time": share}
    )
    assert found(SOUND, observed) == expected


@pytest.mark.parametrize(
    ("comment", "silent"),
    [
        ("# troth: ignore TB302", True),
        ("# needed soon; troth: ignore TB001, TB302", True),
        ("# troth:ignore TB001 TB302", True),
        ("# troth: ignore TB303", False),
        ("# TB302", False),
        ("# troth: ignore", False),
    ],
)
def test_a_comment_silences_its_line(found: Found, comment: str, silent: bool) -> None:
    text = SOUND.replace("stars: integer", f"stars: integer\n      colour: text {comment}")
    assert found(text) == ([] if silent else ["TB302 19:15"])


@pytest.mark.parametrize("code", sorted([*RULES, *UNKNOWN]))
def test_a_rule_says_what_why_and_how(code: str) -> None:
    assert {"Title", "What it checks", "Why it matters", "How to repair", "Example"} <= parts(code).keys()
    assert all(parts(code).values())
    assert code not in RULES or RULES[code].level in LEVELS
    assert code.startswith("TB")


def test_a_code_belongs_to_a_rule_or_to_a_kind_of_unknown_name() -> None:
    assert not RULES.keys() & UNKNOWN.keys()


def test_a_weight_is_held_against_what_s4_weighs_for_its_mechanism(found: Found) -> None:
    text = SOUND.replace("S2 END", "-12000 END")
    clarity, integrity = (f"{name}: {{severity: {{S4: 16000}}}}" for name in ("clarity", "integrity"))
    assert found(text) == ["TB101 26:13"]
    assert found(text + f"parameters: {{mechanisms: {{{clarity}}}}}\n") == ["TB101 26:13"]
    assert found(text + f"parameters: {{mechanisms: {{{clarity}, {integrity}}}}}\n") == []


def test_findings_come_in_the_order_of_their_codes_and_are_machine_readable() -> None:
    findings = lint(parse(SOUND.replace("THEN GOOD", "THEN 9 * S4"), "b.yaml"))
    assert [f.code for f in findings] == sorted(f.code for f in findings)
    assert findings[-1].as_dict() == {
        "code": "TB101",
        "level": "warning",
        "where": "b.yaml:26:13",
        "message": "The weight of “stars” can be -72,000; from -8,000 to 100,000 makes sense.",
        "hint": "1000 is one ordinary good experience. Use GOOD and S1 to S4.",
    }
