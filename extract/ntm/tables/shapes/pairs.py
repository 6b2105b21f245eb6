"""Tables that tell each commune's verdict by a cross in one of two columns, `Đạt | Chưa đạt` below its name, as tables
with the verdict in one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extract.ntm.tables.marks.legend import MARKS, sign_of
from extract.ntm.tables.shapes.grid import Grid, GridCell

FEWEST_PAIRS = 2  # one pair tells of one commune: a table of verdicts
HEADS = 4  # rows of a head at most
_YES = re.compile(r"\W*(?:da\s+)?dat\W*")
_NO = re.compile(r"\W*(?:chua|khong)(?:\s+dat)?\W*")


def without_pairs(grid: Grid) -> Grid:
    """The grid with one column for each pair of them, and without the row of their heads; else as it is."""
    head = next((i for i, row in enumerate(grid.rows[:HEADS]) if len(list(_pairs(row))) >= FEWEST_PAIRS), None)
    if head is None:
        return grid
    pairs = dict(_pairs(grid.rows[head]))
    kept = [j for j in range(grid.width) if j not in pairs.values()]
    shapes = _shapes(grid, head, kept)
    rows = [
        tuple(_cell(row, j, pairs.get(j) if i > head else None, shapes) for j in kept)
        for i, row in enumerate(grid.rows)
        if i != head
    ]
    return Grid(tuple(rows), grid.span)


def _pairs(row: Sequence[GridCell]) -> Iterator[tuple[int, int]]:
    """The columns of each `Đạt` with a `Chưa đạt` right behind it."""
    words = [" ".join(cell.folded.split()) for cell in row]
    for (j, first), (k, second) in pairwise(enumerate(words)):
        if _YES.fullmatch(first) and _NO.fullmatch(second):
            yield j, k


def _shapes(grid: Grid, head: int, kept: Sequence[int]) -> dict[int, tuple[int, int]]:
    """How many rows and columns each cell covers of those that are kept, by its identity."""
    covered: dict[int, tuple[set[int], set[int]]] = {}
    for i, row in enumerate(grid.rows):
        for j, cell in enumerate(row):
            rows, columns = covered.setdefault(id(cell), (set(), set()))
            rows |= {i} - {head}
            columns |= {j} & {*kept}
    return {ident: (len(rows) or 1, len(columns) or 1) for ident, (rows, columns) in covered.items()}


def _cell(row: Sequence[GridCell], j: int, no: int | None, shapes: dict[int, tuple[int, int]]) -> GridCell:
    """The cell of a kept column; of a pair the one that is marked, with what that says."""
    cell = row[j]
    if no is not None and row[no] is not cell:
        marked = [sign_of(one.raw) in MARKS for one in (cell, row[no])]
        said = {(True, False): (cell, "Đạt"), (False, True): (row[no], "Chưa đạt")}.get((marked[0], marked[1]))
        return replace(said[0], raw=said[1], column=j, rows=1, columns=1) if said else replace(cell, raw="")
    rows, columns = shapes[id(cell)]
    return replace(cell, rows=rows, columns=columns)
