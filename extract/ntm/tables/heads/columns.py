"""The words over a column, and which of several columns tells the last state: the latest, the inspectors'."""

from __future__ import annotations

import re
from collections.abc import Mapping

from extract.field import Field
from extract.notice import Target
from extract.ntm.rows.heads import FOUND, date_of
from extract.ntm.survey import Survey
from extract.ntm.tables.heads.caption import row_target
from extract.ntm.tables.shapes.grid import Grid, GridCell
from extract.ntm.trust import SHORT_PHRASE, vouched

# Xã tự đánh giá · Các xã đề nghị: wider than what heads rows, as a cell of a grid holds nothing else; folded
_CLAIMED = re.compile(r"\btu\s+(?:danh\s*gia|cham|ra\s*soat)|\b(?:xa|cac\s+xa)\s+(?:bao\s*cao|de\s*nghi)\b")
LONGEST = 40  # letters of a cell that holds a level's name, more or less: not `Giải pháp để nâng cao chất lượng …`
_BARE_LEVELS = {"nang cao": Target.NANG_CAO, "kieu mau": Target.KIEU_MAU}


def own_head(grid: Grid, column: int, first: int) -> str:
    """The words over a column alone, folded."""
    return _words(grid, column, first, wide=False)


def shared_head(grid: Grid, column: int, first: int) -> str:
    """The words over a column and its neighbours, folded: `Số tiêu chí đạt` over `Năm 2010 | Năm 2013`."""
    return _words(grid, column, first, wide=True)


def _words(grid: Grid, column: int, first: int, *, wide: bool) -> str:
    cells = dict.fromkeys(grid.rows[row][column] for row in range(first))
    return " ".join(cell.folded for cell in cells if (cell.columns > 1) is wide and cell.columns < grid.width)


def levels_over(survey: Survey, grid: Grid, first: int) -> dict[int, Field[Target]]:
    """Column → the level of the programme that the words over it name, by themselves or over its neighbours, too."""
    found: dict[int, Field[Target]] = {}
    for row in grid.rows[:first]:
        for j, cell in enumerate(row):
            level = level_in(survey, cell) if cell.columns < grid.width else None
            if level is not None:
                found[j] = level
    return found


def level_in(survey: Survey, cell: GridCell) -> Field[Target] | None:
    """The one level of a head; `nâng cao` and `kiểu mẫu` name theirs alone: `Xã NTIM nâng cao`."""
    named = row_target(survey, cell.span)
    bare = [target for words, target in _BARE_LEVELS.items() if words in " ".join(cell.folded.split())]
    if named is not None or len(bare) != 1 or len(cell.raw) > LONGEST:
        return named[1] if named else None
    return vouched(cell.field(survey.whole, bare[0], "target"), SHORT_PHRASE)


def latest(heads: Mapping[int, str]) -> int:
    """The column that tells the last state, what was found before what was claimed, the right one of equals.

    >>> latest({2: "nam 2010", 3: "15/6/2014", 4: "nam 2013"}), latest({2: "xa tu danh gia", 3: "huyen tham tra"})
    (3, 3)
    """
    return max(heads, key=lambda j: (not _is_claimed(heads[j]), date_of(heads[j]), j))


def _is_claimed(head: str) -> bool:
    return _CLAIMED.search(head) is not None and FOUND.search(_CLAIMED.sub("", head)) is None
