"""The pages of the demo's three servers: documents in, the bytes of every path out.

Three faces: `nfcms` (list pages, HTML details and `/postmeta/` JSON), `gkmlpt` (a script shell, a list API of
100 rows a page, details with `_CONFIG.DETAIL`) and `links` (plain list pages of dated anchors). The look lies
in `seeds/demo/templates/`, the names in `seeds/demo/faces.toml`.
"""

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import jinja2

from flows.demo import records
from flows.demo.documents import DEMO_SEEDS, DemoDocument
from flows.demo.word import CONTENT_TYPE, word_file

VIEWS = "%VIEWS%"  # the server writes the number of the request over it: a view counter
_ROBOTS = "User-agent: *\nCrawl-delay: 0\nDisallow: /search/\n"


@dataclass(frozen=True, slots=True)
class FaceColumn:
    """A column 栏目 of a face: its number, name, folder on the server and the steps that lead to it."""

    id: int
    name: str
    path: str
    crumb: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Face:
    """One server: which platform it shows and what its pages say around the documents."""

    key: str
    face: str
    site_name: str
    organisation: str
    site_code: str
    site_id: int
    record_number: str
    rows_per_page: int
    columns: Mapping[str, FaceColumn]


@dataclass(frozen=True, slots=True)
class Page:
    """The answer at one path. A page whose body holds VIEWS changes with every request."""

    body: bytes
    content_type: str
    modified: datetime | None = None


def load_faces(file: Path = DEMO_SEEDS / "faces.toml") -> tuple[Face, ...]:
    """Return the servers that `faces.toml` describes, in its order."""
    faces = []
    for key, table in tomllib.loads(file.read_text("utf-8")).items():
        columns = {name: FaceColumn(**column) for name, column in table.pop("columns").items()}
        faces.append(Face(key=key, columns=columns, **table))
    return tuple(faces)


def pages_of(face: Face, documents: Iterable[DemoDocument], base_url: str) -> dict[str, Page]:
    """Return path -> Page of everything a server has; a page N > 0 of the list API is `path?page=N`."""
    press = _Press(face, documents, base_url)
    pages = {"/": press.html("home.html"), "/robots.txt": _plain(_ROBOTS)}
    return pages | dict(_FACES[face.face](press)) | dict(_files(press))


def not_found(face: Face) -> Page:
    """Return the page that goes with a 404."""
    return _Press(face, (), "").html("not_found.html")


class _Press:
    """Puts the documents of one face into its templates."""

    def __init__(self, face: Face, documents: Iterable[DemoDocument], base_url: str) -> None:
        loader = jinja2.FileSystemLoader(DEMO_SEEDS / "templates")
        self._templates = jinja2.Environment(
            loader=loader,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            undefined=jinja2.StrictUndefined,
        )
        self._common = {"face": face, "base_url": base_url, "views": VIEWS, "column": None, "document": None}
        self.face = face
        self.base_url = base_url
        own = [document for document in documents if document.site == face.key]
        self.newest_first = sorted(own, key=lambda document: document.published, reverse=True)

    def of(self, column: str) -> list[DemoDocument]:
        return [document for document in self.newest_first if document.column == column]

    def text(self, document: DemoDocument) -> str:
        """Return the HTML of the body alone, as the platforms keep it."""
        return self._templates.get_template("text.html").render(document=document).strip()

    def html(self, template: str, document: DemoDocument | None = None, **values: object) -> Page:
        text = self._templates.get_template(template).render({**self._common, "document": document, **values})
        encoding = document.encoding if document else "utf-8"
        # As many real servers do, the head names no charset for a page that is not UTF-8.
        content_type = "text/html; charset=utf-8" if encoding == "utf-8" else "text/html"
        return Page(text.encode(encoding), content_type, document.modified if document else None)


def _plain(text: str) -> Page:
    return Page(text.encode(), "text/plain; charset=utf-8")


def _json(value: object, modified: datetime | None = None) -> Page:
    return Page(json.dumps(value, ensure_ascii=False).encode(), "application/json", modified)


def _chunks(rows: list[DemoDocument], size: int) -> list[list[DemoDocument]]:
    return [rows[start : start + size] for start in range(0, len(rows), size)] or [[]]


