"""Which columns of a table of communes count criteria and which name them, for each level that its heads tell apart."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from extract.field import Field
from extract.notice import Target
from extract.ntm.criteria.ref import HIGHEST_NUMBER
from extract.ntm.criteria.sets import criteria_of_communes
from extract.ntm.rows.heads import is_reached
from extract.ntm.survey import Survey
from extract.ntm.tables.heads.columns import latest, own_head, shared_head
from extract.ntm.tables.heads.communes import TOTAL_ROW, commune_column
from extract.ntm.tables.heads.levels import level_column, levels_over
from extract.ntm.tables.shapes.grid import Grid, GridCell, figured, number_in, share_in
from normalize.fold import fold

_ACHIEVED = re.compile(
    r"(?:tieu chi|\btc)\b[^|]{0,30}\bdat\b|\bdat\b[^|]{0,20}tieu chi|^so (?:tieu chi|tc\b)|tong so tieu chi|^ket qua|"
    r"^(?:so )?(?:da )?dat$"
)
_MISSING = re.compile(r"\b(?:chua|khong)\s+(?:dat|hoan thanh)|\bcon\s+(?:lai|thieu)|\bthieu\b")
_LEVEL = re.compile(r"\b(?:tieu chuan|muc do|danh hieu|muc|loai xa|dang ky)\b")
_LED_BY = r"(?:(?:cac\s+)?(?:tieu\s+chi\s+)?so\s+)?"
_ONE = rf"{_LED_BY}\d{{1,2}}(?:\s*[-–]\s*\d{{1,2}})?"
_NUMBERS = re.compile(rf"[\s|(]*{_ONE}(?:\s*(?:[,;]|\.(?=\s))\s*{_ONE})*[\s|.)]*")
RANGE = re.compile(r"(?P<first>\d{1,2})(?:\s*[-–]\s*(?P<last>\d{1,2}))?")
_ALL = re.compile(r"tong\s+so\s+(?:tieu\s+chi|tc)(?:\s+(?:phai|can)\b.*)?")  # how many there are, where others tell
_LED = re.compile(r"(?i)^\W*(?:đã\s+)?(?:đạt|hoàn thành)\s+")
_COUNTED = re.compile(r"(?i)\s*(?:tiêu chí|tc)\W*(?:\(.*)?$", re.DOTALL)
_LISTED = re.compile(r"tieu\s*chi\b.{0,20}\b(?:da\s+)?dat\b|^(?:da\s+)?dat$")  # Các tiêu chí đạt
_DASHES = frozenset("-–—_")
SEVERAL = 2  # levels in one table


@dataclass(frozen=True, slots=True)
class TallyColumns:
    """The columns of one level; `part`: the level, where the heads tell several apart."""

    first: int
    names: int
    achieved: int | None  # none where only what is missing is told, or which are reached
    missing: int | None  # which are missing
    left: int | None  # how many, where both are told
    level: int | None
    reached: int | None  # which are reached, beside their number
    lists: bool  # the column of those missing has lists of numbers, so a number alone is one of them, no count
    part: Field[Target] | None = None
    total: int | None = None  # how many criteria there are


def tally_columns(survey: Survey, grid: Grid) -> list[TallyColumns]:
    """The columns of such a table, by level where several are counted; none where nothing is counted."""
    names, first = commune_column(survey, grid)
    if names is None:
        return []
    heads = {j: own_head(grid, j, first) for j in range(grid.width) if j != names}
    levels = levels_over(survey, grid, first)
    parts = [list(part) for _, part in groupby(heads, lambda j: levels[j].value if j in levels else None)]
    known = [
        replace(one, part=levels[part[0]])
        for part in parts
        if part[0] in levels and (one := _columns(survey, grid, names, first, {j: heads[j] for j in part}))
    ]
    if len({one.part.value for one in known if one.part}) >= SEVERAL:
        return known
    whole = _columns(survey, grid, names, first, heads)
    return [whole] if whole else []


def _columns(survey: Survey, grid: Grid, names: int, first: int, heads: Mapping[int, str]) -> TallyColumns | None:
    lacking = [j for j, head in heads.items() if _MISSING.search(head)]
    missing = next((j for j in reversed(lacking) if not _counts(grid, j, first)), lacking[0] if lacking else None)
    left = next((j for j in lacking if j != missing and _counts(grid, j, first)), None)
    achieved = {j: head for j, head in heads.items() if j not in lacking and _tells_reached(survey, grid, j, first)}
    rows = _of_communes(grid, names, first)
    if not achieved and missing is not None:
        most = criteria_of_communes(survey.where.day)
        achieved = {j: head for j, head in heads.items() if j not in lacking and _completes(rows, j, missing, most)}
    counted = {j: head for j, head in achieved.items() if not _ALL.fullmatch(head.strip())}
    others = [j for j in heads if j not in (*lacking, *achieved)]
    headed = next((j for j in others if _LEVEL.search(heads[j])), None)
    level = level_column(survey, grid, others, first) if headed is None else headed
    told = [j for j in others if _LISTED.search(heads[j])]
    reached = next((j for j in told if any(is_list(row[j]) for row in grid.rows[first:])), None)
    lists = missing is not None and any(is_list(row[missing]) for row in rows)
    if not achieved and (missing is None or (left is None and reached is None)):
        return None
    last = latest(counted or achieved) if achieved else None
    if last is not None and missing is None and reached is None:
        reached = next((j for j in others if j != level and _lists_as_many(rows, last, j)), None)
    total = next((j for j, head in heads.items() if _ALL.fullmatch(head.strip()) and j != last), None)
    return TallyColumns(first, names, last, missing, left, level, reached, lists, total=total)


def _completes(rows: Sequence[Sequence[GridCell]], counted: int, missing: int, most: int) -> bool:
    """`Năm 2012 | Tiêu chí chưa đạt`: do a count and the numbers listed as missing make up all, in each row?"""
    listed = [(count_in(row[counted]), numbers_in(row[missing])) for row in rows if is_list(row[missing])]
    return len(listed) >= SEVERAL and all(count and count[0] + len(numbers) == most for count, numbers in listed)


def _lists_as_many(rows: Sequence[Sequence[GridCell]], counted: int, column: int) -> bool:
    """`Số tiêu chí đạt | Gồm các tiêu chí số`: does a column list as many numbers a row as the row counts?"""
    lists = [(count_in(row[counted]), numbers_in(row[column])) for row in rows if is_list(row[column])]
    agreeing = [numbers for count, numbers in lists if count and count[0] == len(numbers)]
    return len(agreeing) >= SEVERAL and 3 * len(agreeing) > 2 * len(lists)


def _of_communes(grid: Grid, names: int, first: int) -> list[Sequence[GridCell]]:
    """The rows but those of totals and averages: `Bình quân/xã | 17,67 | 1,33`."""
    return [row for row in grid.rows[first:] if not any(TOTAL_ROW.match(cell.folded) for cell in row[: names + 1])]


def _tells_reached(survey: Survey, grid: Grid, column: int, first: int) -> bool:
    """`Số tiêu chí đạt`, by itself or over `Năm 2010 | Năm 2013 | 15/6/2014`."""
    own, shared = own_head(grid, column, first), shared_head(grid, column, first)
    counted = _ACHIEVED.search(own) or _ACHIEVED.search(shared)
    return counted is not None and is_reached(survey, f"{shared} {own}") and _counts(grid, column, first)


def _counts(grid: Grid, column: int, first: int) -> bool:
    """Do most cells of a column, but those that hold a dash, have a number of criteria?"""
    cells = [row[column] for row in grid.rows[first:] if row[column].raw not in _DASHES]
    counted = [cell for cell in cells if (count := count_in(cell)) and count[0] <= HIGHEST_NUMBER]
    return 2 * len(counted) > len(cells)


def count_in(cell: GridCell) -> tuple[int, int | None] | None:
    """`16/19`, `16`, `16 tiêu chí`, `Đạt 17/19 tiêu chí (chưa đạt tiêu chí số 10, 17)`."""
    bare = _LED.sub("", cell.raw)
    share = share_in(bare)
    if share:
        return share
    number = number_in(_COUNTED.sub("", bare))
    return None if number is None else (number, None)


def numbers_in(cell: GridCell) -> list[int]:
    """The numbers of a list: `1-3, 18` has four."""
    return [number for match in RANGE.finditer(figured(cell.raw)) for number in counted_up(match)]


def counted_up(match: re.Match[str]) -> range:
    """The numbers of a match of `RANGE`: 18 of `18`, 1 to 16 of `1-16`."""
    return range(int(match["first"]), int(match["last"] or match["first"]) + 1)


def is_list(cell: GridCell) -> bool:
    """`2, 6, 17` · `1-16, 18` · `Số 4,8` · `Số 2, số 18`: numbers of criteria, no count."""
    listed = re.search(r"[,;]|\d\s*[-–]\s*\d", cell.raw) is not None
    return listed and _NUMBERS.fullmatch(fold(figured(cell.raw))) is not None
