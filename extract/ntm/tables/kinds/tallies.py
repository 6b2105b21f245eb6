"""Tables with a commune a row and what it has in words: `Xã | Tiêu chuẩn | Số tiêu chí đạt | Tiêu chí chưa đạt`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.field import Field
from extract.notice import Status, Target
from extract.ntm.criteria.named import find_refs
from extract.ntm.criteria.names import name_pattern
from extract.ntm.criteria.ref import HIGHEST_NUMBER, Ref
from extract.ntm.criteria.sets import criteria_of_communes
from extract.ntm.levels import names_set, target_field, target_in
from extract.ntm.survey import Survey
from extract.ntm.tables.heads.caption import caption_of, led_by, row_target
from extract.ntm.tables.heads.communes import commune_in, commune_like
from extract.ntm.tables.heads.districts import surveys_by_row
from extract.ntm.tables.heads.levels import levels_by_row
from extract.ntm.tables.kinds.average import average_in
from extract.ntm.tables.kinds.tally_columns import RANGE, TallyColumns, count_in, counted_up, is_list, tally_columns
from extract.ntm.tables.shapes.grid import Grid, GridCell, number_in
from extract.ntm.verdicts.results.find import Result
from extract.ntm.verdicts.results.stated import StatedCount
from extract.parts.clauses import sentences
from normalize.letters import digits_for

_SHORT = re.compile(r"(?<!\w)[tT1I]?\W?[tT][1Il]?[cC][\s.]*(?P<n>[\dSsOoIl]{1,2})(?!\w)")  # TC6 · T1C6 · TCS
_MISSING = re.compile(r"(?<!\w)(?:(?:chua|khong)\s+dat|con\s+(?:lai|thieu)|thieu|vuong)(?!\w)")
_NAMED = re.compile(r"(?i)^\W*(?:(?:tiêu\s+chí\s+)?số|tiêu\s+chí|tc)\s*(?=\d)")  # Số 17 · tiêu chí số 17
_FIGURES = digits_for("SsOoIl")
_Cells = tuple[GridCell, ...]
_Count = tuple[int, int | None]  # how many, of how many


@dataclass(frozen=True, slots=True)
class Tallies:
    """The result of each row, and the average that the table gives below them."""

    results: tuple[Result, ...]
    average: Field[float] | None


def read_tallies(survey: Survey, grid: Grid) -> Tallies | None:
    """The results of the rows of such a table, at each level that it counts by; None where it is none."""
    parts = tally_columns(survey, grid)
    if not parts:
        return None
    results: list[Result] = []
    average: Field[float] | None = None
    rows = list(zip(surveys_by_row(survey, grid), levels_by_row(survey, grid), grid.rows, strict=True))
    for columns in parts:
        level = columns.part or _told_level(survey, grid, columns)
        found = [one for own, part, row in rows[columns.first :] for one in _row(own, row, columns, part or level)]
        counts = [count.value.value for result in found for count in result.counts if count.status is Status.ACHIEVED]
        if columns.achieved is not None:
            average = average or average_in(survey, grid.rows[columns.first :], columns.achieved, counts)
        results += found
    return Tallies(tuple(results), average) if results else None


def _told_level(survey: Survey, grid: Grid, columns: TallyColumns) -> Field[Target] | None:
    """The level in the head over the counts, in the caption or in what leads to the table; the plain one, which may be
    the programme's name, only of a set that is named."""
    start = grid.span[0]
    led = led_by(survey, start)
    spans = [caption_of(survey, start), *([sentences(survey.whole, *led)[-1], led] if led else [])]
    over = columns.achieved if columns.achieved is not None else columns.names
    for span in (grid.rows[columns.first - 1][over].span, *spans):
        named = row_target(survey, span) if span else None
        if span and named and (named[0] is not Target.NTM or names_set(survey, span)):
            return named[1]
    return None


@dataclass(frozen=True, slots=True)
class _Missing:
    """What a row says is missing: which criteria, or how many."""

    refs: tuple[Ref, ...] = ()
    counts: tuple[StatedCount, ...] = ()


def _row(survey: Survey, row: _Cells, columns: TallyColumns, level: Field[Target] | None) -> Iterator[Result]:
    """What a row tells of its commune."""
    name, cell = row[columns.names], row[columns.achieved] if columns.achieved is not None else None
    count = count_in(cell) if cell else None
    told = columns.reached is not None and is_list(row[columns.reached])  # then the count may have been lost
    uncounted = cell is not None and (count is None or count[0] > HIGHEST_NUMBER)
    if (uncounted and not told) or not name.raw or name.columns > 1:
        return
    count = None if uncounted else count
    unit = commune_in(survey, name) or commune_like(survey, name)
    if unit is None:
        return
    missing = _missing(survey, row, columns, count)
    stated = [*_stated(survey, row, columns, count), *missing.counts]
    judged = [*((ref, Status.NOT_ACHIEVED) for ref in missing.refs), *_reached(survey, row, columns, count)]
    if stated or judged:
        level = _level(survey, row, columns) or level
        yield Result((unit,), level, (cell or name).span, tuple(stated), tuple(judged))


def _stated(survey: Survey, row: _Cells, columns: TallyColumns, count: _Count | None) -> Iterator[StatedCount]:
    """The counts of a row: what is achieved, of how many, and what is left in a column of its own."""
    whole = survey.whole
    if columns.achieved is not None and count:
        cell = row[columns.achieved]
        shared = cell.field(whole, count[1], "tallied") if count[1] is not None else None
        total = shared or _total(survey, row, columns, count[0])
        yield StatedCount(Status.ACHIEVED, cell.field(whole, count[0], "tallied"), total)
    counted = count_in(row[columns.left]) if columns.left is not None else None
    if columns.left is not None and counted:
        yield StatedCount(Status.NOT_ACHIEVED, row[columns.left].field(whole, counted[0], "tallied"), None)


