"""What tables of money share: where their figures begin, what they are multiplied by, and the evidence of names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from extract.field import Field
from extract.ntm.figures.money import TABLE_FIGURE, parse_figures, scale_of
from extract.ntm.survey import Survey
from extract.ntm.tables.shapes.grid import Grid, GridCell
from extract.words.damage import damage

ABOVE = 200  # letters above a table in which the unit of its figures may stand
# triệu đồng · 1.000 đồng · tr.đ
_ROUND = r"(?P<round>1[.,]?000(?:[.,]?000)?(?!\d))"
_SCALED = rf"(?:{_ROUND}?\s*(?P<unit>nghin|ngan|trieu|ty|ti)?\s*dong|(?P<short>tr\.?\s?d))\b"
_TOLD = re.compile(rf"(?:don\s*vi(?:\s+tinh)?|dvt)\s*[:;.]?\s*{_SCALED}")
# Tổng vốn (đồng) · Kinh phí triệu đồng; bare, `dong` may be that of đóng góp, huy động or cộng đồng
_UNIT = re.compile(rf"(?:\(\s*(?=dong\s*\))|\b(?=1[.,]?000|nghin\b|ngan\b|trieu\b|t[yi]\b|tr\b|trd\b)){_SCALED}")
# Cầu, đường nông thôn năm 2018 (triệu đồng) · 3. Lo tiền (triệu đồng) / Bảng chia theo nguồn và theo việc:
_CAPTION = re.compile(rf"\(\s*{_SCALED}\s*\)[^.;\d]{{0,80}}$")
_BELOW = re.compile(rf"[\W\d]*(?:ghi chu\W*)?{_TOLD.pattern}")  # (Đơn vị: triệu đồng), below the last row
FIGURE = re.compile(TABLE_FIGURE)
_OF_UNITS = re.compile(r"(?:dvt|don\s+vi(?:\s+tinh)?)")
_BRACKETS = re.compile(r"\s*\([^)]*\)")
SUM = re.compile(r"\W*(?:tong|cong(?!\s+dong))\b")  # not Cộng đồng dân cư


def first_row(grid: Grid) -> int:
    """The first row below the head: the first that holds a figure behind its first cell."""
    figured = (i for i, row in enumerate(grid.rows) if any(FIGURE.fullmatch(c.raw.strip()) for c in row[1:]))
    return max(1, next(figured, 1))


def factor_of(survey: Survey, grid: Grid, head: str) -> int | None:
    """What the figures are multiplied by: the unit in the column's head, else the one told above or below the table."""
    start, end = grid.span
    over = (survey.whole.flowing, max(0, start - ABOVE), start)
    found = (
        _TOLD.search(head)
        or _UNIT.search(head)
        or _TOLD.search(*over)
        or _CAPTION.search(*over)
        or _BELOW.match(survey.whole.flowing, end)
    )
    if found is None:
        return None
    return scale_of(found["unit"] or found["short"]) * int(re.sub(r"\D", "", found["round"] or "1"))


def unit_column(grid: Grid, heads: Mapping[int, str]) -> str:
    """What stands below `ĐVT`, where each row has its unit in a column: `Ngân sách tỉnh | Triệu đồng | 5.600`."""
    column = next((j for j, head in heads.items() if _OF_UNITS.fullmatch(head.strip())), None)
    units = {cell.folded for cell in grid.column(column)[1:] if cell.raw} if column is not None else set()
    return units.pop() if len(units) == 1 else ""


def amount_in(cell: GridCell, factor: int) -> int | None:
    """A cell's figure in đồng; None where it holds anything else, or no whole sum."""
    raw = cell.raw.strip()
    if not FIGURE.fullmatch(raw):
        return None
    vnd = Decimal(parse_figures(raw)) * factor
    return int(vnd) if vnd == vnd.to_integral_value() else None


def figures_in(grid: Grid, column: int) -> int:
    """How many cells of a column, its first aside, hold a figure and nothing more."""
    return sum(FIGURE.fullmatch(cell.raw.strip()) is not None for cell in grid.column(column)[1:])


def words_in(survey: Survey, cell: GridCell) -> str:
    """The name that a cell holds, without brackets: `Ngân sách tỉnh (triệu đồng)`."""
    return _BRACKETS.sub("", survey.whole.flat(*cell.span)).strip(" .,:;-–+|*")


def source_label(survey: Survey, cell: GridCell, source: str, item: str = "") -> Field[str]:
    """The evidence of a source's name: the cell that it, or its item, stands in."""
    field = cell.field(survey.whole, source, "funding_source")
    wrong = damage(source) or damage(item)
    return field.doubt(wrong, 0.7) if wrong else field
