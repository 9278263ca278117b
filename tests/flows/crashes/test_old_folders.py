"""Data folders of earlier versions, and of a later one: `old_folders/make.py` tells how they came to be.

1a8ddfc is the first version that had a warehouse, 6a205bd the last before the migration `0002_network`.
"""

import tarfile
from pathlib import Path
from typing import Any

import duckdb
import pytest

from archive.runs import read_rows
from extract.document import VERSION as DOCUMENT_VERSION
from flows.cli import run
from flows.demo.site import DemoSite
from flows.layout import Layout
from flows.loading import load
from flows.pipeline import owned, run_sites
from flows.questions import ask
from flows.run_results import CrawlOptions
from flows.verification import verify_all
from scrapers.site import load_sites
from warehouse.database import warehouse_path
from warehouse.errors import OutdatedError
from warehouse.publish import current
from warehouse.rebuild import rebuild_raw

FOLDERS = Path(__file__).with_name("old_folders")
OLD = [(version, how) for version in ("1a8ddfc", "6a205bd") for how in ("crawl-killed", "load-killed")]


@pytest.fixture
def layout(tmp_path: Path, request: pytest.FixtureRequest) -> Layout:
    """Return an old data folder, as it was when its last run had been killed."""
    version, how = request.param
    with tarfile.open(FOLDERS / f"{version}.tar.xz") as archive:
        archive.extractall(tmp_path, filter="data")
    return Layout(tmp_path / how)


def recorded(layout: Layout) -> list[dict[str, Any]]:
    """Return the rows of all captures that the run files hold."""
    return [row for folder in layout.run_folders() for row in read_rows(folder, "captures")]


def assert_whole(layout: Layout, rows: list[dict[str, Any]]) -> None:
    assert verify_all(layout, lambda _: None).problems == ()
    places = set(ask(current(layout.data), 'select run_id, url, warc, "offset" from raw.captures').rows)
    assert {(row["run_id"], row["url"], row["warc"], row["offset"]) for row in rows} <= places
    old = "select count(*) from core.documents where extractor_version <> $version"
    assert ask(current(layout.data), old, version=DOCUMENT_VERSION).rows == [(0,)]
    assert run(["--data", str(layout.data), "changes"]) == 0


@pytest.mark.parametrize("layout", OLD, indirect=True, ids="-".join)
def test_an_old_folder_is_loaded_and_nothing_that_it_recorded_is_lost(layout: Layout) -> None:
    rows = recorded(layout)
    with owned(layout):
        load(layout, lambda _: None)
    assert_whole(layout, rows)


@pytest.mark.parametrize("layout", OLD[:1], indirect=True, ids="-".join)
def test_an_old_folder_is_crawled_into(layout: Layout, tmp_path: Path) -> None:
    rows = recorded(layout)
    with DemoSite(tmp_path / "sites") as demo:
        sites = [site for site in load_sites(demo.site_files[0].parent) if site.key == "weiting"]
        assert not run_sites(layout, sites, CrawlOptions(limit=1), lambda _: None).failed
    assert len(recorded(layout)) > len(rows)
    assert_whole(layout, rows)


@pytest.mark.parametrize("layout", OLD[-1:], indirect=True, ids="-".join)
def test_an_old_folder_is_rebuilt(layout: Layout) -> None:
    rows = recorded(layout)
    assert run(["--data", str(layout.data), "rebuild"]) == 0
    assert_whole(layout, rows)


@pytest.mark.parametrize("layout", OLD[:1], indirect=True, ids="-".join)
def test_an_old_folder_is_read_as_it_is_or_says_what_to_run(
    layout: Layout, capsys: pytest.CaptureFixture[str]
) -> None:
    def call(*arguments: str) -> tuple[int, str]:
        code = run(["--data", str(layout.data), *arguments])
        return code, capsys.readouterr().err

    assert call("sql", "select count(*) from mart.metrics") == (0, "")
    code, told = call("sql", "--saved", "word_over_the_years")
    assert (code, told.count("\n")) == (2, 1)
    assert "another version of gongkai published these tables" in told
    code, told = call("search", "苇汀")
    assert code == 0
    assert "no full-text index until the next load" in told
    assert call("status", "--json")[0] == 4, "its last run was lost"
    for command in (["changes"], ["export", "csv", str(layout.data.parent / "out")]):
        code, told = call(*command)
        assert (code, told.count("\n")) == (2, 1)
        assert "published by another version" in told
        assert "run `gongkai rebuild`" in told
    code, told = call("verify")
    assert code == 3
    assert "made by an older gongkai; run `gongkai rebuild`" in told
    assert call("verify", "--repair") == (0, "")
    assert call("changes")[0] == 0


def of_a_newer_migration(layout: Layout) -> None:
    change(layout, "insert into raw.migrations values (9999, 'later', null)")


def of_a_newer_extractor(layout: Layout) -> None:
    change(layout, "update core.documents set extractor_version = '9999'")


def change(layout: Layout, statement: str) -> None:
    with duckdb.connect(str(warehouse_path(layout.data))) as connection:
        connection.execute(statement)


@pytest.mark.parametrize("layout", OLD[:1], indirect=True, ids="-".join)
@pytest.mark.parametrize("newer", [of_a_newer_migration, of_a_newer_extractor])
def test_a_folder_of_a_newer_version_is_refused_and_stays_as_it_is(layout: Layout, newer) -> None:
    newer(layout)
    with (
        owned(layout),
        pytest.raises(OutdatedError, match=r"warehouse\.duckdb: made by a newer gongkai; update"),
    ):
        load(layout, lambda _: None)
    if newer is of_a_newer_migration:
        with pytest.raises(OutdatedError, match="made by a newer gongkai"):
            rebuild_raw(layout.data)
    assert not list(layout.warehouse.glob("rebuilding/*"))
