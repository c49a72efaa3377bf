"""Endpoints of webhooks keep the secret of before for a while, and what was refused last."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the columns; nothing is known of the past."""
    op.add_column("endpoint", sa.Column("old_secret", sa.String(length=300)))
    op.add_column("endpoint", sa.Column("old_until_ms", sa.BigInteger()))
    op.add_column("endpoint", sa.Column("refused_ms", sa.BigInteger()))
    op.add_column("endpoint", sa.Column("refused_code", sa.String(length=60)))
