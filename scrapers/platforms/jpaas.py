"""JPaaS, Hanweb's later system: column pages are shells, and units of them are built by a service.

`<script src="…/unitbuild.js" url="/api-gateway/…/page/build/unit" queryData="{'pageId':…}">` names the
service and what it must be told; it answers `{"success": true, "data": {"html": …}}`. Further pages are asked
for with `paramJson={"pageNo":2,"pageSize":"15"}`; a bare pageNo is ignored. The unit tells the size of a page
and the number of rows in attributes of its pager.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from selectolax.lexbor import LexborNode

from scrapers.errors import UnreadableError
from scrapers.platforms.answers import json_of, tree_of
from scrapers.platforms.linked import linked_rows
from scrapers.platforms.literals import read_literal
from scrapers.platforms.protocol import Answered, Listed, ListingPage, ListingRequest
from scrapers.platforms.rows import public_address

UNIT = "unit"
_UNITS_MAX = 6
_PAGE_ROWS = 15
_SERVICE = "/api-gateway/jpaas-publish-server/front/page/build/unit"
_LIST_TAG = re.compile(r"列表|list", re.IGNORECASE)
_PANEL_TAG = re.compile(r"导航|位置|面包屑|页头|页脚|头部|底部|nav|menu|head|foot|crumb", re.IGNORECASE)
_COUNT = re.compile(r"""\bcount["']?\s{0,3}[:=]\s{0,3}["']?(\d{1,7})""")
_ROWS = re.compile(r"""\brows["']?\s{0,3}[:=]\s{0,3}["']?(\d{1,4})""")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of a page: the address that builds it, and its rank, 0 where its tag says that it is a list."""

    address: str
    rank: int

    @property
    def is_list(self) -> bool:
        """Tell whether the unit's tag says that it is a list."""
        return self.rank == 0


def units(listed: Listed, html: str, url: str) -> tuple[Unit, ...]:
    """Return the units that a page names on the site's hosts, the most likely list first."""
    scripts = tree_of(html).css("script[querydata]") if "unitbuild" in html.lower() else []
    found = (_unit(listed, script, url) for script in scripts)
    distinct = dict.fromkeys(unit for unit in found if unit is not None)
    return tuple(sorted(distinct, key=lambda unit: unit.rank)[:_UNITS_MAX])


def request_of(found: Sequence[Unit]) -> ListingRequest:
    """Return the request for the first unit, each next one in the stead of one without rows."""
    request: tuple[ListingRequest, ...] = ()
    for unit in reversed(found):
        request = (ListingRequest(unit.address, UNIT, instead=request),)
    return request[0]


def _unit(listed: Listed, script: LexborNode, url: str) -> Unit | None:
    values = read_literal(script.attributes.get("querydata") or "")
    service = public_address(listed.hosts, url, script.attributes.get("url") or _SERVICE)
    if not isinstance(values, dict) or service is None or listed.hosts.refusal(service):
        return None
    pairs = {key: str(value) for key, value in values.items() if isinstance(value, str | int)}
    tag = pairs.get("tagId", "")
    rank = 0 if _LIST_TAG.search(tag) else 2 if _PANEL_TAG.search(tag) else 1
    return Unit(f"{service}?{urlencode(pairs)}", rank)


def read_unit(listed: Listed, request: ListingRequest, answered: Answered) -> ListingPage:
    """Read one page of a unit. Raises UnreadableError for one without rows while there are others to ask."""
    data = json_of(answered).get("data")
    html = data.get("html") if isinstance(data, dict) else None
    if not isinstance(html, str):
        raise UnreadableError("has no `data.html`")
    found = linked_rows(listed, tree_of(html), answered.url)
    here = len(found.rows) + len(found.dropped)
    if not here and request.instead:
        raise UnreadableError("is a unit without rows")
    total, size = _told(_COUNT, html), _told(_ROWS, html) or _PAGE_ROWS
    more = here > 0 and total is not None and request.page * size < total
    following = (_page(request.url, request.page + 1, size),) if more else ()
    cut = None
    if total is None and here >= _PAGE_ROWS:
        cut = f"the unit shows {here} rows and tells no total; there may be more"
    return ListingPage(found.rows, following, total, found.dropped, found.notes, cut)


def _page(unit: str, number: int, size: int) -> ListingRequest:
    parts = urlsplit(unit)
    pairs = dict(parse_qsl(parts.query, keep_blank_values=True))
    pairs["paramJson"] = json.dumps({"pageNo": number, "pageSize": str(size)}, separators=(",", ":"))
    return ListingRequest(urlunsplit(parts._replace(query=urlencode(pairs))), UNIT, number)


def _told(mark: re.Pattern[str], html: str) -> int | None:
    """Return the number in the unit's pager; the last one, since pagers stand below the rows."""
    numbers = mark.findall(html)
    return int(numbers[-1]) if numbers else None
