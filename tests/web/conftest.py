"""A small data folder for the pages: a real archive, a real published warehouse, an invented street."""

import asyncio
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest
from duckdb import DuckDBPyConnection

from archive.exchange import Exchange
from archive.writer import ArchiveWriter
from warehouse.database import batch, writer
from warehouse.publish import publish
from web.app import create_app

Get = Callable[..., httpx.Response]
Asking = Callable[[Path], Get]
Change = Callable[..., None]

HOST = "http://127.0.0.1:8000"
SITE = "http://yunting.example"
MOMENT = datetime(2026, 1, 14, 3, 5, tzinfo=UTC)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
TITLE = "云汀街道2025年工作总结<script>alert(1)</script>"


class Text(NamedTuple):
    """A version of a document: its body, and the figure in it as written, with its value and unit."""

    body: str
    written: str
    value: str
    unit: str


FIRST = Text("🏭𠮷庆工业园<b>\n全年产值672.2亿元。\n科目\t金额\n合计\t9", "672.2亿元", "672.2", "亿元")
SECOND = Text(FIRST.body.replace("672.2", "627.2"), "627.2亿元", "627.2", "亿元")


def page_of(text: Text) -> bytes:
    return f"<html><title>{TITLE}</title><script>alert(2)</script><p>{text.body}</p></html>".encode()


class Made(NamedTuple):
    """What the tests look for in the pages: addresses, texts, and the archived bytes of each version."""

    title: str = TITLE
    summary: str = f"/documents/{sha256(f'{SITE}/summary'.encode()).hexdigest()[:16]}"
    only_listed: str = f"/documents/{sha256(b'javascript:alert(3)').hexdigest()[:16]}"
    first: Text = FIRST
    second: Text = SECOND
    first_page: str = page_of(FIRST).decode()
    second_page: str = page_of(SECOND).decode()


class Shelf:
    """Fills a warehouse with documents, row by row, as a crawl and the extractor would have done."""

    def __init__(self, connection: DuckDBPyConnection, archive: ArchiveWriter) -> None:
        self._sql = connection
        self._archive = archive

    def run(self, run_id: str, time: datetime) -> None:
        self._insert("raw.runs", run_id=run_id, site="demo", started_at=time, finished_at=time, complete=True)

    def listed(self, run_id: str, line: int, url: str, title: str, published: str | None) -> None:
        row = {"run_id": run_id, "line": line, "site": "demo", "title": title, "published_on": published}
        self._insert("raw.entries", url=url, fetch_url=url, **row)

    def held(self, run_id: str, line: int, url: str, time: datetime, text: Text, *files: str) -> None:
        digest = self._captured(run_id, line, url, time, page_of(text))
        self._document(digest, text.body, title=TITLE, published_on="2026-01-14", files=files)
        self._figure(digest, text)

    def attached(self, run_id: str, line: int, url: str, payload: bytes, text: Text | None) -> None:
        """Put a file on the shelf, with what was read in it, or nothing."""
        digest = self._captured(run_id, line, url, MOMENT, payload, "attachment")
        self._document(digest, text.body if text else "", kind="file", office=None)
        if text:
            self._figure(digest, text)

    def _captured(
        self, run_id: str, line: int, url: str, time: datetime, body: bytes, purpose: str = "document"
    ) -> str:
        digest = f"sha256:{sha256(body).hexdigest()}"
        stored = self._archive.write(Exchange(url, time, b"GET / HTTP/1.1\r\n\r\n", 200, HEAD, body))
        place = {"warc": stored.warc, "offset": stored.offset, "purpose": purpose, "outcome": "ok"}
        row = {"run_id": run_id, "line": line, "site": "demo", "url": url, "fetched_at": time}
        self._insert("raw.captures", payload_digest=digest, status=200, **row, **place)
        return digest

    def _document(self, digest: str, body: str, *, files: tuple[str, ...] = (), **facts: object) -> None:
        named = [{"name": f"附件{n}<b>", "url": url, "type": url[-3:]} for n, url in enumerate(files, 1)]
        row = {"kind": "article", "office": "云汀街道办事处", "attachments": named, **facts}
        self._insert(
            "core.documents",
            payload_digest=digest, extractor_version="1", metrics_version="1", body=body,
            text_digest=f"sha256:{sha256(body.encode()).hexdigest()}", **row,
        )  # fmt: skip

    def _figure(self, digest: str, text: Text) -> None:
        start = text.body.index(text.written)
        self._insert(
            "core.metrics",
            payload_digest=digest, extractor_version="1", written=text.written, sentence="全年产值",
            span_start=start, span_end=start + len(text.written), indicator='工业"产值', measure="level",
            value=text.value, unit=text.unit, qualifier="exact", status="actual",
            period_start="2025-01-01", period_end="2025-12-31",
        )  # fmt: skip

    def _insert(self, table: str, **row: object) -> None:
        names = ", ".join(f'"{name}"' for name in row)
        values = [
            value.replace(tzinfo=None) if isinstance(value, datetime) else value for value in row.values()
        ]
        self._sql.execute(f"insert into {table} ({names}) values ({', '.join('?' * len(row))})", values)


