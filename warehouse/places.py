"""Which office speaks in a document, and to which district it belongs.

The office is the issuing body as printed: the publisher, else the source, else the place that the title
begins with. The district comes through the region table (region codes after GB/T 2260): 清河街道办事处 is
清河街道, which lies in 云溪区. Many sub-districts and some districts share a name; such a name counts only
where the text or the site's region says which one is meant, and else nothing is said. A site whose region
the table does not know is of the district that its own name tells.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from warehouse.errors import SeedError

REGIONS = Path(__file__).resolve().parent.parent / "seeds" / "regions.csv"

NOT_A_BODY = frozenset({"本站", "本网", "本站原创", "原创", "互联网", "网络", "未知"})
# 云溪区清河街道 before 2024年…, 关于…: the leading place of a title that the region table does not know
LEADING_PLACE = re.compile(
    r"(?!关于)([一-鿿]{1,24}(?:省|市|区|县|旗|街道|镇|乡)(?:办事处|人民政府)?)(?=\d{4}|关于|[一二三四五六七八九十〇]{4}年)"
)
# one part of 云州省南溪市云溪区新河街道: up to the first ending of a region's name
PART = re.compile(r"[一-鿿]{2,10}?(?:自治区|[省市州盟区县旗])|[一-鿿]县")
NO_DISTRICT = re.compile(r"(?:自治|社|小|园|校|景|地|片|辖)区$|[省州盟市]$")
# GB/T 2260: two digits for the province, two for the city, two for the district
CODE_DIGITS = 6
CITY_DIGITS = 4
DISTRICT_LEVELS = ("subdistrict", "district")


@dataclass(frozen=True, slots=True)
class Region:
    """A row of seeds/regions.csv; `level` is province, city, district or subdistrict, `parent` a code."""

    code: str
    name: str
    full_name: str
    parent: str
    level: str


@dataclass(frozen=True, slots=True)
class Place:
    """The issuing office as printed, the name of its district and the district's code of six digits."""

    office: str | None
    district: str | None
    district_code: str | None


class Regions:
    """The region table, to be asked by code and by the names in a text."""

    def __init__(self, regions: Mapping[str, Region]) -> None:
        self._by_code = regions
        self._by_name: dict[str, list[Region]] = defaultdict(list)
        for region in regions.values():
            self._by_name[region.name].append(region)
        # of the names that begin with a character, longest first
        self._lengths: dict[str, list[int]] = defaultdict(list)
        for first, length in sorted({(name[0], len(name)) for name in self._by_name}, reverse=True):
            self._lengths[first].append(length)

    def get(self, code: str | None) -> Region | None:
        """Return the region of a code; None where the table does not have it."""
        return self._by_code.get(code or "")

    def named_in(self, text: str) -> Iterator[tuple[int, tuple[Region, ...]]]:
        """Yield the offset and all bearers of each region name in a text, the longest name at each place."""
        at = 0
        while at < len(text):
            for length in self._lengths.get(text[at], ()):
                if bearers := self._by_name.get(text[at : at + length]):
                    yield at, tuple(bearers)
                    at += length
                    break
            else:
                at += 1

    def line(self, region: Region) -> Iterator[Region]:
        """Yield a region and those that it lies in, inner first."""
        here: Region | None = region
        while here is not None:
            yield here
            here = self.get(here.parent)

    def at_level(self, region: Region | None, level: str) -> Region | None:
        """Return the region of that level that a region is or lies in."""
        return next((here for here in self.line(region) if here.level == level), None) if region else None


