"""Metrics: a document's numbers as records a careful reader would write down, each with its place.

Running text is read by `prose`, statistical tables by `tabular`; here the two become one list.
"""

from bisect import bisect_right

from extract.document import Document
from extract.fold import fold
from extract.frames import frame
from extract.indicators import indicator_id
from extract.metric import VERSION, Metric
from extract.period import Period
from extract.prose import prose_metrics
from extract.tabular.figures import TableFigure
from extract.tabular.reader import TableReading, read_tables_of
from extract.units import to_base

__all__ = ["VERSION", "Metric", "read_metrics"]

_LONGEST_ROW = 400  # characters of a row shown as evidence


def read_metrics(document: Document) -> tuple[Metric, ...]:
    """Read all metrics of a document's body, in the order of the text."""
    tables = read_tables_of(document)
    metrics = [*prose_metrics(document, tables.spans), *_table_metrics(document, tables)]
    return tuple(sorted(metrics, key=lambda metric: metric.start))


def _table_metrics(document: Document, tables: TableReading) -> list[Metric]:
    """Make the figures of tables metrics; what a table leaves open of the period, the document fills."""
    context = _context(document)
    return [_metric(document, figure, _row(tables, figure), context) for figure in tables.figures]


def _context(document: Document) -> Period | None:
    """Return the period of the title, else the year of the document's own date."""
    titled = frame(fold(document.title).text).review if document.title else None
    day = document.issued_on or document.published_on
    if titled and titled.year is None and day:
        return Period(day.year, titled.first, titled.last)
    return titled or (Period(day.year) if day else None)


def _row(tables: TableReading, figure: TableFigure) -> tuple[int, int]:
    """Return the span of the body that shows a figure in its row."""
    index = bisect_right(tables.spans, (figure.start, figure.start)) - 1
    start, end = tables.spans[index] if index >= 0 else (figure.start, figure.end)
    if not start <= figure.start < end:
        return figure.start, figure.end
    return max(start, figure.end - _LONGEST_ROW), min(end, max(figure.end, start + _LONGEST_ROW))


def _metric(document: Document, figure: TableFigure, row: tuple[int, int], context: Period | None) -> Metric:
    magnitude = figure.unit.magnitude if figure.unit else ""
    unit = figure.unit.unit if figure.unit else None
    value_base, unit_base = to_base(figure.value, magnitude, unit)
    period = figure.period.resolved(context) if figure.period else context or Period(None)
    period_start, period_end = period.dates()
    own_name = figure.name.removeprefix(figure.subject or "")
    return Metric(
        payload_digest=document.payload_digest,
        extractor_version=VERSION,
        start=figure.start,
        end=figure.end,
        written=document.body[figure.start : figure.end],
        sentence=document.body[slice(*row)],
        section=(figure.caption,) if figure.caption else (),
        indicator=figure.name,
        indicator_id=indicator_id(own_name, figure.measure, unit.dimension if unit else "", value_base),
        subject=figure.subject,
        measure=figure.measure,
        value=figure.value,
        value_max=figure.value_max,
        unit=figure.unit.written if figure.unit else None,
        value_base=value_base,
        unit_base=unit_base,
        qualifier="exact",
        status=figure.status,
        period_start=period_start,
        period_end=period_end,
        scope=figure.scope,
        rule=f"table-{figure.rule}",
    )
