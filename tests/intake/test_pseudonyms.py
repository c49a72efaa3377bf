import hashlib
import hmac

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.helpers import NOW_MS, ORDERS, Bring, Rows, blueprint

from troth.errors import TrothError
from troth.intake import pseudonym, pseudonyms, quarantine_rows, replay_quarantine
from troth.store import Store

KEY = b"0123456789abcdef"
PRIVATE = blueprint(private=True)
FILE = "id,customer,made,total\n1,alpha,,1\n2, alpha ,,\n3,beta,soon,\n4,gamma\n5,,,\n6,NULL,,\n"


@given(
    key=st.binary(min_size=16, max_size=200),
    customer=st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0")),
)
def test_a_pseudonym_is_the_keyed_hash_of_the_standard(key: bytes, customer: str) -> None:
    expected = "c_" + hmac.new(key, customer.encode(), hashlib.sha256).hexdigest()[:32]
    assert pseudonym(key, customer) == expected
    query = f"SELECT {pseudonyms.expression('$customer::VARCHAR')}"
    found = duckdb.execute(query, {**pseudonyms.parameters(key), "customer": customer}).fetchall()
    assert found == [(expected,)]


def test_no_id_is_kept_anywhere(bring: Bring, rows: Rows, store: Store) -> None:
    summary = bring(FILE, PRIVATE, pseudonym_key=KEY)
    assert rows("id, customer") == [("1", pseudonym(KEY, "alpha")), ("2", pseudonym(KEY, "alpha"))]
    assert summary.reasons == {
        ("missing-customer", "customer"): 2,
        ("unreadable-time", "made"): 1,
        ("malformed-row", ""): 1,
    }
    kept = {row.row_no: row.row for row in quarantine_rows(store)}
    assert kept[3]["customer"] == pseudonym(KEY, "beta")
    assert kept[4]["_line"] is None
    everything = [
        str(store.connection.execute(f"FROM {table}").fetchall())
        for table in ("record.orders", "quarantine", "setting")
    ]
    for secret in ("alpha", "beta", "gamma", KEY.decode(), KEY.hex()):
        assert secret not in "".join(everything)


def test_pseudonyms_make_imports_no_less_repeatable(bring: Bring, store: Store) -> None:
    bring(FILE, PRIVATE, pseudonym_key=KEY)
    again = bring(FILE, PRIVATE, pseudonym_key=KEY)
    assert (again.added, again.same, again.quarantined) == (0, 2, 4)
    assert len(list(quarantine_rows(store))) == 4


def test_a_replay_keeps_the_pseudonym(bring: Bring, rows: Rows, store: Store) -> None:
    bring(FILE, PRIVATE, pseudonym_key=KEY)
    mended = blueprint(ORDERS.replace("made: time", "made: text"), private=True)
    store.connection.execute("DELETE FROM record.orders")
    replay_quarantine(store, mended, now_ms=NOW_MS)
    assert rows("id, customer") == [("3", pseudonym(KEY, "beta"))]


@pytest.mark.parametrize(("key", "code"), [(None, "missing"), (b"", "missing"), (b"short", "short")])
def test_a_good_key_is_wanted(key: bytes | None, code: str, bring: Bring) -> None:
    with pytest.raises(TrothError, match=f"pseudonym-key-{code}"):
        bring(FILE, PRIVATE, pseudonym_key=key)


def test_the_key_stays_the_same(bring: Bring) -> None:
    bring(FILE, PRIVATE, pseudonym_key=KEY)
    with pytest.raises(TrothError, match="pseudonym-key-differs"):
        bring(FILE, PRIVATE, pseudonym_key=KEY[::-1])
    with pytest.raises(TrothError, match="pseudonyms-mixed"):
        bring(FILE)


def test_ids_and_pseudonyms_do_not_mix(bring: Bring, store: Store) -> None:
    bring(FILE)
    with pytest.raises(TrothError, match="pseudonyms-mixed"):
        bring(FILE, PRIVATE, pseudonym_key=KEY)
    with pytest.raises(TrothError, match="pseudonyms-mixed"):
        replay_quarantine(store, PRIVATE, now_ms=NOW_MS)


def test_a_dry_run_does_not_fix_the_key(bring: Bring) -> None:
    bring(FILE, PRIVATE, pseudonym_key=KEY, dry_run=True)
    assert bring(FILE, PRIVATE, pseudonym_key=KEY[::-1]).added == 2


def test_links_to_customers_carry_pseudonyms_too(bring: Bring, rows: Rows) -> None:
    plan = blueprint(
        {
            "buyers": "key: id\ncustomer: id\ncolumns: {id: text, name: text}",
            "orders": "key: id\ncustomer: buyer.id\ncolumns: {id: text, buyer_id: text}\n"
            "links: {buyer: {to: buyers, by: buyer_id}}",
        },
        private=True,
    )
    bring("id,name\nalpha,x\n", plan, kind="buyers", pseudonym_key=KEY)
    bring("id,buyer_id\n1,alpha\n", plan, pseudonym_key=KEY)
    assert rows("_key", "buyers") == rows("buyer_id") == [(pseudonym(KEY, "alpha"),)]


def test_a_customer_column_that_is_no_text_cannot_hold_a_pseudonym(bring: Bring) -> None:
    plan = blueprint(ORDERS.replace("customer: text", "customer: integer"), private=True)
    with pytest.raises(TrothError, match="pseudonym-not-text"):
        bring(FILE, plan, pseudonym_key=KEY)
