"""A small Spark in this process's own JVM: two threads, ANSI mode as by default, a session in UTC."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

SETTINGS = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.memory": "1g",
    "spark.log.level": "ERROR",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.shuffle.partitions": "2",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


def missing() -> str:
    """What Spark lacks here and how to get it; empty when it can run."""
    if find_spec("pyspark") is None:
        return "no pyspark: install the dependency group spark"
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        return "no Java: install Debian's openjdk-17-jre-headless or set JAVA_HOME"
    return ""


@contextmanager
def session() -> "Iterator[SparkSession]":
    """Start Spark; nothing is left of its tables afterwards."""
    from pyspark.sql import SparkSession

    with tempfile.TemporaryDirectory(prefix="troth-spark-") as folder:
        builder = SparkSession.builder.master("local[2]").config("spark.sql.warehouse.dir", folder)
        for name, value in SETTINGS.items():
            builder = builder.config(name, value)
        running = builder.getOrCreate()
        try:
            yield running
        finally:
            running.stop()


def copied(source: duckdb.DuckDBPyConnection, target: "SparkSession", table: str, *, zoned: bool) -> None:
    """Make a table of the same name in Spark, by way of Parquet.

    With `zoned` times are of Spark's ordinary type TIMESTAMP, else of TIMESTAMP_NTZ.
    """
    target.conf.set("spark.sql.parquet.inferTimestampNTZ.enabled", str(not zoned).lower())
    folder = str(target.conf.get("spark.sql.warehouse.dir")).removeprefix("file:")
    file = Path(folder) / f"{table}-{zoned}.parquet"
    source.execute(f"COPY (FROM {table}) TO '{file}' (FORMAT parquet)")
    target.sql(f"DROP TABLE IF EXISTS {table}")
    target.sql(f"CREATE TABLE {table} USING parquet LOCATION '{file}'")
