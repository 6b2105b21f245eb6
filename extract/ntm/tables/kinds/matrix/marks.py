"""What the marks of an annex mean once the totals of its rows and columns were looked at."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.notice import Status
from extract.ntm.tables.kinds.matrix.layout import Layout
from extract.ntm.tables.kinds.matrix.rows import Row, printed_sums, total_of
from extract.ntm.tables.marks.balance import balanced
from extract.ntm.tables.marks.legend import BLANK, MARKS, Legend, sign_of
from extract.ntm.tables.shapes.grid import Grid, GridCell


def _sure_total(row: Row, statuses: Sequence[Status | None]) -> int | None:
    """The row's total if its figures were read as figures, or if the marks say the same."""
    total = total_of(row)
    cell = row.achieved or row.missing
    plain = cell is not None and re.fullmatch(r"[\d/ ]+", cell.raw.strip(" ().,")) is not None
    return total if plain or (None not in statuses and list(statuses).count(Status.ACHIEVED) == total) else None


@dataclass(frozen=True, slots=True)
class Worked:
    """What the cells of a row mean once all totals were looked at.

    `why`: criterion's place in the row → the reason for a status that was not read; `agrees`: the marks add up to the
    row's total; `off`: they do not.
    """

    statuses: tuple[Status | None, ...]
    why: dict[int, str]
    agrees: bool
    off: bool


def work_out(grid: Grid, layout: Layout, rows: Sequence[Row], legend: Legend) -> list[Worked]:
    """The marks of all rows, filled in and put right by the totals of rows and columns."""
    width = len(layout.criteria)
    filled = [_filled(row, [_status(cell, legend) for _, cell in row.cells], legend) for row in rows]
    totals = [_sure_total(row, statuses) for row, statuses in zip(rows, filled, strict=True)]
    sums = printed_sums(grid, layout) if all(len(row.cells) == width for row in rows) else {}
    columns = [sums.get(number) for number, _ in layout.criteria.values()]
    if len({len(row) for row in filled}) != 1:
        columns = []
    done = balanced(filled, totals, columns)
    work = []
    for i, (statuses, total) in enumerate(zip(done.statuses, totals, strict=True)):
        why = {j: reason for (row, j), reason in done.why.items() if row == i}
        agrees = total is not None and None not in statuses and i not in done.open_rows
        work.append(Worked(statuses, why, agrees, i in done.open_rows))
    return work


def _status(cell: GridCell, legend: Legend) -> Status | None:
    """What a cell says by itself; None for an empty one that no legend explains, and for what cannot be told."""
    if cell.unread:
        return None
    sign = sign_of(cell.raw)
    if sign in legend.means:
        return legend.means[sign]
    if sign == "-":
        return Status.NOT_ACHIEVED
    return Status.ACHIEVED if sign in MARKS else None


def _filled(row: Row, statuses: Sequence[Status | None], legend: Legend) -> list[Status | None]:
    """Empty cells are the other status of a table that has marks for one only."""
    said = {status for status in statuses if status is not None}
    other = {Status.ACHIEVED: Status.NOT_ACHIEVED, Status.NOT_ACHIEVED: Status.ACHIEVED}
    one = {legend.means[s] for s in legend.means if s != BLANK} or said
    if len(one) != 1:
        return list(statuses)
    blank = other[next(iter(one))]
    return [blank if s is None and cell.empty else s for s, (_, cell) in zip(statuses, row.cells, strict=True)]
