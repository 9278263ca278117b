"""A published copy opens in DuckDB 2.0 too, and every table has the rows there that it has here."""

import json
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.test_panel import plan, report
from warehouse.publish import publish

OTHER = Path(__file__).resolve().parents[2] / ".venv-duckdb2" / "bin" / "python"
# runs there and here; counting columns makes every block be read
ROWS = """
import json, sys, duckdb
with duckdb.connect(sys.argv[1], read_only=True) as connection:
    names = connection.execute(
        "select schema_name || '.' || table_name from duckdb_tables() union all "
        "select schema_name || '.' || view_name from duckdb_views() where not internal order by all"
    ).fetchall()
    quoted = [".".join(f'"{part}"' for part in name.split(".")) for (name,) in names]
    counts = "select count(*), count(columns(*)) from "
    rows = {name: connection.execute(counts + name).fetchone() for name in quoted}
print(json.dumps([duckdb.__version__, rows]))
"""


@pytest.fixture
def other() -> Path:
    if not OTHER.exists():
        pytest.skip(f"no {OTHER.parents[1].name}: python3 bootstrap.py --beside duckdb2")
    return OTHER


@pytest.fixture
def copy(world, connection):
    """A copy with documents, figures, words and cells."""
    made = [report(world, 2023, 200), report(world, 2024, 220), plan(world, 2024, 210)]
    urls = {f"http://yunxi.example/{n}": one["body"] for n, one in enumerate(made)}
    world.load(connection, world.run(1, listed=dict.fromkeys(urls, "甲"), captured=urls))
    for one in made:
        words = [{"word": "工业", "occurrences": 1, "span_start": 0}]
        world.read(connection, one["body"], *one["figures"], published_on=one["published"], words=words)
    return publish(connection, world.data, now=world.now)


def rows(python, database):
    done = subprocess.run([python, "-c", ROWS, database], capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_every_table_reads_the_same_in_duckdb_2(other, copy):
    before = copy.read_bytes()
    version, there = rows(other, copy)
    assert version.startswith("2.")
    with duckdb.connect(str(copy), read_only=True) as connection:
        marts = connection.execute("from duckdb_tables() where schema_name = 'mart'").fetchall()
    assert len([name for name in there if name.startswith('"mart"')]) >= len(marts) > 20
    assert there['"mart"."metrics"'][0] == 3
    assert there['"mart"."keywords"'][0] == 3
    assert there == rows(sys.executable, copy)[1]
    assert copy.read_bytes() == before
