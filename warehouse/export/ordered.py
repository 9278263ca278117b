"""Documents with their texts in the order of their ids, which is more than DuckDB sorts in little memory.

It puts what it sorts on disk, and short rows need no more; but 1.4 GB of texts of 14 kB failed with 0.8 GB
of memory (DuckDB 1.5). So the rows are dealt out by the first digits of their ids in one pass, and each part
is sorted alone.
"""

import shutil
from collections.abc import Iterable
from pathlib import Path

from duckdb import DuckDBPyConnection

from warehouse.quoting import literal

PART_BYTES = 100_000_000
# rows that are held for the files of all parts
HELD_ROWS = 500
PARQUET = "format parquet, compression zstd, row_group_size 2048"


def order_texts(connection: DuckDBPyConnection, query: str, *, part_bytes: int = PART_BYTES) -> None:
    """Make the temporary view `ordered`: the rows of `query` by `document_id`, 16 hexadecimal digits.

    The connection is of `selection.source`, below whose folder for what memory does not hold the parts lie:
    each has about `part_bytes` of `body`.
    """
    (size_bytes,) = connection.execute(f"select coalesce(sum(strlen(body)), 0) from ({query})").fetchall()[0]  # noqa: S608
    digits = 0
    while size_bytes > part_bytes * 16**digits:
        digits += 1
    rows = f"{query} order by document_id"
    if digits:
        rows = f"from {_parquet(_sorted_parts(connection, query, digits))}"
    connection.execute(f"create or replace temp view ordered as {rows}")


def _sorted_parts(connection: DuckDBPyConnection, query: str, digits: int) -> list[Path]:
    """Return files that hold the rows, each sorted and all of it before the next."""
    (spill,) = connection.execute("select current_setting('temp_directory')").fetchall()[0]
    folder = Path(spill, "parts")
    connection.execute(f"set partitioned_write_flush_threshold = {HELD_ROWS}")
    connection.execute(
        f"copy (select *, document_id[:{digits}] as part from ({query})) "  # noqa: S608 - our own text
        f"to {literal(str(folder))} ({PARQUET}, partition_by (part))"
    )
    files = []
    for part in sorted(folder.iterdir()):
        unsorted = _parquet(sorted(part.iterdir()))
        files.append(part.with_suffix(".parquet"))
        connection.execute(
            f"copy (from {unsorted} order by document_id) to {literal(str(files[-1]))} ({PARQUET})"
        )
        shutil.rmtree(part)
    return files


def _parquet(files: Iterable[Path]) -> str:
    """Return the SQL that reads files in order, each by its name: in a pattern, a folder named a[b] is ab."""
    return f"read_parquet([{', '.join(literal(str(path)) for path in files)}], hive_partitioning = false)"
