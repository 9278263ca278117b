"""`gongkai extract`: read files without storing anything, JSON per document."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from flows.context import shared_options
from flows.exit_codes import ExitCode
from flows.language import t
from flows.output import complain, print_json
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

    A path may be a file, a folder (its .html, .htm, .txt and .json files) or - for standard input.
    """
    from extract import records

    failed = 0
    if out:
        out.mkdir(parents=True, exist_ok=True)
    for path in _files(paths):
        try:
            payload = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        except OSError as error:
            complain(f"{path}: {t('cannot be read')}: {error.strerror}")
            failed += 1
            continue
        document = records.to_json(records.read(payload), path=str(path), url=None)
        if out:
            target = out / f"{'stdin' if str(path) == '-' else path.stem}.json"
            target.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
        else:
            print_json(document)
    if not failed:
        return ExitCode.OK
    return ExitCode.SOME_FAILED if failed < len(paths) else ExitCode.USAGE


def _files(paths: tuple[Path, ...]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(
                file for file in path.iterdir() if file.suffix in {".html", ".htm", ".txt", ".json"}
            )
        else:
            yield path
