"""Names of a table's numbers, out of the row, the column and what the table counts.

A row that is an indicator names its numbers; a class (第二产业, 城镇) takes the name of its whole; a column
may name a quantity of the row (产量) or a part of it (农村); a place stands before what the column counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.amounts import TableUnit
from extract.blocks import Column
from extract.enumeration import merged
from extract.heads import Head
from extract.rownames import RowName, is_indicator, of_class


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A row as its numbers need it: its name, its own unit, and the indicator it is a class of, with unit."""

    name: RowName
    unit: TableUnit | None
    parent: str
    parent_unit: TableUnit | None


def inherited(columns: Sequence[Column]) -> list[Head]:
    """Give the heads of growth, rank and share (增速, 位次) the name and period of the amount beside them.

    The amount of a year before (上年同期) has name and unit of the one beside it.
    """
    heads: list[Head] = []
    amount: Head | None = None
    timed: Head | None = None
    for column in columns:
        head = column.head
        leans = head.measure in ("change", "rank", "progress") or bool(head.share)
        if amount is not None and (leans or head.when == "earlier"):
            head = replace(head, name=head.name or amount.name)
        if amount is not None and head.when == "earlier":
            unit, mention = head.unit or amount.unit, head.mention or amount.mention
            head = replace(head, unit=unit, mention=mention, runs=amount.when == "cumulative")
        elif timed is not None and head.mention is None and head.when in (None, timed.when):
            head = replace(head, mention=timed.mention, when=timed.when)
        if head.measure == "rank" and heads and heads[-1].measure == "change":
            head = replace(head, of_rate=True)
        if head.when != "earlier":
            timed, amount = head, amount if leans else head
        heads.append(head)
    return heads


def with_group(group: RowName, name: RowName, parent: str) -> tuple[RowName, str]:
    """Name a row by the two labels it has: 工业, 增加值 is 工业增加值; a class is one of its group."""
    if is_indicator(group.name) and not name.whole:
        return name, group.name
    if name.whole and not is_indicator(group.name) and group.name not in name.name and len(name.name) <= 4:
        return replace(name, name=group.name + name.name), parent
    return name, parent


def share_name(name: str, row: NamedRow, head: Head) -> str:
    """Name a share: of what the column says, else of the whole that the row is a class of."""
    if not head.share:
        return name
    whole = head.whole or (row.parent if not row.name.total else "")
    return f"{name}占{whole}的{head.share}" if whole and head.share == "比重" else name + head.share


def figure_name(row: NamedRow, head: Head) -> tuple[str, str | None, str]:
    """Name a number by its row, its column and what the table counts.

    Returned are the name, the place it is of or None, and the rule: `growth` a row of growth below its
    amount, `total` a row that is all of it or a period, `place`, `cross` a quantity in the column of a
    thing in the row, `row` an indicator in the row, `class` a class in the row.
    """
    name, column, parent = row.name, head.name, row.parent
    counts = is_indicator(column) or (head.unit is not None and not head.share and len(column) > 2)
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
    own = name.name if name.whole else of_class(name.name, parent)
    return (column + own if column not in own else own), None, "row" if name.whole else "class"
