"""WARC files of an export, rolled at a size, and the WACZ made of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, count, islice, takewhile
from pathlib import Path

from duckdb import DuckDBPyConnection

from archive.carried import PART_OF, stable_id
from archive.cdxj import index_line
from archive.names import warc_name
from archive.records import warcinfo_record
from archive.wacz import write_wacz
from warehouse.export.captures import choose, digest_of_places, pages
from warehouse.export.folder import Unfinished
from warehouse.export.package import TITLE
from warehouse.export.runs import choose_runs
from warehouse.export.stretches import Item, Stretches

NAME = "gongkai"
WACZ = "gongkai.wacz"


@dataclass(frozen=True, slots=True)
class Written:
    """The files that hold the pages, and a line for each capture that could not be taken whole."""

    files: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pages:
    """Where the pages come from and how they are filed: the folder of WARC files, the time (aware) that is
    stated as that of the new files, and the bytes from which on another one is begun.
    """

    archive: Path
    as_of: datetime
    roll_bytes: int


def write_warcs(connection: DuckDBPyConnection, source: Pages, made: Unfinished) -> Written:
    """Write the captures of the chosen documents as `gongkai-00000.warc.gz` and on, each with its index.

    Files that are whole already stay.
    """
    missing = choose(connection, source.archive)
    choose_runs(connection)
    chosen = digest_of_places(connection)
    stretches = Stretches(connection, source.archive, source.as_of)
    # a file behind one that was lost, or of an archive that was mended since, begins at another place
    files = list(
        takewhile(
            lambda name: made.whole.get(name, {}).get("chosen") == chosen,
            (warc_name(NAME, number) for number in count()),
        )
    )
    done = sum(made.whole[name]["items"] for name in files)
    items = islice(stretches.items(), done, None)
    while (first := next(items, None)) is not None:
        stretches.missing.clear()
        name = warc_name(NAME, len(files))
        taken, lines = _write(made.folder / name, chain([first], items), source)
        index = index_name(name)
        (made.folder / index).write_bytes(b"".join(lines))
        made.add(index)
        made.add(name, items=taken, chosen=chosen, missing=[*stretches.missing])
        files.append(name)
    missing += [line for name in files for line in made.whole[name]["missing"]]
    return Written(tuple(files), tuple(dict.fromkeys(missing)))


def pack(connection: DuckDBPyConnection, source: Pages, made: Unfinished) -> Written:
    """Write the captures of the chosen documents as one WACZ."""
    if WACZ not in made.whole:
        written = write_warcs(connection, source, made)
        write_wacz(
            made.folder / WACZ,
            [made.folder / name for name in written.files],
            [made.folder / index_name(name) for name in written.files],
            pages(connection),
            title=TITLE,
            created=source.as_of,
        )
        made.add(WACZ, missing=written.missing)
    for name in [name for name in made.whole if name.startswith(f"{NAME}-")]:
        made.drop(name)
    return Written((WACZ,), tuple(made.whole[WACZ]["missing"]))


def index_name(warc: str) -> str:
    """Return the name of the index of a WARC."""
    return warc.removesuffix(".warc.gz") + ".cdxj"


def _write(path: Path, items: Iterator[Item], source: Pages) -> tuple[int, Sequence[bytes]]:
    """Write items to a file until it is full; return how many, and the sorted lines of its index."""
    taken, lines = 0, []
    warcinfo_id = stable_id(f"{path.name} {source.as_of.isoformat()}")
    with path.open("wb") as file:
        file.write(warcinfo_record(warcinfo_id, path.name, source.as_of, isPartOf=PART_OF))
        for item in items:
            taken += 1
            for piece in item(warcinfo_id):
                if piece.record is not None:
                    line = index_line(piece.record, path.name, file.tell(), len(piece.member))
                    lines += [line.encode()] if line else []
                file.write(piece.member)
            if file.tell() >= source.roll_bytes:
                break
    return taken, sorted(lines)
