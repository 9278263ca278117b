"""What a page tells a person who writes a site file: its platform, its columns of reports, its name. Pure."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from extract.kind import is_list
from extract.metadata import meta_tags
from extract.units import SEEDS
from extract.wording import either, words
from scrapers.address import Hosts, canonical, joined
from scrapers.platforms import BUILT
from scrapers.platforms.answers import clean, tree_of
from scrapers.platforms.catalogue import count
from scrapers.platforms.gkml_index import Index, read_index
from scrapers.platforms.nfcms import column_number
from scrapers.platforms.signs import is_document, recognise

_YEAR = re.compile(r"(?:19|20)\d{2}年")
_NAME_LONGEST = 20  # characters; longer ones are titles
_CATALOGUE, _INDEX = "/gkmlpt/", "/gkmlpt/index"
_HOME = re.compile(r"/(?:(?:index|default)\.\w{1,6})?$")


@dataclass(frozen=True, slots=True)
class FoundColumn:
    """A column that looks like one of reports and plans: its list page, its number, or both."""

    name: str
    url: str | None = None
    column: int | None = None
    sid: str | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of a site: its platform and the signs of it, its name, its columns of reports.

    `further` is an address that would tell what this page did not: the catalogue's index, or a column of a
    page without signs.
    """

    platform: str
    signs: tuple[str, ...]
    site_name: str | None
    columns: tuple[FoundColumn, ...]
    further: str | None = None


@cache
def _reports() -> re.Pattern[str]:
    return re.compile(either(words("columns", SEEDS / "columns.toml")["reports"]))


def look_over(url: str, html: str) -> Seen:
    """Return what a page tells of its site: a home page, a column's, a list, an article, a catalogue's index.

    Columns come from the catalogue's tree where there is one; else the page's own column comes first, then
    those of its anchors whose names look like reports, on the page's own host. Raises UnreadableError for a
    page that is too large to parse safely.
    """
    platform, signs = recognise(url, html)
    tree = tree_of(html)
    metas = meta_tags(tree)
    name = clean(metas.get("columnname"))
    if platform == "gkmlpt":
        index = read_index(html)
        columns = _catalogue_columns(url, tree) if index is None else _tree_columns(index, url)
        further = _index_of(url, tree) if index is None else None
    else:
        own = _own_column(url, html, tree, name)
        columns = _each_address_once((*own, *_anchor_columns(url, tree)))
        further = next((column.url for column in columns), None) if not own and not signs else None
    return Seen(platform, signs, clean(metas.get("sitename")), _told_apart(columns), further)


def together(first: Seen, second: Seen) -> Seen:
    """Return what two pages of a site tell: the first one, and what only its `further` page knows."""
    if second.platform == first.platform == "gkmlpt":
        return replace(first, columns=second.columns or first.columns, further=None)
    return replace(first, platform=second.platform, signs=second.signs, further=None)


def _own_column(url: str, html: str, tree: LexborHTMLParser, name: str | None) -> tuple[FoundColumn, ...]:
    """Return the column that the page lists, or that its article is in; nothing for a home page."""
    number = column_number(html)
    if is_document(url):
        address = _address_of(url, tree, name)
        known = name is not None and (address is not None or number is not None)
        return (FoundColumn(name or "", address, number),) if known else ()
    title = tree.css_first("title")
    name = name or clean(title.text() if title else "") or "column"
    if _HOME.fullmatch(urlsplit(url).path) or not (is_list(tree) or number or _reports().search(name)):
        return ()
    return (FoundColumn(name, canonical(url), number),)


def _address_of(url: str, tree: LexborHTMLParser, name: str | None) -> str | None:
    """Return where an anchor with the column's name leads on the page's own host: the crumb of an article."""
    return next((address for text, address, _ in _own_anchors(url, tree) if name and text == name), None)


def _own_anchors(url: str, tree: LexborHTMLParser) -> Iterator[tuple[str, str, str]]:
    """Yield text, address and fragment of the anchors that lead to the page's own host."""
    hosts = Hosts([urlsplit(url).netloc.lower()], url)
    for anchor in tree.css("a[href]"):
        reference = anchor.attributes.get("href") or ""
        address = joined(url, reference)
        if address is not None and hosts.refusal(address) is None:
            yield clean(anchor.text()) or "", address, reference.partition("#")[2]


