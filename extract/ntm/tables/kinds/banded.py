"""Tables of districts with a band a column, summed up below: `Huyện | Đạt 19 tiêu chí | Từ 15-18 tiêu chí`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.draft import BandDraft
from extract.field import Field
from extract.notice import Target
from extract.ntm.criteria.sets import criteria_of_communes
from extract.ntm.survey import Survey
from extract.ntm.tables.heads.communes import TOTAL_ROW
from extract.ntm.tables.kinds.bands import FEWEST_BANDS, limits_in
from extract.ntm.tables.shapes.grid import Grid, GridCell, figured_decimal, number_in
from extract.ntm.trust import AGREED, vouched

HEADS = 4  # rows of heads at most
NOT_EQUAL = 0.7
# Tổng số xã · Số xã: all that the bands deal out; folded
_ALL = re.compile(r"(?:tong\s+)?so\s+(?:luong\s+)?xa\W*")
_AVERAGE = re.compile(r"\b(?:binh\s+quan|trung\s+binh)\b.*\btieu\s*chi")
_SHARE = re.compile(r"%|\bty\s+le\b")
_Limits = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Banded:
    """The bands of all districts, how many communes they hold, and the average of criteria."""

    bands: tuple[BandDraft, ...]
    total: Field[int] | None
    average: Field[float] | None


def read_banded(survey: Survey, grid: Grid, target: Target) -> Banded | None:
    """What the last row of such a table, or its only one, sums up; None where it is none."""
    columns = _columns(survey, grid)
    rows = [row for row in grid.rows[1:] if sum(number_in(row[j].raw) is not None for j in columns) >= FEWEST_BANDS]
    totals = [row for row in rows if any(TOTAL_ROW.match(cell.folded) for cell in row[: min(columns, default=0)])]
    summed = totals[-1] if totals else rows[0] if len(rows) == 1 else None
    if summed is None:
        return None
    parts = [row for row in rows if row not in totals]
    bands = tuple(
        BandDraft(target, *limits, count, ())
        for j, limits in columns.items()
        if (count := _summed(survey, summed, parts, j)) is not None
    )
    return Banded(bands, _total(survey, grid, summed, parts, bands), _average(survey, grid, summed))


def _columns(survey: Survey, grid: Grid) -> dict[int, _Limits]:
    """Column → the limits that its head names, those of shares left out; none of too few.

    One of them at least is a range: `TC1 | TC2` are criteria.
    """
    found: dict[int, _Limits] = {}
    for cell in (cell for row in grid.rows[:HEADS] for cell in dict.fromkeys(row) if cell.column):
        limits = limits_in(cell.folded, criteria_of_communes(survey.where.day))
        inside = range(cell.column, cell.column + cell.columns)
        column = next((j for j in inside if not _SHARE.search(head := _head(grid, j)) and "tieu chi" in head), None)
        if limits is not None and column is not None:
            found.setdefault(column, limits)
    told = set(found.values())
    return found if len(told) >= FEWEST_BANDS and any(low < high for low, high in told) else {}


def _head(grid: Grid, column: int) -> str:
    """The words over a column, folded."""
    cells = dict.fromkeys(row[column] for row in grid.rows[:HEADS])
    return " ".join(" ".join(cell.folded.split()) for cell in cells if number_in(cell.raw) is None)


def _summed(survey: Survey, row: Sequence[GridCell], parts: Sequence[Sequence[GridCell]], j: int) -> Field[int] | None:
    """The figure of a column in the row that sums up, beside what the rows above add up to."""
    number = number_in(row[j].raw)
    if number is None:
        return None
    field = row[j].field(survey.whole, number, "table_band")
    numbers = [number_in(part[j].raw) for part in parts if part is not row]
    added = sum(one for one in numbers if one is not None)
    if not numbers:
        return field
    return vouched(field, AGREED) if added == number else field.doubt(f"the rows add up to {added}", NOT_EQUAL)


def _total(
    survey: Survey,
    grid: Grid,
    row: Sequence[GridCell],
    parts: Sequence[Sequence[GridCell]],
    bands: Sequence[BandDraft],
) -> Field[int] | None:
    """How many communes there are: the column of all of them, whose sum is that of the bands."""
    column = next((j for j in range(1, grid.width) if _ALL.fullmatch(_head(grid, j))), None)
    total = _summed(survey, row, parts, column) if column is not None else None
    dealt = sum(band.count.value for band in bands if band.count)
    return total if total is None or total.value == dealt else total.doubt(f"the bands hold {dealt}", NOT_EQUAL)


def _average(survey: Survey, grid: Grid, row: Sequence[GridCell]) -> Field[float] | None:
    column = next((j for j in range(1, grid.width) if _AVERAGE.search(_head(grid, j))), None)
    value = figured_decimal(row[column].raw) if column is not None else None
    return row[column].field(survey.whole, value, "average") if column is not None and value else None
