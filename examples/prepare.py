"""Run an example's `prepare.sql` with DuckDB: `python prepare.py EXAMPLE/prepare.sql DATA OUT`.

The statement reads the files in DATA and writes files into OUT, through the variables `data` and `out`.
"""

import sys
from pathlib import Path

import duckdb


def prepare(statement: Path, data: Path, out: Path) -> None:
    """Run the statement in the file `statement` on the folder `data`; its results go to the folder `out`."""
    out.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        connection.execute("SET VARIABLE data = $folder", {"folder": str(data)})
        connection.execute("SET VARIABLE out = $folder", {"folder": str(out)})
        connection.execute(statement.read_text("utf-8"))


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    prepare(*map(Path, sys.argv[1:]))
