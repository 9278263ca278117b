"""Rebuilding: the warehouse anew from the run files; what the archive holds is then read again.

Nothing in the writer's file is needed, so a damaged one is replaced as well. The new file takes its place
only when every run is in it; readers keep the published copy all the while.
"""

import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from archive.run_id import is_run_id
from warehouse.counts import count_rows, read_counts, write_counts
from warehouse.database import checkpoint, make_own, open_file, refuse_replacing, warehouse_path
from warehouse.load import load_run
from warehouse.places import REGIONS
from warehouse.schema import rebuild_core


def rebuild_raw(data: Path, *, regions: Path = REGIONS, progress: Callable[[str], None] | None = None) -> int:
    """Make a new writer's file with raw from data/runs and with core empty; return the number of runs.

    Every payload is pending afterwards. Raise LockedError when another process has the old file open,
    OutdatedError when a newer program made it, LoadError naming a run file that does not fit.
    """
    path = warehouse_path(data)
    make_own(path.parent)
    refuse_replacing(path)
    fresh = path.parent / "rebuilding" / path.name
    shutil.rmtree(fresh.parent, ignore_errors=True)
    folders = sorted(folder for folder in (data / "runs").glob("*") if is_run_id(folder.name))
    connection = open_file(fresh)
    try:
        rebuild_core(connection)
        for folder in folders:
            load_run(connection, folder, regions=regions)
            if progress:
                progress(folder.name)
        checkpoint(connection, fresh)
        write_counts(fresh, count_rows(connection))
    finally:
        connection.close()
    _take_place(fresh, path)
    return len(folders)


def _take_place(fresh: Path, path: Path) -> None:
    """Put the new file in place of the old one; a process killed in between leaves one that opens."""
    new = read_counts(fresh)
    with suppress(OSError, ValueError, KeyError, TypeError):  # none, or damaged
        write_counts(path, *read_counts(path), *new)
    # the old log first: beside a new file it would be read as that file's
    path.with_name(path.name + ".wal").unlink(missing_ok=True)
    fresh.replace(path)
    write_counts(path, *new)
    shutil.rmtree(fresh.parent)
