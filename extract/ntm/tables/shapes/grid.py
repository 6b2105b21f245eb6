"""A ruled table over the notice's text: what stands in each cell, as read and as restored, and where on paper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from extract.field import Field
from extract.notice import Method, Unit
from extract.reading import Reading, Span
from normalize.fold import fold
from normalize.letters import digits_for
from normalize.text import Place
from ocr.page import Box, Cell, Table

T = TypeVar("T")
UNREAD = 0.3  # how far what stands in an unread cell is trusted
EMPTY = 0.99  # a cell without ink
LETTER = 0.7  # a figure that was read as a letter
_FIGURES = digits_for("IlL|]iTOoSsðŠỗõó§BGg") | {ord("Z"): "7"}  # a 7 between the rules of a table, not a 2
_AROUND = " ().,:;'_"  # signs around a figure
_ALONE = frozenset("Iil|]SsðŠỗ")  # of them those that can be one figure only: g is 8 or 9
_LISTED = re.compile(r"(?:(?<=\d[,;] )|(?<=\d[,;]))[ft](?=\d(?!\w))")  # …, 13, f7
# 1ð - 18 tiêu chí · L7 - 18 · Š - 9 tiêu chí · IŠ - 18 tiêu chí
_FIGURED = re.compile(r"(?<!\w)(?:(?=\S?\d)[\dIlL|OoSsðŠỗõó]{2}(?!\w)|[IlL]?[ðŠ§](?=\s?[-–]\s?\d))")
_STROKES = re.compile(r"/[7lI](?=19(?!\d))")  # 11/719: a stroke read as two signs


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell: its place in the table, its text as read, and the span of it in the notice's text.

    `span` is empty (start = end) where nothing stands in it. `box`: the cell's, on the page as rendered; None in text
    without places. `unit`: who the cell is known to name, whatever is read in it.
    """

    row: int
    column: int
    rows: int
    columns: int
    raw: str
    span: Span
    offsets: Span
    box: Box | None
    page: int
    unread: bool
    unit: Field[Unit] | None = None

    @property
    def empty(self) -> bool:
        return not self.raw and not self.unread

    @property
    def folded(self) -> str:
        return fold(self.raw)

    def field(
        self, reading: Reading, value: T, rule: str, factor: float = 1.0, method: Method = Method.MATCHED
    ) -> Field[T]:
        """A field whose evidence is the whole cell."""
        sure = reading.confidence(*self.span) if self.raw else UNREAD if self.unread else EMPTY
        if self.box is None:
            places = reading.text.places(*self.span)
        else:
            places = (Place(self.page, self.raw, *self.offsets, (self.box,)),)
        field = Field(value, round(min(1.0, sure * factor), 4), method, rule, places)
        lone = isinstance(value, int) and self.raw.strip(_AROUND) in _ALONE
        return field.doubt(f"a letter alone was read: {self.raw!r}", LETTER) if lone else field


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a table by the fields they cover, row by row; `span`: where its text stands."""

    rows: tuple[tuple[GridCell, ...], ...]
    span: Span

    @property
    def width(self) -> int:
        return len(self.rows[0])

    def column(self, index: int) -> tuple[GridCell, ...]:
        return tuple(row[index] for row in self.rows)

    def transposed(self) -> Grid:
        """Rows for columns: a table of criteria by communes as one of communes by criteria."""
        turned = {
            id(cell): replace(cell, row=cell.column, column=cell.row, rows=cell.columns, columns=cell.rows)
            for row in self.rows
            for cell in row
        }
        return Grid(
            tuple(tuple(turned[id(cell)] for cell in column) for column in zip(*self.rows, strict=True)), self.span
        )


def grids_of(reading: Reading, tables: Sequence[Table]) -> list[Grid]:
    """The tables of a notice over its text; those of which no word stands in it are left out."""
    where = _where(reading)
    grids = [_grid(table, where) for table in tables]
    return sorted((grid for grid in grids if grid is not None), key=lambda grid: grid.span)


def _where(reading: Reading) -> dict[tuple[int, int, int], Span]:
    """The span of each word of the page in the notice's text."""
    spans: dict[int, Span] = {}
    for at, index in enumerate(reading.text.origin):
        if index >= 0:
            spans[index] = (spans[index][0] if index in spans else at, at + 1)
    words = reading.text.words
    return {(words[i].page, words[i].start, words[i].end): span for i, span in spans.items()}