def _anchor_columns(url: str, tree: LexborHTMLParser) -> tuple[FoundColumn, ...]:
    """Return the columns of reports that anchors lead to; a gkmlpt catalogue needs a file of its own."""
    return tuple(
        FoundColumn(name, url=address)
        for name, address, _ in _own_anchors(url, tree)
        if _is_reports(name) and _is_column(address)
    )


def _is_column(address: str) -> bool:
    home = _HOME.fullmatch(urlsplit(address).path) is not None
    return not (home or is_document(address) or _CATALOGUE in address)


def _is_reports(name: str) -> bool:
    """Tell whether an anchor's text names a column of reports; one with a year names a report."""
    return len(name) <= _NAME_LONGEST and _reports().search(name) is not None and not _YEAR.search(name)


def _catalogue_columns(url: str, tree: LexborHTMLParser) -> tuple[FoundColumn, ...]:
    """Return the columns of reports that anchors into a gkmlpt catalogue name by number (index#512)."""
    anchors = _own_anchors(url, tree)
    into = (
        (name, address, count(fragment)) for name, address, fragment in anchors if address.endswith(_INDEX)
    )
    return tuple(
        FoundColumn(name, url=address, column=number)
        for name, address, number in into
        if _is_reports(name) and number is not None
    )


def _index_of(url: str, tree: LexborHTMLParser) -> str | None:
    """Return the address of the catalogue's index that a page is below, or that an anchor leads to."""
    if _CATALOGUE in url:
        return canonical(url.partition(_CATALOGUE)[0] + _INDEX)
    return next((address for _, address, _ in _own_anchors(url, tree) if address.endswith(_INDEX)), None)


def _tree_columns(index: Index, url: str) -> tuple[FoundColumn, ...]:
    address = canonical(url.partition(_CATALOGUE)[0] + _INDEX)
    named = (column for column in index.columns if _reports().search(column.name))
    return tuple(FoundColumn(column.name, address, column.number, index.sid) for column in named)


def _each_address_once(columns: Sequence[FoundColumn]) -> tuple[FoundColumn, ...]:
    kept: dict[str | None, FoundColumn] = {}
    for column in columns:
        kept.setdefault(column.url, column)
    return tuple(kept.values())


def _told_apart(columns: Sequence[FoundColumn]) -> tuple[FoundColumn, ...]:
    """Return the columns with a number behind each name that stood before: a site file has one of each."""
    counts: Counter[str] = Counter()
    apart: list[FoundColumn] = []
    for column in columns:
        counts[column.name] += 1
        times = counts[column.name]
        apart.append(replace(column, name=f"{column.name} ({times})") if times > 1 else column)
    return tuple(apart)


def site_toml(
    *,
    key: str,
    name: str,
    base_url: str,
    platform: str,
    columns: Sequence[FoundColumn],
    signs: Sequence[str] = (),
    region: str = "000000",
) -> str:
    """Return a site file that `load_site` accepts, with what was seen and what a person must check.

    A platform without an adapter becomes `links`. Without columns, one stands there to be filled in.
    """
    used = platform if platform in BUILT else "links"
    lines = [
        f"key = {_string(key)}",
        f"name = {_string(name)}",
        f"region = {_string(region)}  # the region code (GB/T 2260); 000000 means: fill it in",
        f"base_url = {_string(base_url)}",
        f"hosts = [{', '.join(map(_string, _hosts(base_url)))}]",
        f"platform = {_string(used)}",
        f"verified = [{', '.join(_string('seen: ' + sign) for sign in signs)}]",
        'unverified = ["columns", "expectations"]',
    ]
    if used != platform:
        lines.append(f"notes = {_string(f'recognised as {platform}, which has no adapter yet')}")
    placeholder = FoundColumn("fill in", url=_INDEX if used == "gkmlpt" else "/")
    for column in columns or (placeholder,):
        lines += ["", "[[columns]]", f"name = {_string(column.name)}"]
        lines += [f"url = {_string(column.url)}"] if column.url is not None else []
        lines += [f"column = {column.column}"] if column.column is not None else []
        lines += [f"sid = {_string(column.sid)}"] if column.sid is not None else []
    return "\n".join(lines) + "\n"


def _hosts(base_url: str) -> tuple[str, ...]:
    """Return the host of an address, and with it the one without www."""
    host = urlsplit(base_url).netloc
    bare = host.removeprefix("www.")
    return (host,) if bare == host else (host, bare)


def _string(text: str) -> str:
    """Return a TOML basic string; its escapes are those of JSON."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
