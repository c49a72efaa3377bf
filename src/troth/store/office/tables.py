"""The tables of the office. Times are UTC epoch milliseconds.

What is secret is kept as a digest only, but for webhooks' secrets: no digest can check a signature.

`parcel`: accepted records that wait for the ledger, those of one kind of one request.
`account`, `passkey`, `invitation`, `session`, `api_key`: people and programs, and how they get in.
`attempt`: failed sign-ins in a row, by digest of the account's or the network's address.
`trail`: what was done and whose data were looked at; rows are only ever added (see the migration's triggers).
`erasure`, `erased`: each erasure of a person with its receipt, and whom it erased as keyed digests, so that
    nothing brings them back (see `store.erasures`); it is pending until it is done.
`annotation`: what happened in the world on a day: a release, a strike.
`endpoint`, `delivery`: webhooks that come in, and which deliveries were taken already.
`record`, `record_kind`, `record_import`, `record_ledger`: the ledger's records once more, in PostgreSQL only
    (see `store.records`); elsewhere they are empty.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMES)

_NUMBER = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts up only what is INTEGER


def _numbered() -> Column[int]:
    return Column("id", _NUMBER, primary_key=True, autoincrement=True)


def _of_account() -> Column[int]:
    return Column("account_id", _NUMBER, ForeignKey("account.id", ondelete="CASCADE"), nullable=False)


parcel = Table(
    "parcel",
    metadata,
    Column("seq", _NUMBER, primary_key=True, autoincrement=True),
    Column("kind", String(200), nullable=False),
    Column("n", Integer, nullable=False),
    Column("received_ms", BigInteger, nullable=False),
    Column("body", LargeBinary, nullable=False),
    sqlite_autoincrement=True,  # a number is never given twice: the ledger's mark relies on it
)
account = Table(
    "account",
    metadata,
    _numbered(),
    Column("email", String(320), nullable=False, unique=True),
    Column("name", String(200), nullable=False),
    Column("role", String(20), nullable=False),
    Column("language", String(2)),
    Column("password_hash", String(300)),
    Column("oidc_subject", String(500), unique=True),
    Column("created_ms", BigInteger, nullable=False),
    Column("last_seen_ms", BigInteger),
    Column("disabled_ms", BigInteger),
    Column("handle", String(64), nullable=False, unique=True),  # what passkeys know the account by
)
attempt = Table(
    "attempt",
    metadata,
    Column("who_hash", String(64), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_ms", BigInteger, nullable=False, index=True),
    Column("locked_until_ms", BigInteger, nullable=False),
)
invitation = Table(
    "invitation",
    metadata,
    _numbered(),
    _of_account(),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("created_ms", BigInteger, nullable=False),
    Column("expires_ms", BigInteger, nullable=False),
    Column("used_ms", BigInteger),
)
passkey = Table(
    "passkey",
    metadata,
    _numbered(),
    _of_account(),
    Column("credential_id", LargeBinary, nullable=False, unique=True),
    Column("public_key", LargeBinary, nullable=False),
    Column("sign_count", BigInteger, nullable=False),
    Column("transports", Text, nullable=False),
    Column("name", String(200), nullable=False),
    Column("created_ms", BigInteger, nullable=False),
    Column("last_used_ms", BigInteger),
)
session = Table(
    "session",
    metadata,
    _numbered(),
    _of_account(),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("created_ms", BigInteger, nullable=False),
    Column("last_seen_ms", BigInteger, nullable=False),
    Column("expires_ms", BigInteger, nullable=False),
    Column("user_agent", String(300), nullable=False),
    Column("address", String(100), nullable=False),
)
api_key = Table(
    "api_key",
    metadata,
    _numbered(),
    _of_account(),
    Column("name", String(200), nullable=False),
    Column("prefix", String(20), nullable=False),
    Column("secret_hash", String(64), nullable=False, unique=True),
    Column("scopes", Text, nullable=False),
    Column("created_ms", BigInteger, nullable=False),
    Column("expires_ms", BigInteger, nullable=False),
    Column("last_used_ms", BigInteger),
    Column("revoked_ms", BigInteger),
)
trail = Table(
    "trail",
    metadata,
    _numbered(),
    Column("at_ms", BigInteger, nullable=False, index=True),
    Column("actor", String(320), nullable=False),
    Column("action", String(50), nullable=False, index=True),
    Column("subject", String(500), nullable=False),
    Column("detail", Text, nullable=False),
    sqlite_autoincrement=True,
)
erasure = Table(
    "erasure",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("actor", String(320), nullable=False),
    Column("receipt", Text, nullable=False),
    Column("done_ms", BigInteger),
)
erased = Table(
    "erased",
    metadata,
    Column("subject_hash", String(64), primary_key=True),
    Column("number", BigInteger, ForeignKey("erasure.number"), nullable=False, index=True),
)
annotation = Table(
    "annotation",
    metadata,
    _numbered(),
    Column("first_day", Integer, nullable=False),
    Column("last_day", Integer, nullable=False),
    Column("touchpoint", String(200)),
    Column("text", String(500), nullable=False),
    Column("author", String(320), nullable=False),
    Column("created_ms", BigInteger, nullable=False),
)
endpoint = Table(
    "endpoint",
    metadata,
    _numbered(),
    Column("name", String(100), nullable=False, unique=True),
    Column("scheme", String(20), nullable=False),
    Column("kind", String(200), nullable=False),
    Column("secret", String(300), nullable=False),
    Column("paths", Text, nullable=False, server_default="{}"),
    Column("created_ms", BigInteger, nullable=False),
    Column("last_used_ms", BigInteger),
    Column("enabled", Boolean, nullable=False, server_default="1"),
    Column("old_secret", String(300)),  # holds, too, until
    Column("old_until_ms", BigInteger),
    Column("refused_ms", BigInteger),
    Column("refused_code", String(60)),
)
delivery = Table(
    "delivery",
    metadata,
    Column("endpoint_id", _NUMBER, ForeignKey("endpoint.id", ondelete="CASCADE"), primary_key=True),
    Column("delivery", String(200), primary_key=True),
    Column("received_ms", BigInteger, nullable=False, index=True),
)
record = Table(
    "record",
    metadata,
    Column("kind", String(200), primary_key=True),
    Column("digest", LargeBinary, primary_key=True),  # of the key, SHA-256
    Column("import_no", Integer, nullable=False),
    Column("row_no", BigInteger, nullable=False),
    Column("body", JSON, nullable=False),
)
record_kind = Table(
    "record_kind",
    metadata,
    Column("kind", String(200), primary_key=True),
    Column("shape", Text, nullable=False),
    Column("import_no", Integer, nullable=False),
    Column("row_no", BigInteger, nullable=False),
    Column("n", BigInteger, nullable=False),
)
record_import = Table(
    "record_import",
    metadata,
    Column("import_no", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(200), nullable=False, index=True),
    Column("line", Text, nullable=False),
)
record_ledger = Table(
    "record_ledger",
    metadata,
    Column("ledger", String(32), primary_key=True),
    Column("settings", Text, nullable=False),
)
COPY_OF_LEDGER = frozenset({record, record_kind, record_import, record_ledger})
"""What a backup leaves out: it has the ledger itself."""
setting = Table(
    "setting",
    metadata,
    Column("name", String(100), primary_key=True),
    Column("value", Text, nullable=False),
)
Index("ix_session_account_id", session.c.account_id)
