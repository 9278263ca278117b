"""Exports: what was chosen and no more, described field by field, with checksums that hold."""

import csv
import hashlib
import json

import duckdb
import pytest

from warehouse.errors import ExportError
from warehouse.export import TABLES, Selection, export
from warehouse.publish import publish

A, B = "http://yunxi.example/1", "http://yunxi.example/2"
ONE, TWO = "=税收5.0亿元。", "税收6.0亿元。"
KINDS = ["duckdb", "parquet", "csv", "jsonl", "text"]


@pytest.fixture(scope="module")
def database(shared_world, shared_connection):
    shared_world.load(
        shared_connection, shared_world.run(1, listed={A: "甲", B: "乙"}, captured={A: ONE, B: TWO})
    )
    shared_world.read(shared_connection, ONE, shared_world.figure("5.0亿元", "税收", 5))
    shared_world.read(
        shared_connection,
        TWO,
        shared_world.figure("6.0亿元", "税收", 6),
        source="石桥区新河街道办事处",
        published_on="2024-05-01",
    )
    return publish(shared_connection, shared_world.data, now=shared_world.now)


def count(path, table):
    with duckdb.connect() as connection:
        if path.suffix == ".duckdb":
            connection.execute(f"attach '{path}' as corpus (read_only)")
            return connection.execute(f"select count(*) from corpus.{table}").fetchone()[0]
        return connection.execute(f"select count(*) from '{path}'").fetchone()[0]


@pytest.mark.parametrize("kind", KINDS)
def test_checksums_and_description_hold_for_every_file(database, tmp_path, kind):
    out = tmp_path / "out"
    export(database, kind, out)
    sums = dict(reversed(line.split("  ")) for line in (out / "SHA256SUMS").read_text().splitlines())
    files = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert set(sums) == files - {"SHA256SUMS"}
    for name, digest in sums.items():
        assert hashlib.sha256((out / name).read_bytes()).hexdigest() == digest
    for resource in json.loads((out / "datapackage.json").read_text())["resources"]:
        assert resource["hash"] == f"sha256:{sums[resource['path']]}"
        assert resource["bytes"] == (out / resource["path"]).stat().st_size
        assert all(" | " in field["description"] for field in resource["schema"]["fields"])


@pytest.mark.parametrize("kind", ["duckdb", "parquet", "csv", "jsonl"])
def test_tables_have_the_chosen_rows(database, tmp_path, kind):
    everything = export(database, kind, tmp_path / "all")
    some = export(database, kind, tmp_path / "some", Selection(district="石桥区", year=2024))
    assert [resource.name for resource in everything] == list(TABLES)
    for name in ("documents", "metrics", "versions", "tables"):
        (path,) = {resource.path for resource in everything if resource.name == name}
        assert count(tmp_path / "all" / path, name) == 2
        assert count(tmp_path / "some" / path, name) == 1
    assert len(some) == len(everything)


def test_a_selection_that_fits_nothing_has_empty_tables(database, tmp_path):
    export(database, "csv", tmp_path / "out", Selection(office="没有的办事处"))
    assert count(tmp_path / "out" / "metrics.csv", "metrics") == 0


def test_csv_opens_in_excel(database, tmp_path):
    export(database, "csv", tmp_path / "out")
    raw = (tmp_path / "out" / "documents.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = {row["url"]: row for row in csv.DictReader(raw.decode("utf-8-sig").splitlines())}
    assert rows[A]["body"] == "'" + ONE
    assert rows[A]["captured_at"] == "2026-01-01T08:01:00.000000Z"


def test_json_lines_keep_text_and_digits(database, tmp_path):
    export(database, "jsonl", tmp_path / "out")
    bodies = [
        json.loads(line)["body"] for line in (tmp_path / "out" / "documents.jsonl").read_text().splitlines()
    ]
    assert sorted(bodies) == sorted([ONE, TWO])
    row = json.loads((tmp_path / "out" / "metrics.jsonl").read_text().splitlines()[0])
    assert (row["value"], row["section"], row["period_end"]) in [
        (5, ["一、总结"], "2025-12-31"),
        (6, ["一、总结"], "2025-12-31"),
    ]


def test_texts_are_named_by_document(world, database, tmp_path):
    export(database, "text", tmp_path / "out")
    texts = tmp_path / "out" / "texts"
    assert (texts / f"{world.document_id(A)}.txt").read_text() == ONE
    assert len(list(texts.iterdir())) == 2
    assert "body" not in (tmp_path / "out" / "documents.csv").read_text(encoding="utf-8-sig").splitlines()[
        0
    ].split(",")


def test_the_database_has_comments_and_an_old_format(database, tmp_path):
    export(database, "duckdb", tmp_path / "out")
    with duckdb.connect(str(tmp_path / "out" / "gongkai.duckdb"), read_only=True) as connection:
        assert connection.execute(
            "select count(*) from duckdb_columns() where comment is null and not internal"
        ).fetchone() == (0,)
        assert connection.execute(
            "select tags['storage_version'] from duckdb_databases() where not internal"
        ).fetchone() == ("v1.2.0+",)


def test_the_same_data_gives_the_same_bytes(database, tmp_path):
    for name in ("one", "two"):
        export(database, "csv", tmp_path / name)
    assert (tmp_path / "one" / "SHA256SUMS").read_text() == (tmp_path / "two" / "SHA256SUMS").read_text()


def test_out_is_never_overwritten(database, tmp_path):
    with pytest.raises(ExportError, match="exists already"):
        export(database, "csv", tmp_path)


def test_an_export_that_fails_leaves_nothing(database, tmp_path):
    with pytest.raises(ExportError, match="cannot be read"):
        export(tmp_path / "none.duckdb", "csv", tmp_path / "out")
    with pytest.raises(ExportError, match="no such export"):
        export(database, "xlsx", tmp_path / "out")
    assert list(tmp_path.glob("out*")) == []
