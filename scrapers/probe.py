"""Recognise the platform of an address by its signs, and write a first site file for it. Pure.

The order matters: content that moved between systems carries the marks of the older one inside, so the
systems that wrap are tested first. Analytics scripts that many systems carry are no sign.
"""

import json
import re
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from scrapers.address import Hosts, joined
from scrapers.platforms import BUILT
from scrapers.platforms.answers import clean, tree_of

_REPORTS = re.compile(
    r"工作总结|工作计划|工作报告|规划计划|计划总结|总结计划|计划及总结|总结及计划|年度报告|统计公报"
)
_TREE = re.compile(r"\bTREE\s{0,3}:\s{0,3}(?=\[)")
_SID = re.compile(r"\bSID\s{0,3}:\s{0,3}['\"](\d{1,9})['\"]")


@dataclass(frozen=True, slots=True)
class Sign:
    """A mark of a platform: in the page's text, or in its address where `in_url`."""

    platform: str
    told: str
    mark: re.Pattern[str]
    in_url: bool = False


def _sign(platform: str, told: str, mark: str, *, in_url: bool = False) -> Sign:
    return Sign(platform, told, re.compile(mark, re.IGNORECASE), in_url)


SIGNS: tuple[Sign, ...] = (
    _sign("nfcms", "NFCMS_SITE_ID in a script", r"NFCMS_(?:SITE_ID|PUB_TYPE|POST_ID|CAT_ID)"),
    _sign("nfcms", "NFCMS visit counter", r"NFCMS-POST-VISIT"),
    _sign("gkmlpt", "/gkmlpt/ in the address", r"/gkmlpt/", in_url=True),
    _sign("gkmlpt", "gkmlpt scripts and _CONFIG", r"/gkmlpt/(?:gkml|js|css|api)/|SERVICE_AREA_ID"),
    _sign("hanweb", "meta Maketime", r"<meta[^>]{0,100}name\s{0,2}=\s{0,2}[\"']?maketime"),
    _sign("hanweb", "an /art/… address", r"/art/\d{4}/(?:\d{1,2}/\d{1,2}/)?art_\w+\.html", in_url=True),
    _sign("hanweb", "Hanweb comments", r"<!--\s?(?:ZJEG_RSS\.|<\$\[)"),
    _sign("hanweb", "Hanweb list service", r"/module/(?:web/)?jpage/|jpaas-publish-server"),
    _sign("ucap", "UCAP tags", r"<(?:UCAPCONTENT|UCAPTITLE)\b|UCAP-CONTENT"),
    _sign("vsb", "Visual SiteBuilder", r"Visual SiteBuilder|_sitegray\.js|vsb_content|\.vsb\.css"),
    _sign("trs", "a t<date>_<id> address", r"/t\d{7,8}(?:_\d+)?\.s?html?(?:[?#]|$)", in_url=True),
    _sign("trs", "TRS editor", r"TRS_(?:Editor|UEDITOR)|trs_editor_view"),
    _sign("trs", "TRS paging or search", r"createPageHTML\(|/was5/web/search"),
    _sign("trs", "links of the form t<date>_<id>", r"/t\d{8}_\d{1,12}\.s?html?[\"']"),
    _sign("lonsun", "lonsun in the page", r"lonsun|j-info-hit"),
    _sign("truecms", "truecms message list", r"messageController/getMessage\.do"),
    _sign("ewb", "EWB front page", r"EWB-FRONT|govInfoPub|webBuilderCommon\.js"),
)


@dataclass(frozen=True, slots=True)
class FoundColumn:
    """A column that looks like one of reports and plans; exactly one of `url` and `column` is set."""

    name: str
    url: str | None = None
    column: int | None = None
    sid: str | None = None


def recognise(url: str, html: str) -> tuple[str, tuple[str, ...]]:
    """Return the platform's name and the signs seen of it; `links` without signs where none is known."""
    found: dict[str, list[str]] = {}
    for sign in SIGNS:
        if sign.mark.search(url if sign.in_url else html):
            found.setdefault(sign.platform, []).append(sign.told)
    order = list(dict.fromkeys(sign.platform for sign in SIGNS))
    platform = min(found, key=order.index, default=None)
    return (platform, tuple(found[platform])) if platform else ("links", ())


def report_columns(url: str, html: str) -> tuple[FoundColumn, ...]:
    """Return the columns of a page whose names look like reports and plans, on the page's own host.

    They come from the catalogue tree where the page is a gkmlpt index, else from its anchors. Raises
    UnreadableError for a page that is too large to parse safely.
    """
    tree = _TREE.search(html)
    return _tree_columns(html, tree.end()) if tree else _anchor_columns(url, html)


def _anchor_columns(url: str, html: str) -> tuple[FoundColumn, ...]:
    hosts = Hosts([urlsplit(url).netloc.lower()], url)
    columns: dict[str, FoundColumn] = {}
    for anchor in tree_of(html).css("a[href]"):
        name = clean(anchor.text()) or ""
        address = joined(url, anchor.attributes.get("href") or "")
        if len(name) <= 20 and _REPORTS.search(name) and address and hosts.refusal(address) is None:
            columns.setdefault(address, FoundColumn(name, url=address))
    return tuple(columns.values())


def _tree_columns(html: str, start: int) -> tuple[FoundColumn, ...]:
    try:
        waiting = deque(json.JSONDecoder().raw_decode(html, start)[0])
    except (ValueError, RecursionError):
        return ()
    sid = _SID.search(html)
    columns: list[FoundColumn] = []
    while waiting:
        node = waiting.popleft()
        # a node with a jump_url leaves the site
        if not isinstance(node, dict) or node.get("jump_url"):
            continue
        name, number, children = clean(node.get("name")), node.get("id"), node.get("children")
        if name and isinstance(number, int) and _REPORTS.search(name):
            columns.append(FoundColumn(name, column=number, sid=sid[1] if sid else None))
        waiting.extend(children if isinstance(children, list) else ())
    return tuple(columns)


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
        f"hosts = [{_string(urlsplit(base_url).netloc)}]",
        f"platform = {_string(used)}",
        f"verified = [{', '.join(_string('seen: ' + sign) for sign in signs)}]",
        'unverified = ["columns", "expectations"]',
    ]
    if used != platform:
        lines.append(f"notes = {_string(f'recognised as {platform}, which has no adapter yet')}")
    for column in columns or (FoundColumn("fill in", url="/", column=None),):
        lines += ["", "[[columns]]", f"name = {_string(column.name)}"]
        lines += [f"url = {_string(column.url)}"] if column.url is not None else []
        lines += [f"column = {column.column}"] if column.column is not None else []
        lines += [f"sid = {_string(column.sid)}"] if column.sid is not None else []
    return "\n".join(lines) + "\n"


def _string(text: str) -> str:
    """Return a TOML basic string; its escapes are those of JSON."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
