"""The corpus to take home: tables and texts by the warehouse, WARC files as they lie in the archive."""

import shutil
from pathlib import Path

from archive.manifest import read_lines
from extract.errors import GongkaiError
from flows.layout import Layout
from warehouse.export import Selection, export
from warehouse.publish import current


class ExportRefusedError(GongkaiError):
    """An export that cannot be made as it was asked for."""


def export_corpus(
    layout: Layout, kind: str, out: Path, *, office: str | None, district: str | None, year: int | None
) -> list[str]:
    """Write the export and return the names of its files, below the new folder `out`."""
    if kind == "warc":
        if office or district or year:
            raise ExportRefusedError(
                "warc: cannot be narrowed yet; leave out --office, --district and --year"
            )
        _copy_archive(layout.archive, out)
    else:
        export(current(layout.data), kind, out, Selection(office, district, year))  # type: ignore[arg-type]
    return sorted(str(path.relative_to(out)) for path in out.rglob("*") if path.is_file())


def _copy_archive(archive: Path, out: Path) -> None:
    """Copy the finished WARC files with their checksums in the form that `sha256sum -c` reads."""
    if out.exists():
        raise ExportRefusedError(f"{out}: exists already; name a folder that does not")
    lines, _ = read_lines(archive)
    if not lines:
        raise ExportRefusedError(
            f"{archive}: holds no finished WARC file; run `gongkai crawl` or `gongkai ingest` first"
        )
    out.mkdir(parents=True)
    for line in lines:
        shutil.copyfile(archive / line.warc, out / line.warc)
    sums = "".join(f"{line.sha256}  {line.warc}\n" for line in lines)
    (out / "SHA256SUMS").write_text(sums, encoding="utf-8")
