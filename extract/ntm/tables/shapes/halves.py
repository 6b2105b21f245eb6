"""Tables in two halves side by side, made one below the other: `TT | Xã | Số tiêu chí | TT | Xã | Số tiêu chí`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.ntm.tables.shapes.grid import Grid, GridCell

FEWEST_COLUMNS = 2  # columns of a half
HEADS = 3  # rows of a head at most


def stacked(grid: Grid) -> Grid:
    """The grid with its right half below its left one where both have the same head; else as it is."""
    heads = _heads(grid)
    if not heads:
        return grid
    half = grid.width // 2
    left = [row[:half] for row in grid.rows]
    right = [_moved(row[half:], half, len(grid.rows) - heads) for row in grid.rows[heads:]]
    return Grid((*left, *(row for row in right if any(not cell.empty for cell in row))), grid.span)


def _heads(grid: Grid) -> int:
    """How many rows at the top hold the same words twice; 0 where the table is no such one."""
    half = grid.width // 2
    if grid.width % 2 or half < FEWEST_COLUMNS:
        return 0
    same = [_words(row[:half]) == _words(row[half:]) and any(_words(row[:half])) for row in grid.rows[:HEADS]]
    heads = same.index(False) if False in same else 0
    apart = all(cell.column >= half for row in grid.rows for cell in row[half:])
    return heads if apart and len(set(_words(grid.rows[0][:half]))) >= FEWEST_COLUMNS else 0


def _words(row: Sequence[GridCell]) -> list[str]:
    return [" ".join(cell.folded.split()) for cell in row]


def _moved(row: Sequence[GridCell], half: int, down: int) -> tuple[GridCell, ...]:
    cells = {id(cell): replace(cell, column=cell.column - half, row=cell.row + down) for cell in row}
    return tuple(cells[id(cell)] for cell in row)
