"""`gongkai crawl` where Prefect does not work: the crawl ends as it would, and one line says so."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from archive.runs import read_rows
from flows.layout import Layout
from tests.flows.scheduling.served import PROGRAM, Prefect, rewrite, until
from warehouse.publish import current

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
Crawl = Callable[..., "subprocess.Popen[str]"]
IMPATIENT = {"PREFECT_CLIENT_MAX_RETRIES": "0", "PREFECT_API_REQUEST_TIMEOUT": "2"}


@pytest.fixture
def crawl(layout: Layout, sites: Path) -> Crawl:
    def start(*options: str, **environment: str) -> "subprocess.Popen[str]":
        command = (PROGRAM, "--data", layout.data, "--sites", sites, "crawl", "huaipu", *options)
        return subprocess.Popen(
            [sys.executable, "-c", *map(str, command)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PREFECT_HOME": str(layout.prefect), **IMPATIENT, **environment},
        )

    return start


def ended(crawl: "subprocess.Popen[str]") -> str:
    """Return what a crawl that ended well had to say."""
    said = crawl.communicate(timeout=120)[1]
    assert crawl.returncode == 0, said
    return said


def assert_whole(layout: Layout) -> None:
    (run,) = layout.run_folders()
    assert next(read_rows(run, "runs"))["complete"]
    assert current(layout.data).is_file()


def one_line(said: str, *parts: str) -> None:
    assert len(said.splitlines()) == 1, said
    assert all(part in said for part in parts)


def test_103_a_crawl_can_do_without_prefect(crawl: Crawl, layout: Layout) -> None:
    assert ended(crawl("--no-prefect")) == ""
    assert_whole(layout)
    assert not layout.prefect.exists()


@pytest.mark.parametrize("broken", ["install", "address"])
def test_103_a_prefect_that_does_not_start_is_one_line(
    broken: str, crawl: Crawl, layout: Layout, tmp_path: Path
) -> None:
    environment = {}
    if broken == "install":
        (tmp_path / "uvicorn.py").write_text("raise RuntimeError", "utf-8")
        environment["PYTHONPATH"] = os.pathsep.join((str(tmp_path), os.environ.get("PYTHONPATH", "")))
    else:
        environment["PREFECT_API_URL"] = "http://127.0.0.1:9/api"
    one_line(ended(crawl(**environment)), "Prefect does not work", "without it")
    assert_whole(layout)


def test_103_a_server_killed_in_a_run_is_one_line(crawl: Crawl, layout: Layout, sites: Path) -> None:
    rewrite(sites / "huaipu.toml", "delay_s", "0.3")
    process = crawl()
    until(lambda: any(layout.runs.glob("*/captures.jsonl")), "a capture")
    os.kill(server_of(process.pid), signal.SIGKILL)
    one_line(ended(process), "Prefect was not told how the run ended")
    assert_whole(layout)


def test_103_a_locked_database_of_the_server_is_one_line(
    crawl: Crawl, layout: Layout, sites: Path, prefect: Prefect
) -> None:
    rewrite(sites / "huaipu.toml", "delay_s", "0.3")
    process = crawl(PREFECT_API_URL=prefect.api)
    until(lambda: any(layout.runs.glob("*/captures.jsonl")), "a capture")
    with closing(sqlite3.connect(prefect.database)) as database:
        database.execute("begin exclusive")
        said = ended(process)
    one_line(said, "Prefect was not told how the run ended")
    assert_whole(layout)


def server_of(pid: int) -> int:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    return next(int(child) for child in listed if b"uvicorn" in Path(f"/proc/{child}/cmdline").read_bytes())