class Seen(HTMLParser):
    """A page as a browser would read it: its tags, its text, and each `mark` with what it holds."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.marks: list[tuple[dict[str, str | None], str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "mark":
            self.marks.append((dict(attrs), ""))

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.marks and not self.marks[-1][1]:
            self.marks[-1] = (self.marks[-1][0], data)


@pytest.fixture(scope="session")
def read() -> Callable[[str], Seen]:
    """Read a page as a browser would."""
    return Seen


@pytest.fixture(scope="session")
def made() -> Made:
    return Made()


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder, not to be changed: a document of two versions, one only listed, 60 listed in 2024."""
    folder = tmp_path_factory.mktemp("data")
    first, second = "20260114T030000000Z-demo-0001", "20260115T030000000Z-demo-0002"
    with writer(folder) as sql:
        with batch(sql), ArchiveWriter(folder / "archive", first, lambda digest: None) as archive:
            shelf = Shelf(sql, archive)
            shelf.run(first, MOMENT)
            shelf.run(second, MOMENT + timedelta(days=1))
            shelf.listed(first, 1, f"{SITE}/summary", TITLE, "2026-01-14")
            shelf.held(first, 1, f"{SITE}/summary", MOMENT, FIRST)
            shelf.held(second, 1, f"{SITE}/summary", MOMENT + timedelta(days=1), SECOND)
            shelf.listed(first, 2, "javascript:alert(3)", "只见标题的文件", None)
            for number in range(60):
                shelf.listed(first, 3 + number, f"{SITE}/old/{number}", f"旧文件{number}", "2024-05-06")
        publish(sql, folder, now=MOMENT)
    return folder


@pytest.fixture
def own_data(data: Path, tmp_path: Path) -> Path:
    """A copy of the data folder that a test may change."""
    return shutil.copytree(data, tmp_path / "data")


@pytest.fixture
def change() -> Change:
    """Run SQL on a data folder's warehouse and publish it again."""

    def run(folder: Path, *statements: str) -> None:
        with writer(folder) as sql:
            with batch(sql):
                for statement in statements:
                    sql.execute(statement)
            publish(sql, folder, now=MOMENT + timedelta(days=2))

    return run


@pytest.fixture(scope="session")
def asking() -> Asking:
    """Return a function that asks the pages over a data folder; a bug is answered, not raised."""

    def over(data: Path) -> Get:
        transport = httpx.ASGITransport(app=create_app(data), raise_app_exceptions=False)

        async def send(path: str, method: str, headers: dict[str, str]) -> httpx.Response:
            async with httpx.AsyncClient(transport=transport, base_url=HOST) as client:
                return await client.request(method, path, headers=headers)

        def ask(path: str, *, method: str = "GET", **headers: str) -> httpx.Response:
            return asyncio.run(send(path, method, headers))

        return ask

    return over


@pytest.fixture
def get(asking: Asking, data: Path) -> Get:
    """Ask the pages over `data`."""
    return asking(data)
