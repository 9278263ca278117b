"""The description of an export: datapackage.json (Frictionless Data Package) and SHA256SUMS."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warehouse.dictionary import Term

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
    """A table of an export: its name, the file that has it (below the folder), its form and columns."""

    name: str
    path: str
    form: str
    fields: tuple[Field, ...]


def write_package(folder: Path, resources: Sequence[Resource]) -> None:
    """Write datapackage.json: each table with its file, bytes, SHA-256 and fields in both languages."""
    package = {
        "profile": "data-package",
        "name": "gongkai",
        "title": "信息公开文档与指标 | Public disclosure documents and their figures",
        "resources": [_resource(folder, resource) for resource in resources],
    }
    text = json.dumps(package, ensure_ascii=False, indent=1)
    (folder / "datapackage.json").write_text(text + "\n", encoding="utf-8")


def write_checksums(folder: Path) -> None:
    """Write SHA256SUMS over every file below the folder, in the form that `sha256sum -c` reads."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = [f"{sha256_of(path)}  {path.relative_to(folder).as_posix()}\n" for path in paths]
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _resource(folder: Path, resource: Resource) -> dict[str, Any]:
    path = folder / resource.path
    return {
        "name": resource.name,
        "path": resource.path,
        "format": resource.form,
        "encoding": "utf-8-sig" if resource.form == "csv" else "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{sha256_of(path)}",
        "schema": {"fields": [_field(field) for field in resource.fields]},
    }


def _field(field: Field) -> dict[str, str]:
    described = {"title": field.term.name or field.term.zh, "description": field.term.comment}
    return {"name": field.name, **_type(field.type), **described}


def _type(type_: str) -> dict[str, str]:
    if type_.endswith("[]"):
        return {"type": "array"}
    if type_.startswith("DECIMAL"):
        return {"type": "number"}
    return TYPES.get(type_, {"type": "string"})
