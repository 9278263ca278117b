"""`gongkai extract`: read files without storing anything, as JSON or as pages to check the numbers by."""

import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extract.errors import GongkaiError
from flows.context import Options, pass_options, shared_options
from flows.exit_codes import ExitCode
from flows.language import t
from flows.output import complain, print_json
from flows.saved_files import PAGES, files_of
from flows.translated import TranslatedCommand

if TYPE_CHECKING:
    from extract.records import Reading


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
@click.option(
    "--html",
    "html",
    type=click.Path(path_type=Path),
    metavar="OUT",
    help="Write a page to check the numbers in a browser: OUT.html for one file, or a folder OUT "
    "with <stem>.html for each.",
)
@shared_options
@pass_options
def command(options: Options, paths: tuple[Path, ...], out: Path | None, html: Path | None) -> int:
    """Read files without storing them: one JSON object per document.

    A path may be a file, a folder (its .html, .txt, .json and .pdf files) or - for standard input.
    """
    files = list(files_of(paths, PAGES))
    work = _Work(files, out, html, as_json=options.json)
    read = failed = 0
    for path in files:
        try:
            work.extract(path)
        except BrokenPipeError:
            raise  # the reader of our output has gone: no fault of this file
        except (OSError, GongkaiError) as error:
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


@dataclass(slots=True)
class _Work:
    """What is made of each file of one call; `taken` are the files written so far."""

    files: list[Path]
    out: Path | None
    html: Path | None
    as_json: bool
    taken: set[Path] = field(default_factory=set)

    def __post_init__(self) -> None:
        if self.html is None or len(self.files) < 2:
            return
        from flows.checking.target import is_page

        if is_page(self.html):
            count = len(self.files)
            raise click.UsageError(
                t("{path}: one page, but there are {n} files; name a folder", path=self.html, n=count)
            )

    def extract(self, path: Path) -> None:
        """Read one file and write or print what was asked for."""
        from extract import records

        target = self._target(path, self.out, ".json") if self.out else None
        payload = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        reading = records.read(payload)
        document = records.to_json(reading, path=str(path), url=None)
        if target is not None:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
        if self.html is not None:
            self._write_page(reading, path, self.html)
        elif target is None:
            print_json(document)

    def _write_page(self, reading: "Reading", path: Path, html: Path) -> None:
        from flows.checking.page import page
        from flows.checking.target import is_page, write_page

        target = html if is_page(html) else self._target(path, html, ".html")
        write_page(target, page(reading, str(path)), self.files)
        if self.as_json:
            print_json({"path": str(path), "html": str(target), "metrics": len(reading.metrics)})
        else:
            click.echo(t("{path}: {n} records to check", path=target, n=len(reading.metrics)))

    def _target(self, path: Path, folder: Path, suffix: str) -> Path:
        """Return where what is made of `path` goes, each name once. Raises NameTakenError."""
        target = folder / f"{'stdin' if str(path) == '-' else path.stem}{suffix}"
        if target in self.taken:
            raise NameTakenError(t("another file was written to {target} already", target=target))
        self.taken.add(target)
        return target
