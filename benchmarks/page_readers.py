"""One reader of pages, measured in a process of its own: `pages_peers.py` starts it and reads its answer.

    PYTHON benchmarks/page_readers.py READER PAGE... > answer.json

READER is one of `READERS`. The answer is {"version": …, "pages": {file name: {"body", "title", "published",
"source", "cpu_ms"}}}: CPU milliseconds are the best of five readings of the page's bytes, after a warm-up on
all pages. This file imports nothing of the project but for gongkai itself, so that peers are measured under
another interpreter. Peers are given text that was decoded as a browser would; that is part of their time.
"""

import json
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROUNDS = 5
Read = Callable[[bytes], dict[str, Any]]


def decoded(payload: bytes) -> str:
    """Return the text of a page: byte order mark, strict UTF-8, gb18030."""
    if payload[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return payload.decode("utf-16", errors="replace")
    try:
        return payload.decode("utf-8-sig")
    except UnicodeDecodeError:
        return payload.decode("gb18030", errors="replace")


def gongkai() -> tuple[str, Read]:
    """Return our reader of documents."""
    from extract.document import VERSION, read_document

    def read(payload: bytes) -> dict[str, Any]:
        page = read_document(payload)
        published = str(page.published_on or "")
        return {"body": page.body, "title": page.title, "published": published, "source": page.source}

    return VERSION, read


def resiliparse() -> tuple[str, Read]:
    """Return Resiliparse's extraction of main content, the title from `<title>`."""
    from resiliparse.extract.html2text import extract_plain_text  # type: ignore[import-not-found]
    from resiliparse.parse.html import HTMLTree  # type: ignore[import-not-found]

    def read(payload: bytes) -> dict[str, Any]:
        tree = HTMLTree.parse(decoded(payload))
        return {"body": extract_plain_text(tree, main_content=True), "title": tree.title}

    return version("resiliparse"), read


def trafilatura() -> tuple[str, Read]:
    """Return Trafilatura with tables and metadata, without comments."""
    import trafilatura as library  # type: ignore[import-not-found]

    def read(payload: bytes) -> dict[str, Any]:
        page = library.bare_extraction(decoded(payload), include_comments=False, with_metadata=True)
        told = page.as_dict() if page is not None else {}
        body, published = told.get("text"), told.get("date")
        return {
            "body": body,
            "title": told.get("title"),
            "published": published,
            "source": told.get("author"),
        }

    return version("trafilatura"), read


def readability() -> tuple[str, Read]:
    """Return readability-lxml; its HTML as text by lxml, a line for each block."""
    from lxml import html  # type: ignore[import-untyped]
    from readability import Document  # type: ignore[import-not-found]

    def read(payload: bytes) -> dict[str, Any]:
        page = Document(decoded(payload))
        content = html.fromstring(page.summary())
        return {"body": "\n".join(content.itertext()), "title": page.short_title()}

    return version("readability-lxml"), read


def gne() -> tuple[str, Read]:
    """Return GeneralNewsExtractor; the author stands for the source, which it does not give."""
    from gne import GeneralNewsExtractor  # type: ignore[import-not-found]

    extractor = GeneralNewsExtractor()

    def read(payload: bytes) -> dict[str, Any]:
        page = extractor.extract(decoded(payload))
        body, title = page.get("content"), page.get("title")
        return {
            "body": body,
            "title": title,
            "published": page.get("publish_time"),
            "source": page.get("author"),
        }

    return version("gne"), read


def meta_tags() -> tuple[str, Read]:
    """Return the page's own meta tags (ArticleTitle, PubDate, ContentSource), without any body."""
    from selectolax.lexbor import LexborHTMLParser

    def read(payload: bytes) -> dict[str, Any]:
        tree = LexborHTMLParser(decoded(payload))
        told = {}
        for node in tree.css("meta[name]"):
            told.setdefault((node.attributes["name"] or "").lower(), node.attributes.get("content") or "")
        names = {"title": "articletitle", "published": "pubdate", "source": "contentsource"}
        return {"body": ""} | {field: told.get(name) for field, name in names.items()}

    return "", read


READERS: dict[str, Callable[[], tuple[str, Read]]] = {
    "gongkai": gongkai, "resiliparse": resiliparse, "trafilatura": trafilatura,
    "readability": readability, "gne": gne, "meta tags": meta_tags,
}  # fmt: skip


def measured(read: Read, payload: bytes) -> dict[str, Any]:
    """Return what a reader gives for a page, and its CPU time in ms; nothing where it fails."""
    best, page = float("inf"), {}
    for _ in range(ROUNDS):
        start = time.process_time()
        try:
            page = read(payload)
        except Exception as failure:
            page = {"failure": repr(failure)[:200]}
        best = min(best, time.process_time() - start)
    return page | {"cpu_ms": best * 1000}


def main() -> None:
    """Read the pages and print the answer."""
    release, read = READERS[sys.argv[1]]()
    payloads = {Path(name).name: Path(name).read_bytes() for name in sys.argv[2:]}
    for payload in payloads.values():
        measured(read, payload)
    pages = {name: measured(read, payload) for name, payload in payloads.items()}
    json.dump({"version": release, "pages": pages}, sys.stdout, ensure_ascii=False, default=str)


if __name__ == "__main__":
    main()
