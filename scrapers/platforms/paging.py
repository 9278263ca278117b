"""Where the next page of a list is: behind an anchor, or in a call or variables of a script.

Anchors say 下一页, have an arrow and the class `next`, or are numbers only. Static publishers write none; the
forms of their scripts, and who writes them:

- createPageHTML(pages, current, "index", "html"), createPage(…) the same (TRS): `current` counts from 0,
  page k is index_k.html, the first has no number. `pages` is often a cap.
- createPageHTML('page_div', pages, current, 'list', 'shtml', rows) (UCAP): `current` counts from 1, page k
  is list_k.shtml; 1,000 rows are a cap.
- currentPage, countPage; or m_nCurrPage, m_nRecordCount, m_nPageSize (TRS): variables that mean the first
  form, named like the page itself or as m_sPageName and m_sPageExt say.

The page number that a script tells is not trusted to move: one that stays at the first page would end the
list there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from scrapers.address import canonical, joined
from scrapers.platforms.linked import base_of

_NEXT = re.compile(r"^\W{0,9}(?:下一?页|后一?页|next(?: page)?)\W{0,9}$", re.IGNORECASE)
_ARROW = re.compile(r"^\W{0,9}$")
_NEXT_CLASSES = frozenset({"next", "nextpage", "next-page", "page-next", "next_page", "page_next"})
_PAGES_CAP, _ROWS_CAP = 50, 1_000
_COMMA = r"\s{0,5},\s{0,5}"
_NAME = r"""["']([\w-]{1,60})["']"""
_FROM_ZERO = re.compile(
    rf"""createPage(?:HTML)?\(\s{{0,5}}(\d{{1,5}}){_COMMA}(\d{{1,5}}){_COMMA}{_NAME}{_COMMA}["'](\w{{1,6}})["']"""
)
_FROM_ONE = re.compile(
    rf"""createPage(?:HTML)?\(\s{{0,5}}["'][^"'()]{{0,60}}["']{_COMMA}(\d{{1,5}}){_COMMA}(\d{{1,5}}){_COMMA}"""
    rf"""{_NAME}{_COMMA}["'](\w{{1,6}})["'](?:{_COMMA}["']?(\d{{1,7}}))?"""
)
_NUMBER = re.compile(
    r"""\b(currentPage|countPage|m_nCurrPage|m_nRecordCount|m_nPageSize)\s{0,5}=\s{0,5}["']?(\d{1,7})\b"""
)
_TEXT = re.compile(rf"\b(m_sPageName|m_sPageExt)\s{{0,5}}=\s{{0,5}}{_NAME}")
_FILE = re.compile(r"([\w-]{1,60})\.(\w{1,6})$")
_PAGES_TOLD = re.compile(r"共\s{0,3}(\d{1,5})\s{0,3}页|(?<![\d/])\d{1,5}\s{0,2}/\s{0,2}(\d{1,5})\s{0,2}页")
_ROWS_TOLD = re.compile(r"共\s{0,3}(\d{1,7})\s{0,3}(?:条|篇)")
_SCRIPTED = re.compile(r"javascript:[\w.]{1,40}\([^()]{0,40}?(\d{1,5})[^()\d]{0,40}\)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Paging:
    """What a page tells: the address of the next one, the rows of the whole list, and `cut`, why the
    last page that can be reached need not be the end.
    """

    following: str | None = None
    total: int | None = None
    cut: str | None = None


def read_paging(page: LexborHTMLParser, html: str, url: str, number: int) -> Paging:
    """Return the paging of list page `number` (from 1) at `url`; an anchor goes before a script."""
    if (address := _next_by_anchor(page, url)) is not None:
        return Paging(address)
    scripted = _read_script(html, url, number)
    if scripted is None:
        address = _next_by_number(page, url, number)
        return Paging(address, cut=None if address else _unreached(page, number))
    if scripted.following is not None or scripted.cut is not None:
        return scripted
    return Paging(None, scripted.total, _unreached(page, number))


def _next_by_anchor(page: LexborHTMLParser, url: str) -> str | None:
    """Return the address behind a 下一页 anchor, or None where there is none or it leads nowhere."""
    return next(_leading(page, url, _next_anchors(page)), None)


def _next_anchors(page: LexborHTMLParser) -> Iterator[LexborNode]:
    """Yield the 下一页 anchors of a page, wherever they lead."""
    for anchor in page.css("a[href]"):
        text, title = anchor.text(), anchor.attributes.get("title") or ""
        if _NEXT.match(text) or _NEXT.match(title) or (_ARROW.match(text) and _is_next_by_class(anchor)):
            yield anchor


def _is_next_by_class(anchor: LexborNode) -> bool:
    holder = anchor.parent
    classes = (
        f"{anchor.attributes.get('class') or ''} {(holder.attributes.get('class') or '') if holder else ''}"
    )
    return anchor.attributes.get("rel") == "next" or not _NEXT_CLASSES.isdisjoint(classes.lower().split())


def _next_by_number(page: LexborHTMLParser, url: str, number: int) -> str | None:
    """Return the address behind the number of the next page, in the list's own folder or below."""
    numbered = (anchor for anchor in page.css("a[href]") if anchor.text(strip=True) == str(number + 1))
    folder = urljoin(url, ".")
    return next((address for address in _leading(page, url, numbered) if address.startswith(folder)), None)


def _leading(page: LexborHTMLParser, url: str, anchors: Iterator[LexborNode]) -> Iterator[str]:
    """Yield the addresses of anchors that lead to another page."""
    here, base = canonical(url), base_of(page, url)
    for anchor in anchors:
        href = (anchor.attributes.get("href") or "").strip()
        address = joined(base, href) if href and not href.startswith("#") else None
        if address is not None and address != here:
            yield address


def rows_told(page: LexborHTMLParser) -> int | None:
    """Return the number of rows that the page says its list has (共2576条); None where it tells none."""
    told = _ROWS_TOLD.search(page.body.text(separator=" ")) if page.body else None
    return int(told[1]) if told else None


def _read_script(html: str, url: str, number: int) -> Paging | None:
    """Return the paging that a script on list page `number` at `url` tells; None where none does."""
    if call := _FROM_ONE.search(html):
        current = max(int(call[2]), number)
        total = int(call[5]) if call[5] else None
        return _paging(url, int(call[1]), current, current + 1, (call[3], call[4]), total)
    if call := _FROM_ZERO.search(html):
        # a few count from 1 here too: then the number told on page n is n
        current = int(call[2]) if int(call[2]) == number else max(int(call[2]) + 1, number)
        suffix = current + 1 if int(call[2]) == number else current
        return _paging(url, int(call[1]), current, suffix, (call[3], call[4]), None)
    return _from_variables(html, url, number)


def _paging(
    url: str, pages: int, current: int, suffix: int, file: tuple[str, str], total: int | None
) -> Paging:
    """Return the paging of page `current` of `pages`, both from 1; the next one's name ends with `suffix`."""
    if current < pages:
        return Paging(joined(url, f"{file[0]}_{suffix}.{file[1]}"), total)
    if pages == _PAGES_CAP:
        return Paging(None, total, f"the site lists {_PAGES_CAP} pages at most; older rows may be missing")
    if total == _ROWS_CAP:
        return Paging(None, total, f"the site lists {_ROWS_CAP} rows at most; older ones may be missing")
    return Paging(None, total)


def _from_variables(html: str, url: str, number: int) -> Paging | None:
    numbers: dict[str, int] = {}
    for match in _NUMBER.finditer(html):
        numbers.setdefault(match[1], int(match[2]))
    total, size = numbers.get("m_nRecordCount"), numbers.get("m_nPageSize")
    pages = numbers.get("countPage")
    if total is not None and size:
        pages = -(-total // size)
    if pages is None:
        return Paging(None, total) if total is not None else None
    current = max(numbers.get("m_nCurrPage", numbers.get("currentPage", 0)) + 1, number)
    return _paging(url, pages, current, current, _file_of(html, url, current - 1), total)


def _file_of(html: str, url: str, suffix: int) -> tuple[str, str]:
    """Return name and ending of the list's first page."""
    told = {match[1]: match[2] for match in _TEXT.finditer(html)}
    file = _FILE.search(urlsplit(url).path)
    name, ending = (file[1].removesuffix(f"_{suffix}"), file[2]) if file else ("index", "html")
    return told.get("m_sPageName", name), told.get("m_sPageExt", ending)


def _unreached(page: LexborHTMLParser, number: int) -> str | None:
    """Return why page `number` is not the last although no next one is known; None where nothing says so."""
    text = page.body.text(separator=" ") if page.body else ""
    told = [int(match[1] or match[2]) for match in _PAGES_TOLD.finditer(text)]
    links = (anchor.attributes.get("href") or "" for anchor in _next_anchors(page))
    told += [int(match[1]) for link in links if (match := _SCRIPTED.match(link))]
    pages = max(told, default=number)
    if pages <= number:
        return None
    return f"the list has {pages} pages, and how page {number + 1} is asked for is not known"
