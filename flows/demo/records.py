"""The JSON that the two platforms of Guangdong give for a document, as the demo's servers answer it.

`/postmeta/i/` and `/postmeta/p/` are NFCMS, the list API and `_CONFIG.DETAIL` are gkmlpt. The three clocks
differ as they do there: `date` is when the text was signed, `display_publish_time` what the page prints,
`publish_time` when it was last put out.
"""

import json
from datetime import date, datetime, timedelta, timezone
from typing import Any

from flows.demo.documents import DemoDocument

LOCAL = timezone(timedelta(hours=8))


def seconds(moment: date) -> int:
    """Return Unix seconds of a local time (UTC+8), or of the beginning of a local day."""
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day)  # noqa: DTZ001 - the zone is set below
    return int(moment.replace(tzinfo=LOCAL).timestamp())


def nfcms_row(document: DemoDocument, url: str) -> dict[str, Any]:
    """Return an article of `/postmeta/i/<column>.json`."""
    return {
        "id": document.id,
        "title": document.title,
        "url": url,
        "date": document.issued.isoformat(),
        "created_at": f"{document.published}",
        "publish_time": seconds(document.modified),
        "visible_publish_time": seconds(document.published),
        "abstract": "",
        "source": document.source,
        "json_ext": _nfcms_ext(document),
    }


def nfcms_post(document: DemoDocument, url: str, content: str) -> dict[str, Any]:
    """Return the whole post of `/postmeta/p/…/<id>.json`; `content` is its HTML."""
    return {
        "id": document.id,
        "title": document.title,
        "abstract": "",
        "content": content,
        "source": document.source,
        "date": document.issued.isoformat(),
        "url": url,
        "origin_url": "",
        "gkml_url": "",
        **_clocks(document),
        "keywords": document.keywords,
        "attachment": [],
        "related_posts": [],
        "json_ext": _nfcms_ext(document),
        "gkml_data": json.dumps(_gkml_data(document), ensure_ascii=False),
    }


def gkmlpt_row(document: DemoDocument, url: str, column: tuple[int, str]) -> dict[str, Any]:
    """Return an article of `/gkmlpt/api/all/<column>`; `column` is its number and name."""
    return {
        "id": document.id,
        "title": document.title,
        "document_number": document.document_number or "",
        "identifier": document.index_number,
        "publisher": document.publisher,
        "keywords": document.keywords,
        "date": seconds(document.issued),
        "created_at": f"{document.published}",
        "create_time": seconds(document.published),
        "display_publish_time": seconds(document.published),
        "abstract": "",
        "classify_main": column[0],
        "classify_main_name": column[1],
        "classify_genre_name": "",
        "classify_theme_name": "",
        "url": url,
        "post_url": "",
        "is_expired": 0,
        "is_abolished": 0,
        "relation": "[]",
        "attachment": [],
    }


def gkmlpt_detail(
    document: DemoDocument, url: str, content: str, column: tuple[int, str], site_id: int
) -> dict[str, Any]:
    """Return `window._CONFIG.DETAIL` of a page; `content` is its HTML, `column` its number and name."""
    gkml = {"id": document.id, "title": document.title, **_gkml_data(document)}
    gkml |= {"classify_main": column[0], "classify_main_name": column[1], "site": site_id}
    return {
        "id": document.id,
        "title": document.title,
        "subtitle": "",
        "author": "",
        "abstract": "",
        "content": content,
        "source": document.source,
        "category": column[0],
        **_clocks(document),
        "url": None,
        "keywords": document.keywords,
        "attachment": [],
        "json_ext": "{}",
        "gkml_url": url,
        "site": site_id,
        "gkml_data": gkml,
        "date": seconds(document.issued),
        "related_posts": [],
    }


def _clocks(document: DemoDocument) -> dict[str, Any]:
    return {
        "first_publish_time": seconds(document.published),
        "publish_time": seconds(document.modified),
        "display_publish_time": seconds(document.published),
        "create_time": seconds(document.published),
        "updated": f"{document.modified}",
    }


def _nfcms_ext(document: DemoDocument) -> str:
    ext = {"EXT_wh": document.document_number or "", "EXT_fbjg": document.publisher}
    return json.dumps(ext, ensure_ascii=False)


def _gkml_data(document: DemoDocument) -> dict[str, Any]:
    return {
        "identifier": document.index_number,
        "date": seconds(document.issued),
        "document_number": document.document_number or "",
        "publisher": document.publisher,
        "keywords": document.keywords,
        "is_expired": 0,
        "is_abolished": 0,
    }
