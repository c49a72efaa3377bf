"""The first layout of the office."""

from alembic import op

from troth.store.office.tables import metadata

revision = "0001"
down_revision = None

_SQLITE = """
    CREATE TRIGGER trail_{verb} BEFORE {verb} ON trail
    BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END"""
_POSTGRESQL = """
    CREATE FUNCTION trail_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the trail is append-only'; END $$;
    CREATE TRIGGER trail_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON trail
    FOR EACH STATEMENT EXECUTE FUNCTION trail_is_append_only()"""


def upgrade() -> None:
    """Make all tables, and let nobody change what the trail says."""
    connection = op.get_bind()
    metadata.create_all(connection)  # to be written out when a second layout comes
    if connection.dialect.name == "postgresql":
        op.execute(_POSTGRESQL)
    else:
        for verb in ("UPDATE", "DELETE"):
            op.execute(_SQLITE.format(verb=verb))
