"""Documents that a platform hands out as JSON: a gkmlpt page's `_CONFIG.DETAIL` and an NFCMS post
(`/postmeta/p/`).

Both carry one record with the same keys. The clocks: `display_publish_time` is what the page shows, or
`first_publish_time` where that is 0; `publish_time` moves at every re-publication and is not used; the
catalogue's `date` (成文日期) is the day of issue. The record comes from a stranger, so every value is
checked for its type.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from extract.attachments import Attachment, listed_attachments
from extract.dates import day_of_clock, read_day
from extract.decode import clean

_CONFIG = "_CONFIG"
_DETAIL = re.compile(r"\bDETAIL[\"']?\s{0,10}:\s{0,10}(?=\{)")


@dataclass(frozen=True, slots=True)
class Post:
    """A document as its platform tells it; `content` is the body's HTML."""

    content: str
    title: str | None
    published_on: date | None
    issued_on: date | None
    document_number: str | None
    index_number: str | None
    publisher: str | None
    source: str | None
    attachments: tuple[Attachment, ...]
    warnings: tuple[str, ...]


def read_json(text: str) -> object:
    """Return what the JSON text says, None where it is no JSON or nested beyond reason."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def detail_of(html: str, page_url: str | None) -> Post | None:
    """Return the document in a gkmlpt page's script, None where the page has none."""
    config = html.find(_CONFIG)
    start = _DETAIL.search(html, config) if config >= 0 else None
    if start is None:
        return None
    try:
        record, _ = json.JSONDecoder().raw_decode(html, start.end())
    except (ValueError, RecursionError):
        return None
    return post_of(record, page_url)


def post_of(record: object, page_url: str | None) -> Post | None:
    """Return the document of a platform's record, None where the record has no content and no title."""
    if not isinstance(record, Mapping) or not isinstance(record.get("content"), str):
        return None
    catalogue = _mapping(record.get("gkml_data"))
    extension = _mapping(record.get("json_ext"))
    address = _text(record.get("url")) or page_url
    rows = record.get("attachment")
    published_on, warnings = _shown_day(record)
    return Post(
        content=clean(record["content"]),
        title=_text(record.get("title")),
        published_on=published_on,
        issued_on=_day(catalogue.get("date")),
        document_number=_text(catalogue.get("document_number")) or _text(extension.get("EXT_wh")),
        index_number=_text(catalogue.get("identifier")),
        publisher=_text(catalogue.get("publisher")) or _text(extension.get("EXT_fbjg")),
        source=_text(record.get("source")),
        attachments=listed_attachments(rows, address) if isinstance(rows, list) else (),
        warnings=warnings,
    )


def _shown_day(record: Mapping[str, Any]) -> tuple[date | None, tuple[str, ...]]:
    """Return the day that the page shows, and a warning where the record's clocks tell none."""
    clocks = (record.get("display_publish_time"), record.get("first_publish_time"))
    written = record.get("date")
    days = (*map(day_of_clock, clocks), _day(written))
    day = next((each for each in days if each is not None), None)
    told = [each for each in (*clocks, written) if each not in (None, "", 0, "0")]
    unread = day is None and told
    return day, (f"published: {str(told[0])[:40]!r} is no day that can be read",) if unread else ()


def _day(value: object) -> date | None:
    return day_of_clock(value) or (read_day(value) if isinstance(value, str) else None)


def _mapping(value: object) -> Mapping[str, Any]:
    """Return a mapping given as such or as a JSON string in JSON, as these platforms do."""
    if isinstance(value, str):
        value = read_json(value)
    return value if isinstance(value, Mapping) else {}


def _text(value: object) -> str | None:
    return " ".join(clean(value).split()) or None if isinstance(value, str) else None
