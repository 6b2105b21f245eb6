"""Tables into the flow of a page: each row of a grid is a line, where the table stands between the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ocr.layout import Row
from ocr.page import Box, Cell, Line, Region, Table
from ocr.tables.cells import ReadCell
from ocr.tables.ruled import Grid


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A grid and its cells as they were read, in pixels of the upright page."""

    grid: Grid
    cells: tuple[ReadCell, ...]


def weave(rows: Sequence[Row], tables: Sequence[ReadTable]) -> tuple[Row, ...]:
    """The page's lines with those of its tables between them; blocks are numbered anew, each row is one."""
    flow = list(rows)
    for table in tables:
        at = _place(flow, table.grid.box)
        flow[at:at] = _rows(table)
    return _numbered(flow)


def _place(flow: Sequence[Row], box: Box) -> int:
    """The index before which a table stands: behind the last line of text above its middle."""
    middle = (box.top + box.bottom) / 2
    above = [
        i
        for i, row in enumerate(flow)
        if row.region is not Region.MARGIN and (row.box.top + row.box.bottom) / 2 < middle
    ]
    return max(above, default=-1) + 1


def _rows(table: ReadTable) -> list[Row]:
    lines = []
    for _, cells in groupby(table.cells, key=lambda cell: cell.place.row):
        words = tuple(word for cell in cells for word in cell.words)
        if words:
            box = words[0].box
            for word in words[1:]:
                box |= word.box
            lines.append(Row(words, box, Region.BODY, -1, 0.0, 1.0))
    return lines


def _numbered(flow: Sequence[Row]) -> tuple[Row, ...]:
    numbered: list[Row] = []
    block, last = -1, None
    for row in flow:
        if row.block == -1 or row.block != last:
            block += 1
        last = row.block
        numbered.append(replace(row, block=block))
    return tuple(numbered)


def tables_of(
    read: Sequence[ReadTable], rows: Sequence[Row], lines: Sequence[Line], place: Callable[[Box], Box], number: int
) -> tuple[Table, ...]:
    """The page's tables, their cells with the words of its lines; `rows` and `lines` are the same, one by one;
    `place` gives a box of the upright page on the page as rendered."""
    pairs = zip(rows, lines, strict=True)
    made = {id(word): done for row, line in pairs for word, done in zip(row.words, line.words, strict=True)}
    tables = []
    for table in read:
        cells = tuple(
            Cell(
                cell.place.row, cell.place.column, cell.place.rows, cell.place.columns, place(cell.place.box),
                tuple(made[id(word)] for word in cell.words), cell.unread,
            )
            for cell in table.cells
        )  # fmt: skip
        box = place(table.grid.box)
        tables.append(Table(number, box, table.grid.rows, table.grid.columns, cells))
    return tuple(tables)
