"""What a file gives: lines of text, tables and what a person should know of it."""

from dataclasses import dataclass

from extract.tables import Table


@dataclass(frozen=True, slots=True)
class FileContent:
    """The text of a file as paragraphs, rows of tables with tabs between cells, in the order of the file."""

    lines: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    warnings: tuple[str, ...] = ()


def row_line(cells: tuple[str, ...]) -> str:
    """Return a table's row as a line of text: cells with tabs between them, no breaks inside."""
    return "\t".join(" ".join(cell.split()) for cell in cells).rstrip("\t")
