"""Loading the run files of a run into raw, as often as one likes.

raw is insert-only: a row's key is its run and its line in the run's file, and a row that is there stays as
it is.
"""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from archive.run_id import is_run_id, site_of, started_at
from archive.runs import RowKind
from warehouse.database import batch, open_file
from warehouse.errors import LoadError
from warehouse.places import REGIONS, load_regions
from warehouse.placing import place_again
from warehouse.quoting import identifier
from warehouse.rows import load_error, staged, table_columns
from warehouse.schema import ensure_core

LINES: tuple[RowKind, ...] = ("sites", "entries", "captures", "issues")


@dataclass(frozen=True, slots=True)
class LoadedRun:
    """What a load of one run added: rows by kind, and whether the run had ended."""

    run_id: str
    rows: Mapping[RowKind, int]
    whole: bool


def load_run(connection: DuckDBPyConnection, run_folder: Path, *, regions: Path = REGIONS) -> LoadedRun:
    """Insert the JSON lines of a run (`<run_id>/{sites,entries,captures,issues,runs}.jsonl`) into raw.

    A run without its `runs` line crashed: it loads as incomplete. Documents whose site was not known
    before get their place. One transaction; raise UnfitRowsError naming a file that is damaged, LoadError
    for other troubles.
    """
    if not run_folder.is_dir():
        raise LoadError(f"{run_folder}: there is no such run")
    if not is_run_id(run_folder.name):
        raise LoadError(f"{run_folder}: is not named like a run; move it out of the folder of runs")
    table = load_regions(regions)
    try:
        with batch(connection):
            rows = {kind: _insert_lines(connection, run_folder, kind) for kind in LINES}
            whole = _insert_report(connection, run_folder)
            place_again(connection, run_folder.name, table)
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise load_error(f"{run_folder}: cannot be loaded: {reason}", error) from error
    return LoadedRun(run_folder.name, rows, whole)


def try_run(run_folder: Path, scratch: Path) -> None:
    """Load a run into a warehouse of its own, made in `scratch` and thrown away; raise as `load_run` does."""
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        connection = open_file(Path(folder) / "tried.duckdb")
        try:
            ensure_core(connection)
            load_run(connection, run_folder)
        finally:
            connection.close()


def loaded_runs(connection: DuckDBPyConnection) -> frozenset[str]:
    """Return the ids of the runs that are in raw with their report: there is nothing more to load of them.

    A run without one is left out, since its files may have grown (its process was alive, or the folder was
    brought in from elsewhere). Loading it again adds what is new and changes nothing else.
    """
    whole = connection.execute("select run_id from raw.runs where finished_at is not null").fetchall()
    return frozenset(run_id for (run_id,) in whole)


def _insert_lines(connection: DuckDBPyConnection, run_folder: Path, kind: str) -> int:
    """Insert the rows of one kind that are not there yet; return how many those were."""
    columns = table_columns(connection, f"raw.{kind}")
    given = {name: type_ for name, type_ in columns.items() if name not in ("run_id", "line")}
    with staged(connection, run_folder / f"{kind}.jsonl", given) as rows:
        inserted = connection.execute(
            f"insert into raw.{kind} by name select ? as run_id, * from {identifier(rows)} "  # noqa: S608 - our own names
            "on conflict do nothing",
            [run_folder.name],
        ).fetchone()
    return int(inserted[0]) if inserted else 0


def _insert_report(connection: DuckDBPyConnection, run_folder: Path) -> bool:
    """Insert the run's report, or a row that says it has none; return whether there was one."""
    columns = table_columns(connection, "raw.runs")
    run_id = run_folder.name
    connection.execute(
        "insert into raw.runs (run_id, site, started_at, complete) "
        "values ($id, $site, $started_at::timestamptz at time zone 'UTC', false) on conflict do nothing",
        {"id": run_id, "site": site_of(run_id), "started_at": started_at(run_id)},
    )
    given = {name: type_ for name, type_ in columns.items() if name != "run_id"}
    values = ", ".join(f"{identifier(name)} = report.{identifier(name)}" for name in given)
    with staged(connection, run_folder / "runs.jsonl", given) as rows:
        connection.execute(
            f"update raw.runs set {values} from {identifier(rows)} as report "  # noqa: S608 - names out of the catalog
            "where runs.run_id = ? and runs.finished_at is null and report.line = 1",
            [run_id],
        )
        return bool(connection.execute(f"select count(*) from {identifier(rows)}").fetchall()[0][0])  # noqa: S608
