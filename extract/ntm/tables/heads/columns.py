"""The words over a column, and which of several columns tells the last state: the latest, the inspectors'."""

from __future__ import annotations

import re
from collections.abc import Mapping

from extract.ntm.rows.heads import FOUND, date_of
from extract.ntm.tables.shapes.grid import Grid

# Xã tự đánh giá · Các xã đề nghị: wider than what heads rows, as a cell of a grid holds nothing else; folded
_CLAIMED = re.compile(r"\btu\s+(?:danh\s*gia|cham|ra\s*soat)|\b(?:xa|cac\s+xa)\s+(?:bao\s*cao|de\s*nghi)\b")


def own_head(grid: Grid, column: int, first: int) -> str:
    """The words over a column alone, folded."""
    return _words(grid, column, first, wide=False)


def shared_head(grid: Grid, column: int, first: int) -> str:
    """The words over a column and its neighbours, folded: `Số tiêu chí đạt` over `Năm 2010 | Năm 2013`."""
    return _words(grid, column, first, wide=True)


def _words(grid: Grid, column: int, first: int, *, wide: bool) -> str:
    cells = dict.fromkeys(grid.rows[row][column] for row in range(first))
    return " ".join(cell.folded for cell in cells if (cell.columns > 1) is wide and cell.columns < grid.width)


def latest(heads: Mapping[int, str]) -> int:
    """The column that tells the last state, what was found before what was claimed, the right one of equals.

    >>> latest({2: "nam 2010", 3: "15/6/2014", 4: "nam 2013"}), latest({2: "xa tu danh gia", 3: "huyen tham tra"})
    (3, 3)
    """
    return max(heads, key=lambda j: (not _is_claimed(heads[j]), date_of(heads[j]), j))


def _is_claimed(head: str) -> bool:
    return _CLAIMED.search(head) is not None and FOUND.search(_CLAIMED.sub("", head)) is None
