"""The marks of a table against its printed totals, by rows and by columns: what is unread or misread follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.notice import Status

ROW, COLUMN = "the total of its row", "the total of its column"
ALL_OF_ROW, ALL_OF_COLUMN = "the row's total is of all, or of none", "the column's total is of all, or of none"
BOTH = "the totals of its row and of its column leave no choice"
CROSSED = "as read, neither the total of its row nor that of its column is right"
_OTHER = {Status.ACHIEVED: Status.NOT_ACHIEVED, Status.NOT_ACHIEVED: Status.ACHIEVED}

Marks = Sequence[Sequence[Status | None]]


@dataclass(frozen=True, slots=True)
class Balanced:
    """Marks by row and column, those that follow from totals with the reason why, and the rows that do not add up."""

    statuses: tuple[tuple[Status | None, ...], ...]
    why: dict[tuple[int, int], str]
    open_rows: frozenset[int]


def balanced(marks: Marks, rows: Sequence[int | None], columns: Sequence[int | None]) -> Balanced:
    """Fill in what one total or the other leaves no choice about, and turn the mark that both say is wrong.

    `marks`: None where a cell could not be read; `rows`, `columns`: how many are achieved, as printed.

    >>> yes, no = Status.ACHIEVED, Status.NOT_ACHIEVED
    >>> balanced([[yes, None], [no, yes]], [2, 1], [None, None]).statuses[0][1]
    <Status.ACHIEVED: 'achieved'>
    >>> balanced([[yes, yes], [no, yes]], [1, 1], [1, 1]).why
    {(0, 1): 'as read, neither the total of its row nor that of its column is right'}
    """
    grid = [list(row) for row in marks]
    why: dict[tuple[int, int], str] = {}
    before = -1
    while before < len(why):
        before = len(why)
        for i, total in enumerate(rows):
            cells = [(i, j) for j in range(len(grid[i]))]
            filled = _fill(grid, cells, total)
            why |= {cells[k]: ALL_OF_ROW if len(filled) == len(cells) else ROW for k in filled}
        for j, total in enumerate(columns):
            cells = [(i, j) for i in range(len(grid))]
            filled = _fill(grid, cells, total)
            why |= {cells[k]: ALL_OF_COLUMN if len(filled) == len(cells) else COLUMN for k in filled}
    for (i, j), reason in why.items():
        column = [row[j] for row in grid]
        if reason in (ROW, COLUMN) and _meets(grid[i], rows[i]) and j < len(columns) and _meets(column, columns[j]):
            why[i, j] = BOTH
    _turn(grid, rows, columns, why)
    left = frozenset(i for i, total in enumerate(rows) if _off(grid[i], total))
    return Balanced(tuple(tuple(row) for row in grid), why, left)


def _meets(values: Sequence[Status | None], total: int | None) -> bool:
    """Are all marks of a line known, and as many achieved as its total says?"""
    return total is not None and None not in values and list(values).count(Status.ACHIEVED) == total


def _fill(grid: list[list[Status | None]], cells: Sequence[tuple[int, int]], total: int | None) -> list[int]:
    """Fill the unread among cells where the total leaves no choice; which of them were filled."""
    values = [grid[i][j] for i, j in cells]
    unread = [k for k, value in enumerate(values) if value is None]
    left = None if total is None else total - values.count(Status.ACHIEVED)
    if not unread or left not in (0, len(unread)):
        return []
    for k in unread:
        i, j = cells[k]
        grid[i][j] = Status.ACHIEVED if left else Status.NOT_ACHIEVED
    return unread


def _turn(
    grid: list[list[Status | None]],
    rows: Sequence[int | None],
    columns: Sequence[int | None],
    why: dict[tuple[int, int], str],
) -> None:
    """Turn marks where a row and just so many columns lack, or have too many of, the same status."""
    surplus = [_off([row[j] for row in grid], total) for j, total in enumerate(columns)]
    for i, total in enumerate(rows):
        off = _off(grid[i], total)
        wrong = Status.ACHIEVED if off > 0 else Status.NOT_ACHIEVED
        found = [j for j, value in enumerate(grid[i]) if value is wrong and surplus[j] * off > 0]
        if off and len(found) == abs(off):
            for j in found:
                grid[i][j] = _OTHER[wrong]
                surplus[j] -= 1 if off > 0 else -1
                why[i, j] = CROSSED


def _off(values: Sequence[Status | None], total: int | None) -> int:
    """How many more are achieved than the total says; 0 where that cannot be told."""
    if total is None or any(value is None for value in values):
        return 0
    return list(values).count(Status.ACHIEVED) - total
