"""What may be wrong with an installation: Python, pinned libraries, data folder, site files, seeds."""

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from packaging.requirements import Requirement

from archive.lock import holder
from extract.errors import GongkaiError
from flows.layout import SEEDS, Layout
from scrapers.site import read_sites


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: what was looked at, whether it is fine, and what was found or is to be done."""

    check: str
    fine: bool
    message: str

    def as_object(self) -> dict[str, object]:
        """Return the finding JSON-ready."""
        return asdict(self)


def examine(layout: Layout, sites: Path) -> list[Finding]:
    """Run every check; none of them changes anything."""
    return [*_python(), *_libraries(), *_data(layout), *_sites(sites), *_seeds(), *_warehouse(layout)]


def _python() -> Iterator[Finding]:
    found = ".".join(map(str, sys.version_info[:3]))
    fine = sys.version_info >= (3, 11)
    yield Finding("python", fine, found if fine else f"{found}; install Python 3.11 or newer")


def _libraries() -> Iterator[Finding]:
    """Compare what is installed with what pyproject asks for: a wrong one stops Prefect's schedules."""
    for line in requires("gongkai") or ():
        requirement = Requirement(line)
        if requirement.marker and not requirement.marker.evaluate({"extra": ""}):
            continue
        try:
            installed = version(requirement.name)
        except PackageNotFoundError:
            yield Finding(requirement.name, False, "is not installed; run python3 bootstrap.py")
            continue
        fine = requirement.specifier.contains(installed)
        advice = "" if fine else f"; gongkai needs {requirement.specifier}, run python3 bootstrap.py"
        yield Finding(requirement.name, fine, installed + advice)


def _data(layout: Layout) -> Iterator[Finding]:
    folder = layout.data
    place = folder if folder.exists() else folder.resolve().parent
    fine = os.access(place, os.W_OK)
    advice = "" if fine else ": cannot be written; choose another with --data"
    yield Finding("data folder", fine, f"{folder}{advice}")
    owner = holder(layout.lock)
    left = [] if owner and owner.alive else sorted(layout.archive.glob("*.open"))
    for path in left:
        yield Finding("archive", False, f"{path}: left open by a killed run; the next one mends it")


def _sites(path: Path) -> Iterator[Finding]:
    sites, errors = read_sites(path)
    yield Finding("site files", not errors, f"{len(sites)} usable in {path}")
    for error in errors:
        yield Finding("site file", False, str(error))


def _seeds() -> Iterator[Finding]:
    from extract.indicators import catalogue
    from extract.lexicon import lexicon as words
    from extract.units import lexicon
    from warehouse.dictionary import load_dictionary
    from warehouse.places import REGIONS, load_regions

    readers: dict[str, Callable[[], object]] = {
        "units.toml": lexicon,
        "indicators.toml": catalogue,
        "userdict.txt": words,
        "dictionary.toml": load_dictionary,
        "regions.csv": lambda: load_regions(REGIONS),
    }
    for name, read in readers.items():
        try:
            read()
        except (GongkaiError, OSError, ValueError, KeyError) as error:
            yield Finding(name, False, f"{SEEDS / name}: {error}")
        else:
            yield Finding(name, True, str(SEEDS / name))


def _warehouse(layout: Layout) -> Iterator[Finding]:
    from warehouse.database import examiner
    from warehouse.errors import WarehouseError
    from warehouse.publish import current
    from warehouse.query import reader

    try:
        with examiner(layout.data), reader(copy := current(layout.data)):
            yield Finding("warehouse", True, str(copy))
    except WarehouseError as error:
        yield Finding("warehouse", not layout.run_folders(), str(error))
