"""Tables with a commune a row and what it has in words: `Xã | Tiêu chuẩn | Số tiêu chí đạt | Tiêu chí chưa đạt`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.field import Field
from extract.notice import Status, Target
from extract.ntm.criteria.named import HIGHEST, Ref, find_refs, name_pattern
from extract.ntm.criteria.sets import criteria_of_communes
from extract.ntm.rows.heads import is_reached
from extract.ntm.survey import Survey, target_field, target_in
from extract.ntm.tables.heads.caption import caption_of, row_target
from extract.ntm.tables.heads.columns import latest, own_head, shared_head
from extract.ntm.tables.heads.communes import commune_column, commune_in, commune_like
from extract.ntm.tables.kinds.average import average_in
from extract.ntm.tables.shapes.grid import Grid, GridCell, number_in, share_in
from extract.ntm.verdicts.results import Result, StatedCount

_ACHIEVED = re.compile(
    r"(?:tieu chi|\btc)\b[^|]{0,30}\bdat\b|\bdat\b[^|]{0,20}tieu chi|^so (?:tieu chi|tc\b)|tong so tieu chi|^ket qua|"
    r"^(?:so )?(?:da )?dat$"
)
_MISSING = re.compile(r"\b(?:chua|khong)\s+(?:dat|hoan thanh)|\bcon\s+(?:lai|thieu)|\bthieu\b")
_LEVEL = re.compile(r"\b(?:tieu chuan|muc do|danh hieu|muc|loai xa|dang ky)\b")
_SHORT = re.compile(r"(?<!\w)[tT1I]?\W?[tT][1Il]?[cC][\s.]*(?P<n>[\dSsOoIl]{1,2})(?!\w)")  # TC6 · T1C6 · TCS
_FIGURES = str.maketrans("SsOoIl", "550011")
_NUMBERS = re.compile(r"[\s|(]*\d{1,2}(?:\s*[,;]\s*\d{1,2})*[\s|.)]*")


@dataclass(frozen=True, slots=True)
class _Columns:
    first: int
    names: int
    achieved: int
    missing: int | None  # which are missing
    left: int | None  # how many, where both are told
    level: int | None
    lists: bool  # the column of those missing has lists of numbers, so a number alone is one of them, no count


@dataclass(frozen=True, slots=True)
class Tallies:
    """The result of each row, and the average that the table gives below them."""

    results: tuple[Result, ...]
    average: Field[float] | None


def read_tallies(survey: Survey, grid: Grid) -> Tallies | None:
    """The results of the rows of such a table; None where it is none."""
    columns = _columns(survey, grid)
    if columns is None:
        return None
    level = _told_level(survey, grid, columns)
    found = [result for row in grid.rows[columns.first :] for result in _row(survey, row, columns, level)]
    if not found:
        return None
    counts = [count.value.value for result in found for count in result.counts if count.status is Status.ACHIEVED]
    return Tallies(tuple(found), average_in(survey, grid.rows[columns.first :], columns.achieved, counts))


def _columns(survey: Survey, grid: Grid) -> _Columns | None:
    names, first = commune_column(survey, grid)
    if names is None:
        return None
    heads = {j: own_head(grid, j, first) for j in range(grid.width) if j != names}
    lacking = [j for j, head in heads.items() if _MISSING.search(head)]
    missing = next((j for j in reversed(lacking) if not _counts(grid, j, first)), lacking[0] if lacking else None)
    left = next((j for j in lacking if j != missing and _counts(grid, j, first)), None)
    achieved = {j: head for j, head in heads.items() if j not in lacking and _tells_reached(survey, grid, j, first)}
    level = next((j for j, head in heads.items() if _LEVEL.search(head) and j not in achieved), None)
    lists = missing is not None and any(_is_list(row[missing]) for row in grid.rows[first:])
    return _Columns(first, names, latest(achieved), missing, left, level, lists) if achieved else None


def _tells_reached(survey: Survey, grid: Grid, column: int, first: int) -> bool:
    """`Số tiêu chí đạt`, by itself or over `Năm 2010 | Năm 2013 | 15/6/2014`."""
    own, shared = own_head(grid, column, first), shared_head(grid, column, first)
    counted = _ACHIEVED.search(own) or _ACHIEVED.search(shared)
    return counted is not None and is_reached(survey, f"{shared} {own}") and _counts(grid, column, first)


def _counts(grid: Grid, column: int, first: int) -> bool:
    """Do most cells of a column hold a number of criteria?"""
    cells = [row[column] for row in grid.rows[first:]]
    counted = [cell for cell in cells if (count := _count(cell)) and count[0] <= HIGHEST]
    return 2 * len(counted) > len(cells)


def _count(cell: GridCell) -> tuple[int, int | None] | None:
    """`16/19`, `16`, `16 tiêu chí`."""
    share = share_in(cell.raw)
    if share:
        return share
    number = number_in(re.sub(r"(?i)\s*(?:tiêu chí|tc)\W*$", "", cell.raw))
    return None if number is None else (number, None)


def _told_level(survey: Survey, grid: Grid, columns: _Columns) -> Field[Target] | None:
    """The level above the plain, which may be the programme's name, in the head over the counts or in the caption."""
    caption = caption_of(survey, grid.span[0])
    for span in (grid.rows[columns.first - 1][columns.achieved].span, caption):
        named = row_target(survey, span) if span else None
        if named and named[0] is not Target.NTM:
            return named[1]
    return None


