"""A made warehouse: run folders and rows of an invented district, 云溪区, with the street 松石街道."""

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from duckdb import DuckDBPyConnection

from tests.warehouse.yearly import FIRES, OUTPUT
from warehouse.database import writer
from warehouse.indicators import store_indicators
from warehouse.load import load_run
from warehouse.mart import marts, store_mart
from warehouse.readings import LoadedReadings, load_readings
from warehouse.schema import transaction

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
SITE = {
    "key": "yunxi",
    "name": "云溪区人民政府",
    "region": "990102",
    "base_url": "http://yunxi.example",
    "hosts": ["yunxi.example"],
    "platform": "links",
    "columns": [{"name": "总结"}],
    "politeness": {"delay_s": 2.0},
    "expect": {"entries_min": 1},
    "profile": None,
}
REGIONS = """code,name,full_name,parent,level
990000,云州省,云州省,,province
990100,南溪市,云州省南溪市,990000,city
990102,云溪区,云州省南溪市云溪区,990100,district
990103,石桥区,云州省南溪市石桥区,990100,district
990102001,松石街道,云州省南溪市云溪区松石街道,990102,subdistrict
990102002,新河街道,云州省南溪市云溪区新河街道,990102,subdistrict
990103001,新河街道,云州省南溪市石桥区新河街道,990103,subdistrict
990200,北岭市,云州省北岭市,990000,city
990202,城区,云州省北岭市城区,990200,district
990202001,白塔街道,云州省北岭市城区白塔街道,990202,subdistrict
"""


def digest(text: str) -> str:
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


@dataclass
class Figure:
    """A figure of a made document: written form, indicator, value, unit and what differs from the usual."""

    written: str
    indicator: str
    value: float
    unit: str | None = "亿元"
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class World:
    """A data folder that tests fill run by run and document by document."""

    data: Path
    regions: Path
    site = SITE
    now = NOW

    @staticmethod
    def figure(
        written: str, indicator: str, value: float, unit: str | None = "亿元", /, **more: Any
    ) -> Figure:
        return Figure(written, indicator, value, unit, more)

    @staticmethod
    def digest(text: str) -> str:
        return digest(text)

    @staticmethod
    def document_id(url: str) -> str:
        return hashlib.sha256(url.encode()).hexdigest()[:16]

    def run(
        self,
        day: int,
        *,
        listed: Mapping[str, str] | None = None,
        captured: Mapping[str, str | int] | None = None,
        files: Mapping[str, str | int] | None = None,
        complete: bool = True,
        whole: bool = True,
        site: Mapping[str, Any] = SITE,
        column: str = "总结",
        started: str = "08:00:00",
    ) -> Path:
        """Write the run of a day in 2026-01: `listed` url -> title, `captured` url -> body or HTTP status.

        `files` are captured as attachments. `column` is the column of the whole listing, `started` the time
        of day when the run began.
        """
        run_id = f"202601{day:02}T080000000Z-{site['key']}-{day:04x}"
        folder = self.data / "runs" / run_id
        listed, captured, files = listed or {}, captured or {}, files or {}
        entries = [
            {
                "run_id": run_id,
                "site": site["key"],
                "column": column,
                "url": url,
                "fetch_url": url,
                "title": title,
                "published_on": "2026-01-02",
                "listing_url": "http://yunxi.example/list",
                "meta": {"row": 1},
            }
            for url, title in listed.items()
        ]
        captures = [
            self._capture(run_id, site["key"], f"2026-01-{day:02}T08:{number:02}:00Z", url, answer, number)
            for number, (url, answer) in enumerate([*captured.items(), *files.items()], start=1)
        ]
        for capture in captures[len(captured) :]:
            capture["purpose"] = "attachment"
        report = {
            "run_id": run_id,
            "site": site["key"],
            "started_at": f"2026-01-{day:02}T{started}Z",
            "finished_at": f"2026-01-{day:02}T09:00:00Z",
            "complete": complete,
            "expected": None,
            "entries": len(entries),
            "counts": {"ok": len(captured)},
        }
        write_lines(folder / "sites.jsonl", [{"run_id": run_id, **site}])
        write_lines(folder / "entries.jsonl", entries)
        write_lines(folder / "captures.jsonl", captures)
        if whole:
            write_lines(folder / "runs.jsonl", [report])
        return folder

    def _capture(
        self, run_id: str, site: str, at: str, url: str, answer: str | int, number: int
    ) -> dict[str, Any]:
        held = isinstance(answer, str)
        outcome = (
            "ok" if held else {404: "not_found", 410: "gone", 403: "blocked"}.get(answer, "server_error")
        )
        return {
            "run_id": run_id,
            "site": site,
            "url": url,
            "final_url": url,
            "fetched_at": at,
            "outcome": outcome,
            "status": 200 if held else answer,
            "content_type": "text/html",
            "etag": f'"{day_of(at)}"',
            "last_modified": None,
            "payload_digest": digest(answer) if held else None,
            "wire_digest": digest("wire" + answer) if held else None,
            "length": 10,
            "warc": f"{run_id}-00000.warc.gz",
            "offset": number * 100,
            "revisit": False,
            "purpose": "document",
        }

    def load(self, connection: DuckDBPyConnection, *folders: Path) -> None:
        for folder in folders:
            load_run(connection, folder, regions=self.regions)

    def read(
        self, connection: DuckDBPyConnection, body: str, *figures: Figure, **changes: Any
    ) -> LoadedReadings:
        """Load what an extractor would have read in the payload whose text is `body`."""
        return self.read_all(connection, {body: figures}, **changes)

    def read_all(
        self, connection: DuckDBPyConnection, texts: Mapping[str, tuple[Figure, ...]], **changes: Any
    ) -> LoadedReadings:
        folder = self.data / "read"
        write_lines(folder / "documents.jsonl", [document(body, **changes) for body in texts])
        rows = [metric(body, figure) for body, figures in texts.items() for figure in figures]
        write_lines(folder / "metrics.jsonl", rows)
        cells = [
            {
                "payload_digest": digest(body),
                "extractor_version": "1",
                "table_no": 0,
                "row_no": 0,
                "column_no": 0,
                "text": "项目",
            }
            for body in texts
        ]
        write_lines(folder / "tables.jsonl", cells)
        return load_readings(connection, folder, metrics_version="1", regions=self.regions)


