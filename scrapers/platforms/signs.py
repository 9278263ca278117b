"""The signs by which a platform is known: marks in its pages, and the form of its documents' addresses.

The order matters: content that moved between systems carries the marks of the older one inside, so the
systems that wrap are tested first. Analytics scripts that many systems carry are no sign. A home page may
carry no mark at all; then the links to its own host tell.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain, islice
from urllib.parse import urlsplit

_MOST_LINKS = 5_000
_LINK = re.compile(r"""\bhref\s{0,3}=\s{0,3}["']?([^"'<>\s]{1,500})""", re.IGNORECASE)


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
    _sign("hanweb", "Hanweb list service", r"/module/(?:web/|jslib/jquery/)?jpage/|jpaas-publish-server"),
    _sign("hanweb", "Hanweb record set", r"<recordset>.{0,100}<record>|\bunitbuild\.js"),
    _sign("ucap", "UCAP tags", r"<(?:UCAPCONTENT|UCAPTITLE)\b|UCAP-CONTENT"),
    _sign("ucap", "UCAP list service", r"/(?:common/)?search(?:List)?/[0-9a-f]{32}\b"),
    _sign("ucap", "UCAP list service", r"/search(?:List)?/[0-9a-f]{32}(?:[?#]|$)", in_url=True),
    _sign("ucap", "UCAP paging", r"createPageHTML\(\s{0,5}[\"']"),
    _sign("vsb", "Visual SiteBuilder", r"Visual SiteBuilder|_sitegray\.js|vsb_content|\.vsb\.css"),
    _sign("trs", "a t<date>_<id> address", r"/t\d{7,8}(?:_\d+)?\.s?html?(?:[?#]|$)", in_url=True),
    _sign("trs", "TRS editor", r"TRS_(?:Editor|UEDITOR)|trs_editor_view"),
    _sign("trs", "TRS paging or search", r"createPage(?:HTML)?\(\s{0,5}\d|m_nRecordCount|/was5/web/search"),
    _sign("lonsun", "lonsun in the page", r"lonsun|j-info-hit"),
    _sign("truecms", "truecms message list", r"messageController/getMessage\.do"),
    _sign("ewb", "EWB front page", r"EWB-FRONT|govInfoPub|webBuilderCommon\.js"),
)
ORDER: tuple[str, ...] = tuple(dict.fromkeys(sign.platform for sign in SIGNS))

DOCUMENTS: Mapping[str, re.Pattern[str]] = {
    "nfcms": re.compile(r"/content/m?post_\d{1,12}\.html?$"),
    "gkmlpt": re.compile(r"/gkmlpt/content/[\d/]{1,30}m?post_\d{1,12}\.html?$"),
    "hanweb": re.compile(r"/art/\d{4}/(?:\d{1,2}/\d{1,2}/)?art_\w{1,60}\.html?$"),
    "ucap": re.compile(r"/[0-9a-f]{32}\.s?html?$|/c\d{1,12}/content\.s?html?$"),
    "vsb": re.compile(r"(?:^|/)info/\d{1,9}/\d{1,12}\.html?$"),
    "trs": re.compile(r"(?:^|/)t\d{8}_\d{1,12}\.s?html?$"),
}
"""The form of the path of a platform's documents."""
_LINKS_MIN: Mapping[str, int] = {"ucap": 5}  # other systems name pages by 32 hex digits too
_COLUMNS: Mapping[str, re.Pattern[str]] = {
    "gkmlpt": re.compile(r"/gkmlpt/index$"),
    "hanweb": re.compile(r"/col/col\d{1,9}(?:/|$)"),
    "ucap": re.compile(r"/common_list\.shtml$"),
}


def recognise(url: str, html: str) -> tuple[str, tuple[str, ...]]:
    """Return the platform's name and the signs seen of it; `links` without signs where none is known."""
    found: dict[str, list[str]] = {}
    for sign in SIGNS:
        if sign.mark.search(url if sign.in_url else html):
            found.setdefault(sign.platform, []).append(sign.told)
    platform = min(found, key=ORDER.index, default=None)
    return (platform, tuple(found[platform])) if platform else _by_addresses(url, html)


def is_document(url: str) -> bool:
    """Tell whether an address has the form of a document's on any platform."""
    path = urlsplit(url).path
    return any(form.search(path) for form in DOCUMENTS.values())


def _by_addresses(url: str, html: str) -> tuple[str, tuple[str, ...]]:
    """Return the platform whose form most addresses have: the page's own, and links to its host."""
    host = urlsplit(url).netloc.lower()
    counts: Counter[str] = Counter()
    for reference in chain([url], (match[1] for match in islice(_LINK.finditer(html), _MOST_LINKS))):
        path = _own_path(reference, host)
        for platform in ORDER:
            forms = (forms[platform] for forms in (DOCUMENTS, _COLUMNS) if platform in forms)
            if path is not None and any(form.search(path) for form in forms):
                counts[platform] += 1
                break
    counts = Counter({name: found for name, found in counts.items() if found >= _LINKS_MIN.get(name, 1)})
    if not counts:
        return "links", ()
    platform = min(counts, key=lambda name: (-counts[name], ORDER.index(name)))
    return platform, (f"addresses of the form of {platform}: {counts[platform]}",)


def _own_path(reference: str, host: str) -> str | None:
    try:
        parts = urlsplit(reference)
    except ValueError:
        return None
    return parts.path if parts.netloc.lower() in ("", host) else None