def _list_pages(
    press: _Press, template: str, column: FaceColumn, rows: list[DemoDocument], addresses: Mapping[int, str]
) -> Iterator[tuple[str, Page]]:
    """Yield the list pages of a column; `addresses` is document id -> path."""
    parts = _chunks(rows, press.face.rows_per_page)
    names = [f"{column.path}index{'' if page == 1 else f'_{page}'}.html" for page in range(1, len(parts) + 1)]
    for page, part in enumerate(parts, start=1):
        yield (
            names[page - 1],
            press.html(
                template,
                column=column,
                rows=part,
                addresses=addresses,
                total=len(rows),
                page_number=page,
                page_count=len(parts),
                previous_page=names[page - 2] if page > 1 else None,
                next_page=names[page] if page < len(parts) else None,
                last_page=names[-1],
            ),
        )


def _nfcms(press: _Press) -> Iterator[tuple[str, Page]]:
    for key, column in press.face.columns.items():
        rows = press.of(key)
        paths = {row.id: f"{column.path}content/post_{row.id}.html" for row in rows}
        urls = {row.id: press.base_url + paths[row.id] for row in rows}
        yield from _list_pages(press, "nfcms_list.html", column, rows, paths)
        articles = [records.nfcms_row(row, urls[row.id]) for row in rows]
        whole = {
            "id": column.id,
            "name": column.name,
            "pub_point": column.path,
            "jump_url": None,
            "publish_count": len(rows),
            "children": [],
            "articles": articles,
        }
        yield f"/postmeta/i/{column.id}.json", _json(whole)
        for row in rows:
            yield paths[row.id], press.html("nfcms_detail.html", row, column=column)
            post = records.nfcms_post(row, urls[row.id], press.text(row))
            yield f"/postmeta/p/{_folders(row.id)}/{row.id}.json", _json(post, row.modified)


def _gkmlpt(press: _Press) -> Iterator[tuple[str, Page]]:
    face = press.face
    columns = face.columns.values()
    tree: list[dict[str, object]] = [
        {"id": column.id, "name": column.name, "parent": 0, "jump_url": None, "children": []}
        for column in columns
    ]
    shell: dict[str, Any] = {
        "site_info": {"name": face.site_name, "sitecode": face.site_code, "org_name": face.organisation},
        "tree": tree,
    }
    yield "/gkmlpt/index", press.html("gkmlpt_index.html", **shell)
    yield from _gkmlpt_api(press, 0, "全部", press.newest_first)
    for key, column in face.columns.items():
        rows = press.of(key)
        yield from _gkmlpt_api(press, column.id, column.name, rows)
        for row in rows:
            path = _gkmlpt_path(row)
            kind = (column.id, column.name)
            detail = records.gkmlpt_detail(row, press.base_url + path, press.text(row), kind, face.site_id)
            yield path, press.html("gkmlpt_detail.html", row, column=column, detail=detail, **shell)


def _gkmlpt_api(
    press: _Press, number: int, name: str, rows: list[DemoDocument]
) -> Iterator[tuple[str, Page]]:
    """Yield the pages of the list API for a column, and the empty one behind the last."""
    columns = press.face.columns
    for page, part in enumerate([*_chunks(rows, press.face.rows_per_page), []], start=1):
        answer = {
            "classify": {"id": number, "name": name, "parent": 0, "post_count": len(rows), "theme_count": 0},
            "total": len(rows),
            "articles": [
                records.gkmlpt_row(
                    row,
                    press.base_url + _gkmlpt_path(row),
                    (columns[row.column].id, columns[row.column].name),
                )
                for row in part
            ],
        }
        yield f"/gkmlpt/api/all/{number}?page={page}", _json(answer)


def _gkmlpt_path(document: DemoDocument) -> str:
    return f"/gkmlpt/content/{_folders(document.id)}/post_{document.id}.html"


def _folders(number: int) -> str:
    return f"{number // 10**6}/{number // 10**3}"


def _links(press: _Press) -> Iterator[tuple[str, Page]]:
    for key, column in press.face.columns.items():
        rows = press.of(key)
        paths = {row.id: f"{column.path}show-{row.id}.html" for row in rows}
        yield from _list_pages(press, "links_list.html", column, rows, paths)
        for row in rows:
            yield paths[row.id], press.html("links_detail.html", row, column=column)


def _files(press: _Press) -> Iterator[tuple[str, Page]]:
    """Yield the attachments of all documents."""
    for row in press.newest_first:
        if file := row.attachment:
            yield file.path, Page(word_file(file.blocks), CONTENT_TYPE, row.modified)


_FACES = {"nfcms": _nfcms, "gkmlpt": _gkmlpt, "links": _links}
