"""The documents of the made-up district, as `seeds/demo/` keeps them, before and after its change.

A document is a TOML file whose `body` has one paragraph per line; lines that begin with `|` are the rows
of a table; its `attachment` is a file with a text of the same form. `changes.toml` says what differs at the
second crawl. Nothing here knows how a page looks.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from pathlib import Path

from flows.layout import SEEDS

DEMO_SEEDS = SEEDS / "demo"

_HEADING = re.compile(r"[一二三四五六七八九十]+、")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (`text`) or a table (`rows` of cells, the first row names the columns)."""

    text: str = ""
    heading: bool = False
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class DemoAttachment:
    """A Word file behind a document: its path on the server, the text of the link to it, and its own text."""

    path: str
    name: str
    body: str

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The text as paragraphs and tables, in order."""
        return _blocks(self.body)


@dataclass(frozen=True, slots=True)
class DemoDocument:
    """One published text. Times are local (UTC+8) without a zone, as the platforms print them."""

    id: int
    site: str
    column: str
    title: str
    published: datetime
    issued: date
    source: str
    publisher: str
    index_number: str
    body: str
    document_number: str | None = None
    keywords: str = ""
    encoding: str = "utf-8"
    republished: datetime | None = None
    attachment: DemoAttachment | None = None

    @property
    def modified(self) -> datetime:
        """When the page was last put out: moves at a correction, while `published` stays."""
        return self.republished or self.published

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The body as paragraphs and tables, in order."""
        return _blocks(self.body)


def _blocks(body: str) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for is_table, group in groupby(body.strip().splitlines(), key=lambda line: line.startswith("|")):
        if is_table:
            blocks.append(Block(rows=tuple(_cells(line) for line in group)))
        else:
            blocks += [Block(line, heading=bool(_HEADING.match(line))) for line in group]
    return tuple(blocks)


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.strip().strip("|").split("|"))


@dataclass(frozen=True, slots=True)
class Correction:
    """In `document`, the written figure `old` becomes `new`; the page is put out again at `republished`."""

    document: str
    old: str
    new: str
    republished: datetime


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs at the second crawl. Documents are named by their file, without `.toml`."""

    corrected: Correction
    taken_down: str
    added: str


def load_documents(folder: Path = DEMO_SEEDS / "documents") -> dict[str, DemoDocument]:
    """Return every document of `folder` by the name of its file, without `.toml`."""
    return {file.stem: _document(file) for file in sorted(folder.glob("*.toml"))}


def _document(file: Path) -> DemoDocument:
    table = tomllib.loads(file.read_text("utf-8"))
    attachment = table.pop("attachment", None)
    return DemoDocument(**table, attachment=DemoAttachment(**attachment) if attachment else None)


def load_changes(file: Path = DEMO_SEEDS / "changes.toml") -> Changes:
    """Return what the second crawl finds different."""
    table = tomllib.loads(file.read_text("utf-8"))
    return Changes(
        corrected=Correction(**table["corrected"]),
        taken_down=table["taken_down"]["document"],
        added=table["added"]["document"],
    )


def before(documents: Mapping[str, DemoDocument], changes: Changes) -> tuple[DemoDocument, ...]:
    """Return what the first crawl finds: everything but the document that is added later."""
    return tuple(document for name, document in documents.items() if name != changes.added)


def after(documents: Mapping[str, DemoDocument], changes: Changes) -> tuple[DemoDocument, ...]:
    """Return what the second crawl finds. ValueError where the old figure is not there exactly once."""
    correction = changes.corrected
    wrong = documents[correction.document]
    if wrong.body.count(correction.old) != 1:
        raise ValueError(f"changes.toml: {correction.old} is not there once in {correction.document}.toml")
    right = replace(
        wrong, body=wrong.body.replace(correction.old, correction.new), republished=correction.republished
    )
    corrected = {**documents, correction.document: right}
    return tuple(document for name, document in corrected.items() if name != changes.taken_down)