@cache
def load_regions(path: Path = REGIONS) -> Regions:
    """Read the region table: CSV with the columns code, name, full_name, parent, level; raise SeedError."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [Region(**{key: row[key] for key in Region.__slots__}) for row in csv.DictReader(file)]
    except OSError as error:
        raise SeedError(f"{path}: cannot be read: {error.strerror}") from error
    except KeyError as error:
        raise SeedError(f"{path}: has no column {error}; it needs {', '.join(Region.__slots__)}") from error
    return Regions({region.code: region for region in rows})


def find_place(
    regions: Regions,
    *,
    publisher: str | None,
    source: str | None,
    title: str | None,
    site_region: str | None,
    site_name: str | None = None,
) -> Place:
    """Return the office and district of a document from its own lines and its site's region code and name."""
    bodies = [text.strip() for text in (publisher, source) if text and text.strip() not in NOT_A_BODY]
    office = next((body for body in bodies if body), None) or _leading_place(regions, title or "")
    district = _district(regions, [*bodies, title or ""], site_region)
    if district is None and site_region and regions.get(site_region) is None:
        return Place(office, *_unlisted(regions, site_name or "", bodies, site_region))
    return Place(office, district.name if district else None, district.code if district else None)


def _leading_place(regions: Regions, title: str) -> str | None:
    """Return the run of place names that a title begins with."""
    end = 0
    for at, bearers in regions.named_in(title):
        if at != end:
            break
        end = at + len(bearers[0].name)
    if end:
        return title[:end] + ("办事处" if title.startswith("办事处", end) else "")
    found = LEADING_PLACE.match(title)
    return found[1] if found else None


def _district(regions: Regions, texts: list[str], site_region: str | None) -> Region | None:
    """Return the district that the first telling text names, by sub-district first; else the site's own."""
    found = [[bearers for _, bearers in regions.named_in(text)] for text in texts]
    everywhere = {bearers[0].name for text in found for bearers in text}
    for text in found:
        here = {bearers[0].name for bearers in text}
        for level in DISTRICT_LEVELS:
            for bearers in text:
                candidates = [region for region in bearers if region.level == level]
                if chosen := _settle(regions, candidates, (here, everywhere), site_region):
                    return regions.at_level(chosen, "district")
    return regions.at_level(regions.get(site_region), "district")


def _unlisted(
    regions: Regions, site_name: str, bodies: list[str], code: str
) -> tuple[str | None, str | None]:
    """Return name and code of the district of a site whose region code the table does not know.

    The name is what looks like a district's in the site's name, else in those of the issuing bodies. A name
    that the table has is that of another district, and the code of a city (…00) is of none: then nothing is
    said.
    """
    if len(code) < CODE_DIGITS or code[:CODE_DIGITS].endswith("00"):
        return None, None
    parts = [*_district_parts(site_name), *_cities(site_name)[-1:]]
    parts += [part for body in bodies for part in _district_parts(body)]
    if not parts or any(regions.named_in(parts[0])):
        return None, None
    return parts[0], code[:CODE_DIGITS]


def _district_parts(text: str) -> list[str]:
    return [part for part in PART.findall(text) if not NO_DISTRICT.search(part)]


def _cities(text: str) -> list[str]:
    return [part for part in PART.findall(text) if part.endswith("市")]


def _settle(
    regions: Regions, candidates: list[Region], names: tuple[set[str], set[str]], site_region: str | None
) -> Region | None:
    """Return the one bearer of a name that is meant, None where that stays open.

    Meant is the one whose parent its own text names, or any of the texts (`names`, in this order); else the
    one in the site's region; else the only one, if the site is not of another city. A name of two
    characters (城区, 郊区) is a common word as well and needs one of the first two.
    """
    for named in names:
        children = [region for region in candidates if _parent_name(regions, region) in named]
        if len(children) == 1:
            return children[0]
    site = regions.get(site_region)
    inside = [region for region in candidates if site and site in regions.line(region)]
    if len(inside) == 1:
        return inside[0]
    if len(candidates) != 1 or len(candidates[0].name) < 3:
        return None
    same_city = site_region is None or site_region[:CITY_DIGITS] == candidates[0].code[:CITY_DIGITS]
    return candidates[0] if same_city else None


def _parent_name(regions: Regions, region: Region) -> str | None:
    parent = regions.get(region.parent)
    return parent.name if parent else None
