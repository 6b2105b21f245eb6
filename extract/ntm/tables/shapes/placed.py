"""Tables whose empty cells a text keeps as blanks: each cell stands in the column of the head that it stands below.

Số TT   Tiêu chí      Đạt   Chưa đạt   Ghi chú
  1     Quy hoạch      x
  6     Văn hóa                 x      thiếu 02 sân thể thao
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.ntm.survey import Survey
from extract.ntm.tables.shapes.aligned import DRAWN, FEWEST_CELLS, FEWEST_ROWS, cells_of
from extract.ntm.tables.shapes.grid import Grid, GridCell
from extract.reading import Reading, Span

LEFT = 2  # letters that a centred cell may stand before its head begins


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell's span in the notice's text, and where it begins and ends in its raw line."""

    span: Span
    left: int
    right: int


def placed_grids(survey: Survey) -> list[Grid]:
    """The tables of a text in which a row has fewer cells than the head, and each cell below one of its columns."""
    text = (line for line in survey.whole.text.lines if not DRAWN.fullmatch(survey.whole.string, line.start, line.end))
    lines = [_cells(survey.whole, line.start, line.end) for line in text]
    grids: list[Grid] = []
    at = 0
    while at < len(lines):
        rows = dict(_rows_below(lines[at], lines[at + 1 :])) if len(lines[at]) >= FEWEST_CELLS else {}
        lost = any(None in row for row in rows.values())
        if len(rows) >= FEWEST_ROWS and lost:
            grids.append(_grid(survey.whole, [list(lines[at]), *rows.values()]))
            at += max(rows)
        at += 1
    return grids


def _cells(reading: Reading, start: int, end: int) -> list[_Cell]:
    found = []
    if reading.string.count("|", start, end) >= FEWEST_CELLS:  # strokes keep the empty cells too: shapes/aligned.py
        return []
    for a, b in cells_of(reading, start, end):
        words = reading.words(a, b)
        if not words or words[0].box is not None:
            return []
        left = reading.inset(a)
        found.append(_Cell((a, b), left, left + words[-1].end - words[0].start))
    return found


def _rows_below(head: Sequence[_Cell], lines: Sequence[Sequence[_Cell]]) -> Iterator[tuple[int, list[_Cell | None]]]:
    """How many lines below a head each row stands, from 1, and its cells by column; up to the first that is no row."""
    edges = [cell.left - LEFT for cell in head]
    for below, cells in enumerate(lines, 1):
        columns = [bisect_right(edges, cell.left) - 1 for cell in cells]
        if len(cells) == 1 and columns[0] > 0:
            continue  # the rest of a cell above, which wrapped
        fits = len(cells) > 1 and columns[0] >= 0 and all(a < b for a, b in pairwise(columns))
        if not fits or any(not _below(cell, head, column) for cell, column in zip(cells, columns, strict=True)):
            return
        placed = dict(zip(columns, cells, strict=True))
        yield below, [placed.get(column) for column in range(len(head))]


def _below(cell: _Cell, head: Sequence[_Cell], column: int) -> bool:
    """Does a cell end before the next column begins?"""
    return column + 1 == len(head) or cell.right <= head[column + 1].left + LEFT


def _grid(reading: Reading, rows: Sequence[Sequence[_Cell | None]]) -> Grid:
    last = 0
    table = []
    for i, row in enumerate(rows):
        made = []
        for j, cell in enumerate(row):
            span = cell.span if cell else (last, last)
            last = span[1]
            made.append(GridCell(i, j, 1, 1, reading.flat(*span) if cell else "", span, (0, 0), None, 0, False))
        table.append(tuple(made))
    first = next(cell for cell in rows[0] if cell)
    return Grid(tuple(table), (first.span[0], last))
