"""PostgreSQL as an office for tests: a database of its own in the tests' cluster, empty."""

from sqlalchemy import create_engine, make_url, text

NAME = "office"
"""Its name; what else is in the cluster is left alone."""


def emptied(url: str) -> str:
    """The URL of an empty database in the cluster at `url`; who was connected to the last one is not."""
    engine = create_engine(
        url.replace("postgresql://", "postgresql+psycopg://", 1), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {NAME}"))
    engine.dispose()
    return make_url(url).set(database=NAME).render_as_string(hide_password=False)
