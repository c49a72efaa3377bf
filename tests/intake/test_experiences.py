from tests.intake.helpers import Bring, Rows, blueprint

from troth.intake import quarantine_rows
from troth.store import Store

HEADER = "id,customer,touchpoint,mechanism,weight,at\n"


def test_ready_made_experiences_need_no_declaration(bring: Bring, rows: Rows) -> None:
    bring(HEADER + "1,c1,delivery,reliability,1000,2025-01-01\n", kind="experiences")
    assert rows('customer, touchpoint, mechanism, weight, "at"::VARCHAR, severity', "experiences") == [
        ("c1", "delivery", "reliability", 1000, "2025-01-01 00:00:00", None)
    ]


def test_what_is_no_experience_is_quarantined(bring: Bring, store: Store) -> None:
    content = (
        "id,customer,touchpoint,mechanism,weight,at,severity\n"
        "1,c1,moon,reliability,1,2025-01-01,\n"
        "2,c1,,reliability,1,2025-01-01,\n"
        "3,c1,delivery,luck,1,2025-01-01,\n"
        "4,c1,delivery,clarity,0,2025-01-01,\n"
        "5,c1,delivery,clarity,1000001,2025-01-01,\n"
        "6,c1,delivery,clarity,-1000001,2025-01-01,\n"
        "7,c1,delivery,clarity,1.5,2025-01-01,\n"
        "8,c1,delivery,clarity,,2025-01-01,\n"
        "9,c1,delivery,clarity,1,,\n"
        "10,c1,delivery,clarity,-1000000,2025-01-01,5\n"
        "11,c1,delivery,clarity,-1000000,2025-01-01,4\n"
    )
    assert bring(content, kind="experiences").added == 1
    assert [(row.row_no, row.reason) for row in quarantine_rows(store)] == [
        (1, "unknown-touchpoint"),
        (2, "unknown-touchpoint"),
        (3, "unknown-mechanism"),
        (4, "weight-out-of-range"),
        (5, "weight-out-of-range"),
        (6, "weight-out-of-range"),
        (7, "wrong-type"),
        (8, "weight-out-of-range"),
        (9, "unreadable-time"),
        (10, "severity-out-of-range"),
    ]


def test_experiences_live_beside_declared_kinds(bring: Bring, rows: Rows) -> None:
    bring("id,customer,made,total\n1,c1,,\n", blueprint())
    bring(HEADER + "1,c1,delivery,reliability,-300,2025-01-01T00:00:00+02:00\n", kind="experiences")
    assert rows('"at"::VARCHAR', "experiences") == [("2024-12-31 22:00:00",)]
