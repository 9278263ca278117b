"""What an export says of itself to people: README.md in Chinese and English, and CITATION.cff.

Both are made of the texts in seeds/export and of the data alone, so the same data give the same words.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from string import Template
from typing import Literal

from duckdb import DuckDBPyConnection

from archive.records import software
from extract.dates import CHINA
from warehouse.dictionary import Term, load_dictionary
from warehouse.export.files import files, template
from warehouse.export.package import TITLE, Resource
from warehouse.export.tables import schema_of
from warehouse.export.texts import FOLDER

MISSING = "MISSING.txt"
FILTERS_ZH = {"office": "发布机构", "district": "区县", "year": "发布年份", "column": "栏目"}
HEADS = {"zh": ("文件", "内容", "行数"), "en": ("file", "what it holds", "rows")}
_FIGURE = """
    select
        office,
        title,
        url,
        published,
        captured_at,
        written,
        document_id,
        span_start,
        span_end,
        payload_digest
    from mart.metrics
    semi join selected.documents using (document_id)
    where title is not null and published is not null and office is not null
    order by published desc, document_id, span_start
    limit 1
"""
_NO_FIGURE = ("所选文件中没有读出数字。", "No figure was read in the chosen documents.")


@dataclass(frozen=True, slots=True)
class Told:
    """What the texts tell of an export: how much it holds, as of when (aware), and which documents."""

    documents: int
    figures: int
    as_of: datetime
    selection: Mapping[str, str | int]


def write_words(
    folder: Path, connection: DuckDBPyConnection, resources: Sequence[Resource], told: Told
) -> None:
    """Write README.md and CITATION.cff into the folder of an export."""
    example_zh, example_en = _example(connection)
    values = {
        "version": software().rpartition("/")[2],
        "as_of": f"{told.as_of:%Y-%m-%dT%H:%M:%SZ}",
        "as_of_date": f"{told.as_of:%Y-%m-%d}",
        "documents_zh": f"文件 {told.documents:,} 份、数字 {told.figures:,} 个",
        "documents_en": f"{told.documents:,} documents and {told.figures:,} figures",
        "selection_zh": "，".join(f"{FILTERS_ZH[name]}为{value}" for name, value in told.selection.items())
        or "全部文件",
        "selection_en": ", ".join(f"{name} = {value}" for name, value in told.selection.items())
        or "every document",
        "files_zh": _files(folder, resources, "zh"),
        "files_en": _files(folder, resources, "en"),
        "example_zh": example_zh,
        "example_en": example_en,
        "title": json.dumps(TITLE, ensure_ascii=False),
    }
    values["abstract"] = json.dumps(
        f"{values['documents_zh']} | {values['documents_en']}", ensure_ascii=False
    )
    for name in ("README.md", "CITATION.cff"):
        (folder / name).write_text(Template(template(name)).substitute(values), encoding="utf-8")


def _files(folder: Path, resources: Sequence[Resource], language: Literal["zh", "en"]) -> str:
    """Return a table of Markdown of what lies in the folder, in the language `zh` or `en`."""
    rows = [HEADS[language], ("---", "---", "---:")]
    rows += [
        (name, about.zh if language == "zh" else about.en, count)
        for name, about, count in _described(folder, resources)
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _described(folder: Path, resources: Sequence[Resource]) -> Iterator[tuple[str, Term, str]]:
    """Yield each file or table with what it holds, and its rows."""
    dictionary = load_dictionary()
    for resource in resources:
        if resource.fields:
            term: Term = dictionary.table(schema_of(resource.name), resource.name)
            name = f"{resource.path}: {resource.name}" if resource.form == "duckdb" else resource.path
            yield f"`{name}`", term, f"{resource.rows:,}"
        else:
            yield f"`{resource.path}`", files()[resource.form], ""
    if (folder / FOLDER).is_dir():
        yield f"`{FOLDER}/`", files()["texts"], ""
    if (folder / MISSING).exists():
        yield f"`{MISSING}`", files()["missing"], ""


def _example(connection: DuckDBPyConnection) -> tuple[str, str]:
    """Return how a figure of these data is cited, in Chinese and in English."""
    row = connection.execute(_FIGURE).fetchone()
    if row is None:
        return _NO_FIGURE
    office, title, url, published, captured_at, written, document_id, start, end, digest = row
    seen = f"{captured_at.replace(tzinfo=UTC).astimezone(CHINA):%Y-%m-%d}"
    return (
        f"{office}：《{title}》，{url}，{published} 发布，{seen} 采集，「{written}」，"
        f"gongkai 文档 {document_id}、第 {start}–{end} 字、载荷 {digest}",
        f"{office}, 《{title}》, {url}, published {published}, captured {seen}, “{written}”, "
        f"gongkai document {document_id}, characters {start}–{end}, payload {digest}",
    )