def _row(survey: Survey, row: tuple[GridCell, ...], columns: _Columns, level: Field[Target] | None) -> Iterator[Result]:
    name, cell = row[columns.names], row[columns.achieved]
    count = _count(cell)
    if count is None or count[0] > HIGHEST or not name.raw or name.columns > 1:
        return
    unit = commune_in(survey, name) or commune_like(survey, name)
    if unit is None:
        return
    whole = survey.whole
    total = cell.field(whole, count[1], "tallied") if count[1] is not None else None
    stated = [StatedCount(Status.ACHIEVED, cell.field(whole, count[0], "tallied"), total)]
    refs: list[Ref] = []
    counted = _count(row[columns.left]) if columns.left is not None else None
    if columns.left is not None and counted:
        stated.append(StatedCount(Status.NOT_ACHIEVED, row[columns.left].field(whole, counted[0], "tallied"), None))
    if columns.missing is not None:
        left = row[columns.missing]
        refs = _all_refs(survey, left, None if count[1] is None else count[1] - count[0])
        # 18 of 19: 17 is which; so is a 1 among lists of numbers
        last = number_in(left.raw) != 1 and (count[1] or criteria_of_communes(survey.where.day)) - count[0] == 1
        refs = refs or (_alone(left) if last or columns.lists or (counted and counted[0] == 1) else [])
        if not refs and (number := number_in(left.raw)) is not None:
            stated.append(StatedCount(Status.NOT_ACHIEVED, left.field(whole, number, "tallied"), None))
    told = tuple((ref, Status.NOT_ACHIEVED) for ref in refs)
    yield Result((unit,), _level(survey, row, columns) or level, cell.span, tuple(stated), told)


def _all_refs(survey: Survey, cell: GridCell, expected: int | None) -> list[Ref]:
    """The criteria of a cell; where they are fewer than the row's counts leave, badly read ones too."""
    found = _refs(survey, cell) if cell.raw else []
    if expected is None or len(found) >= expected:
        return found
    for ways in ((*_short(survey, cell), *_named(survey, cell)), tuple(_named(survey, cell))):
        more = [ref for ref in ways if not any(_meet(ref, one) for one in found)]
        if len(found) + len(more) <= expected:
            return sorted([*found, *more], key=lambda ref: ref.start)
    return found


def _meet(a: Ref, b: Ref) -> bool:
    """Are they the same: one place, one number, or a name and the number in brackets behind it?"""
    beside = a.number is None and 0 <= b.start - a.end <= 2
    return beside or (a.start < b.end and b.start < a.end) or (a.number is not None and a.number == b.number)


def _short(survey: Survey, cell: GridCell) -> Iterator[Ref]:
    """Short forms of which a letter or a figure was misread."""
    for match in _SHORT.finditer(survey.whole.string, *cell.span):
        number = int(match["n"].translate(_FIGURES))
        if 1 <= number <= HIGHEST:
            yield Ref(*match.span(), number, None, digits=(match.span("n"),), doubt=f"read as {match[0]!r}")


def _named(survey: Survey, cell: GridCell) -> Iterator[Ref]:
    """Names of criteria, whatever their numbers were read as: `Môi trường và an toàn thực phẩm q7)`."""
    for match in name_pattern().finditer(survey.whole.flowing, *cell.span):
        yield Ref(*match.span(), None, survey.whole.flat(*match.span()))


def _refs(survey: Survey, cell: GridCell) -> list[Ref]:
    """The criteria of a cell; two numbers and more alone are criteria, one alone is a count."""
    if _is_list(cell):
        numbers = re.compile(r"\d{1,2}").finditer(survey.whole.string, *cell.span)
        return [Ref(*m.span(), int(m[0]), None, digits=(m.span(),)) for m in numbers if 1 <= int(m[0]) <= HIGHEST]
    return find_refs(survey.whole, *cell.span)


def _is_list(cell: GridCell) -> bool:
    return _NUMBERS.fullmatch(cell.folded) is not None and ("," in cell.raw or ";" in cell.raw)


def _alone(cell: GridCell) -> list[Ref]:
    """The one criterion that is missing, by its number alone."""
    number = number_in(cell.raw)
    known = number is not None and 1 <= number <= HIGHEST
    return [Ref(*cell.span, number, None, digits=(cell.span,))] if known else []


def _level(survey: Survey, row: tuple[GridCell, ...], columns: _Columns) -> Field[Target] | None:
    if columns.level is None:
        return None
    found = target_in(survey.whole, *row[columns.level].span)
    return target_field(survey, found) if found else None
