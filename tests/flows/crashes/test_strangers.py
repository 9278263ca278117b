"""Folders that are read-only, of another user or links to elsewhere (FAULTS 83, 89): told, and left alone."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from extract.errors import GongkaiError
from flows.cli import run
from flows.layout import Layout
from flows.pipeline import run_sites
from flows.run_results import CrawlOptions
from tests.flows.crashes.hostile_site import HostileSite
from warehouse.publish import current
from warehouse.query import reader
from warehouse.query import run as ask

NOBODY = 65534


@pytest.fixture
def foreign(crawled: Layout) -> Iterator[Layout]:
    """Return a copy of the folder that this process, for the time of the test, may only read."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        layout = Layout(Path(name) / "data")
        shutil.copytree(crawled.data, layout.data)
        for path in (layout.data, *layout.data.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        user = os.geteuid()
        if user == 0:
            os.seteuid(NOBODY)
        try:
            yield layout
        finally:
            os.seteuid(user)
            for path in (layout.data, *layout.data.rglob("*")):
                path.chmod(0o755)


@pytest.mark.parametrize("command", [["rebuild"], ["verify"], ["verify", "--repair"]])
def test_89_a_folder_that_may_only_be_read_is_named_with_what_to_do(
    foreign: Layout, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    assert run(["--data", str(foreign.data), *command]) == 2
    told = capsys.readouterr().err
    assert told.startswith(f"gongkai: {foreign.data}")
    assert "permission denied; give this user the right to write there" in told
    assert told.count("\n") == 1


def test_89_a_folder_that_may_only_be_read_can_be_asked(foreign: Layout) -> None:
    # in this process: a user who is only lent to a test may have no Python to start another
    if os.access(sys.executable, os.X_OK, effective_ids=True):
        assert run(["--data", str(foreign.data), "sql", "select count(*) from mart.metrics"]) == 0
    with reader(current(foreign.data)) as connection:
        assert list(ask(connection, "select count(*) from mart.metrics").rows)
    assert run(["--data", str(foreign.data), "status"]) in (0, 4)


def contents(place: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in (place, *place.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("name", ["archive", "runs", "warehouse", "published", "lock"])
def test_83_89_nothing_is_written_through_a_link(
    layout: Layout, server: HostileSite, tmp_path: Path, name: str
) -> None:
    outside, place = tmp_path / "outside", layout.data / name
    place.rename(outside)
    place.symlink_to(outside)
    before = contents(outside)
    try:
        (failed,) = run_sites(layout, [server.site], CrawlOptions(), lambda _: None).failed
        told = failed.errors[0]
    except GongkaiError as error:
        told = str(error)
    assert f"{place}: is a symbolic link; " in told or f"{place}: too many levels of symbolic links; " in told
    assert contents(outside) == before
