"""A disk that is full (FAULTS 85, 96): a clear line, nothing half published, and it goes on with room."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from archive.fixity import check
from archive.names import OPEN
from extract.errors import GongkaiError
from flows.layout import Layout
from flows.loading import latest
from flows.pipeline import run_sites
from flows.questions import ask
from flows.run_results import CrawlOptions, RunResult
from flows.verification import verify_all
from scrapers import http
from tests.flows.crashes.hostile_site import HostileSite
from warehouse.database import warehouse_path, writer
from warehouse.errors import WarehouseError


class Disk:
    """A file system in memory at `path`."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def resize(self, kibibytes: int) -> None:
        options = f"remount,size={kibibytes}k"
        subprocess.run(["mount", "-o", options, str(self.path)], check=True)


@contextmanager
def small_disk(path: Path, kibibytes: int) -> Iterator[Disk]:
    """Mount a file system of that size for the time of the block; the test skips where it may not."""
    path.mkdir(parents=True)
    options = ["-t", "tmpfs", "-o", f"size={kibibytes}k", "tmpfs", str(path)]
    if os.geteuid() or subprocess.run(["mount", *options], capture_output=True).returncode:
        pytest.skip("a small disk takes the right to mount one")
    try:
        yield Disk(path)
    finally:
        subprocess.run(["umount", str(path)], check=True)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "backoff_s", lambda *_: 0.001)


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    return Layout(tmp_path / "data")


def crawl(layout: Layout, server: HostileSite, night: int = 0) -> RunResult:
    server.night = night
    return run_sites(layout, [server.site], CrawlOptions(), lambda _: None)


def assert_nothing_half(layout: Layout) -> None:
    damaged = check(layout.archive) if layout.archive.exists() else ()
    assert [found for found in damaged if not found.warc.endswith(OPEN)] == []
    if (copy := latest(layout)) is not None:
        assert ask(copy, "select count(*) from mart.metrics").rows


def assert_goes_on(layout: Layout, server: HostileSite) -> None:
    crawl(layout, server)
    assert verify_all(layout, lambda _: None).problems == ()
    states = "select state, count(*) from mart.documents group by all order by all"
    assert dict(ask(latest(layout), states).rows) == {"held": 5, "seen": 1}


@pytest.mark.parametrize("place", ["archive", "runs"])
def test_85_a_disk_that_fills_up_in_a_crawl_is_a_failed_site_and_keeps_what_is_stored(
    layout: Layout, server: HostileSite, place: str, caplog: pytest.LogCaptureFixture
) -> None:
    with small_disk(getattr(layout, place), 8) as disk:
        (failed,) = crawl(layout, server).failed
        assert f"{disk.path}/" in failed.errors[0]
        assert "no space left on device; make room and run again" in failed.errors[0]
        assert not caplog.records, "a full disk is no bug of ours"
        assert_nothing_half(layout)
        disk.resize(9000)
        assert_goes_on(layout, server)


@pytest.mark.parametrize("kibibytes", [40, 700, 3000, 9000])
def test_85_96_a_disk_that_fills_up_in_a_load_or_while_it_publishes(
    layout: Layout, server: HostileSite, kibibytes: int
) -> None:
    with small_disk(layout.data, kibibytes) as disk:
        for _ in range(2):  # the second meets what the first left
            with pytest.raises(
                GongkaiError, match=f"{layout.data}/(warehouse|published)/.*make room and run again"
            ):
                crawl(layout, server)
            assert latest(layout) is None
        assert_nothing_half(layout)
        assert not list(layout.published.glob("*"))
        disk.resize(64_000)
        assert_goes_on(layout, server)


def test_96_after_a_fatal_error_a_new_connection_goes_on(layout: Layout) -> None:
    with small_disk(layout.data, 3000) as disk:
        with writer(layout.data) as connection:
            before = connection.execute("select count(*) from raw.issues").fetchall()
        with pytest.raises((WarehouseError, duckdb.Error)), writer(layout.data) as connection:
            connection.execute(
                "insert into raw.issues (run_id, line, level, code, message) "
                "select 'x', i, 'error', 'x', repeat(uuid()::varchar, 20) from range(20000) as t(i)"
            )
        disk.resize(64_000)
        with writer(layout.data) as connection:
            assert connection.execute("select count(*) from raw.issues").fetchall() == before
        assert warehouse_path(layout.data).exists()
