"""The corpus to take home: tables, texts and archived pages out of the newest published copy."""

from pathlib import Path

from flows.layout import Layout
from flows.loading import Tell
from warehouse.export.corpus import Exported, Kind, export
from warehouse.export.selection import Selection
from warehouse.publish import current


def export_corpus(layout: Layout, kind: Kind, out: Path, selection: Selection, tell: Tell) -> Exported:
    """Write the chosen documents to the new folder `out`; `tell` hears where an export is gone on with."""
    return export(current(layout.data), kind, out, selection, archive=layout.archive, tell=tell)
