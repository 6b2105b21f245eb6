"""What tables of money share: where their figures begin, what they are multiplied by, and whose names stand there."""

from __future__ import annotations

import re
from decimal import Decimal

from extract.field import Field
from extract.ntm.figures.money import parse_figures
from extract.ntm.survey import Survey
from extract.ntm.tables.shapes.grid import Grid, GridCell
from extract.words.damage import damage
from extract.words.phrases import word_pattern

ABOVE = 200  # letters above a table in which the unit of its figures may stand
_UNIT = re.compile(r"(?:don\s*vi(?:\s+tinh)?|dvt)?\W*\b(?P<unit>nghin|ngan|trieu|ty|ti)?\s*dong\b")
_TOLD = re.compile(r"(?:don\s*vi(?:\s+tinh)?|dvt)\s*[:;.]?\s*(?P<unit>nghin|ngan|trieu|ty|ti)?\s*dong\b")
_FACTORS = {"nghin": 10**3, "ngan": 10**3, "trieu": 10**6, "ty": 10**9, "ti": 10**9, None: 1}
FIGURE = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?")
SOURCE = re.compile(
    r"\b(?:ngan sach|von|nguon|tin dung|doanh nghiep|dong gop|nhan dan|cong dong|xa hoi hoa|long ghep)\b"
)
PAYER = re.compile(rf"(?<!\w){word_pattern('payers')}(?!\w)")
SUM = re.compile(r"\W*(?:tong|cong)\b")


def first_row(grid: Grid) -> int:
    """The first row below the head: the first that holds a figure behind its first cell."""
    figured = (i for i, row in enumerate(grid.rows) if any(FIGURE.fullmatch(c.raw.strip()) for c in row[1:]))
    return max(1, next(figured, 1))


def factor_of(survey: Survey, grid: Grid, head: str) -> int | None:
    """What the figures are multiplied by: the unit in the column's head, else the one told above the table."""
    own = _UNIT.search(head)
    above = _TOLD.search(survey.whole.flowing, max(0, grid.span[0] - ABOVE), grid.span[0])
    found = own or above
    return _FACTORS[found["unit"]] if found else None


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


def source_label(survey: Survey, cell: GridCell, source: str, item: str = "") -> Field[str]:
    """The evidence of a source's name: the cell that it, or its item, stands in."""
    field = cell.field(survey.whole, source, "funding_source")
    wrong = damage(source) or damage(item)
    return field.doubt(wrong, 0.7) if wrong else field
