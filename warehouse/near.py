"""Finding texts that are nearly the same, whatever site they are on."""

from pathlib import Path

from duckdb import DuckDBPyConnection

from warehouse.database import batch

PAIRS = Path(__file__).with_name("near.sql")


def find_near(connection: DuckDBPyConnection) -> int:
    """Put the pairs of payloads with nearly the same text in place of those found before; return how many.

    They follow from what is held now, so it makes no difference how often and in what order runs were loaded.
    One transaction.
    """
    sketches = connection.execute("select count(sketch) from core.documents").fetchall()[0][0]
    with batch(connection):
        connection.execute("delete from core.near")
        if sketches < 2:
            return 0
        found = connection.execute(f"insert into core.near {PAIRS.read_text(encoding='utf-8')}").fetchone()
    return int(found[0]) if found else 0
