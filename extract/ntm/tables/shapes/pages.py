"""Tables that go on over the next page, made one: with or without their head once more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from rapidfuzz import fuzz

from extract.ntm.tables.shapes.grid import Grid, GridCell
from extract.reading import Reading

ALIKE = 80  # likeness of a row of the head to the one that it repeats
BETWEEN = 12  # letters that a page's number takes, and what a streak is read as
EDGE = 0.02  # share of the table's width by which a rule may stand aside on the next page
HEADS = 3  # rows of a head
_NUMBERED = re.compile(r"(?P<n>\d{1,2})[.)]?\s+(?=[^\W\d])")  # 19 Quốc phòng và An ninh


def joined_over_pages(reading: Reading, grids: Sequence[Grid]) -> list[Grid]:
    """Grids in order, each that a page cuts joined with what goes on at the top of the next."""
    joined: list[Grid] = []
    for grid in grids:
        below = _fitted(reading, joined[-1], grid) if joined and _follows(reading, joined[-1], grid) else None
        if below is not None:
            joined[-1] = _joined(joined[-1], below)
        else:
            joined.append(grid)
    return joined


def _follows(reading: Reading, above: Grid, below: Grid) -> bool:
    """Does a table stand at the top of the next page, with nothing told between the two?"""
    last, first = above.rows[-1][0], below.rows[0][0]
    between = reading.string[above.span[1] : below.span[0]]
    return first.page == last.page + 1 and sum(c.isalnum() for c in between) <= BETWEEN


def _fitted(reading: Reading, above: Grid, below: Grid) -> Grid | None:
    """What goes on, with as many columns as the last page's: where rows join two all the way down, a column is lost.

    None where the columns stand elsewhere.
    """
    if above.width == below.width:
        return below if _same_columns(above, below) else None
    edges = _edges(below)
    columns = [max((k for k, edge in enumerate(edges) if edge <= at + EDGE), default=0) for at in _edges(above)]
    whole = any(edges) and all(any(abs(edge - at) <= EDGE for at in _edges(above)) for edge in edges)
    if not whole or below.width > above.width or set(columns) != set(range(below.width)):
        return None
    rows = tuple(tuple(_widened(reading, row, columns)) for row in below.rows)
    return Grid(rows, below.span)


def _widened(reading: Reading, row: Sequence[GridCell], columns: Sequence[int]) -> Iterator[GridCell]:
    """A row's cells for each of more columns; a number and a name in one cell are two again."""
    of = [row[k] for k in columns]
    for _, places in groupby(range(len(of)), lambda j: id(of[j])):
        js = list(places)
        one = replace(of[js[0]], column=js[0], columns=len(js))
        number = _NUMBERED.match(reading.string, *one.span) if len(js) == 2 else None
        if number is None:
            yield from [one] * len(js)
        else:
            yield replace(one, columns=1, raw=number["n"], span=number.span("n"))
            yield replace(one, column=js[1], columns=1, raw=one.raw[len(number[0]) :], span=(number.end(), one.span[1]))


def _same_columns(above: Grid, below: Grid) -> bool:
    pairs = zip(_edges(above), _edges(below), strict=True)
    return all(abs(a - b) <= EDGE for a, b in pairs)


def _edges(grid: Grid) -> list[float]:
    """Where each column begins, as a share of the table's width; 0 where no box tells."""
    boxes = [_narrow(grid, j).box for j in range(grid.width)]
    placed = [box for box in boxes if box is not None]
    if len(placed) < grid.width:
        return [0.0] * grid.width
    left, right = placed[0].left, placed[-1].right
    return [(box.left - left) / max(1, right - left) for box in placed]


def _narrow(grid: Grid, column: int) -> GridCell:
    """A cell of the column that takes no other, the lowest: heads are joined, and pages lean."""
    return next((cell for cell in reversed(grid.column(column)) if cell.columns == 1), grid.rows[-1][column])


def _joined(above: Grid, below: Grid) -> Grid:
    rows = below.rows[_repeated(above, below) :]
    moved = {
        id(cell): replace(cell, row=cell.row + len(above.rows) + len(rows) - len(below.rows))
        for row in rows
        for cell in row
    }
    return Grid(
        (*above.rows, *(tuple(moved[id(cell)] for cell in row) for row in rows)), (above.span[0], below.span[1])
    )


def _repeated(above: Grid, below: Grid) -> int:
    """How many rows of the head stand once more on top of the next page."""
    count = 0
    for head, row in zip(above.rows[:HEADS], below.rows[:-1], strict=False):
        if not any(c.isalpha() for c in _text(head)) or fuzz.ratio(_text(head), _text(row)) < ALIKE:
            break
        count += 1
    return count


def _text(row: Sequence[GridCell]) -> str:
    return " ".join(dict.fromkeys(cell.folded for cell in row))