def day_of(at: str) -> str:
    return at[8:10]


def document(body: str, **changes: Any) -> dict[str, Any]:
    """A row of `extract.records.document_row`; lists come as JSON text."""
    return {
        "payload_digest": digest(body),
        "extractor_version": "1",
        "kind": "article",
        "title": "云溪区松石街道2025年工作总结",
        "published_on": "2026-01-05",
        "issued_on": None,
        "document_number": None,
        "index_number": None,
        "publisher": None,
        "source": "松石街道办事处",
        "body": body,
        "text_digest": digest(body.strip()),
        "tables": "[]",
        "attachments": '[{"name": "附表", "url": "http://yunxi.example/a.pdf", "type": "pdf"}]',
        "warnings": "[]",
        **changes,
    }


def metric(body: str, figure: Figure) -> dict[str, Any]:
    """A row of `extract.records.metric_rows`."""
    start = body.find(figure.written)
    sentence = next((part + "。" for part in body.split("。") if figure.written in part), body)
    return {
        "payload_digest": digest(body),
        "extractor_version": "1",
        "start": start,
        "end": start + len(figure.written),
        "written": figure.written,
        "sentence": sentence,
        "section": ["一、总结"],
        "indicator": figure.indicator,
        "indicator_id": None,
        "subject": None,
        "measure": "level",
        "value": figure.value,
        "value_max": None,
        "unit": figure.unit,
        "value_base": None,
        "unit_base": None,
        "qualifier": "exact",
        "status": "actual",
        "period_start": "2025-01-01",
        "period_end": "2025-12-31",
        "scope": None,
        "rule": "made",
        **figure.more,
    }


def write_lines(path: Path, rows: list[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def new_world(folder: Path) -> World:
    regions = folder / "regions.csv"
    regions.write_text(REGIONS, encoding="utf-8")
    return World(folder / "data", regions)


@contextmanager
def opened(world: World, empty: Path) -> Iterator[DuckDBPyConnection]:
    shutil.copytree(empty, world.data / "warehouse")
    with writer(world.data) as connection:
        # tables of a few rows: threads would only wait for each other
        connection.execute("set threads = 1")
        # here the marts are views over views
        connection.execute("set memory_limit = '1GB'")
        yield connection


@pytest.fixture
def world(tmp_path: Path) -> World:
    return new_world(tmp_path)


@pytest.fixture(scope="module")
def shared_world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A world for all tests of a module: for those that only read what one fixture made."""
    return new_world(tmp_path_factory.mktemp("shared"))


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an empty warehouse with the marts as views: what a test has loaded is seen at once."""
    data = tmp_path_factory.mktemp("empty")
    with writer(data) as connection, transaction(connection):
        connection.execute("drop schema mart cascade")
        connection.execute("create schema mart")
        for name, sql in marts().items():
            connection.execute(f'create view mart."{name}" as {sql}')
    return data / "warehouse"


@pytest.fixture
def connection(world: World, empty: Path) -> Iterator[DuckDBPyConnection]:
    with opened(world, empty) as connection:
        yield connection


@pytest.fixture(scope="module")
def shared_connection(shared_world: World, empty: Path) -> Iterator[DuckDBPyConnection]:
    with opened(shared_world, empty) as connection:
        yield connection


@pytest.fixture
def told(world, connection):
    """Load documents, each of an office, a day of publication and its figures, at an address of its own."""

    def load(*documents, day=1, **run):
        bodies = {f"http://yunxi.example/{day}-{n}": one["body"] for n, one in enumerate(documents)}
        world.load(connection, world.run(day, listed=dict.fromkeys(bodies, "甲"), captured=bodies, **run))
        for one in documents:
            facts = {"source": one.get("office", "松石街道办事处"), "published_on": one["published"]}
            world.read(connection, one["body"], *one["figures"], **facts)
        store_indicators(connection, {one.name: one for one in (OUTPUT, FIRES)})
        store_mart(connection)  # as in a published copy: views over views are planned for seconds
        return lambda sql: connection.execute(sql).fetchall()

    return load
