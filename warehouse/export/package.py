"""The description of an export: datapackage.json (Frictionless Data Package)."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from warehouse.checksums import sha256_of
from warehouse.dictionary import Term

TITLE = "信息公开文档与指标 | Public disclosure documents and their figures"
TYPES = {
    "DATE": {"type": "date"},
    "TIMESTAMP": {"type": "datetime", "format": "%Y-%m-%dT%H:%M:%S.%fZ"},
    "BOOLEAN": {"type": "boolean"},
    "INTEGER": {"type": "integer"},
    "BIGINT": {"type": "integer"},
}


@dataclass(frozen=True, slots=True)
class Field:
    """A column of an exported table: name, DuckDB type, and what it means."""

    name: str
    type: str
    term: Term


@dataclass(frozen=True, slots=True)
class Resource:
    """A table of an export: its name, the file that has it (below the folder), its form, columns and rows.

    A file that holds no table, or more than tables, has no fields and no rows.
    """

    name: str
    path: str
    form: str
    fields: tuple[Field, ...] = ()
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the data are from: the copy's moment (aware), what was chosen, and the sites by their names."""

    published_at: datetime
    selection: Mapping[str, str | int]
    sites: tuple[tuple[str, str | None], ...]


def write_package(
    folder: Path, resources: Sequence[Resource], origin: Origin, sums: Mapping[str, str]
) -> None:
    """Write datapackage.json: each file with its bytes, SHA-256 and fields in both languages.

    It states when the data were published (`created`), the one time that differs where the same data are
    loaded anew. `sums` are digests that are known already.
    """
    package = {
        "profile": "data-package",
        "name": "gongkai",
        "title": TITLE,
        "created": f"{origin.published_at:%Y-%m-%dT%H:%M:%SZ}",
        "selection": origin.selection,
        "sources": [{"title": name} | ({"path": url} if url else {}) for name, url in origin.sites],
        "resources": [
            *(_table(folder, resource, sums) for resource in resources if resource.form != "duckdb"),
            *_database(folder, [resource for resource in resources if resource.form == "duckdb"], sums),
        ],
    }
    text = json.dumps(package, ensure_ascii=False, indent=1)
    (folder / "datapackage.json").write_text(text + "\n", encoding="utf-8")


def _table(folder: Path, resource: Resource, sums: Mapping[str, str]) -> dict[str, Any]:
    """Return the description of a file; only what any reader can hold against its fields is a `table`.

    That of Frictionless takes an empty file of JSON lines for a damaged one, and knows no nulls in Parquet.
    """
    described = _file(folder, resource.name, resource.path, resource.form, sums)
    if not resource.fields:
        return described
    is_table = resource.form == "csv" or (resource.form == "jsonl" and resource.rows)
    return {
        **described,
        "type": "table" if is_table else "file",
        "encoding": "utf-8-sig" if resource.form == "csv" else "utf-8",
        "schema": _schema(resource),
    }


def _database(folder: Path, tables: Sequence[Resource], sums: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Yield the description of a database file, whose tables no reader of data packages can open."""
    if tables:
        described = _file(folder, "gongkai", tables[0].path, "duckdb", sums)
        yield {**described, "tables": [{"name": table.name, "schema": _schema(table)} for table in tables]}


def _file(folder: Path, name: str, path: str, form: str, sums: Mapping[str, str]) -> dict[str, Any]:
    return {
        "name": name,
        "path": path,
        "format": form,
        "bytes": (folder / path).stat().st_size,
        "hash": f"sha256:{sums.get(path) or sha256_of(folder / path)}",
    }


def _schema(resource: Resource) -> dict[str, Any]:
    return {"fields": [_field(field) for field in resource.fields]}


def _field(field: Field) -> dict[str, str]:
    described = {"title": field.term.name or field.term.zh, "description": field.term.comment}
    return {"name": field.name, **_type(field.type), **described}


def _type(type_: str) -> dict[str, str]:
    if type_.endswith("[]"):
        return {"type": "array"}
    if type_.startswith("DECIMAL"):
        return {"type": "number"}
    return TYPES.get(type_, {"type": "string"})
