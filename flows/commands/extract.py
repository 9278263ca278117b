"""`gongkai extract`: read files without storing anything, JSON per document."""

import json
import sys
from pathlib import Path

import click

from extract.errors import GongkaiError
from flows.context import shared_options
from flows.exit_codes import ExitCode
from flows.language import t
from flows.output import complain, print_json
from flows.saved_files import PAGES, files_of
from flows.translated import TranslatedCommand


@click.command(cls=TranslatedCommand)
@click.argument(
    "paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path, allow_dash=True)
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write DIR/<stem>.json for each file instead of printing.",
)
@shared_options
def command(paths: tuple[Path, ...], out: Path | None) -> int:
    """Read files without storing them: one JSON object per document.

    A path may be a file, a folder (its .html, .txt, .json and .pdf files) or - for standard input.
    """
    read = failed = 0
    targets: set[Path] = set()
    for path in files_of(paths, PAGES):
        try:
            _extract(path, _target(path, out, targets))
        except BrokenPipeError:
            raise  # the reader of our output has gone: no fault of this file
        except (OSError, NameTakenError) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            complain(f"gongkai: {path}: {reason}")
            failed += 1
        else:
            read += 1
    if not failed:
        return ExitCode.OK
    return ExitCode.SOME_FAILED if read else ExitCode.USAGE


class NameTakenError(GongkaiError):
    """Two files of one call would be written under one name."""


def _target(path: Path, out: Path | None, targets: set[Path]) -> Path | None:
    """Return where the document of `path` is written, None for standard output."""
    if out is None:
        return None
    target = out / f"{'stdin' if str(path) == '-' else path.stem}.json"
    if target in targets:
        raise NameTakenError(t("another file was written to {target} already", target=target))
    targets.add(target)
    return target


def _extract(path: Path, target: Path | None) -> None:
    from extract import records

    payload = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    document = records.to_json(records.read(payload), path=str(path), url=None)
    if target is None:
        print_json(document)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