def _grid(table: Table, where: dict[tuple[int, int, int], Span]) -> Grid | None:
    fields: list[list[GridCell | None]] = [[None] * table.columns for _ in range(table.rows)]
    at, offset = _start(table, where)
    if at < 0:
        return None
    first = at
    for cell in table.cells:
        own = _cell(table, cell, where, at, offset)
        at, offset = own.span[1], own.offsets[1]
        for row in range(cell.row, min(table.rows, cell.row + cell.rows)):
            for column in range(cell.column, min(table.columns, cell.column + cell.columns)):
                fields[row][column] = own
    rows = [tuple(cell for cell in row if cell is not None) for row in fields]
    if any(len(row) != table.columns for row in rows):
        return None
    return Grid(tuple(rows), (first, at))


def _start(table: Table, where: dict[tuple[int, int, int], Span]) -> tuple[int, int]:
    """Where the table's first word stands in the notice's text and in its page's; -1 where it has none."""
    words = [word for cell in table.cells for word in cell.words if (word.page, word.start, word.end) in where]
    if not words:
        return -1, 0
    return where[words[0].page, words[0].start, words[0].end][0], words[0].start


def _cell(table: Table, cell: Cell, where: dict[tuple[int, int, int], Span], at: int, offset: int) -> GridCell:
    spans = [where[key] for word in cell.words if (key := (word.page, word.start, word.end)) in where]
    span = (min(a for a, _ in spans), max(b for _, b in spans)) if spans else (at, at)
    offsets = (cell.words[0].start, cell.words[-1].end) if cell.words else (offset, offset)
    return GridCell(cell.row, cell.column, cell.rows, cell.columns, cell.text, span, offsets, cell.box, table.page,
                    cell.unread)  # fmt: skip


def number_in(raw: str) -> int | None:
    """The whole number that a cell holds, letters that are misread figures put right; None where it holds none.

    >>> number_in("I1"), number_in("07"), number_in("(19)"), number_in("x"), number_in("15/19"), number_in("0ð")
    (11, 7, 19, None, None, 5)
    >>> number_in("T1")
    11
    >>> number_in("so")  # letters alone are a word
    """
    bare = raw.strip(_AROUND)
    if not bare or len(bare) > 4 or not (bare in _ALONE or any(c.isdigit() for c in bare)):
        return None
    figures = bare.translate(_FIGURES)
    return int(figures) if re.fullmatch(r"[0-9]{1,4}", figures) else None


def figured(raw: str) -> str:
    """A cell's words with misread figures put right in its numbers of two.

    >>> figured("Đạt 1ð - 18 tiêu chí")
    'Đạt 15 - 18 tiêu chí'
    >>> figured("2, 6,10, 11, 13, f7")
    '2, 6,10, 11, 13, 17'
    """
    return _LISTED.sub("1", _FIGURED.sub(lambda match: match[0].translate(_FIGURES), raw))


def figured_decimal(raw: str) -> float | None:
    """The number that a cell holds, with decimals if it is printed with some, misread figures put right.

    >>> figured_decimal("15,ð0"), figured_decimal("14"), figured_decimal("15/19")
    (15.5, 14, None)
    """
    match = re.fullmatch(r"(\d{1,2})(?:[.,](\d{1,2}))?", raw.strip(" ()").translate(_FIGURES))
    if match is None:
        return None
    return float(f"{match[1]}.{match[2]}") if match[2] else int(match[1])


def share_in(raw: str) -> tuple[int, int] | None:
    """The two numbers of a share.

    >>> share_in("15/19"), share_in("l5 / 19 TC"), share_in("15"), share_in("11/719")
    ((15, 19), (15, 19), None, (11, 19))
    """
    raw = _STROKES.sub("/", raw)
    match = re.match(r"\s*(\S{1,3}?)\s*/\s*(\S{1,3})(?=\s|$)", raw)
    a, b = (number_in(match[1]), number_in(match[2])) if match else (None, None)
    return (a, b) if a is not None and b is not None else None
