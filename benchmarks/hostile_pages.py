"""Pages made to be slow: what each one costs, and how it ends; prints Markdown.

Run it from the project's folder:

    .venv/bin/python benchmarks/hostile_pages.py [--size N]

Each page is one shape N times over (100,000), elements inside each other, attributes on one tag, siblings,
tags that are never closed, entities, scripts, spans of cells. A page is read well or refused with its reason;
the pages just below the limits are the costly ones, so every shape is also cut to what is still parsed.
"""

import argparse
import time
from collections.abc import Iterator

from extract.document import Document, read_document

TEXT = "全年完成投资5亿元。"
SHAPES = {
    "elements inside each other": "<div>",
    "tables inside each other": "<table><tr><td>",
    "tables without cells": "<table>",
    "lists inside each other": "<ul><li>",
    "terms inside each other": "<dl><dt>甲<dd>",
    "fonts inside each other": "<font>",
    "bold without end": "<b>",
    "links without end": "<a href=/a>甲",
    "forms": "<form>",
    "siblings": "<p>全年投资5亿元。</p>",
    "spans": "<span>甲",
    "line breaks": "<br>",
    "headings": "<h1>青石街道工作总结</h1>",
    "head lines": "<p>发布时间：</p>",
    "anchors": "<div id=zoom><p>甲",
    "rows of a list": "<li><a href=/a>青石街道工作动态</a> 2024-01-12</li>",
    "files": "<a href=a.pdf>甲.pdf</a>",
    "cells that span": "<tr><td colspan=99999 rowspan=99999>甲</td></tr>",
    "options": "<option>1",
    "entities": "&nbsp;",
    "numeric entities": "&#20013;",
    "ampersands": "&",
    "less-than signs": "< ",
    "quotes that never end": "<a href='",
    "scripts": "<script>",
    "templates": "<template>",
    "drawings": "<svg>",
    "comments": "<!-- 甲 -->",
    "hidden elements": "<p style='display:none'>甲",
    "meta tags": "<meta name=a content=b>",
}
PARSED_TAGS, TIMES_ENTITIES = 39_000, 10


def hostile_pages(size: int) -> dict[str, str]:
    """Return the pages by name: each shape `size` times, and as often as is still parsed."""
    pages = {}
    for name, unit in SHAPES.items():
        before = {"options": "<select>", "cells that span": "<table>"}.get(name, "")
        times = size * TIMES_ENTITIES if unit.startswith("&") else size
        fitting = PARSED_TAGS // max(unit.count("<"), 1) if "<" in unit else times
        pages[name] = f"<body>{before}{unit * times}"
        pages[f"{name}, as many as are parsed"] = f"<body>{before}{unit * min(fitting, times)}"
    return pages | {
        "attributes": "<body " + " ".join(f"a{n}=1" for n in range(size)) + f"><p>{TEXT}",
        "attributes without values": "<body " + " ".join(f"a{n}" for n in range(size)) + f"><p>{TEXT}",
        "attributes in between": "<p "
        + " ".join(f"a{n} b{n} x{n}='<>'" for n in range(size // 4))
        + f">{TEXT}",
        "a script of 5 MB": f"<body><p>{TEXT * 20}<script>{'var a=1;' * 600_000}</script>",
        "a style of 5 MB": f"<body><p>{TEXT * 20}<style>{'a{b:c}' * 800_000}</style>",
        "a comment of 5 MB": f"<body><p>{TEXT * 20}<!--{'x-' * 2_500_000}-->",
        "a line of 5 MB": f"<body><p>{TEXT * 200_000}",
        "a line of 10 MB": f"<body><p>{TEXT * 400_000}",
    }


def ending(document: Document) -> str:
    """Return how a page ended: refused with its reason, or read."""
    return (
        document.warnings[0] if document.warnings else f"{document.kind}, {len(document.body):,} characters"
    )


def report(size: int) -> Iterator[str]:
    """Yield the table, the slowest page first."""
    rows = []
    for name, page in hostile_pages(size).items():
        payload = page.encode()
        start = time.process_time()
        document = read_document(payload)
        rows.append((time.process_time() - start, len(payload), name, ending(document)))
    rows.sort(reverse=True)
    yield f"{len(rows)} pages; the slowest takes {rows[0][0]:.2f} s of CPU\n"
    yield "| page | size | CPU | ends as |\n|---|---|---|---|"
    for taken, length, name, end in rows:
        yield f"| {name} | {length / 1e6:.1f} MB | {taken:.2f} s | {end} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="what pages made to be slow cost; prints Markdown")
    parser.add_argument("--size", type=int, default=100_000, metavar="N")
    for line in report(parser.parse_args().size):
        print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
