"""Tables and texts: what was chosen and no more, described field by field, with checksums that hold."""

import csv
import hashlib
import json

import duckdb
import pytest

from warehouse.errors import ExportError
from warehouse.export.corpus import export
from warehouse.export.selection import Selection
from warehouse.export.tables import QUERIES

TABLES = ["duckdb", "parquet", "csv", "jsonl"]
KINDS = [*TABLES, "text"]


def ask(path, name, query):
    """Answer a query about the table `name` of an exported file, called `t` in it."""
    with duckdb.connect() as connection:
        if path.suffix == ".duckdb":
            connection.execute(f"attach '{path}' as corpus (read_only)")
            connection.execute(f"create view t as from corpus.{name}")
        else:
            connection.execute(f"create view t as from '{path}'")
        return connection.execute(query).fetchall()


def files_of(out):
    return {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}


@pytest.mark.parametrize("kind", KINDS)
def test_checksums_and_description_hold_for_every_file(database, tmp_path, kind):
    out = tmp_path / "out"
    export(database, kind, out)
    sums = dict(reversed(line.split("  ")) for line in (out / "SHA256SUMS").read_text().splitlines())
    assert set(sums) == files_of(out) - {"SHA256SUMS"}
    for name, digest in sums.items():
        assert hashlib.sha256((out / name).read_bytes()).hexdigest() == digest
    for resource in json.loads((out / "datapackage.json").read_text())["resources"]:
        assert resource["hash"] == f"sha256:{sums[resource['path']]}"
        assert resource["bytes"] == (out / resource["path"]).stat().st_size
        schemas = [resource] if "schema" in resource else resource["tables"]
        for table in schemas:
            assert all(" | " in field["description"] for field in table["schema"]["fields"])


@pytest.mark.parametrize("kind", TABLES)
def test_tables_have_the_chosen_rows(database, tmp_path, kind):
    everything = export(database, kind, tmp_path / "all").resources
    some = export(database, kind, tmp_path / "some", Selection(district="石桥区", year=2024)).resources
    assert [resource.name for resource in everything] == [resource.name for resource in some] == [*QUERIES]
    paths = {resource.name: resource.path for resource in everything}
    counted = {resource.name: resource.rows for resource in some}
    for name in ("documents", "metrics", "latest_metric", "versions", "cells", "captures", "attachments"):
        ((rows,),) = ask(tmp_path / "some" / paths[name], name, "select count(*) from t")
        ((of_all,),) = ask(tmp_path / "all" / paths[name], name, "select count(*) from t")
        assert 0 < rows == counted[name] <= of_all, name
    assert counted["documents"] == 2, "the document and the file that it names"


def test_every_row_leads_to_its_document_or_says_whose_it_is(database, tmp_path):
    resources = export(database, "csv", tmp_path / "out").resources
    ways = {"document_id", "indicator_id", "office"}
    for resource in resources:
        assert ways & {field.name for field in resource.fields}, resource.name


def test_csv_opens_in_excel(database, tmp_path, addresses, texts):
    export(database, "csv", tmp_path / "out")
    raw = (tmp_path / "out" / "documents.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = {row["url"]: row for row in csv.DictReader(raw.decode("utf-8-sig").splitlines())}
    assert rows[addresses[0]]["body"] == "'" + texts[0]
    assert rows[addresses[0]]["captured_at"] == "2026-01-01T08:01:00.000000Z"


def test_json_lines_keep_text_and_digits(database, tmp_path, texts):
    export(database, "jsonl", tmp_path / "out")
    lines = (tmp_path / "out" / "documents.jsonl").read_text().splitlines()
    assert sorted(json.loads(line)["body"] for line in lines) == sorted(texts)
    found = [json.loads(line) for line in (tmp_path / "out" / "metrics.jsonl").read_text().splitlines()]
    assert sorted((row["value"], *row["section"], row["period_end"]) for row in found) == [
        (5, "一、总结", "2025-12-31"),
        (6, "一、总结", "2025-12-31"),
    ]


def test_texts_lie_by_district_and_year_and_the_table_names_them(world, database, tmp_path, addresses, texts):
    out = tmp_path / "out"
    export(database, "text", out)
    name = f"texts/990103/2024/{world.document_id(addresses[1])}.txt"
    assert (out / name).read_text() == texts[1]
    rows = csv.DictReader((out / "documents.csv").read_text(encoding="utf-8-sig").splitlines())
    told = {row["text_file"] for row in rows}
    assert told == {path for path in files_of(out) if path.startswith("texts/")}
    assert len(told) == 3
    assert "body" not in rows.fieldnames


def test_the_database_has_comments_and_an_old_format(database, tmp_path):
    export(database, "duckdb", tmp_path / "out")
    with duckdb.connect(str(tmp_path / "out" / "gongkai.duckdb"), read_only=True) as connection:
        for relation in ("columns", "tables"):
            assert connection.execute(
                f"select count(*) from duckdb_{relation}() where comment is null and not internal"
            ).fetchone() == (0,)
        assert connection.execute(
            "select tags['storage_version'] from duckdb_databases() where not internal"
        ).fetchone() == ("v1.2.0+",)


@pytest.mark.parametrize("kind", ["parquet", "csv", "jsonl", "text"])
def test_the_same_data_gives_the_same_bytes(database, tmp_path, kind):
    for name in ("one", "two"):
        export(database, kind, tmp_path / name)
    assert (tmp_path / "one" / "SHA256SUMS").read_text() == (tmp_path / "two" / "SHA256SUMS").read_text()


def test_the_hour_of_loading_stands_in_one_place(database, tmp_path):
    later = tmp_path / "gongkai-20260401T000000000000Z.duckdb"
    later.write_bytes(database.read_bytes())
    for name, copy in (("one", database), ("two", later)):
        export(copy, "csv", tmp_path / name)
    one, two = ((tmp_path / name / "SHA256SUMS").read_text().splitlines() for name in ("one", "two"))
    assert [line.split()[1] for line in set(one) ^ set(two)] == ["datapackage.json"] * 2


def test_out_is_never_overwritten(database, tmp_path):
    with pytest.raises(ExportError, match="exists already"):
        export(database, "csv", tmp_path)


def test_an_export_that_cannot_begin_leaves_nothing(database, tmp_path):
    missing = tmp_path / "gongkai-20260401T000000000000Z.duckdb"
    with pytest.raises(ExportError, match="cannot be read"):
        export(missing, "csv", tmp_path / "out")
    with pytest.raises(ExportError, match="no such export"):
        export(database, "xlsx", tmp_path / "out")
    with pytest.raises(ExportError, match="needs the archive"):
        export(database, "warc", tmp_path / "out")
    assert list(tmp_path.glob("out*")) == []
