"""What tables of money share: where their figures begin, what they are multiplied by, and the evidence of names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from extract.field import Field
from extract.ntm.figures.money import TABLE_FIGURE, parse_figures, scale_of
from extract.ntm.funding.labels import without_letter
from extract.ntm.survey import Survey
from extract.ntm.tables.shapes.grid import Grid, GridCell
from extract.words.damage import damage, misread

ABOVE = 200  # letters above a table in which the unit of its figures may stand
# triệu đồng · 1.000 đồng · tr.đ; Đơn ?ị tính: Triệu đồng
_ROUND = r"(?P<round>1[.,]?000(?:[.,]?000)?(?!\d))"
_SCALED = rf"(?:{_ROUND}?\s*(?P<unit>nghin|ngan|trieu|ty|ti)?\s*dong|(?P<short>tr\.?\s?d)(?:ong)?)\b"
_TOLD = re.compile(rf"(?:don\s*vi(?:\s+tinh)?|don\s+\S{{1,3}}\s+tinh|dvt)\s*[:;.]?\s*{_SCALED}")
# Tổng vốn (đồng) · Kinh phí triệu đồng; bare, `dong` may be that of đóng góp, huy động or cộng đồng
_UNIT = re.compile(rf"(?:\(\s*(?=dong\s*\))|\b(?=1[.,]?000|nghin\b|ngan\b|trieu\b|t[yi]\b|tr\b|trd\b)){_SCALED}")
# Số tiền (triệu Tỷ lệ (%) / đồng): the words of the next head between those of a unit that wraps
_PARTED = re.compile(
    r"\(\s*(?P<round>(?!))?(?P<short>(?!))?(?P<unit>nghin|ngan|trieu|ty)(?!\s+dong)\b[^\d.;]{1,40}\bdong\s*\)"
)
# Cầu, đường nông thôn năm 2018 (triệu đồng) · 3. Lo tiền (triệu đồng) / Bảng chia theo nguồn và theo việc:
_CAPTION = re.compile(rf"\(\s*{_SCALED}\s*\)[^.;\d]{{0,80}}$")
_BELOW = re.compile(rf"[\W\d]*(?:ghi chu\W*)?{_TOLD.pattern}")  # (Đơn vị: triệu đồng), below the last row
FIGURE = re.compile(TABLE_FIGURE)
_OF_UNITS = re.compile(r"(?:dvt|don\s+vi(?:\s+tinh)?)")
_BRACKETS = re.compile(r"\s*\([^)]*\)")
_GOES_ON = "the name may go on in the line below"
# Tổng cộng · Cộng: and not Cộng đồng dân cư, Công ty, Công trình; folded
SUM = re.compile(r"\W*(?:tong(?!\s+(?:cong\s+ty|cuc)\b)|cong(?!\s+(?:dong|ty|trinh|an|nghiep|doan|tac)\b))\b")


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
    return None if found is None else _factor(found)


def told_factor(text: str) -> int | None:
    """What figures below some words, folded, are multiplied by, by the unit that stands last in them.

    >>> told_factor("ke hoach nam (trieu dong)"), told_factor("don vi tinh: dong"), told_factor("so xa")
    (1000000, 1, None)
    >>> told_factor("so tien (trieu ty le (%) dong)")
    1000000
    """
    found = [m for pattern in (_TOLD, _UNIT, _PARTED) for m in pattern.finditer(text)]
    return _factor(max(found, key=lambda match: match.start())) if found else None


def _factor(unit: re.Match[str]) -> int:
    return scale_of(unit["unit"] or unit["short"]) * int(re.sub(r"\D", "", unit["round"] or "1"))


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
    start, end = cell.span
    read = survey.whole.flat(start, end) if end > start else cell.raw
    whole = " ".join(_BRACKETS.sub("", read).replace("|", " ").split())  # Ngân sách tỉnh | Vốn sự nghiệp, in a dump
    return without_letter(whole.strip(" .,:;-–+*"))


def source_label(survey: Survey, cell: GridCell, source: str, item: str = "") -> Field[str]:
    """The evidence of a source's name: the cell that it, or its item, stands in."""
    field = cell.field(survey.whole, source, "funding_source")
    wrong = misread(survey.whole, *cell.span, source) or damage(item) or (_GOES_ON if _goes_on(survey, cell) else None)
    return field.doubt(wrong, 0.7) if wrong else field


def _goes_on(survey: Survey, cell: GridCell) -> bool:
    """Does the line below a row begin small and hold no figure? In text without boxes it may be the name's.

    Vốn lồng ghép các chương trình, 14.500 12.300 2.200
    dự án
    """
    if cell.box is not None:
        return False
    below = survey.whole.string[cell.span[1] :].split("\n", 2)[1:2]
    return bool(below) and below[0].strip()[:1].islower() and not any(c.isdigit() for c in below[0])
