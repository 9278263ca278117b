"""Every site file can be loaded, stays on government hosts and fits the table of regions.

What the files say about real sites was gathered from public texts and crawlers;
nothing here reaches the network.
"""

import csv
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from scrapers.site import Site, load_site, load_sites

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
SITE_FILES = sorted((SEEDS / "sites").glob("*.toml"))


@pytest.fixture(scope="module", params=SITE_FILES, ids=lambda path: path.stem)
def site_file(request: pytest.FixtureRequest) -> Path:
    return request.param


@pytest.fixture(scope="module")
def site(site_file: Path) -> Site:
    return load_site(site_file)


@pytest.fixture(scope="module")
def regions() -> dict[str, dict[str, str]]:
    with (SEEDS / "regions.csv").open(encoding="utf-8", newline="") as lines:
        return {row["code"]: row for row in csv.DictReader(lines)}


def test_the_folder_loads_as_a_whole():
    sites = load_sites(SEEDS / "sites")
    assert sorted(site.key for site in sites) == [path.stem for path in SITE_FILES]


def test_runs_do_not_start_together():
    started = Counter(site.schedule for site in load_sites(SEEDS / "sites"))
    assert max(started.values()) == 1, started


def test_the_key_is_the_files_name(site, site_file):
    assert site.key == site_file.stem


def test_the_region_is_in_the_table(site, regions):
    assert site.region in regions


def test_the_regions_sub_districts_are_in_the_table(site, regions):
    if regions[site.region]["level"] == "district":
        assert any(row["parent"] == site.region for row in regions.values())


def test_hosts_are_government_hosts(site):
    """Copies of these sites stand on foreign hosts under the same paths: none may enter an allow-list."""
    assert site.hosts
    assert all(host.endswith(".gov.cn") for host in site.hosts), site.hosts


def test_the_base_url_is_on_an_allowed_host(site):
    assert urlsplit(str(site.base_url)).hostname in site.hosts


def test_it_is_asked_politely(site):
    assert site.politeness.delay_s >= 2.0
    assert site.politeness.concurrency == 1


def test_silence_would_be_noticed(site):
    assert site.expect.entries_min > 0
    assert site.expect.max_age_days > 0


def test_it_tells_what_is_known_and_what_is_not(site):
    """Remove the sentence from a file's notes only after the site has been crawled."""
    assert "Nothing here was checked against the live site." in site.notes
    assert site.verified
    assert site.unverified
