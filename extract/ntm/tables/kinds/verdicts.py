"""Tables with a criterion a row and the verdict in a column of words, or as a cross below `Đạt` or `Chưa đạt`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.notice import Status
from extract.ntm.criteria.names import name_pattern
from extract.ntm.criteria.ref import HIGHEST_NUMBER, Ref
from extract.ntm.rows.heads import FOUND
from extract.ntm.rows.verdicts import Verdicts
from extract.ntm.survey import Survey
from extract.ntm.tables.heads.communes import TOTAL_ROW
from extract.ntm.tables.marks.legend import MARKS, OWN, sign_of
from extract.ntm.tables.shapes.grid import Grid, GridCell, number_in
from extract.ntm.verdicts.results.stated import StatedCount, counts_in

FEWEST_CRITERIA = 4  # criteria that make such a table
_YES = re.compile(r"(?:tieu chi\s+)?(?:da\s+)?dat(?: chuan)?")
_NO = re.compile(r"(?:tieu chi\s+)?(?:chua|khong)(?:\s+dat(?: chuan)?)?")
# 'Tổ chức sản xuất: what specks before a name were read as · 2. Giao thông: its number
_STRAY = re.compile(r"^\W*(?:\d{1,2}\s*[.)]\s*)?")
_OWN = re.compile(r"\W*(?P<n>\d{1,2})\s*[.)]\s*")
_Pair = tuple[int, int]


def read_verdicts(survey: Survey, grid: Grid) -> Verdicts | None:
    """The criteria of the rows with their verdicts; None where the table is no such one."""
    names = names_column(grid)
    if names is None:
        return None
    found = list(_crossed(survey, grid, names)) or [(ref, status) for _, ref, status in worded(survey, grid, names)]
    counts = _added_up(survey, grid) or _column_totals(survey, grid, names)
    return Verdicts(grid.span, tuple(found), counts) if len(found) >= FEWEST_CRITERIA else None


def _added_up(survey: Survey, grid: Grid) -> tuple[StatedCount, ...]:
    """What a last row says of all of them: `Tổng cộng | Đạt 16/19 tiêu chí; chưa đạt 03 tiêu chí`."""
    rows = [row for row in grid.rows if any(TOTAL_ROW.match(cell.folded) for cell in row[:2])]
    cells = {id(cell): cell for row in rows for cell in row if cell.raw}.values()
    return tuple(count for cell in cells for count in counts_in(survey.whole, *cell.span))


def _column_totals(survey: Survey, grid: Grid, names: int) -> tuple[StatedCount, ...]:
    """`Cộng | 13 | 6` below `Đạt | Chưa đạt`."""
    pair = _pair(grid, names)
    rows = [row for row in grid.rows if any(TOTAL_ROW.match(cell.folded) for cell in row[: names + 1])]
    told = zip(pair, (Status.ACHIEVED, Status.NOT_ACHIEVED), strict=True) if pair and len(rows) == 1 else ()
    cells = [(rows[0][j], status, number_in(rows[0][j].raw)) for j, status in told]
    return tuple(
        StatedCount(status, cell.field(survey.whole, number, "counted"), None)
        for cell, status, number in cells
        if number is not None
    )


def names_column(grid: Grid) -> int | None:
    """The column that names criteria, a row each."""
    return next((j for j in range(min(grid.width, 3)) if _names(grid, j) >= FEWEST_CRITERIA), None)


def _names(grid: Grid, column: int) -> int:
    """How many cells of a column name a criterion."""
    return sum(_named(cell) for cell in grid.column(column))


def _named(cell: GridCell) -> bool:
    name = _STRAY.sub("", " ".join(cell.folded.split()))
    return bool(cell.raw) and name_pattern().match(name) is not None


def criteria_rows(survey: Survey, grid: Grid, names: int) -> Iterator[tuple[tuple[GridCell, ...], Ref]]:
    """The rows that name a criterion; the number stands in the column before the name."""
    for row in grid.rows:
        cell = row[names]
        if not _named(cell):
            continue
        own = _OWN.match(survey.whole.string, *cell.span)
        number = int(own["n"]) if own else number_in(row[names - 1].raw) if names else None
        number = number if number and 1 <= number <= HIGHEST_NUMBER else None
        digits = (own.span("n") if own else row[names - 1].span,) if number else ()
        name = survey.whole.flat(own.end() if own else cell.span[0], cell.span[1])
        yield row, Ref(*cell.span, number, name, digits=digits)


def _crossed(survey: Survey, grid: Grid, names: int) -> Iterator[tuple[Ref, Status]]:
    """`Đạt | Chưa đạt` with a cross in one of them."""
    pair = _pair(grid, names)
    for row, ref in criteria_rows(survey, grid, names) if pair else ():
        marked = [not row[j].empty and sign_of(row[j].raw) in MARKS for j in pair or ()]
        if marked.count(True) == 1:
            yield ref, Status.ACHIEVED if marked[0] else Status.NOT_ACHIEVED


def _pair(grid: Grid, names: int) -> _Pair | None:
    for row in grid.rows[:3]:
        yes = [j for j, cell in enumerate(row) if j > names and _YES.fullmatch(" ".join(cell.folded.split()))]
        no = [j for j, cell in enumerate(row) if j > names and _NO.fullmatch(" ".join(cell.folded.split()))]
        if len(yes) == len(no) == 1:
            return yes[0], no[0]
    return None


def worded(survey: Survey, grid: Grid, names: int) -> Iterator[tuple[tuple[GridCell, ...], Ref, Status]]:
    """The rows with the criterion and the verdict of a column that says `Đạt` or `Chưa đạt`; of several such columns
    the inspectors', else none."""
    rows = list(criteria_rows(survey, grid, names))
    columns = [
        j for j in range(names + 1, grid.width) if 2 * sum(sign_of(row[j].raw) in OWN for row, _ in rows) > len(rows)
    ]
    heads = {j: " ".join(cell.folded for cell in dict.fromkeys(grid.column(j)[:2])) for j in columns}
    chosen = columns if len(columns) == 1 else [j for j in columns if FOUND.search(heads[j])][-1:]
    for row, ref in rows if chosen else ():
        status = OWN.get(sign_of(row[chosen[0]].raw))
        if status is not None:
            yield row, ref, status