def _missing(survey: Survey, row: _Cells, columns: TallyColumns, count: _Count | None) -> _Missing:
    """What the cell of missing criteria lists, or how many it counts; without one, what stands behind the count."""
    whole = survey.whole
    if columns.missing is None:
        behind = _MISSING.search(whole.flowing, *row[columns.achieved].span) if columns.achieved is not None else None
        if behind is None or columns.achieved is None:
            return _Missing()
        # Đạt 17/19 tiêu chí (chưa đạt tiêu chí số 10, 17)
        return _Missing(tuple(find_refs(whole, behind.start(), row[columns.achieved].span[1])))
    cell = row[columns.missing]
    expected = (count[1] or criteria_of_communes(survey.where.day)) - count[0] if count else None
    counted = count_in(row[columns.left]) if columns.left is not None else None
    number = number_in(cell.raw)
    last = number != 1 and expected == 1  # 18 of 19: 17 is which; so is a 1 among lists of numbers
    one = last or columns.lists or _NAMED.match(cell.raw) is not None or (counted is not None and counted[0] == 1)
    refs = _all_refs(survey, cell, expected) or (_alone(cell) if one else [])
    if refs or number is None:
        return _Missing(tuple(refs))
    return _Missing(counts=(StatedCount(Status.NOT_ACHIEVED, cell.field(whole, number, "tallied"), None),))


def _reached(survey: Survey, row: _Cells, columns: TallyColumns, count: _Count | None) -> Iterator[tuple[Ref, Status]]:
    """The criteria of a column that lists what is achieved; one number alone where the row counts one."""
    if columns.reached is not None:
        cell = row[columns.reached]
        only = _alone(cell) if count and count[0] == 1 else []
        yield from ((ref, Status.ACHIEVED) for ref in refs_in(survey, cell) or only)


def _total(survey: Survey, row: _Cells, columns: TallyColumns, achieved: int) -> Field[int] | None:
    """How many criteria there are, in a column of its own: `Tổng số tiêu chí | Đạt | Chưa đạt`."""
    cell = row[columns.total] if columns.total is not None else None
    number = number_in(cell.raw) if cell else None
    fits = number is not None and achieved <= number <= HIGHEST_NUMBER
    return cell.field(survey.whole, number, "tallied") if cell and number is not None and fits else None


def _all_refs(survey: Survey, cell: GridCell, expected: int | None) -> list[Ref]:
    """The criteria of a cell; where they are fewer than the row's counts leave, badly read ones too."""
    found = refs_in(survey, cell) if cell.raw else []
    if expected is None or len(found) >= expected:
        return found
    for ways in ((*_short(survey, cell), *_named(survey, cell)), tuple(_named(survey, cell))):
        more = [ref for ref in ways if not any(_meet(ref, one) for one in found)]
        if len(found) + len(more) <= expected:
            return sorted([*found, *more], key=lambda ref: ref.start)
    return found


def _meet(a: Ref, b: Ref) -> bool:
    """Are they the same: one place, one number, or a name and the number in brackets behind it?"""
    beside = a.number is None and b.name is None and 0 <= b.start - a.end <= 2
    return beside or (a.start < b.end and b.start < a.end) or (a.number is not None and a.number == b.number)


def _short(survey: Survey, cell: GridCell) -> Iterator[Ref]:
    """Short forms of which a letter or a figure was misread."""
    for match in _SHORT.finditer(survey.whole.string, *cell.span):
        number = int(match["n"].translate(_FIGURES))
        if 1 <= number <= HIGHEST_NUMBER:
            yield Ref(*match.span(), number, None, digits=(match.span("n"),), doubt=f"read as {match[0]!r}")


def _named(survey: Survey, cell: GridCell) -> Iterator[Ref]:
    """Names of criteria, whatever their numbers were read as: `Môi trường và an toàn thực phẩm q7)`."""
    for match in name_pattern().finditer(survey.whole.flowing, *cell.span):
        yield Ref(*match.span(), None, survey.whole.flat(*match.span()))


def refs_in(survey: Survey, cell: GridCell) -> list[Ref]:
    """The criteria of a cell; two numbers and more alone are criteria, one alone is a count."""
    if is_list(cell):
        return [ref for match in RANGE.finditer(survey.whole.string, *cell.span) for ref in _in_range(match)]
    return find_refs(survey.whole, *cell.span)


def _in_range(match: re.Match[str]) -> Iterator[Ref]:
    """`18` or `1-16`: one criterion each."""
    numbers = counted_up(match)
    spans = tuple(match.span(group) for group in ("first", "last") if match[group])
    if numbers and 1 <= numbers[0] <= numbers[-1] <= HIGHEST_NUMBER:
        yield from (Ref(*match.span(), number, None, len(numbers) > 1, spans) for number in numbers)


def _alone(cell: GridCell) -> list[Ref]:
    """The one criterion that is missing, by its number alone."""
    number = number_in(_NAMED.sub("", cell.raw))
    known = number is not None and 1 <= number <= HIGHEST_NUMBER
    return [Ref(*cell.span, number, None, digits=(cell.span,))] if known else []


def _level(survey: Survey, row: _Cells, columns: TallyColumns) -> Field[Target] | None:
    if columns.level is None or columns.part is not None:
        return None
    found = target_in(survey.whole, *row[columns.level].span)
    return target_field(survey, found) if found else None
