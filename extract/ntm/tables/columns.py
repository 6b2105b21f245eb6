"""Which of several columns tells what communes have reached by now: the latest, the inspectors', no plan, no growth."""

from __future__ import annotations

import re
from collections.abc import Mapping

from extract.ntm.survey import Survey
from extract.ntm.tables.grid import Grid
from extract.ntm.verdict_rows import FOUND

# Đăng ký năm 2024 · Ước đạt đến 31/12 · Tăng so với năm 2010 · Kế hoạch; folded
_NOT_REACHED = re.compile(
    r"\b(?:ke\s*hoach|uoc|phan\s*dau|du\s*kien|dang\s*ky|muc\s*tieu|tang|giam|so\s+voi|ty\s*le|nghi\s*quyet|lo\s*trinh|chenh\s*lech)\b|%"
)
_CLAIMED = re.compile(r"\btu\s+(?:danh\s*gia|cham|ra\s*soat)|\b(?:xa|cac\s+xa)\s+(?:bao\s*cao|de\s*nghi)\b")
DAY = re.compile(r"(?<!\d)(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?(20\d\d)(?!\d)")  # 15/6/2014 · 11/2023 · năm 2013
NOW = (9999, 12, 31)  # Đến nay · Hiện tại, and heads without a date


def own_head(grid: Grid, column: int, first: int) -> str:
    """The words over a column alone, folded."""
    return _words(grid, column, first, wide=False)


def shared_head(grid: Grid, column: int, first: int) -> str:
    """The words over a column and its neighbours, folded: `Số tiêu chí đạt` over `Năm 2010 | Năm 2013`."""
    return _words(grid, column, first, wide=True)


def _words(grid: Grid, column: int, first: int, *, wide: bool) -> str:
    cells = dict.fromkeys(grid.rows[row][column] for row in range(first))
    return " ".join(cell.folded for cell in cells if (cell.columns > 1) is wide and cell.columns < grid.width)


def is_reached(survey: Survey, head: str) -> bool:
    """Does a column under these words, folded, tell what was reached, not what is planned or grew?"""
    return _NOT_REACHED.search(head) is None and (DAY.search(head) is None or date_of(head)[0] <= survey.where.day.year)


def latest(heads: Mapping[int, str]) -> int:
    """The column that tells the last state, what was found before what was claimed, the right one of equals.

    >>> latest({2: "nam 2010", 3: "15/6/2014", 4: "nam 2013"}), latest({2: "xa tu danh gia", 3: "huyen tham tra"})
    (3, 3)
    """
    return max(heads, key=lambda j: (not _is_claimed(heads[j]), date_of(heads[j]), j))


def _is_claimed(head: str) -> bool:
    return _CLAIMED.search(head) is not None and FOUND.search(_CLAIMED.sub("", head)) is None


def date_of(head: str) -> tuple[int, int, int]:
    """The latest day that a head names, a year or a month by its end; `Đến nay` is later than all."""
    found = [(int(y), int(m or 12), int(d or 31)) for d, m, y in DAY.findall(head)]
    return max(found, default=NOW)
