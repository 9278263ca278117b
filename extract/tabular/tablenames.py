"""Names of a table's numbers, out of the row, the column and what the table counts.

A row that is an indicator names its numbers; a class (第二产业, 城镇) takes the name of its whole; a column
may name a quantity of the row (产量) or a part of it (农村); a place stands before what the column counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.enumeration import merged
from extract.tabular.amounts import TableUnit
from extract.tabular.blocks import Column
from extract.tabular.heads import Head
from extract.tabular.rownames import RowName, Whole, is_indicator, of_class, read_row_name


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A row as its numbers need it: its name, its own unit, and the indicator it is a class of."""

    name: RowName
    unit: TableUnit | None
    whole: Whole


def inherited(columns: Sequence[Column]) -> list[Head]:
    """Give the heads of growth, rank and share (增速, 位次) the name and period of the amount beside them.

    The amount of a year before (上年同期) has name and unit of the one beside it. Columns of several places
    (全省, 全市) are named by them.
    """
    heads: list[Head] = []
    amount: Head | None = None
    timed: Head | None = None
    places = {column.head.place for column in columns if column.head.place}
    for column in columns:
        head = column.head
        if len(places) > 1 and head.place:
            head = replace(head, name=head.place + head.name)
        leans = head.measure in ("change", "rank", "progress") or bool(head.share)
        if amount is not None and (leans or head.when == "earlier"):
            head = replace(head, name=head.name or amount.name)
        if amount is not None and head.when == "earlier":
            unit, mention = head.unit or amount.unit, head.mention or amount.mention
            head = replace(head, unit=unit, mention=mention, runs=amount.when == "cumulative")
        elif timed is not None and head.mention is None and head.when in (None, timed.when):
            of = _latest(heads) if head.measure == "change" else None
            head = replace(head, mention=(of or timed).mention, when=timed.when)
        if heads:
            head = _beside(head, column, heads[-1], columns[len(heads) - 1])
        if head.when != "earlier":
            timed, amount = head, amount if leans else head
        heads.append(head)
    return heads


def _latest(heads: Sequence[Head]) -> Head | None:
    """Return the amount of the latest year right before a growth: 2023年, 2022年, 增长 is that of 2023."""
    latest: Head | None = None
    for head in reversed(heads):
        year = head.mention.period.year if head.mention else None
        if head.measure == "change" or head.when is not None or year is None:
            break
        if latest is None or latest.mention is None or year > (latest.mention.period.year or 0):
            latest = head
    return latest


def _beside(head: Head, column: Column, left: Head, left_column: Column) -> Head:
    """Read a head that speaks of the number to its left.

    A rank is one of the growth; 百分点 are the change of the share or of the rate of growth; a growth under
    one head with a planned amount is planned.
    """
    if head.measure == "rank" and left.measure == "change":
        return replace(head, of_rate=True)
    if head.measure != "change":
        return head
    if head.unit is not None and head.unit.written == "个百分点":
        if left.share:
            return replace(head, share=left.share, whole=left.whole, name=left.name)
        return replace(head, of_rate=left.measure == "change")
    under_one = len(column.levels) > 1 and column.levels[0] == left_column.levels[0] != ""
    return replace(head, status="plan") if left.status == "plan" and under_one else head


def with_group(group: RowName, name: RowName, whole: Whole) -> tuple[RowName, Whole]:
    """Name a row by the two labels it has: 工业, 增加值 is 工业增加值; a class is one of its group."""
    if is_indicator(group.name) and not name.whole:
        return name, Whole(group.name, group.unit)
    if name.whole and not is_indicator(group.name) and group.name not in name.name and len(name.name) <= 4:
        return replace(name, name=group.name + name.name), whole
    return name, whole


def share_name(name: str, row: NamedRow, head: Head) -> str:
    """Name a share: of what the column says, else of the whole that the row is a class of."""
    if not head.share or row.name.share:
        return name
    whole = head.whole or (row.whole.name if not row.name.total else "")
    return f"{name}占{whole}的{head.share}" if whole and head.share == "比重" else name + head.share


def figure_name(row: NamedRow, head: Head) -> tuple[str, str | None, str]:
    """Name a number by its row, its column and what the table counts.

    Returned are the name, the place it is of or None, and the rule: `growth` a row of growth below its
    amount, `total` a row that is all of it or a period, `place`, `cross` a quantity in the column of a
    thing in the row, `row` an indicator in the row, `class` a class in the row.
    """
    name, column, parent = row.name, head.name, row.whole.name
    is_class = name.whole or bool(parent) or head.share or head.place
    counts = is_indicator(column) or (head.unit is not None and not is_class and len(column) > 2)
    if name.growth:
        own = name.name if name.whole or not name.name else of_class(name.name, parent)
        return own or parent, None, "growth"
    if name.total or not name.name:
        return (column if counts or not column else of_class(column, parent)) or parent, None, "total"
    if name.place:
        what = column or parent
        return (name.name + what if what else ""), name.name, "place"
    if column and counts:
        again = column in name.name or (name.whole and column[-1] == name.name[-1])
        return (name.name if again else merged(name.name, column)), None, "cross"
    if name.share:
        return name.name + "构成", None, "row"
    own = name.name if name.whole else of_class(name.name, parent)
    if name.whole and read_row_name(column).place:
        return column + own, column, "place"
    return (column + own if column not in own else own), None, "row" if name.whole else "class"
