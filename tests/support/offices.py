"""PostgreSQL as an office for tests: the same cluster, emptied."""

from sqlalchemy import create_engine, text


def emptied(url: str) -> str:
    """The database at `url` without any table; its URL."""
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1))
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return url
