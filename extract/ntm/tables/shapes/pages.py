"""Tables that go on over the next page, made one: with or without their head once more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from extract.ntm.tables.shapes.grid import Grid, GridCell
from extract.reading import Reading

ALIKE = 80  # likeness of a row of the head to the one that it repeats
BETWEEN = 12  # letters that a page's number takes, and what a streak is read as
EDGE = 0.02  # share of the table's width by which a rule may stand aside on the next page
HEADS = 3  # rows of a head


def joined_over_pages(reading: Reading, grids: Sequence[Grid]) -> list[Grid]:
    """Grids in order, each that a page cuts joined with what goes on at the top of the next."""
    joined: list[Grid] = []
    for grid in grids:
        if joined and _goes_on(reading, joined[-1], grid):
            joined[-1] = _joined(joined[-1], grid)
        else:
            joined.append(grid)
    return joined


def _goes_on(reading: Reading, above: Grid, below: Grid) -> bool:
    """Do the columns of a table stand where those of the last page's did, with nothing told between the two?"""
    last, first = above.rows[-1][0], below.rows[0][0]
    between = reading.string[above.span[1] : below.span[0]]
    near = first.page == last.page + 1 and sum(c.isalnum() for c in between) <= BETWEEN
    return near and above.width == below.width and _same_columns(above, below)


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
